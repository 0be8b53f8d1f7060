// Reads EAN-13, EAN-8 and UPC-A (ISO/IEC 15420) from a picture in shades of grey: a picture in, digits out. It knows no page and no network.
//
// Bars are long: along them the picture is averaged, which takes the noise away; across them a profile of light and dark is left. That is
// done at several angles and heights, and two profiles have to say the same before it counts.
"use strict";

const ODD = ["3211", "2221", "2122", "1411", "1132", "1231", "1114", "1312", "1213", "3112"].map((widths) => [...widths].map(Number));
const SETS = [ODD, ODD.map((widths) => [...widths].reverse())];
// Which of the six digits on the left are written in the even set, as bits: that tells the first digit, 0 to 9.
const FIRST = [0, 11, 13, 14, 19, 25, 28, 21, 22, 26];
const ANGLES = [0, 9, -9, 90, 18, -18, 81, 99, 27, -27, 45, -45, 72, 108];
export const MIDDLE = [0, -0.12, 0.12, -0.24, 0.24];
export const EVERYWHERE = [0, -0.08, 0.08, -0.16, 0.16, -0.24, 0.24, -0.32, 0.32, -0.4, 0.4];
const BESIDE = 4;
const QUIET = 4;
const FLAT = 18;
const FAR_OFF = 0.64;

// The digits of the barcode, or "". `grey` has width * height bytes; `heights` says where lines are laid, as shares of the shorter side.
export function read(grey, width, height, heights = MIDDLE) {
  const said = new Set();
  for (const angle of ANGLES) {
    for (const offset of heights) {
      for (const digits of inProfile(profile(grey, width, height, angle, offset))) {
        if (said.has(digits)) return digits;
        said.add(digits);
      }
    }
  }
  return "";
}

// Brightness along a line through the picture, two values a point, each the mean of the points beside it.
function profile(grey, width, height, angle, offset) {
  const turn = (angle * Math.PI) / 180, dx = Math.cos(turn), dy = Math.sin(turn);
  const reach = Math.min(width / 2 / Math.max(Math.abs(dx), 1e-6), height / 2 / Math.max(Math.abs(dy), 1e-6));
  const aside = offset * Math.min(width, height);
  const values = new Float32Array(Math.floor(4 * reach));
  for (let at = 0; at < values.length; at++) {
    const along = at / 2 - reach;
    let sum = 0, seen = 0;
    for (let step = -BESIDE; step <= BESIDE; step++) {
      const x = width / 2 + along * dx - (aside + step) * dy, y = height / 2 + along * dy + (aside + step) * dx;
      const left = Math.floor(x), top = Math.floor(y);
      if (left < 0 || top < 0 || left + 1 >= width || top + 1 >= height) continue;
      const fx = x - left, fy = y - top, here = top * width + left, below = here + width;
      sum += (grey[here] * (1 - fx) + grey[here + 1] * fx) * (1 - fy) + (grey[below] * (1 - fx) + grey[below + 1] * fx) * fy;
      seen += 1;
    }
    values[at] = seen ? sum / seen : 255;
  }
  return values;
}

// Every barcode in a profile, read from both ends.
function inProfile(values) {
  const found = new Set();
  for (const around of [24, 60]) {
    const runs = widths(values, around);
    for (const way of [runs, [...runs].reverse()]) {
      for (let at = 1; at + 43 <= way.length; at += 2) {
        const digits = (at + 59 <= way.length && beginning(way, at, 59, 95, 6)) || beginning(way, at, 43, 67, 4);
        if (digits) found.add(digits);
      }
    }
  }
  return found;
}

// Widths of light and dark by turns, light first and last. An edge lies where the brightness crosses the middle between light and dark nearby.
function widths(values, around) {
  const brightest = extremes(values, around, (a, b) => a >= b), darkest = extremes(values, around, (a, b) => a <= b);
  const edges = [0];
  let dark = false, before = 0;
  for (let at = 0; at < values.length; at++) {
    const middle = brightest[at] - darkest[at] < FLAT ? -1 : (brightest[at] + darkest[at]) / 2;
    const over = values[at] - middle;
    if (at && over < 0 !== dark) {
      edges.push(at - 1 + before / (before - over || 1));
      dark = !dark;
    }
    before = over;
  }
  edges.push(values.length);
  const runs = edges.slice(1).map((edge, place) => edge - edges[place]);
  return runs.length % 2 ? runs : runs.slice(0, -1);
}

// The largest (or smallest) value within a distance of each.
function extremes(values, around, beats) {
  const made = new Float32Array(values.length), waiting = [];
  let first = 0;
  for (let at = 0; at < values.length + around; at++) {
    if (at < values.length) {
      while (waiting.length > first && beats(values[at], values[waiting[waiting.length - 1]])) waiting.pop();
      waiting.push(at);
    }
    while (waiting[first] < at - 2 * around) first += 1;
    if (at >= around) made[at - around] = values[waiting[first]];
  }
  return made;
}

// The barcode that begins with this dark run, of so many runs and modules, with half of its digits on each side; or "".
function beginning(runs, at, count, modules, half) {
  let total = 0;
  for (let place = at; place < at + count; place++) total += runs[place];
  const module = total / modules, centre = at + 3 + 4 * half;
  if (runs[at - 1] < QUIET * module || (runs[at + count] ?? 0) < QUIET * module) return "";
  if (!guard(runs, at, 3, module) || !guard(runs, centre, 5, module) || !guard(runs, at + count - 3, 3, module)) return "";
  let digits = "", even = 0;
  for (let place = 0; place < 2 * half; place++) {
    const right = place >= half;
    const best = nearest(runs, right ? centre + 5 + 4 * (place - half) : at + 3 + 4 * place, half === 6 && !right);
    if (best.off > FAR_OFF) return "";
    digits += best.digit;
    if (!right) even = even * 2 + best.set;
  }
  if (half === 6) {
    const first = FIRST.indexOf(even);
    if (first < 0) return "";
    digits = first + digits;
  }
  return checks(digits) ? digits : "";
}

function guard(runs, at, count, module) {
  return runs.slice(at, at + count).every((width) => width > 0.4 * module && width < 1.8 * module);
}

// The digit whose widths are nearest. A bar and a gap together count as well, because ink that spread does not change their sum.
function nearest(runs, at, both) {
  const module = (runs[at] + runs[at + 1] + runs[at + 2] + runs[at + 3]) / 7;
  const seen = [0, 1, 2, 3].map((place) => runs[at + place] / module);
  let best = { digit: 0, set: 0, off: Infinity };
  for (const [set, patterns] of (both ? SETS : [ODD]).entries()) {
    for (const [digit, wanted] of patterns.entries()) {
      let off = 0;
      for (let place = 0; place < 4; place++) off += (seen[place] - wanted[place]) ** 2 / 4;
      for (let place = 0; place < 3; place++) off += (seen[place] + seen[place + 1] - wanted[place] - wanted[place + 1]) ** 2 / 3;
      if (off < best.off) best = { digit, set, off };
    }
  }
  return best;
}

function checks(digits) {
  let sum = 0;
  for (let place = 0; place < digits.length; place++) sum += Number(digits[digits.length - 1 - place]) * (place % 2 ? 3 : 1);
  return sum % 10 === 0;
}
