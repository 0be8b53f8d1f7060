// Keys and standard answers at the desk. Everything here also works without.
"use strict";

const rows = [...document.querySelectorAll("[data-rows] > li > div > a")];

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest("input, textarea, select")) return;
  const step = { j: 1, k: -1 }[event.key];
  if (step && rows.length) {
    const here = rows.indexOf(document.activeElement);
    rows[Math.min(rows.length - 1, Math.max(0, here + step))].focus();
    event.preventDefault();
  } else if (event.key === "/") {
    const search = document.querySelector("[data-search]");
    if (search) {
      search.focus();
      event.preventDefault();
    }
  }
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
