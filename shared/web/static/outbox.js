// Nominations on this phone: the one that is being written, and those that wait to be sent. They lie in IndexedDB under
// the id of whoever wrote them: on a shared phone nobody else sees or sends them. Once sent, they are gone from here.

import { createStore, del, entries, get, set } from "./vendor/idb-keyval-6.3.0.js?v=6.3.0";

const store = createStore("guong-sang", "de-cu");
const ME = "me"; // whoever was here last, for pages that are opened without a network; forgotten at signing out
const ASK_WITHIN_MS = 4_000;
const SEND_WITHIN_MS = 180_000;
const AGAIN_AFTER_MS = [15_000, 60_000, 300_000, 900_000]; // while a page is open; a page that opens tries at once
const LATER = new Set([0, 408, 425, 429]); // and all from 500 on: the line or the server, not the nomination
const tabs = "BroadcastChannel" in window ? new BroadcastChannel("de-cu") : null;

// --- Who is here ---

// {person, address, signedIn}: signedIn is null without a network, and person is "" when nobody is known.
export async function whoIsHere() {
  const nobody = { person: "", address: "", signedIn: false };
  try {
    const answer = await fetch("/de-cu/toi", { headers: { accept: "application/json" }, signal: AbortSignal.timeout(ASK_WITHIN_MS) });
    if (answer.status === 401 || answer.status === 403) return nobody;
    if (answer.ok) {
      const me = await answer.json();
      localStorage.setItem(ME, JSON.stringify(me));
      return { ...me, signedIn: true };
    }
  } catch {
    // No network: whoever was here last goes on.
  }
  const known = JSON.parse(localStorage.getItem(ME) ?? "null");
  return known ? { ...known, signedIn: null } : { ...nobody, signedIn: null };
}

// --- What is being written: {id, at, screen, fields: [[name, value]], photos} ---

export const draftOf = person => get("draft:" + person, store);
export const dropDraft = person => del("draft:" + person, store);
export const keepDraft = (person, draft) => set("draft:" + person, draft, store);

// --- What waits: a draft with {person, state: "waiting" | "sending" | "failed", reason, errors, tries} ---

const place = record => `out:${record.person}:${record.id}`;

export async function waitingOf(person) {
  const all = await everything();
  return all.filter(record => record.person === person);
}

export async function everything() {
  const all = await entries(store);
  return all.filter(([key]) => String(key).startsWith("out:")).map(([, record]) => record).sort((one, other) => one.at - other.at);
}

export async function enqueue(record) {
  await keep({ ...record, state: "waiting", reason: "", errors: {}, tries: 0 });
  navigator.storage?.persist?.();
}

export async function remove(record) {
  await del(place(record), store);
  changed({ removed: record.id });
}

async function keep(record) {
  await set(place(record), record, store);
  changed();
}

// Tells this page and the other tabs; `what` may say {sent: {id, code, href}}, {progress, id} or {signIn: true}.
function changed(what = {}) {
  dispatchEvent(new CustomEvent("outbox", { detail: what }));
  tabs?.postMessage(what);
}
tabs?.addEventListener("message", event => dispatchEvent(new CustomEvent("outbox", { detail: event.data })));

// --- Sending: one at a time, in one tab at a time, and each with its own key: the server takes a key once. ---

let again;

export function flush() {
  clearTimeout(again);
  if (navigator.onLine === false) return Promise.resolve();
  return navigator.locks ? navigator.locks.request("de-cu-outbox", sendAll) : sendAll();
}

async function sendAll() {
  if (!(await everything()).length) return;
  const me = await whoIsHere();
  if (!me.signedIn) return changed({ signIn: me.signedIn === false });
  for (const record of await waitingOf(me.person)) {
    if (record.state !== "failed" && !(await send(record))) return;
  }
}

// Whether the next one may follow.
async function send(record) {
  await keep({ ...record, state: "sending", reason: "" });
  const { status, body } = await post(record);
  if (status === 200 || status === 201) {
    await del(place(record), store);
    changed({ sent: { id: record.id, code: body.code, href: body.href } });
    return true;
  }
  if (status === 401) {
    await keep({ ...record, state: "waiting" });
    changed({ signIn: true });
    return false;
  }
  if (LATER.has(status) || status >= 500) {
    const tries = record.tries + 1;
    again = setTimeout(flush, AGAIN_AFTER_MS[Math.min(tries, AGAIN_AFTER_MS.length) - 1]);
    await keep({ ...record, state: "waiting", tries });
    return false;
  }
  const errors = Object.fromEntries((body.errors ?? []).map(({ field, detail }) => [field, detail]));
  await keep({ ...record, state: "failed", reason: body.detail ?? String(status), errors });
  return true;
}

// A request that says how far it is; fetch cannot. Status 0 means that no answer came.
function post(record) {
  const body = new FormData();
  record.fields.forEach(([name, value]) => body.append(name, value));
  record.photos.forEach(photo => body.append("photo", photo, photo.name));
  body.append("person", record.person);
  return new Promise(done => {
    const request = new XMLHttpRequest();
    request.open("POST", "/de-cu/gui");
    request.timeout = SEND_WITHIN_MS;
    request.setRequestHeader("Accept", "application/json");
    request.setRequestHeader("Idempotency-Key", record.id);
    request.upload.addEventListener("progress", ({ loaded, total }) => changed({ id: record.id, progress: loaded / total }));
    request.addEventListener("loadend", () => done({ status: request.status, body: parsed(request.responseText) }));
    request.send(body);
  });
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}

// An id that nobody else makes; the server knows a nomination by it. Pages without TLS have no randomUUID.
export function freshId() {
  return crypto.randomUUID?.() ?? [...crypto.getRandomValues(new Uint8Array(16))].map(byte => byte.toString(16).padStart(2, "0")).join("");
}

export async function retry(record) {
  await keep({ ...record, state: "waiting", reason: "", errors: {} });
  return flush();
}

addEventListener("online", flush);
document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && flush());
navigator.serviceWorker?.register("/de-cu/sw.js", { scope: "/de-cu" }).catch(() => {}); // without it pages need the network
flush();
