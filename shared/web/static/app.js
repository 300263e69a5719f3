// What a page gains where scripts run. Everything here is an addition: forms, links and menus work without it.
// Words come from the data attributes of <body>, so that they are translated on the server.

const words = document.body.dataset;
const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);
document.documentElement.classList.add("js");

// --- Drafts: <form data-draft="key"> keeps its text on this device until the server confirms that it arrived. ---

const DRAFT_DAYS = 30;
const draftKey = form => "draft:" + form.dataset.draft;
const kept = field => field.name && !["file", "password", "hidden", "submit", "button"].includes(field.type);

function readDraft(form) {
  try {
    const draft = JSON.parse(localStorage.getItem(draftKey(form)));
    return draft && Date.now() - draft.at < DRAFT_DAYS * 864e5 ? draft : null;
  } catch {
    return null;
  }
}

function saveDraft(form) {
  const fields = [...form.elements].filter(kept).map(field => [field.name, field.value, field.checked === true, sent(field)]);
  try {
    localStorage.setItem(draftKey(form), JSON.stringify({ at: Date.now(), fields }));
    sayDraft(form, fill(words.saved, { time: new Date().toTimeString().slice(0, 5) }), true);
  } catch {
    // A full or closed storage must not stop anybody from writing.
  }
}

// Brings back what was typed into each field, unless the server has sent something else for it since: that is newer.
function restoreDraft(form) {
  const fields = readDraft(form)?.fields ?? [];
  let restored = false;
  for (const [name, value, checked, base] of fields) {
    for (const field of [...form.elements].filter(field => field.name === name && sent(field) === base)) {
      if (choice(field) ? field.value !== value || field.checked === checked : field.value === value) continue;
      if (choice(field)) field.checked = checked;
      else field.value = value;
      restored = true;
    }
  }
  if (!restored) return;
  form.querySelectorAll("[data-most]").forEach(countLetters);
  sayDraft(form, words.restored, true);
}

const choice = field => field.type === "radio" || field.type === "checkbox";

// What the server put into a field when it sent the page.
function sent(field) {
  if (choice(field)) return field.defaultChecked;
  if (field.tagName !== "SELECT") return field.defaultValue;
  return [...field.options].find(option => option.defaultSelected)?.value ?? "";
}

function sayDraft(form, text, removable) {
  const line = form.querySelector("[data-draft-status]");
  if (!line) return;
  line.textContent = text;
  if (!removable) return;
  const button = Object.assign(document.createElement("button"), { type: "button", className: "btn quiet", textContent: words.forget });
  button.addEventListener("click", () => {
    changed = null;
    localStorage.removeItem(draftKey(form));
    form.reset();
    sayDraft(form, words.forgotten, false);
  });
  line.append(button);
}

function forgetDrafts() {
  changed = null;
  Object.keys(localStorage).filter(key => key.startsWith("draft:")).forEach(key => localStorage.removeItem(key));
  localStorage.removeItem("me"); // what waits on this phone (outbox.js) stays, for whoever wrote it
}

let saving;
let changed = null; // the form whose last letters are not kept yet
function saveChanged() {
  if (changed) saveDraft(changed);
  changed = null;
}
document.addEventListener("input", event => {
  const form = event.target.form;
  if (event.target.matches("[data-most]")) countLetters(event.target);
  if (!form?.dataset.draft) return;
  if (changed !== form) saveChanged();
  changed = form;
  clearTimeout(saving);
  saving = setTimeout(saveChanged, 400);
});
addEventListener("pagehide", saveChanged); // whoever leaves at once keeps the last letters too

// --- Letters left ---

function countLetters(field) {
  const left = field.dataset.most - [...field.value.normalize("NFC")].length;
  const line = document.getElementById(field.id + "-count");
  line.textContent = fill(left < 0 ? words.over : words.letters, { n: Math.abs(left) });
  line.classList.toggle("over", left < 0);
}

// --- Questions before an act that matters: <button data-confirm="…"> ---

function ask(question, button) {
  const dialog = document.createElement("dialog");
  const text = Object.assign(document.createElement("p"), { textContent: question, id: "question" });
  const row = Object.assign(document.createElement("form"), { method: "dialog", className: "row" });
  const yes = Object.assign(document.createElement("button"), { className: "btn", value: "yes", textContent: words.confirmYes });
  const no = Object.assign(document.createElement("button"), { className: "btn quiet", value: "no", textContent: words.confirmNo, autofocus: true });
  dialog.setAttribute("aria-labelledby", text.id);
  row.append(yes, no);
  dialog.append(text, row);
  document.body.append(dialog);
  dialog.addEventListener("close", () => {
    dialog.remove();
    if (dialog.returnValue !== "yes") return button.focus();
    button.dataset.agreed = "yes";
    button.form.requestSubmit(button);
  });
  dialog.showModal();
}

document.addEventListener("submit", event => {
  const { target: form, submitter } = event;
  if (form.method === "dialog") return;
  if (submitter?.dataset.confirm && !submitter.dataset.agreed) {
    event.preventDefault();
    return ask(submitter.dataset.confirm, submitter);
  }
  if (form.dataset.sending) return event.preventDefault(); // a second tap on a slow line
  if (form.matches("[data-forget-drafts]")) forgetDrafts();
  if (form.method === "post" && !form.matches("[hx-post]")) {
    form.dataset.sending = "yes";
    submitter?.setAttribute("aria-disabled", "true");
  }
});

addEventListener("pageshow", () => {
  document.querySelectorAll("form[data-sending]").forEach(form => {
    delete form.dataset.sending;
    form.querySelectorAll(".btn[aria-disabled]").forEach(button => button.removeAttribute("aria-disabled"));
  });
});

// --- Small conveniences ---

document.addEventListener("click", async event => {
  const button = event.target.closest("[data-copy], [data-print]");
  if (button?.matches("[data-print]")) print();
  if (button?.matches("[data-copy]")) {
    await navigator.clipboard.writeText(new URL(button.dataset.copy, location.href).href);
    button.querySelector("[role=status]").textContent = words.copied;
  }
  document.querySelectorAll("details.menu[open]").forEach(menu => menu.contains(event.target) || menu.removeAttribute("open"));
});

document.addEventListener("keydown", event => {
  const menu = event.key === "Escape" && document.querySelector("details.menu[open]");
  if (menu) {
    menu.removeAttribute("open");
    menu.querySelector("summary").focus();
  }
});

const arrived = location.hash.match(/^#da-gui=(.+)/);
if (arrived) {
  localStorage.removeItem("draft:" + decodeURIComponent(arrived[1]));
  history.replaceState(history.state, "", location.pathname + location.search); // a draft begun later is not thrown away
}
document.querySelectorAll("[data-draft-sent]").forEach(({ dataset }) => localStorage.removeItem("draft:" + dataset.draftSent));
document.querySelectorAll("form[data-draft]").forEach(restoreDraft);
document.querySelectorAll("[data-most]").forEach(field => field.value && countLetters(field));
