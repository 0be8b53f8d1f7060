// Keys and standard answers at the desk. Everything here also works without.
"use strict";

const rows = [...document.querySelectorAll("[data-rows] > li > div > a")];
const help = document.querySelector("[data-keys]");

const follow = (selector) => {
  const target = document.querySelector(selector);
  if (!target) return false;
  target.closest("details")?.setAttribute("open", "");
  target.scrollIntoView({ block: "center" });
  (target.matches("a, button, input, textarea, select") ? target : target.querySelector("a, button, textarea, select, input:not([type=hidden])"))?.focus();
  return true;
};

const wander = (step) => {
  const here = rows.findIndex((row) => row === document.activeElement || row.closest("li").contains(document.activeElement));
  rows[Math.min(rows.length - 1, Math.max(0, here + step))]?.focus();
  return rows.length > 0;
};

const keys = {
  j: () => wander(1),
  k: () => wander(-1),
  x: () => {
    const box = document.activeElement.closest?.("[data-rows] > li")?.querySelector("input[type=checkbox]");
    box?.click();
    return Boolean(box);
  },
  a: () => follow("[data-key=assign]") || choose("assign"),
  t: () => follow("[data-key=write]") || choose("message"),
  c: () => follow("[data-key=close]") || choose("close"),
  "/": () => follow("[data-search]"),
  "?": () => {
    if (help) help.open = !help.open;
    if (help?.open) help.querySelector("summary").focus();
    return Boolean(help);
  },
};

// In a list, the key chooses what to do with the chosen rows.
const choose = (what) => {
  const select = document.getElementById("bulk-do");
  if (!select) return false;
  select.value = what;
  select.focus();
  return true;
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest("input:not([type=checkbox]), textarea, select")) return;
  if (keys[event.key]?.()) event.preventDefault();
});

// A standard answer goes below what was typed already, instead of loading the page anew.
document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-insert]");
  const field = link && document.getElementById(link.dataset.insert);
  if (!field) return;
  event.preventDefault();
  field.value = [field.value.trim(), link.dataset.text].filter(Boolean).join("\n\n");
  if (link.dataset.outcome) {
    const choice = document.querySelector(`input[name="outcome"][value="${link.dataset.outcome}"]`);
    if (choice) choice.checked = true;
  }
  field.focus();
});

// Choose all rows of the page.
const all = document.querySelector("[data-check-all]");
if (all) {
  document.querySelector("[data-check-all-box]").hidden = false;
  all.addEventListener("change", () => {
    document.querySelectorAll("input[name=n]").forEach((box) => { box.checked = all.checked; });
  });
}

// While the page is open, say so every 20 seconds and show who else has it open.
const lookout = document.querySelector("[data-lookout]");
if (lookout) {
  const look = async () => {
    if (document.hidden) return;
    const body = new URLSearchParams({ csrfmiddlewaretoken: document.querySelector("[name=csrfmiddlewaretoken]").value });
    const answer = await fetch(lookout.dataset.lookout, { method: "POST", body, headers: { "X-Requested-With": "fetch" } }).catch(() => null);
    if (!answer?.ok) return;
    const text = await answer.text();
    if (text.trim() !== lookout.innerHTML.trim()) lookout.innerHTML = text;
  };
  look();
  setInterval(look, 20_000);
}
