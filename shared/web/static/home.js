// The nominator's list on a phone: what lies on this phone, and the form that works without a network.

import { draftOf, waitingOf, whoIsHere } from "./outbox.js";

const strip = document.querySelector("[data-strip]");
const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);
const me = whoIsHere();

async function show() {
  const { person } = await me;
  if (!person) return;
  const [draft, waiting] = await Promise.all([draftOf(person), waitingOf(person)]);
  const [queue, begun] = ["queue", "begun"].map(part => strip.querySelector(`[data-${part}]`));
  queue.hidden = !waiting.length;
  queue.querySelector("b").textContent = fill(strip.dataset.waiting, { n: waiting.length });
  begun.hidden = !draft;
  const name = draft?.fields.find(([box]) => box === "name")?.[1].trim() || strip.dataset.nameless;
  begun.querySelector("b").textContent = fill(strip.dataset.writing, { name });
  strip.hidden = !waiting.length && !draft;
}

// Where IndexedDB is closed (private windows of some browsers), the plain form goes on as without scripts.
const asks = document.querySelector("form[data-on-phone]");
draftOf("").then(() => asks?.addEventListener("submit", event => {
  event.preventDefault();
  location.assign(asks.dataset.onPhone);
}), () => {});

addEventListener("outbox", event => (event.detail.sent ? location.reload() : show()));
show();
