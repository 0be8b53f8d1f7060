// The first question: what was typed and photographed survives a reload, and the form survives a dead connection.
"use strict";

export async function offer(place) {
  const { outbox } = self;
  if (!outbox || !self.indexedDB) return;
  if ("serviceWorker" in navigator && place.dataset.worker) {
    setTimeout(() => navigator.serviceWorker.register(place.dataset.worker, { scope: place.dataset.scope }).catch(() => {}), 1500);
  }
  if (place.dataset.clear !== undefined) { await outbox.remove("typing", "report"); return; }
  const form = place.closest("form"), text = form.querySelector("textarea"), photos = form.querySelector("input[type=file]");
  const [kept] = (await outbox.all("typing")).filter((row) => row.key === "report");
  if (kept && !text.value && place.dataset.restore !== undefined) {
    text.value = kept.text;
    if (photos && kept.files?.length && !photos.files.length) {
      const carrier = new DataTransfer();
      kept.files.forEach((file) => carrier.items.add(file));
      photos.files = carrier.files;
      photos.dispatchEvent(new Event("change", { bubbles: true }));
    }
    place.hidden = !kept.text && !kept.files?.length;
  }
  let waiting = 0;
  const keep = () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => outbox.put("typing", { key: "report", text: text.value, files: [...(photos?.files ?? [])] }).catch(() => {}), 150);
  };
  form.addEventListener("input", keep);
  form.addEventListener("change", keep);
  place.querySelector("[data-forget]")?.addEventListener("click", async () => {
    await outbox.remove("typing", "report");
    form.reset();
    text.value = "";
    place.hidden = true;
    text.focus();
  });
}
