// On the road without a connection: keeps the list, its reports and small pictures for this session, and shows what waits to be sent.
"use strict";

const FRESH = 10 * 60 * 1000, MOST = 50;
const element = (tag, properties) => Object.assign(document.createElement(tag), properties);

// Everything is kept under the name of this session; other sessions' pages go at once. Signing out deletes it (kit/js/house.js).
async function keepAll(place) {
  const name = `session-${place.dataset.session}`;
  for (const other of await caches.keys()) if (other.startsWith("session-") && other !== name) await caches.delete(other);
  const kept = await caches.open(name), here = location.pathname;
  const before = Number((await (await kept.match("/kept-at"))?.text()) ?? 0);
  const keep = async (url, deep) => {
    const answer = await fetch(url, { credentials: "same-origin" });
    if (!answer.ok || answer.redirected) return;
    const text = deep ? await answer.clone().text() : "";
    await kept.put(url, answer);
    const parts = [...text.matchAll(/(?:href|src|data-module)="(\/(?:static\/[^"]+|stadt\.css[^"]*))"/g)].map((found) => found[1].replaceAll("&amp;", "&"));
    for (const part of new Set(parts)) if (!await kept.match(part)) await kept.add(part).catch(() => {});
  };
  await keep(here, true);
  if (Date.now() - before < FRESH && before) return new Date(before);
  const pages = [...document.querySelectorAll("[data-keep]")].slice(0, MOST).map((link) => link.getAttribute("href"));
  const pictures = [...document.querySelectorAll(".stops img")].map((image) => image.getAttribute("src"));
  for (const page of pages) await keep(page, page === pages[0]);
  for (const picture of pictures) await keep(picture, false);
  const now = new Date();
  await kept.put("/kept-at", new Response(String(now.getTime())));
  return now;
}

export async function offer(place) {
  if (!("serviceWorker" in navigator) || !self.caches || !self.fieldQueue) return;
  const { session, person, worker, scope } = place.dataset, words = place.dataset, queue = self.fieldQueue;
  const said = place.querySelector("[data-said]"), list = place.querySelector("[data-list]");

  let before = 0;
  async function show() {
    const rows = await queue.all(person);
    if (rows.length < before && navigator.onLine) said.textContent = words.sent; // the worker may have been quicker than the page
    before = rows.length;
    list.replaceChildren(...rows.map((row) => {
      const item = element("li", { className: "card stack stack--small" });
      item.append(element("strong", { textContent: row.title }), element("p", { textContent: row.refused ? `${words.refused} ${row.why}` : words.waiting }));
      const text = row.entries.find(([name]) => name === "words")?.[1];
      if (text) item.append(element("p", { className: "own-words", textContent: text }));
      if (row.refused) {
        const ways = element("div", { className: "cluster" });
        const again = element("button", { type: "button", className: "button button--secondary button--small", textContent: words.again });
        again.addEventListener("click", async () => { await queue.again(row); await send(); });
        const away = element("button", { type: "button", className: "button button--quiet button--small", textContent: words.discard });
        away.addEventListener("click", async () => { if (confirm(words.sure)) { before -= 1; await queue.remove(row.key); await show(); } });
        ways.append(element("a", { href: row.page, className: "button button--small", textContent: words.look }), again, away);
        item.append(ways);
      }
      return item;
    }));
    place.querySelector("[data-queue]").hidden = !rows.length;
    for (const form of document.querySelectorAll(".stops form[data-stop]")) {
      const mine = rows.find((row) => row.page === form.dataset.stop);
      form.closest("li").classList.toggle("is-waiting", Boolean(mine));
    }
  }

  async function send() {
    said.textContent = navigator.onLine ? "" : words.offline;
    await show();
    if (!navigator.onLine) return;
    const told = await queue.flush(person).catch(() => ({ login: 0 }));
    await show();
    if (told.login) said.textContent = words.login;
  }

  await navigator.serviceWorker.register(worker, { scope }).catch(() => {});
  self.addEventListener("online", send);
  self.addEventListener("offline", () => { said.textContent = words.offline; });
  navigator.serviceWorker.addEventListener("message", show);
  await send();
  if (navigator.onLine) {
    const at = await keepAll(place).catch(() => null);
    place.querySelector("[data-kept-at]").textContent = at ? `${words.kept} ${at.toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit" })}` : "";
  }
}
