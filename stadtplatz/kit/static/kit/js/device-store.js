// Small stores on this device alone (IndexedDB), for what waits for a connection. Used by pages and by service workers.
"use strict";

(() => {
  const newKey = () => btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(16)))).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");

  // `deviceStore("name", ["store", …])`: rows have a `key`; `put` notes when they were written.
  self.deviceStore = (base, stores) => {
    const open = () => new Promise((done, failed) => {
      const asked = indexedDB.open(base, 1);
      asked.onupgradeneeded = () => stores.forEach((name) => asked.result.createObjectStore(name, { keyPath: "key" }));
      asked.onsuccess = () => done(asked.result);
      asked.onerror = () => failed(asked.error);
    });
    async function act(name, mode, step) {
      const opened = await open();
      try {
        return await new Promise((done, failed) => {
          const transaction = opened.transaction(name, mode), asked = step(transaction.objectStore(name));
          transaction.oncomplete = () => done(asked?.result);
          transaction.onerror = transaction.onabort = () => failed(transaction.error);
        });
      } finally { opened.close(); }
    }
    return {
      newKey,
      put: (name, row) => act(name, "readwrite", (store) => store.put({ ...row, at: Date.now() })),
      remove: (name, key) => act(name, "readwrite", (store) => store.delete(key)),
      all: (name) => act(name, "readonly", (store) => store.getAll()),
    };
  };

  // What was typed and chosen, as a form again.
  self.asForm = (entries) => {
    const form = new FormData();
    entries.forEach(([name, value]) => form.append(name, value, ...(value instanceof Blob ? [value.name || "foto.jpg"] : [])));
    return form;
  };
})();
