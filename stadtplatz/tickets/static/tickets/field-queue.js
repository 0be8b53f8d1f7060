// What staff did on the road without a connection: kept on this device, sent in order when there is one again. After kit/js/device-store.js.
"use strict";

(() => {
  const store = self.deviceStore("unterwegs", ["queue"]);
  const all = async (person) => (await store.all("queue")).filter((row) => row.person === person).sort((a, b) => a.since - b.since);

  // The server's own words for a refusal, without a parser: a service worker has none.
  const whyIn = (html) => {
    const found = /class="error-summary"[^>]*>[\s\S]*?<p>([\s\S]*?)<\/p>/.exec(html) ?? /class="field__error"[\s\S]*?<\/span>([\s\S]*?)<\/span>/.exec(html);
    return (found?.[1] ?? "").replace(/<[^>]+>/g, "").replaceAll("&quot;", "\"").replaceAll("&#x27;", "'").replaceAll("&amp;", "&").trim();
  };

  // "sent", "refused" (kept, with the reason), "login" or "later" (kept as it is).
  async function sendOne(row) {
    const answer = await fetch(row.url, { method: "POST", body: self.asForm([...row.entries, ["once", row.key]]), credentials: "same-origin" });
    if (/\/konto\//.test(new URL(answer.url).pathname)) return "login";
    if (answer.status === 429 || answer.status >= 500) return "later";
    if (answer.ok && answer.redirected) { await store.remove("queue", row.key); return "sent"; }
    await store.put("queue", { ...row, refused: true, why: whyIn(await answer.text()) || String(answer.status) });
    return "refused";
  }

  // One after another, from one place at a time; a refused one does not hold up those behind it. Returns how many of what.
  const flush = (person) => navigator.locks.request("unterwegs", async () => {
    const told = { sent: 0, refused: 0, login: 0, later: 0 };
    for (const row of await all(person)) {
      if (row.refused) continue;
      try { told[await sendOne(row)] += 1; } catch { told.later += 1; break; }
      if (told.login) break;
    }
    return told;
  });

  self.fieldQueue = {
    all,
    flush,
    remove: (key) => store.remove("queue", key),
    again: (row) => store.put("queue", { ...row, refused: false, why: "" }),
    add: (row) => store.put("queue", { key: store.newKey(), since: Date.now(), ...row }),
  };
})();
