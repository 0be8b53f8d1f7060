// Small comforts of every page. Nothing here is needed to use it.
"use strict";

document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-menu]");
  if (!opener) return;
  const menu = document.getElementById(opener.getAttribute("aria-controls"));
  if (!menu) return;
  event.preventDefault();
  opener.setAttribute("aria-expanded", String(menu.classList.toggle("is-open")));
});

// After a refused form, begin at the summary of what is wrong.
document.querySelector("[data-focus]")?.focus();
