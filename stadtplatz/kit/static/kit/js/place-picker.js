// Choosing a place: typed address with suggestions, own position, tap on the map, or the crosshair with the arrow keys.
"use strict";

const element = (tag, properties = {}, attributes = {}) => {
  const made = Object.assign(document.createElement(tag), properties);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
};

async function ask(picker, query) {
  const answer = await fetch(`${picker.dataset.addresses}?${new URLSearchParams(query)}`, { headers: { Accept: "application/json" } });
  if (!answer.ok) return [];
  const data = await answer.json();
  return Array.isArray(data) ? data : data.results ?? [];
}

export function offer(picker) {
  const lon = picker.querySelector("[name$=lon]"), lat = picker.querySelector("[name$=lat]"), address = picker.querySelector("[name$=address]");
  if (!lon || !lat || !address) return;
  const said = picker.querySelector("[data-said]"), tools = picker.querySelector("[data-tools]");
  let map = null, marker = null;
  tools.hidden = false;

  const say = (text) => { said.textContent = text; };
  async function choose(spot, { label = "", move = true } = {}) {
    lon.value = spot.lon.toFixed(6);
    lat.value = spot.lat.toFixed(6);
    if (map) draw(spot, move);
    if (!label) label = (await ask(picker, { lon: lon.value, lat: lat.value }).catch(() => []))[0]?.label ?? "";
    if (label) address.value = label;
    say(`${picker.dataset.chosen} ${label || `${lat.value}, ${lon.value}`}`);
    lon.dispatchEvent(new Event("change", { bubbles: true }));
  }

  async function draw(spot, move) {
    const { pin } = await import(picker.dataset.mapModule);
    if (move) map.setView([spot.lat, spot.lon], Math.max(map.getZoom(), 17), { animate: false });
    marker ??= L.marker([spot.lat, spot.lon], { icon: pin("", true), draggable: true, keyboard: false, title: picker.dataset.label })
      .on("dragend", () => { const at = marker.getLatLng(); choose({ lon: at.lng, lat: at.lat }, { move: false }); }).addTo(map);
    marker.setLatLng([spot.lat, spot.lon]);
  }

  suggestions(picker, address, (hit) => choose(hit, { label: hit.label }), () => { lon.value = lat.value = ""; });

  picker.querySelector("[data-position]")?.addEventListener("click", (event) => {
    const button = event.currentTarget;
    button.setAttribute("aria-busy", "true");
    say(picker.dataset.seeking);
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => { button.removeAttribute("aria-busy"); choose({ lon: coords.longitude, lat: coords.latitude }); },
      () => { button.removeAttribute("aria-busy"); say(picker.dataset.lost); },
      { enableHighAccuracy: true, timeout: 12000, maximumAge: 30000 },
    );
  });

  picker.querySelector("[data-open-map]").addEventListener("click", async (event) => {
    event.currentTarget.hidden = true;
    const panel = element("div", { className: "map__panel", tabIndex: 0 }, { role: "application", "aria-label": picker.dataset.mapHelp });
    const here = element("button", { type: "button", className: "button button--secondary button--small", textContent: picker.dataset.here });
    picker.querySelector("[data-panel]").append(panel, here);
    const start = lon.value && lat.value ? { lon: Number(lon.value), lat: Number(lat.value), zoom: 17 } : { lon: Number(picker.dataset.lon), lat: Number(picker.dataset.lat), zoom: 15 };
    try {
      const { open } = await import(picker.dataset.mapModule);
      map = await open(picker, panel, start);
    } catch {
      panel.replaceWith(element("p", { className: "hint", textContent: picker.dataset.failed }));
      here.remove();
      return;
    }
    panel.append(element("span", { className: "map__crosshair" }, { "aria-hidden": "true" }));
    if (lon.value && lat.value) draw(start, false);
    map.on("click", ({ latlng }) => choose({ lon: latlng.lng, lat: latlng.lat }, { move: false }));
    const centre = () => { const at = map.getCenter(); choose({ lon: at.lng, lat: at.lat }, { move: false }); };
    here.addEventListener("click", centre);
    panel.addEventListener("keydown", (key) => { if (key.key === "Enter" && key.target === panel) { key.preventDefault(); centre(); } });
    panel.focus();
  });
}

// A combobox after the ARIA pattern: arrow keys choose, Enter takes, Escape closes.
function suggestions(picker, input, take, forget) {
  const list = element("ul", { className: "suggestions", id: `${input.id}-list`, hidden: true }, { role: "listbox", "aria-label": picker.dataset.suggestions });
  input.parentElement.append(list);
  for (const [key, value] of Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id, autocomplete: "off" })) input.setAttribute(key, value);
  let hits = [], active = -1, waiting = 0, asked = 0;
  const close = () => { list.hidden = true; active = -1; input.setAttribute("aria-expanded", "false"); input.removeAttribute("aria-activedescendant"); };
  const pick = (at) => { const hit = hits[at]; close(); if (hit) { input.value = hit.label; take({ ...hit, lon: Number(hit.lon), lat: Number(hit.lat) }); } };
  const mark = (at) => {
    active = at;
    [...list.children].forEach((option, index) => option.setAttribute("aria-selected", String(index === at)));
    if (list.children[at]) { input.setAttribute("aria-activedescendant", list.children[at].id); list.children[at].scrollIntoView({ block: "nearest" }); }
  };
  async function look() {
    const mine = ++asked;
    const found = await ask(picker, { q: input.value }).catch(() => []);
    if (mine !== asked) return;
    hits = found;
    list.replaceChildren(...hits.map((hit, at) => element("li", { textContent: hit.label, id: `${list.id}-${at}` }, { role: "option", "aria-selected": "false" })));
    list.hidden = !hits.length;
    input.setAttribute("aria-expanded", String(Boolean(hits.length)));
    active = -1;
  }
  input.addEventListener("input", () => { forget(); clearTimeout(waiting); if (input.value.trim().length < 2) { asked++; close(); } else waiting = setTimeout(look, 160); });
  input.addEventListener("keydown", (event) => {
    if (list.hidden) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") { event.preventDefault(); const next = event.key === "ArrowDown" ? active + 1 : Math.max(active, 0) - 1; mark((next + hits.length) % hits.length); }
    else if (event.key === "Enter" && active >= 0) { event.preventDefault(); pick(active); }
    else if (event.key === "Escape") { event.preventDefault(); close(); }
  });
  list.addEventListener("pointerdown", (event) => { event.preventDefault(); const at = [...list.children].indexOf(event.target.closest("li")); if (at >= 0) pick(at); });
  input.addEventListener("blur", () => setTimeout(close, 120));
}
