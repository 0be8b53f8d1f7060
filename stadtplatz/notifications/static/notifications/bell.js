// "Tell this device": asks for permission only when the button is pressed, and can be taken back with the same button.
"use strict";
(() => {
  const box = document.querySelector("[data-bell]");
  if (!box || !("serviceWorker" in navigator) || !("PushManager" in window) || !("Notification" in window)) return;
  const button = box.querySelector("button");
  const says = box.querySelector("[role=status]");
  const kept = `bell:${box.dataset.on}`;
  const scope = "/glocke/";

  const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (sign) => sign.charCodeAt(0));
  const remember = (on) => { try { on ? localStorage.setItem(kept, "1") : localStorage.removeItem(kept); } catch { /* private mode */ } };
  const isOn = () => { try { return localStorage.getItem(kept) === "1"; } catch { return false; } };
  const show = (on, words) => {
    button.setAttribute("aria-pressed", String(on));
    button.querySelector("[data-words]").textContent = on ? box.dataset.stop : box.dataset.start;
    says.textContent = words || "";
  };
  const tell = (address, subscription) => {
    const form = new FormData(box.querySelector("form"));
    form.set("endpoint", subscription.endpoint);
    if (subscription.expirationTime) form.set("expires", String(subscription.expirationTime / 1000));
    return fetch(address, { method: "POST", body: form }).then((answer) => { if (!answer.ok) throw new Error(String(answer.status)); });
  };

  const start = async () => {
    if (await Notification.requestPermission() !== "granted") return show(false, box.dataset.denied);
    const worker = await navigator.serviceWorker.register(box.dataset.worker, { scope });
    const ready = worker.active ? worker : await new Promise((done) => {
      const next = worker.installing || worker.waiting;
      next.addEventListener("statechange", () => { if (next.state === "activated") done(worker); });
    });
    const key = bytes(box.dataset.key);
    let subscription = await ready.pushManager.getSubscription();
    if (!subscription) subscription = await ready.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key });
    await tell(box.dataset.on, subscription);
    remember(true);
    return show(true, box.dataset.done);
  };
  const stop = async () => {
    const worker = await navigator.serviceWorker.getRegistration(scope);
    const subscription = worker && await worker.pushManager.getSubscription();
    if (subscription) await tell(box.dataset.off, subscription);
    remember(false);
    return show(false, box.dataset.stopped);
  };

  box.querySelector("form").addEventListener("submit", (event) => {
    event.preventDefault();
    button.disabled = true;
    (isOn() ? stop() : start()).catch(() => show(isOn(), box.dataset.failed)).finally(() => { button.disabled = false; });
  });
  show(isOn());
  box.hidden = false;
})();
