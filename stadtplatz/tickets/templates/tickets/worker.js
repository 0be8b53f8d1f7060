// The service worker of reporting: keeps one page for dead connections, and what was typed, on this device. Nothing else is touched.
"use strict";
importScripts("{{ store }}", "{{ outbox }}");

const CACHE = "melden-{{ version }}", PAGES = [{% for page in pages %}"{{ page }}"{% if not forloop.last %}, {% endif %}{% endfor %}];
const pageFor = (url) => PAGES[new URL(url).pathname.startsWith("/en/") ? 1 : 0];

async function fill() {
  const cache = await caches.open(CACHE);
  for (const page of PAGES) {
    const answer = await fetch(page, { credentials: "omit" });
    if (!answer.ok) throw new Error(`${page}: ${answer.status}`);
    const text = await answer.clone().text();
    await cache.put(page, answer);
    const parts = [...text.matchAll(/(?:href|src|data-module)="(\/(?:static\/[^"]+|stadt\.css[^"]*))"/g)].map((found) => found[1].replaceAll("&amp;", "&"));
    await Promise.allSettled([...new Set(parts)].map((part) => cache.add(new Request(part, { credentials: "omit" }))));
  }
}

self.addEventListener("install", (event) => event.waitUntil(fill().then(() => self.skipWaiting())));
self.addEventListener("activate", (event) => event.waitUntil((async () => {
  for (const name of await caches.keys()) if (name.startsWith("melden-") && name !== CACHE) await caches.delete(name);
  await self.clients.claim();
})()));

async function keep(request) {
  const copy = request.clone();
  try { return await fetch(request); } catch { /* no connection: below */ }
  const entries = [...await copy.formData()], path = new URL(request.url).pathname;
  const first = /\/anliegen\/neu\/(?:[\w-]{22}\/)?$/.test(path);
  const text = entries.find(([name]) => name === "text")?.[1] ?? "";
  await self.outbox.put("waiting", { key: self.outbox.newKey(), ready: !first, replay: !first, title: String(text).slice(0, 60), url: request.url, entries });
  return Response.redirect(pageFor(request.url), 303);
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.mode === "navigate" && request.method === "POST") event.respondWith(keep(request));
  else if (request.mode === "navigate") event.respondWith(fetch(request).catch(async () => (await caches.match(pageFor(request.url))) ?? Response.error()));
  else if (request.method === "GET" && /^\/(?:static\/|stadt\.css)/.test(new URL(request.url).pathname)) {
    event.respondWith(fetch(request).catch(async () => (await caches.match(request.url)) ?? Response.error()));
  }
});

self.addEventListener("sync", (event) => {
  if (event.tag !== "report") return;
  event.waitUntil(self.outbox.flush().then(async () => {
    for (const client of await self.clients.matchAll()) client.postMessage("sent");
  }));
});
