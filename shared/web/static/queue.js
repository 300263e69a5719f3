// What waits on this phone: sent again, saved to a file, put right or thrown away, by whoever wrote it.

import { draftOf, enqueue, everything, flush, keepDraft, remove, retry, waitingOf, whoIsHere } from "./outbox.js";

const page = document.querySelector("[data-outbox]");
const list = page.querySelector("[data-records]");
const line = page.querySelector("[role=status]");
const words = page.dataset;
const FILE_KIND = "guong-sang-de-cu";
const MOST_BYTES = 45_000_000; // of a saved file: three photos of 10 MB in base64, and the text
const MOST_PHOTOS = 3;
const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);
const nameOf = record => record.fields.find(([box]) => box === "name")?.[1].trim() || words.nameless;
let me;
const asked = whoIsHere().then(found => (me = found));

// --- The list ---

async function show() {
  await asked;
  const all = await everything();
  const mine = me.person ? all.filter(record => record.person === me.person) : [];
  const others = all.length - mine.length;
  list.replaceChildren(...mine.map(item));
  page.querySelector("[data-none]").hidden = mine.length > 0 || me.signedIn === false;
  page.querySelector("[data-sign-in]").hidden = me.signedIn !== false;
  page.querySelector("[data-others]").hidden = !others;
  page.querySelector("[data-others]").textContent = fill(words.others, { n: others });
}

function item(record) {
  const part = document.getElementById("record").content.cloneNode(true).firstElementChild;
  part.dataset.id = record.id;
  part.querySelector("b").textContent = nameOf(record);
  const at = new Date(record.at);
  const two = number => String(number).padStart(2, "0");
  const when = `${two(at.getDate())}/${two(at.getMonth() + 1)}/${at.getFullYear()} ${two(at.getHours())}:${two(at.getMinutes())}`;
  part.querySelector("small").textContent = fill(words.facts, { when, n: record.photos.length });
  part.querySelectorAll("[data-state]").forEach(tag => (tag.hidden = tag.dataset.state !== record.state));
  const why = [record.reason, ...Object.values(record.errors)].filter(Boolean).join(" ");
  part.querySelector(".wrong").textContent = why;
  part.querySelector(".wrong").hidden = !why;
  part.querySelector("[value=edit]").hidden = record.state === "sending";
  return part;
}

const acts = {
  send: record => retry(record),
  save: record => saveToFile(record),
  edit: record => takeUp(record),
  away: record => remove(record),
};

document.addEventListener("submit", async event => {
  const act = event.submitter?.value;
  if (event.defaultPrevented || !event.target.matches("[data-act]")) return; // the question comes first
  event.preventDefault();
  const id = event.target.closest("[data-id]").dataset.id;
  const record = (await waitingOf(me.person)).find(one => one.id === id);
  if (record) await acts[act](record);
});

// Back to the form, unless another draft lies there.
async function takeUp(record) {
  if (await draftOf(me.person)) return (line.textContent = words.busy);
  await keepDraft(me.person, record);
  await remove(record);
  location.assign(words.form);
}

// --- Files ---

async function saveToFile(record) {
  const photos = await Promise.all(record.photos.map(async photo => ({ name: photo.name, type: photo.type, data: await base64(photo) })));
  const { id, person, at, fields } = record;
  const text = JSON.stringify({ kind: FILE_KIND, version: 1, id, person, at, fields, photos });
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type: "application/json" }));
  link.download = `de-cu-${new Date(at).toISOString().slice(0, 10)}-${id.slice(0, 8)}.json`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

function base64(blob) {
  return new Promise((done, failed) => {
    const reader = new FileReader();
    reader.addEventListener("load", () => done(reader.result.slice(reader.result.indexOf(",") + 1)));
    reader.addEventListener("error", failed);
    reader.readAsDataURL(blob);
  });
}

async function load(file) {
  try {
    const record = file.size <= MOST_BYTES && recordIn(JSON.parse(await file.text()));
    if (!record) return (line.textContent = words.unreadable);
    if (record.person !== me.person) return (line.textContent = words.notYours);
    await enqueue(record);
    line.textContent = fill(words.loaded, { name: nameOf(record) });
    await flush();
  } catch {
    line.textContent = words.unreadable;
  }
}

// What a file of ours holds, and nothing else; undefined for any other.
function recordIn({ kind, id, person, at, fields, photos }) {
  const text = value => typeof value === "string";
  const sound = kind === FILE_KIND && [id, person].every(text) && Number.isFinite(at) && Array.isArray(fields) && Array.isArray(photos)
    && photos.length <= MOST_PHOTOS && fields.every(pair => pair.length === 2 && pair.every(text));
  return sound ? { id, person, at, fields, photos: photos.map(photoIn) } : undefined;
}

function photoIn({ name, type, data }) {
  const bytes = Uint8Array.from(atob(data), letter => letter.charCodeAt(0));
  return new File([bytes], name, { type });
}

page.querySelector("[type=file]").addEventListener("change", async event => {
  const [file] = event.target.files;
  if (file) await load(file);
  event.target.value = "";
});

addEventListener("outbox", async ({ detail }) => {
  await asked;
  if (detail.signIn) me = { ...me, signedIn: false };
  if (detail.progress !== undefined) return showProgress(detail);
  if (detail.sent) line.textContent = fill(words.sent, detail.sent);
  await show();
});

function showProgress({ id, progress }) {
  const bar = list.querySelector(`[data-id="${CSS.escape(id)}"] progress`);
  if (bar) Object.assign(bar, { hidden: false, value: progress });
}

show();
