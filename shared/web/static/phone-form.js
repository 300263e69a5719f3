// The whole nomination on one page that works without a network: four screens, a draft that stays on this phone, and the
// queue that it is sent from. Words and rules' sentences come with the page; the server has the last word on all of them.

import { draftOf, dropDraft, enqueue, flush, freshId, keepDraft, remove, waitingOf, whoIsHere } from "./outbox.js";

const form = document.querySelector("form[data-whole]");
const screens = [...form.querySelectorAll("[data-screen]")];
const sentences = Object.fromEntries([...document.querySelectorAll("[data-fault]")].map(said => [said.dataset.fault, said.textContent]));
const photoBox = form.querySelector("[type=file][multiple]");
const STORY_SHORTEST = 20; // letters, as the server has it
const NAME_SHORTEST = 2;
const CHILD_UNTIL = 16;
const fill = (text, values) => text.replace(/%\((\w+)\)s/g, (_, name) => values[name]);
const typed = name => String(new FormData(form).get(name) ?? "").trim();
const fields = () => [...new FormData(form)].filter(([, value]) => typeof value === "string");

let me;
let id = freshId();
let saving;
let sending = false;

// --- Screens: one of them shows; its name stands in the address, so that the phone's back button works ---

const current = () => screens.find(screen => "#" + screen.dataset.screen === location.hash) ?? screens[0];

function show() {
  const now = current();
  screens.forEach(screen => (screen.hidden = screen !== now));
  if (now === screens.at(-1)) summarise();
  document.title = (now.querySelector(".errors") ? form.dataset.wrong : "") + now.querySelector("h1").textContent + form.dataset.title;
  scrollTo(0, 0);
}

function open(screen) {
  save();
  history.pushState(null, "", "#" + screen.dataset.screen);
  show();
  screen.querySelector("h1").focus();
}

// --- What is missing, in the server's own sentences: {box: sentence} ---

function faultsOn(screen) {
  const found = {};
  const say = (box, key, values = {}) => (found[box] ??= fill(sentences[key], values));
  const letters = text => [...text.normalize("NFC")].length;
  const [name, story, year] = ["name", "story", "birth_year"].map(typed);
  if (screen.dataset.screen === "ai") {
    if (!name) say("name", "name.missing");
    else if (letters(name) < NAME_SHORTEST) say("name", "name.too_short", { length: letters(name) });
    if (form.elements.unit && !typed("unit")) say("unit", "unit.missing");
  }
  if (screen.dataset.screen === "viec") {
    if (!story) say("story", "story.missing");
    else if (letters(story) < STORY_SHORTEST) say("story", "story.too_short", { length: letters(story), shortest: STORY_SHORTEST });
    if (!typed("field")) say("field", "field.missing");
  }
  if (screen.dataset.screen === "anh") {
    const mayBeChild = /^\d{4}$/.test(year) && new Date().getFullYear() - year <= CHILD_UNTIL;
    if (!typed("given_by")) say("given_by", "consent.missing");
    else if (typed("given_by") === "not_asked") say("given_by", "consent.not_asked");
    else if (mayBeChild && typed("given_by") !== "guardian") say("given_by", "consent.guardian_needed", { age: CHILD_UNTIL });
    if (!typed("publish") && typed("given_by") !== "not_asked") say("publish", "consent.purpose_missing");
  }
  return found;
}

// Shows them above the screen and at each box; the first screen with one opens.
function showFaults(faults) {
  form.querySelectorAll(".errors, .wrong").forEach(old => old.remove());
  form.querySelectorAll(".err").forEach(field => field.classList.remove("err"));
  form.querySelectorAll("[aria-invalid]").forEach(box => box.removeAttribute("aria-invalid"));
  const boxes = Object.keys(faults);
  if (!boxes.length) return;
  boxes.forEach(box => showFault(document.getElementById(box), faults[box]));
  const screen = document.getElementById(boxes[0])?.closest("[data-screen]") ?? current();
  if (screen !== current()) open(screen);
  const summary = document.getElementById("errors").content.cloneNode(true).firstElementChild;
  summary.querySelector("span").textContent = summary.dataset.words.replace("{n}", boxes.length);
  summary.querySelector("ul").append(...boxes.map(box => line(box, faults[box])));
  screen.querySelector("h1").before(summary);
  show();
  summary.focus();
}

function showFault(box, sentence) {
  const field = box?.closest(".field");
  if (!field) return;
  const said = Object.assign(document.createElement("p"), { className: "wrong", id: box.id + "-error", textContent: sentence });
  field.classList.add("err");
  field.querySelector("label, legend").after(said);
  box.setAttribute("aria-invalid", "true");
  const described = box.matches("[type=radio], [type=checkbox]") ? field : box;
  const others = (described.getAttribute("aria-describedby") ?? "").split(" ").filter(other => other && other !== said.id);
  described.setAttribute("aria-describedby", [said.id, ...others].join(" "));
  box.closest("details")?.setAttribute("open", "");
}

function line(box, sentence) {
  const link = Object.assign(document.createElement("a"), { href: "#" + box, textContent: sentence });
  link.addEventListener("click", event => {
    event.preventDefault(); // the address names screens, not boxes
    document.getElementById(box)?.focus();
  });
  const item = document.createElement("li");
  item.append(link);
  return item;
}

// --- The check: every answer once more, each with its way back ---

function summarise() {
  const rows = [...form.querySelectorAll("[data-screen] .field")].filter(field => !field.matches(".more")).map(row).filter(Boolean);
  form.querySelector("[data-summary]").replaceChildren(...rows);
}

function row(field) {
  const answer = answerIn(field);
  if (!answer && field.closest("details")) return null;
  const part = document.getElementById("row").content.cloneNode(true).firstElementChild;
  const label = (field.querySelector("label:not(.opt), legend")?.firstChild ?? field.querySelector("label span").firstChild).textContent.trim();
  part.querySelector("dt").textContent = label;
  part.querySelector("dd").textContent = answer || "–";
  part.querySelector("a").append(Object.assign(document.createElement("span"), { className: "vh", textContent: " " + label }));
  part.querySelector("a").addEventListener("click", event => {
    event.preventDefault();
    open(field.closest("[data-screen]"));
    field.querySelector("input, textarea, select").focus();
  });
  return part;
}

function answerIn(field) {
  const box = field.querySelector("input, textarea, select");
  if (box.type === "file") return photoBox.files.length ? field.querySelector(".picked").textContent : "";
  if (box.tagName === "SELECT") return box.selectedOptions[0]?.textContent ?? "";
  if (box.type !== "radio" && box.type !== "checkbox") return box.value.trim();
  return [...field.querySelectorAll(":checked")].map(chosen => chosen.closest("label").querySelector("span").firstChild.textContent.trim()).join(", ");
}

// --- Whether that person was put forward before, while a name or a telephone is typed ---

const seenBefore = form.querySelector("[data-seen-before]");
let asked = "";
let asking;

async function askAgain() {
  const told = new URLSearchParams([["name", typed("name")], ["phone", typed("phone")]]);
  if (String(told) === asked || (typed("name").length < 4 && typed("phone").length < 9)) return;
  asked = String(told);
  try {
    const answer = await fetch("/de-cu/da-de-cu", { method: "POST", body: told, redirect: "error" });
    if (answer.ok && String(told) === asked) seenBefore.innerHTML = await answer.text(); // a part of our own page
  } catch {
    asked = ""; // without a network there is no hint; the commune looks again
  }
}

// --- The draft ---

// form[data-kept] says that all that is typed lies in the draft.
function changed() {
  delete form.dataset.kept;
  clearTimeout(saving);
  saving = setTimeout(save, 400);
}

async function save() {
  clearTimeout(saving);
  if (!me || sending || "kept" in form.dataset) return; // before the old draft is there, nothing may take its place
  form.dataset.kept = "";
  await keepDraft(me.person, { id, at: Date.now(), fields: fields(), photos: [...photoBox.files] });
  say(document.body.dataset.saved.replace("{time}", new Date().toTimeString().slice(0, 5)), true);
}

async function restore(found) {
  const draft = await draftOf(found.person);
  if (!draft) {
    form.elements.address.value ||= found.address;
    return;
  }
  id = draft.id;
  put(draft.fields);
  if (draft.photos.length) form.querySelector("[data-photos]").dispatchEvent(new CustomEvent("photos-restore", { detail: draft.photos }));
  say(document.body.dataset.restored, true);
  form.dataset.kept = "";
  showFaults(draft.errors ?? {});
  show();
}

function put(values) {
  for (const box of form.elements) {
    if (!box.name || box.type === "file") continue;
    const own = values.filter(([name]) => name === box.name).map(([, value]) => value);
    if (box.type === "radio" || box.type === "checkbox") box.checked = own.includes(box.value);
    else if (own.length) box.value = own[0];
  }
  form.querySelectorAll("details.more").forEach(more => (more.open = [...more.querySelectorAll("input:not([type=radio])")].some(box => box.checked || (box.type === "text" && box.value))));
}

function say(text, removable) {
  for (const place of form.querySelectorAll("[data-draft-status]")) {
    place.textContent = text;
    if (!removable) continue;
    const button = Object.assign(document.createElement("button"), { type: "button", className: "btn quiet", textContent: document.body.dataset.forget });
    button.addEventListener("click", forget);
    place.append(button);
  }
}

async function forget() {
  clearTimeout(saving);
  sending = true; // nothing is saved any more
  await dropDraft(me.person);
  location.assign(location.pathname);
}

// --- Sending: always by the queue, so that there is one way only ---

async function send() {
  const faults = Object.assign({}, ...screens.map(faultsOn));
  showFaults(faults);
  if (Object.keys(faults).length || !me) return;
  sending = true;
  clearTimeout(saving);
  form.querySelector("[data-send]").setAttribute("aria-disabled", "true");
  const record = { id, person: me.person, at: Date.now(), fields: fields(), photos: [...photoBox.files] };
  await enqueue(record);
  await dropDraft(me.person);
  let receipt = "";
  addEventListener("outbox", ({ detail }) => {
    if (detail.sent?.id === id) receipt = detail.sent.href;
    if (detail.id === id) form.querySelector("[data-sending]").value = detail.progress;
  });
  form.querySelector("[data-sending]").hidden = false;
  await flush();
  const kept = (await waitingOf(me.person)).find(other => other.id === id);
  const wrong = kept && Object.keys(kept.errors).some(box => document.getElementById(box));
  if (wrong) return takeBack(kept);
  location.assign(kept || !receipt ? form.dataset.queue : receipt);
}

// The server found something wrong in a box: it becomes the draft again.
async function takeBack(record) {
  await keepDraft(record.person, record);
  await remove(record);
  sending = false;
  form.querySelector("[data-send]").removeAttribute("aria-disabled");
  form.querySelector("[data-sending]").hidden = true;
  showFaults(record.errors);
}

form.addEventListener("submit", event => {
  event.preventDefault();
  if (sending) return;
  const now = current();
  if (now === screens.at(-1)) return send();
  const faults = faultsOn(now);
  showFaults(faults);
  if (!Object.keys(faults).length) open(screens[screens.indexOf(now) + 1]);
});
form.addEventListener("input", changed);
form.addEventListener("input", () => {
  clearTimeout(asking);
  asking = setTimeout(askAgain, 700);
});
form.addEventListener("photos-changed", changed);
form.querySelectorAll("[data-back]").forEach(link => link.addEventListener("click", event => {
  event.preventDefault();
  history.back();
}));
addEventListener("popstate", show);
addEventListener("hashchange", show);
addEventListener("pagehide", save);

show();
whoIsHere().then(async found => {
  if (!found.person) return location.assign(form.dataset.signIn);
  await restore(found);
  me = found;
  form.querySelector(".whole").disabled = false; // not before: it is somebody's own draft
});
