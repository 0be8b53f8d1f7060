// The service worker of the road: answers from what this session kept when there is no connection, and keeps what is sent meanwhile.
"use strict";
importScripts("{{ store }}", "{{ queue }}");

const VERSION = "{{ version }}", LISTS = [{% for page in pages %}"{{ page }}"{% if not forloop.last %}, {% endif %}{% endfor %}];
const KEPT = /\/desk\/(?:unterwegs|anliegen\/[^/]+(?:\/foto\/\d+)?)\/$/, SENT = /\/desk\/anliegen\/[^/]+\/(?:abschliessen|nachricht)\/$/;

const listFor = (url) => LISTS[new URL(url).pathname.startsWith("/en/") ? 1 : 0];
const mine = async () => (await caches.keys()).find((name) => name.startsWith("session-"));
const forget = async () => { for (const name of await caches.keys()) if (name.startsWith("session-")) await caches.delete(name); };
const kept = async (request, options) => { const name = await mine(); return name ? (await caches.open(name)).match(request, options) : undefined; };

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

async function page(request) {
  const path = new URL(request.url).pathname;
  try {
    const answer = await fetch(request);
    if (answer.type === "opaqueredirect" && KEPT.test(path)) await forget(); // these pages lead nowhere else but to signing in
    return answer;
  } catch {
    if (KEPT.test(path)) { const found = await kept(path, { ignoreSearch: true, ignoreVary: true }); if (found) return found; }
    return (await kept(listFor(request.url), { ignoreSearch: true, ignoreVary: true })) ?? Response.error();
  }
}

async function keep(request) {
  const copy = request.clone();
  try { return await fetch(request); } catch { /* no connection: below */ }
  const entries = [...await copy.formData()].filter(([, value]) => !(value instanceof Blob) || value.size);
  const given = Object.fromEntries(entries), path = new URL(request.url).pathname;
  if (!given.keeper) return Response.error();
  const rest = entries.filter(([name]) => !["keeper", "title"].includes(name));
  await self.fieldQueue.add({ person: given.keeper, title: given.title, url: request.url, page: path.replace(/[^/]+\/$/, ""), entries: rest });
  await self.registration.sync?.register(`road:${given.keeper}`).catch(() => {});
  return Response.redirect(listFor(request.url), 303);
}

self.addEventListener("fetch", (event) => {
  const { request } = event, path = new URL(request.url).pathname;
  if (request.mode === "navigate" && request.method === "POST") { if (SENT.test(path)) event.respondWith(keep(request)); }
  else if (request.mode === "navigate" && request.method === "GET") event.respondWith(page(request));
  else if (request.method === "GET" && (KEPT.test(path) || /^\/(?:static\/|stadt\.css)/.test(path))) {
    event.respondWith(fetch(request).catch(async () => (await kept(request.url, { ignoreVary: true })) ?? (await kept(path, { ignoreSearch: true, ignoreVary: true })) ?? Response.error()));
  }
});

self.addEventListener("sync", (event) => {
  if (!event.tag.startsWith("road:")) return;
  event.waitUntil(self.fieldQueue.flush(event.tag.slice(5)).then(async () => {
    for (const client of await self.clients.matchAll()) client.postMessage("sent");
  }));
});
