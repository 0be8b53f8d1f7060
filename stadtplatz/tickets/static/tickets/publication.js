// Drawing over parts of a picture. Without this script a click sends the form and the server adds the part.
"use strict";

const SVG = "http://www.w3.org/2000/svg";

document.querySelectorAll("[data-cover]").forEach((place) => {
  const lines = document.getElementById(place.dataset.cover), show = document.getElementById(place.dataset.show);
  const button = place.querySelector("input"), canvas = place.querySelector("svg");
  const image = Object.assign(new Image(), { src: button.src, alt: "", draggable: false });
  button.replaceWith(image);
  place.classList.add("is-drawn");
  place.closest("section").querySelectorAll("[data-cover-help]").forEach((help) => { help.hidden = false; });

  const read = () => lines.value.split("\n").map((line) => line.trim().replaceAll(",", ".").split(/[\s;]+/).map(Number)).filter((box) => box.length === 4 && box.every(Number.isFinite));
  const write = (boxes) => {
    lines.value = boxes.map((box) => box.map((value) => String(Math.round(value * 10) / 10)).join(" ")).join("\n");
    if (boxes.length) show.checked = true;
    paint();
  };
  const rectangle = ([x, y, width, height]) => {
    const shape = document.createElementNS(SVG, "rect");
    for (const [name, value] of Object.entries({ x, y, width, height })) shape.setAttribute(name, value);
    return shape;
  };
  const paint = () => canvas.replaceChildren(...read().map((box, at) => {
    const shape = rectangle(box);
    shape.addEventListener("click", () => write(read().filter((_, other) => other !== at)));
    return shape;
  }));
  const spot = (event) => {
    const frame = image.getBoundingClientRect();
    const share = (value, start, size) => Math.min(100, Math.max(0, (value - start) * 100 / size));
    return [share(event.clientX, frame.left, frame.width), share(event.clientY, frame.top, frame.height)];
  };
  const between = ([x0, y0], [x1, y1]) => [Math.min(x0, x1), Math.min(y0, y1), Math.abs(x1 - x0), Math.abs(y1 - y0)];

  image.addEventListener("pointerdown", (event) => {
    event.preventDefault();
    image.setPointerCapture(event.pointerId);
    const start = spot(event);
    let drawn = null;
    const move = (now) => { drawn?.remove(); drawn = canvas.appendChild(rectangle(between(start, spot(now)))); };
    image.addEventListener("pointermove", move);
    image.addEventListener("pointerup", (end) => {
      image.removeEventListener("pointermove", move);
      const box = between(start, spot(end));
      if (box[2] < 1 || box[3] < 1) { paint(); return; }
      write([...read(), box]);
    }, { once: true });
  });
  lines.addEventListener("input", paint);
  paint();
});
