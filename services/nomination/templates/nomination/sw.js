// Keeps the form and what it is made of on the phone, so that they open without a network. No personal page is kept.
const CACHE = {{ ("de-cu-" ~ version)|tojson }};
const FILES = {{ files|tojson }};
const PAGES = ["/de-cu/tren-may", "/de-cu/hang-doi"];
const OFFLINE = "/de-cu/hang-doi";
const PATIENCE_MS = 4000; // then a page that is kept is shown, on a line that hardly carries anything

async function fill() {
  const cache = await caches.open(CACHE);
  await cache.addAll(FILES);
  await Promise.all(PAGES.map(async page => keep(page, await fetch(page), true)));
}

// A page that the server gave under its own address; not one to sign in on.
async function keep(page, answer, must) {
  if (answer.ok && !answer.redirected) await (await caches.open(CACHE)).put(page, answer.clone());
  else if (must) throw new Error(`${page}: ${answer.status}`); // the worker before this one goes on
  return answer;
}

async function page(request, path) {
  const kept = await caches.match(PAGES.includes(path) ? path : OFFLINE);
  const fresh = fetch(request).then(answer => (PAGES.includes(path) ? keep(path, answer) : answer));
  if (!kept) return fresh;
  if (!PAGES.includes(path)) return fresh.catch(() => kept);
  const late = new Promise(done => setTimeout(done, PATIENCE_MS, kept));
  return Promise.race([fresh.catch(() => kept), late]);
}

self.addEventListener("install", event => event.waitUntil(fill().then(() => self.skipWaiting())));

self.addEventListener("activate", event => event.waitUntil(
  caches.keys()
    .then(names => Promise.all(names.filter(name => name.startsWith("de-cu-") && name !== CACHE).map(name => caches.delete(name))))
    .then(() => self.clients.claim()),
));

self.addEventListener("fetch", event => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== location.origin) return;
  if (url.pathname.startsWith("/static/")) event.respondWith(caches.match(request).then(kept => kept ?? fetch(request)));
  else if (request.mode === "navigate") event.respondWith(page(request, url.pathname));
});
