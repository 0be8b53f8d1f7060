// Reporting without a connection: everything on one page, kept on this device, sent when there is a connection again.
"use strict";

const element = (tag, properties) => Object.assign(document.createElement(tag), properties);

export async function offer(page) {
  const { outbox } = self, form = page.querySelector("form"), list = page.querySelector("[data-list]"), said = page.querySelector("[data-said]");
  const words = page.dataset;
  const title = (row) => row.title || words.report;

  async function show() {
    const waiting = await outbox.all("waiting"), sent = await outbox.all("sent");
    const lines = [
      ...waiting.filter((row) => row.ready).map((row) => [title(row), words.waiting, null]),
      ...sent.map((row) => [title(row), row.sent ? `${words.sent} ${row.number ?? ""}` : `${words.unfinished} ${row.why ?? ""}`, row]),
    ];
    list.replaceChildren(...lines.map(([name, state, row]) => {
      const item = element("li", { className: "card stack stack--small" });
      item.append(element("strong", { textContent: name }), element("p", { textContent: state }));
      if (row?.pin) item.append(element("p", { textContent: `${words.pin} ${row.pin}` }));
      if (row?.url) item.append(element("a", { href: row.url, textContent: row.sent ? words.open : words.finish, className: "button button--secondary button--small" }));
      return item;
    }));
    page.querySelector("[data-outbox]").hidden = !lines.length;
  }

  const [draft] = (await outbox.all("waiting")).filter((row) => !row.ready);
  const typed = (await outbox.all("typing")).find((row) => row.key === "report");
  const given = Object.fromEntries((draft?.entries ?? []).filter(([, value]) => typeof value === "string"));
  const files = draft ? draft.entries.filter(([, value]) => value instanceof Blob && value.size).map(([, value]) => value) : typed?.files ?? [];
  form.elements.text.value ||= given.text ?? typed?.text ?? "";
  if (files.length) {
    const carrier = new DataTransfer();
    files.forEach((file) => carrier.items.add(file instanceof File ? file : new File([file], "foto.jpg", { type: "image/jpeg" })));
    form.elements.photos.files = carrier.files;
    form.elements.photos.dispatchEvent(new Event("change", { bubbles: true }));
  }

  page.querySelector("[data-here]")?.addEventListener("click", () => {
    said.textContent = words.seeking;
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        form.elements.lon.value = coords.longitude.toFixed(6);
        form.elements.lat.value = coords.latitude.toFixed(6);
        said.textContent = words.found;
      },
      () => { said.textContent = words.lost; },
      { enableHighAccuracy: true, timeout: 15000 },
    );
  });

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const text = form.elements.text.value.trim(), place = form.elements.lon.value || form.elements.address.value.trim();
    if (text.length < 5 || !place) { said.textContent = text.length < 5 ? words.needText : words.needPlace; (text.length < 5 ? form.elements.text : form.elements.address).focus(); return; }
    const entries = [...new FormData(form)].filter(([, value]) => !(value instanceof File) || value.size);
    const key = draft?.key && /^[\w-]{22}$/.test(draft.key) ? draft.key : outbox.newKey();
    await outbox.put("waiting", { key, ready: true, title: text.slice(0, 60), url: page.dataset.url, entries: [["key", key], ...entries] });
    await outbox.remove("typing", "report");
    form.reset();
    said.textContent = words.kept;
    const worker = await navigator.serviceWorker?.ready;
    await worker?.sync?.register("report").catch(() => {});
    await tryAgain();
  });

  async function tryAgain() {
    await show();
    if (!navigator.onLine) return;
    if (await outbox.flush().catch(() => 0)) said.textContent = words.gone;
    await show();
  }
  self.addEventListener("online", tryAgain);
  navigator.serviceWorker?.addEventListener("message", show);
  await tryAgain();
}
