// How the town's map looks: our own rules for tiles in the OpenMapTiles schema, once for light and once for dark pages.

const LIGHT = {
  ground: "#f6f1e6", built: "#efe6d6", green: "#d5e3c2", wood: "#bfd3ac", field: "#f1ebd2", sand: "#eadfbd", water: "#b3d3dc", building: "#e0d2bb", outline: "#cdbc9f",
  motorway: "#e5a06b", main: "#f3d598", street: "#ffffff", casing: "#d8ccb6", path: "#b79c78", rail: "#a79f92", border: "#a58d9c", text: "#3b3a36", halo: "#faf6ee", waterText: "#31667a", greenText: "#4c6b35",
};
const DARK = {
  ground: "#202426", built: "#272b2c", green: "#26352a", wood: "#22322a", field: "#272b25", sand: "#33302a", water: "#1c3a47", building: "#353a3c", outline: "#454b4d",
  motorway: "#8a5a37", main: "#6d5c38", street: "#4a5052", casing: "#1a1d1e", path: "#6f6350", rail: "#5c5f60", border: "#7a6a78", text: "#e4e2da", halo: "#202426", waterText: "#8dc0d2", greenText: "#a5c48d",
};

const wide = (...stops) => (z) => {
  const after = stops.findIndex(([at]) => at > z);
  if (after === 0) return stops[0][1];
  if (after === -1) return stops.at(-1)[1];
  const [[z0, w0], [z1, w1]] = [stops[after - 1], stops[after]];
  return w0 + ((w1 - w0) * (z - z0)) / (z1 - z0);
};
const kind = (...kinds) => (z, feature) => kinds.includes(feature.props.class);
const name = (z, feature) => Boolean(feature.props["name:latin"] || feature.props.name);
const NAMES = ["name:latin", "name"];
const MAIN = ["primary", "secondary", "trunk"], STREETS = ["tertiary", "minor", "service"], PATHS = ["path", "track"];

export function rules(p, dark) {
  const c = dark ? DARK : LIGHT;
  const area = (dataLayer, fill, filter, minzoom = 0) => ({ dataLayer, minzoom, filter, symbolizer: new p.PolygonSymbolizer({ fill }) });
  const line = (dataLayer, color, width, filter, more = {}, minzoom = 0) => ({ dataLayer, minzoom, filter, symbolizer: new p.LineSymbolizer({ color, width, ...more }) });
  const road = (kinds, color, ...stops) => [
    line("transportation", c.casing, (z) => wide(...stops)(z) + (z > 13 ? 2 : 1), kind(...kinds)),
    line("transportation", color, wide(...stops), kind(...kinds)),
  ];
  const paint = [
    area("landuse", c.built, kind("residential", "suburb", "neighbourhood", "commercial", "industrial", "retail")),
    area("landcover", c.field, kind("farmland")),
    area("landcover", c.green, kind("grass", "wetland")),
    area("landcover", c.wood, kind("wood")),
    area("landcover", c.sand, kind("sand", "rock")),
    area("landuse", c.green, kind("cemetery", "pitch", "playground", "stadium", "garden")),
    area("park", c.green),
    area("water", c.water),
    line("waterway", c.water, wide([10, 0.6], [14, 1.6], [18, 5])),
    area("building", c.building, undefined, 13),
    line("building", c.outline, 0.7, undefined, {}, 15),
    line("transportation", c.path, wide([13, 0.8], [18, 2.4]), kind(...PATHS), { dash: [3, 2] }, 13),
    line("transportation", c.rail, wide([10, 0.8], [16, 2.2]), kind("rail")),
    ...road(STREETS, c.street, [11, 0.6], [14, 2.4], [16, 6.5], [18, 13]),
    ...road(MAIN, c.main, [8, 0.8], [12, 2], [14, 4.5], [16, 9], [18, 17]),
    ...road(["motorway"], c.motorway, [6, 0.8], [12, 3], [14, 5.5], [18, 19]),
    line("boundary", c.border, wide([8, 0.8], [14, 1.6]), undefined, { dash: [4, 3] }),
  ];
  const words = (fill, font, more = {}) => ({ labelProps: NAMES, fill, stroke: c.halo, width: 2, font, ...more });
  const family = '"Fira Sans", sans-serif';
  const labels = [
    { dataLayer: "place", symbolizer: new p.CenteredTextSymbolizer(words(c.text, (z, f) => `600 ${["city", "town"].includes(f?.props.class) ? Math.min(22, 8 + z) : Math.min(17, 2 + z)}px ${family}`)), filter: kind("city", "town", "village", "suburb", "hamlet") , maxzoom: 15 },
    { dataLayer: "transportation_name", symbolizer: new p.LineLabelSymbolizer(words(c.text, (z) => `400 ${z > 16 ? 13 : 12}px ${family}`)), filter: (z, f) => name(z, f) && (z >= 15 || MAIN.includes(f.props.class)), minzoom: 13 },
    { dataLayer: "water_name", symbolizer: new p.CenteredTextSymbolizer(words(c.waterText, `400 12px ${family}`)), filter: name, minzoom: 13 },
    { dataLayer: "waterway", symbolizer: new p.LineLabelSymbolizer(words(c.waterText, `400 12px ${family}`)), filter: name, minzoom: 13 },
    { dataLayer: "park", symbolizer: new p.CenteredTextSymbolizer(words(c.greenText, `400 12px ${family}`)), filter: name, minzoom: 14 },
    { dataLayer: "housenumber", symbolizer: new p.CenteredTextSymbolizer({ labelProps: ["housenumber"], fill: c.text, stroke: c.halo, width: 1.5, font: `400 11px ${family}` }), minzoom: 17 },
  ];
  return { paintRules: paint, labelRules: labels, backgroundColor: c.ground };
}
