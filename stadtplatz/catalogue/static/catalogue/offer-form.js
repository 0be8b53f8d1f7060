// The form of an offer follows what is typed: the title proposes a category, and the category says which fields are needed.
"use strict";

const form = document.querySelector("form[data-proposals]"), at = (name) => form.elements.namedItem(name);
const title = at("title"), category = at("category"), kind = at("kind"), withdrawal = at("withdrawal");
const box = form.querySelector("[data-proposal]"), said = box.querySelector("[data-said]"), others = box.querySelector("[data-others]");
let chosenByHand = category.value !== "", decided = Boolean(form.querySelector(".field--error")), newest = 0, waiting = 0, food = null;

const filled = (place) => [...place.querySelectorAll("input, textarea")].some(({ value }) => !["", "0"].includes(value.trim()));
const told = (place) => Boolean(place.querySelector(".field--error")) || filled(place);

function follow() {
  for (const place of form.querySelectorAll("[data-kinds], [data-food]")) {
    const kinds = place.dataset.kinds?.split(" ");
    const unfit = (kinds && !kinds.includes(kind.value)) || (place.dataset.food && food !== null && food !== (place.dataset.food === "yes"));
    place.hidden = Boolean(unfit) && !told(place);
  }
}

function propose(proposed, chosen) {
  box.hidden = chosenByHand || !proposed.length;
  if (!chosenByHand) category.value = proposed[0]?.name ?? "";
  const more = proposed.filter(({ name }) => name !== category.value);
  said.textContent = box.hidden ? "" : `${more.length ? box.dataset.words : box.dataset.word}`;
  others.replaceChildren(...more.map(({ name, path }) => {
    const button = Object.assign(document.createElement("button"), { type: "button", className: "button button--small button--secondary", textContent: name, title: path });
    button.addEventListener("click", () => { category.value = name; chosenByHand = true; category.focus(); ask(); });
    return button;
  }));
  food = chosen ? chosen.food : null;
  for (const option of kind.options) option.disabled = Boolean(chosen?.kinds.length) && !chosen.kinds.includes(option.value);
  if (chosen?.withdrawal && !decided) withdrawal.value = chosen.withdrawal;
  for (const name of chosen?.needs ?? []) at(name)?.closest("details")?.setAttribute("open", "");
  follow();
}

async function ask() {
  const mine = ++newest;
  const query = new URLSearchParams({ title: title.value, category: chosenByHand ? category.value : "" });
  const answer = await fetch(`${form.dataset.proposals}?${query}`, { headers: { Accept: "application/json" } }).catch(() => null);
  if (!answer?.ok || mine !== newest) return;
  const { proposed, chosen } = await answer.json();
  if (mine === newest) propose(proposed, chosen);
}

title.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(ask, 300); });
category.addEventListener("change", () => { chosenByHand = category.value.trim() !== ""; ask(); });
withdrawal.addEventListener("change", () => { decided = true; });
kind.addEventListener("change", follow);
follow();
if (title.value || category.value) ask();
