// Maps, opened on demand: list and typed address stand beside them and work without any of this.
"use strict";

let library = null; // the map code, fetched once and only when somebody opens a map

const script = (src) => new Promise((done, failed) => {
  document.head.append(Object.assign(document.createElement("script"), { src, onload: done, onerror: failed }));
});

async function code(place) {
  library ??= (async () => {
    const { leaflet, leafletCss, tilesCode, styleModule } = place.dataset;
    document.head.append(Object.assign(document.createElement("link"), { rel: "stylesheet", href: leafletCss }));
    const [style] = await Promise.all([import(styleModule), script(leaflet).then(() => script(tilesCode)), document.fonts.load('400 12px "Fira Sans"')]);
    return style;
  })();
  return library;
}

/** Put a map into `panel` and return it. `place` carries the addresses of the code and the tiles. */
export async function open(place, panel, { lon, lat, zoom }) {
  const style = await code(place);
  const map = L.map(panel, { center: [lat, lon], zoom, minZoom: 9, maxZoom: 19, zoomControl: false });
  map.attributionControl.setPrefix(false);
  L.control.zoom({ zoomInTitle: place.dataset.zoomIn, zoomOutTitle: place.dataset.zoomOut }).addTo(map);
  const scheme = matchMedia("(prefers-color-scheme: dark)");
  let tiles = null;
  const paint = () => {
    tiles?.remove();
    tiles = protomapsL.leafletLayer({
      url: new URL(place.dataset.tiles, location.href).href,
      maxDataZoom: 14,
      attribution: '<a href="https://www.openstreetmap.org/copyright" rel="noopener">© OpenStreetMap contributors</a>',
      ...style.rules(protomapsL, scheme.matches),
    }).addTo(map);
  };
  paint();
  scheme.addEventListener("change", paint);
  return map;
}

export const pin = (text, chosen = false) => L.divIcon({ className: `map-pin${chosen ? " map-pin--chosen" : ""}`, html: `<span><b>${text}</b></span>`, iconSize: [36, 44], iconAnchor: [18, 42], popupAnchor: [0, -38] });

/** A button that opens the map; the list stays where it is. */
export function offer(place) {
  const button = Object.assign(document.createElement("button"), { type: "button", className: "button button--secondary map__open", textContent: place.dataset.open });
  place.prepend(button);
  button.addEventListener("click", async () => {
    button.disabled = true;
    const panel = Object.assign(document.createElement("div"), { className: "map__panel" });
    panel.setAttribute("role", "application");
    panel.setAttribute("aria-label", place.dataset.label);
    button.replaceWith(panel);
    try {
      show(await open(place, panel, { lon: Number(place.dataset.lon), lat: Number(place.dataset.lat), zoom: Number(place.dataset.zoom) }), place);
      panel.focus();
    } catch {
      panel.replaceWith(Object.assign(document.createElement("p"), { className: "hint", textContent: place.dataset.failed }));
      library = null;
    }
  }, { once: true });
}

function show(map, place) {
  const points = [...place.querySelectorAll("[data-point]")];
  points.forEach((item, at) => {
    const spot = [Number(item.dataset.lat), Number(item.dataset.lon)];
    const marker = L.marker(spot, { icon: pin(points.length > 1 ? at + 1 : ""), title: item.dataset.label, alt: item.dataset.label }).addTo(map);
    const words = item.querySelector(".map__words").cloneNode(true);
    marker.bindPopup(words);
    item.addEventListener("mouseenter", () => marker.getElement()?.classList.add("is-near"));
    item.addEventListener("mouseleave", () => marker.getElement()?.classList.remove("is-near"));
  });
  if (!points.length && place.hasAttribute("data-here")) L.marker(map.getCenter(), { icon: pin("", true), keyboard: false, title: place.dataset.label }).addTo(map);
  if (points.length > 1) map.fitBounds(points.map((item) => [Number(item.dataset.lat), Number(item.dataset.lon)]), { padding: [36, 48], maxZoom: 16, animate: false });
}
