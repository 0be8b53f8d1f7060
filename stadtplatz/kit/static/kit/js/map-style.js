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

// The name of a street along it. The library's own line labels leave out every street that bends; this one takes the chord of the
// stretch in the middle, as long as it is nearly straight.
class StreetName {
  constructor(fill, halo, font) { Object.assign(this, { fill, halo, font }); }

  place(layout, geom, feature) {
    const text = NAMES.map((key) => feature.props[key]).find(Boolean);
    if (!text) return undefined;
    const font = this.font(layout.zoom);
    layout.scratch.font = font;
    const width = layout.scratch.measureText(text).width;
    const chord = geom.map((line) => middle(line, width)).filter(Boolean).sort((one, other) => other.total - one.total)[0];
    if (!chord) return undefined;
    const anchor = geom[0][0].clone();
    [anchor.x, anchor.y] = [chord.x, chord.y];
    const cells = Array.from({ length: Math.ceil(width / 12) + 1 }, (_, at, along = (at * 12 - width / 2)) => ({
      minX: chord.x + along * Math.cos(chord.angle) - 8, maxX: chord.x + along * Math.cos(chord.angle) + 8,
      minY: chord.y + along * Math.sin(chord.angle) - 8, maxY: chord.y + along * Math.sin(chord.angle) + 8,
    }));
    const draw = (context) => {
      context.globalAlpha = 1;
      context.rotate(chord.angle);
      Object.assign(context, { font, textAlign: "center", textBaseline: "middle", lineJoin: "round", lineWidth: 3, strokeStyle: this.halo, fillStyle: this.fill });
      context.strokeText(text, 0, 0);
      context.fillText(text, 0, 0);
    };
    return [{ anchor, bboxes: cells, draw, deduplicationKey: text, deduplicationDistance: 180 }];
  }
}

// The point and direction half-way along the line, if the stretch of this width there is nearly straight.
function middle(line, width) {
  const lengths = line.slice(1).map((point, at) => Math.hypot(point.x - line[at].x, point.y - line[at].y));
  const total = lengths.reduce((sum, length) => sum + length, 0);
  if (total < width * 0.9) return null;
  const at = (distance) => {
    let rest = Math.min(total, Math.max(0, distance)), segment = 0;
    while (segment < lengths.length - 1 && rest > lengths[segment]) rest -= lengths[segment++];
    const share = lengths[segment] ? rest / lengths[segment] : 0, [from, to] = [line[segment], line[segment + 1]];
    return { x: from.x + (to.x - from.x) * share, y: from.y + (to.y - from.y) * share };
  };
  const [start, end] = [at((total - width) / 2), at((total + width) / 2)];
  if (Math.hypot(end.x - start.x, end.y - start.y) < Math.min(width, total) * 0.93) return null;
  let angle = Math.atan2(end.y - start.y, end.x - start.x);
  if (Math.abs(angle) > Math.PI / 2) angle += angle > 0 ? -Math.PI : Math.PI;
  return { x: (start.x + end.x) / 2, y: (start.y + end.y) / 2, angle, total };
}

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
    { dataLayer: "transportation_name", symbolizer: new StreetName(c.text, c.halo, (z) => `400 ${z > 16 ? 13.5 : 12}px ${family}`), filter: (z, f) => name(z, f) && (z >= 15 || MAIN.includes(f.props.class)), minzoom: 13 },
    { dataLayer: "water_name", symbolizer: new p.CenteredTextSymbolizer(words(c.waterText, `400 12px ${family}`)), filter: name, minzoom: 13 },
    { dataLayer: "waterway", symbolizer: new p.LineLabelSymbolizer(words(c.waterText, `400 12px ${family}`)), filter: name, minzoom: 13 },
    { dataLayer: "park", symbolizer: new p.CenteredTextSymbolizer(words(c.greenText, `400 12px ${family}`)), filter: name, minzoom: 14 },
    { dataLayer: "housenumber", symbolizer: new p.CenteredTextSymbolizer({ labelProps: ["housenumber"], fill: c.text, stroke: c.halo, width: 1.5, font: `400 11px ${family}` }), minzoom: 18 },
  ];
  return { paintRules: paint, labelRules: labels, backgroundColor: c.ground };
}
