// Small comforts of every page. Nothing here is needed to use it.
"use strict";

const each = (selector, act, root = document) => root.querySelectorAll(selector).forEach(act);

// The menu on narrow screens; without this script the button leads to the menu at the foot of the page.
document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-menu]");
  const menu = opener && document.getElementById(opener.getAttribute("aria-controls"));
  if (!menu) return;
  event.preventDefault();
  opener.setAttribute("aria-expanded", String(menu.classList.toggle("is-open")));
});
each("[data-menu]", (opener) => {
  opener.setAttribute("role", "button");
  opener.setAttribute("aria-expanded", "false");
  opener.addEventListener("keydown", (event) => {
    if (event.key === " ") { event.preventDefault(); opener.click(); }
  });
});

// A row of pages that is wider than the screen shows where we are.
each(".side-nav [aria-current]", (here) => {
  const row = here.parentElement;
  row.scrollLeft += here.getBoundingClientRect().left - row.getBoundingClientRect().left - (row.clientWidth - here.offsetWidth) / 2;
});

// After a refused form, begin at the summary of what is wrong.
document.querySelector("[data-focus]")?.focus();

// Copy a link.
each("[data-copy]", (button) => {
  if (!navigator.clipboard) return;
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(button.dataset.copy);
    button.classList.add("is-done");
    button.append(" ✓");
  }, { once: true });
});

// Fewer and more beside an amount.
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-step]");
  const input = button?.parentElement.querySelector("input");
  if (!input) return;
  const least = Number(input.min || 0), most = Number(input.max || 999);
  input.value = Math.min(most, Math.max(least, Number(input.value || 0) + Number(button.dataset.step)));
  input.dispatchEvent(new Event("change", { bubbles: true }));
});

// Whatever expires says how long it still has, and says so aloud once, shortly before.
const tick = (timer) => {
  const left = Math.max(0, Math.round((new Date(timer.dataset.timer) - Date.now()) / 1000));
  const text = timer.querySelector("[data-left]");
  if (text) text.textContent = `(${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")})`;
  if (left <= 180 && !timer.classList.contains("is-short")) {
    timer.classList.add("is-short");
    each("[data-warning]", (note) => { note.textContent = note.dataset.warning; }, timer);
  }
};
const timers = () => each("[data-timer]", tick);
timers();
if (document.querySelector("[data-timer]")) setInterval(timers, 1000);

// Lists for staff: J and K wander, Enter opens (a link has the focus). Never while somebody is typing.
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea, select, [contenteditable]")) return;
  if (event.key !== "j" && event.key !== "k") return;
  const links = [...document.querySelectorAll("[data-keys] .desk-list__link, [data-keys] tbody tr a:first-of-type")];
  if (!links.length) return;
  const at = links.indexOf(document.activeElement);
  const next = links[event.key === "j" ? Math.min(links.length - 1, at + 1) : Math.max(0, at - 1)];
  next.focus();
  next.scrollIntoView({ block: "nearest" });
});

// A draft survives a dead connection: kept in this tab only, forgotten once the form was sent.
each("form[data-draft]", (form) => {
  const key = `draft:${location.pathname}:${form.dataset.draft}`;
  const fields = () => [...form.elements].filter((field) => field.name && !["hidden", "file", "password", "submit"].includes(field.type));
  const kept = JSON.parse(sessionStorage.getItem(key) || "null");
  if (kept && !kept.sent) {
    for (const field of fields()) {
      const value = kept.values[`${field.name}:${field.type === "radio" || field.type === "checkbox" ? field.value : ""}`];
      if (value === undefined) continue;
      if (field.type === "radio" || field.type === "checkbox") field.checked = value;
      else if (!field.value) field.value = value;
    }
  }
  const keep = (sent) => {
    const values = {};
    for (const field of fields()) {
      const choice = field.type === "radio" || field.type === "checkbox";
      values[`${field.name}:${choice ? field.value : ""}`] = choice ? field.checked : field.value;
    }
    sessionStorage.setItem(key, JSON.stringify({ sent, values }));
  };
  form.addEventListener("input", () => keep(false));
  form.addEventListener("submit", () => keep(true));
});

// Which files were chosen.
const named = (input) => {
  const names = input.closest("[data-files]")?.querySelector("[data-names]");
  if (!names) return;
  names.dataset.none ??= names.textContent;
  names.textContent = [...input.files].map((file) => file.name).join(", ") || names.dataset.none;
  names.parentElement.parentElement.classList.toggle("is-chosen", input.files.length > 0);
};
document.addEventListener("change", (event) => { if (event.target.type === "file") named(event.target); });
document.addEventListener("reset", (event) => setTimeout(() => each("input[type=file]", named, event.target), 0));
each("[data-files] input[type=file]", named);

// Whoever signs out leaves no page behind that this device kept for the session.
document.addEventListener("submit", (event) => {
  if (!/\/logout\/$/.test(new URL(event.target.action, location).pathname) || !self.caches) return;
  caches.keys().then((names) => names.filter((name) => name.startsWith("session-")).forEach((name) => caches.delete(name)));
});

// Send a form once, and show that it is on its way.
document.addEventListener("submit", (event) => {
  const button = event.submitter;
  if (event.defaultPrevented || !button || event.target.method === "get") return;
  setTimeout(() => { button.setAttribute("aria-disabled", "true"); }, 0);
  setTimeout(() => { button.removeAttribute("aria-disabled"); }, 8000);
});

// Maps and place pickers: a few lines now, the map's own code only when somebody opens it.
const begin = (root) => each("[data-module]:not(.is-begun)", (place) => {
  place.classList.add("is-begun");
  import(place.dataset.module).then((module) => module.offer(place));
}, root);
begin(document);
document.addEventListener("htmx:after:swap", () => { begin(document); timers(); });
