// Reports that wait for a connection, on this device alone. Used by the page and by the service worker, after kit/js/device-store.js.
"use strict";

(() => {
  const KEPT = 24 * 3600 * 1000;
  const store = self.deviceStore("melden", ["waiting", "typing", "sent"]);
  const { put, remove, newKey } = store;

  async function all(name) {
    const rows = await store.all(name);
    const old = rows.filter((row) => name !== "waiting" && Date.now() - row.at > KEPT);
    await Promise.all(old.map((row) => remove(name, row.key)));
    return rows.filter((row) => !old.includes(row));
  }

  async function sendOne(row) {
    const answer = await fetch(row.url, { method: "POST", body: self.asForm(row.entries), credentials: "same-origin", headers: row.replay ? {} : { Accept: "application/json" } });
    if (answer.status === 429 || answer.status >= 500) return false;
    const told = row.replay ? { url: answer.url, sent: answer.url.includes("/gesendet/") } : await answer.json();
    await put("sent", { key: row.key, title: row.title, ...told });
    await remove("waiting", row.key);
    return true;
  }

  // Whatever is ready goes out, one after another, from one place at a time. Returns how many went.
  const flush = () => navigator.locks.request("melden", async () => {
    let gone = 0;
    for (const row of await all("waiting")) {
      if (!row.ready) continue;
      try { if (await sendOne(row)) gone += 1; } catch { break; }
    }
    return gone;
  });

  self.outbox = { put, remove, all, newKey, flush };
})();
