// The list of kinds, searchable: umlauts may be written either way; the buttons stay what they are.
"use strict";

const folded = (text) => text.toLowerCase().normalize("NFKD").replace(/[\u0300-\u036f]/g, "").replace(/ß/g, "ss").replace(/([ao])e/g, "$1").replace(/(?<![aeoq])ue/g, "u");

export function offer(field) {
  const input = field.querySelector("input"), said = field.querySelector("[data-said]");
  const kinds = [...field.closest("form").querySelectorAll("[data-words]")].map((item) => ({ item, words: folded(item.dataset.words) }));
  field.hidden = false;
  input.addEventListener("input", () => {
    const wanted = folded(input.value).split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const { item, words } of kinds) {
      item.hidden = !wanted.every((word) => words.includes(word));
      if (!item.hidden) shown += 1;
    }
    said.textContent = !wanted.length ? "" : shown ? `${field.dataset.some} ${shown}` : field.dataset.none;
  });
  input.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    kinds.find(({ item }) => !item.hidden)?.item.querySelector("button").focus();
  });
}
