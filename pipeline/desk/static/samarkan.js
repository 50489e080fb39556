// Areas drawn on the pages. Without scripts the form works: suggestions are ticked, words and areas are typed.
"use strict";

const form = document.querySelector("[data-samarkan]");
const typed = form.elements.daerah;
const LEAST = 4; // units of a page's width, of which it has 1000: less is a tap, not an area
document.body.classList.add("bersama-skrip");
form.querySelector(".dengan-skrip").hidden = false;

const lines = () => typed.value.split("\n").filter((line) => line.trim());
const number = (text) => Number(text.replace(",", "."));
const area = (line) => {
  const [page, rest] = line.split(/[:;]/, 2);
  const [left, top, wide, high] = (rest ?? "").trim().split(/[\s%]+/).map(number);
  return { page: page.trim(), left, top, wide, high };
};

const draw = () => {
  for (const old of document.querySelectorAll(".disamarkan .gambar")) old.remove();
  lines().forEach((line, index) => {
    const { page, left, top, wide, high } = area(line);
    const svg = document.querySelector(`.disamarkan[data-halaman="${CSS.escape(page)}"] svg`);
    if (!svg || [left, top, wide, high].some(Number.isNaN)) return;
    put(svg, left * 10, (top / 100) * svg.viewBox.baseVal.height, wide * 10, (high / 100) * svg.viewBox.baseVal.height).dataset.baris = index;
  });
};
const put = (svg, x, y, width, height) => {
  const rect = document.createElementNS("http://www.w3.org/2000/svg", "rect");
  rect.setAttribute("class", "gambar ditutup");
  place(rect, x, y, width, height);
  svg.append(rect);
  return rect;
};
const place = (rect, x, y, width, height) => {
  for (const [name, value] of Object.entries({ x, y, width, height })) rect.setAttribute(name, Math.max(0, value).toFixed(1));
};
const write = (all) => {
  typed.value = all.join("\n");
  typed.dispatchEvent(new Event("input", { bubbles: true }));
};

const tick = (key) => [...form.querySelectorAll("[name=tempat]")].find((box) => box.value === key);
const follow = (box) => {
  for (const rect of document.querySelectorAll(`[data-tempat="${CSS.escape(box.value)}"]`)) rect.classList.toggle("ditutup", box.checked);
};
const tap = (rect) => {
  const box = rect?.dataset?.tempat && tick(rect.dataset.tempat);
  if (box) box.click();
  else if (rect?.dataset?.baris) write(lines().filter((_, index) => index !== Number(rect.dataset.baris)));
};

for (const svg of document.querySelectorAll(".disamarkan svg")) {
  let from = null, rect = null, under = null;
  const at = (event) => {
    const seen = svg.getBoundingClientRect(), high = svg.viewBox.baseVal.height;
    const x = ((event.clientX - seen.left) / seen.width) * 1000, y = ((event.clientY - seen.top) / seen.height) * high;
    return { x: Math.min(Math.max(x, 0), 1000), y: Math.min(Math.max(y, 0), high) };
  };
  svg.addEventListener("pointerdown", (event) => {
    if (event.button || event.pointerType === "touch") return; // a finger scrolls the pages
    event.preventDefault();
    svg.setPointerCapture(event.pointerId);
    from = at(event);
    under = event.target.closest("rect");
    rect = put(svg, from.x, from.y, 0, 0);
  });
  svg.addEventListener("pointermove", (event) => {
    if (!from) return;
    const to = at(event);
    place(rect, Math.min(from.x, to.x), Math.min(from.y, to.y), Math.abs(to.x - from.x), Math.abs(to.y - from.y));
  });
  const end = (event) => {
    if (!from) return;
    const to = at(event), high = svg.viewBox.baseVal.height;
    const wide = Math.abs(to.x - from.x), tall = Math.abs(to.y - from.y);
    rect.remove();
    if (wide < LEAST || tall < LEAST) tap(under);
    else {
      const edges = [Math.min(from.x, to.x) / 10, (Math.min(from.y, to.y) / high) * 100, wide / 10, (tall / high) * 100];
      write([...lines(), `${svg.closest("figure").dataset.halaman}: ${edges.map((edge) => edge.toFixed(2)).join(" ")}`]);
    }
    from = rect = under = null;
  };
  svg.addEventListener("pointerup", end);
  svg.addEventListener("click", (event) => { if (event.pointerType === "touch") tap(event.target.closest("rect")); });
  svg.addEventListener("pointercancel", () => { rect?.remove(); from = rect = under = null; });
}

typed.addEventListener("input", draw);
form.addEventListener("change", (event) => { if (event.target.name === "tempat") follow(event.target); });
draw();
