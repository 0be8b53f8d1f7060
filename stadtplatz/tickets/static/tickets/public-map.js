// The map of public reports: opens by itself on its own page, asks for the points of each view, draws counts and reports.
"use strict";

const number = (text, count) => text.replace("{count}", count);

export async function offer(place) {
  const kit = await import(place.dataset.mapModule);
  const panel = Object.assign(document.createElement("div"), { className: "map__panel" });
  panel.setAttribute("role", "application");
  panel.setAttribute("aria-label", place.dataset.label);
  place.prepend(panel);
  const { lon, lat, zoom } = place.dataset;
  try {
    const map = await kit.open(place, panel, { lon: Number(lon), lat: Number(lat), zoom: Number(zoom) });
    follow(map, place);
  } catch {
    panel.replaceWith(Object.assign(document.createElement("p"), { className: "hint", textContent: place.dataset.failed }));
  }
}

function follow(map, place) {
  const layer = L.layerGroup().addTo(map);
  const said = place.querySelector(".map__said");
  let asked = 0;
  const draw = async () => {
    const mine = ++asked, view = snapped(map);
    const answer = await fetch(address(place, view, map.getZoom())).catch(() => null);
    if (mine !== asked) return; // a newer view was asked for meanwhile
    if (!answer?.ok) { said.textContent = place.dataset.failed; return; }
    const { features, total } = await answer.json();
    const open = layer.getLayers().find((marker) => marker.isPopupOpen?.())?.number;
    layer.clearLayers();
    for (const feature of features) {
      const marker = (feature.properties.count ? count : report)(feature, map, place).addTo(layer);
      if (open && marker.number === open) marker.openPopup();
    }
    said.textContent = total ? number(place.dataset.some, total) : place.dataset.none;
  };
  map.on("moveend", draw);
  draw();
}

/** The view, a little larger and on a coarse grid, so that small moves ask for the same address. */
function snapped(map) {
  const view = map.getBounds(), step = 360 / 2 ** (map.getZoom() + 1);
  const low = (value) => (Math.floor(value / step) * step).toFixed(6), high = (value) => (Math.ceil(value / step) * step).toFixed(6);
  return { west: low(view.getWest()), south: low(view.getSouth()), east: high(view.getEast()), north: high(view.getNorth()) };
}

function address(place, view, zoom) {
  const url = new URL(place.dataset.points, location.href);
  for (const [side, value] of Object.entries({ ...view, zoom })) url.searchParams.set(side, value);
  return url;
}

function count({ geometry, properties }, map, place) {
  const [lon, lat] = geometry.coordinates, size = 40 + 6 * Math.min(4, Math.floor(Math.log10(properties.count) * 2));
  const words = number(place.dataset.many, properties.count);
  const icon = L.divIcon({ className: "map-count", html: String(properties.count), iconSize: [size, size] });
  const marker = L.marker([lat, lon], { icon, title: words, alt: words });
  return marker.on("click", () => map.setView([lat, lon], Math.min(19, map.getZoom() + 2)));
}

function report({ geometry, properties }) {
  const [lon, lat] = geometry.coordinates, label = `${properties.title}, ${properties.state}`;
  const icon = L.divIcon({ className: `map-pin map-spot${properties.open ? "" : " map-spot--closed"}`, html: "<span></span>", iconSize: [36, 44], iconAnchor: [18, 42], popupAnchor: [0, -38] });
  const marker = L.marker([lat, lon], { icon, title: label, alt: label });
  marker.number = properties.number;
  marker.on("add", () => {
    const image = Object.assign(new Image(24, 24), { src: properties.picture, alt: "" });
    marker.getElement().querySelector("span").replaceChildren(image);
  });
  return marker.bindPopup(popup(properties));
}

function popup({ title, text, state, url }) {
  const box = Object.assign(document.createElement("div"), { className: "map-popup" });
  const link = Object.assign(document.createElement("a"), { href: url, textContent: title });
  const badge = Object.assign(document.createElement("span"), { className: "badge", textContent: state });
  box.append(link, Object.assign(document.createElement("span"), { textContent: text }), badge);
  return box;
}
