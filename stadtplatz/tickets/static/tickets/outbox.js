// Reports that wait for a connection, on this device alone. Used by the page and by the service worker.
"use strict";

(() => {
  const STORES = ["waiting", "typing", "sent"];
  const KEPT = 24 * 3600 * 1000;

  const open = () => new Promise((done, failed) => {
    const asked = indexedDB.open("melden", 1);
    asked.onupgradeneeded = () => STORES.forEach((name) => asked.result.createObjectStore(name, { keyPath: "key" }));
    asked.onsuccess = () => done(asked.result);
    asked.onerror = () => failed(asked.error);
  });
  async function act(name, mode, step) {
    const base = await open();
    try {
      return await new Promise((done, failed) => {
        const transaction = base.transaction(name, mode), asked = step(transaction.objectStore(name));
        transaction.oncomplete = () => done(asked?.result);
        transaction.onerror = transaction.onabort = () => failed(transaction.error);
      });
    } finally { base.close(); }
  }
  const put = (name, row) => act(name, "readwrite", (store) => store.put({ ...row, at: Date.now() }));
  const remove = (name, key) => act(name, "readwrite", (store) => store.delete(key));
  async function all(name) {
    const rows = await act(name, "readonly", (store) => store.getAll());
    const old = rows.filter((row) => name !== "waiting" && Date.now() - row.at > KEPT);
    await Promise.all(old.map((row) => remove(name, row.key)));
    return rows.filter((row) => !old.includes(row));
  }
  const newKey = () => btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(16)))).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");

  async function sendOne(row) {
    const form = new FormData();
    row.entries.forEach(([name, value]) => form.append(name, value, ...(value instanceof Blob ? [value.name || "foto.jpg"] : [])));
    const answer = await fetch(row.url, { method: "POST", body: form, credentials: "same-origin", headers: row.replay ? {} : { Accept: "application/json" } });
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
