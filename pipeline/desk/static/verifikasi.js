// Checking a letter by keyboard. Without scripts the form works: clippings stand by their fields, and one ticks what is right.
"use strict";

const form = document.querySelector("[data-verifikasi]");
const desk = document.querySelector(".periksa");
const roll = document.querySelector(".gulungan");
const told = form.querySelector(".sisa");
const button = form.querySelector(".lekat button");
const CONTROLS = "input:not([type=hidden]):not([name=diperiksa]), textarea, select";
const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
desk.classList.add("bersama-skrip");

// Fields in doubt are gone through one after the other; of a person only the details that are.
const cards = [...form.querySelectorAll(".satu")];
const tick = (card) => card.querySelector("[name=diperiksa]");
const cells = (card) => {
  const doubted = new Set((card.dataset.ragu ?? "").split(" ").map((place) => `i.${place}`));
  return [...card.querySelectorAll(`.baris-isian :is(${CONTROLS})`)].filter((cell) => doubted.has(cell.name));
};
const stops = cards.filter((card) => card.matches(".meragukan, :has(.salah), .salah")).flatMap((card) => {
  const several = cells(card);
  for (const cell of several) cell.classList.add("ragu-sel");
  return several.length ? several : [card.querySelector("input:checked:not([name=diperiksa])") ?? card.querySelector(CONTROLS)];
});
const open = () => cards.filter((card) => tick(card) && !tick(card).checked);

const looked = (card, checked = true) => {
  if (tick(card)) tick(card).checked = checked;
  card.classList.toggle("sudah", tick(card) ? tick(card).checked : Boolean(card.querySelector(CONTROLS).value));
};
for (const card of cards) if (tick(card)?.checked) looked(card);

const enter = (field) => {
  if (!field) return;
  field.closest("details:not([open])")?.setAttribute("open", "");
  field.focus();
  field.closest(".satu")?.scrollIntoView({ block: "nearest" });
};

// On to the next; the field that one leaves behind is right. After the last comes what was passed over, then the button.
const onward = (from) => {
  const card = from.closest(".satu");
  const after = stops.filter((stop) => from.compareDocumentPosition(stop) & Node.DOCUMENT_POSITION_FOLLOWING && !(card.contains(from) && from.type === "checkbox" && card.contains(stop)));
  if (!after.some((stop) => card.contains(stop))) looked(card);
  enter(after[0] ?? stops.find((stop) => open().includes(stop.closest(".satu"))) ?? button);
};
const back = (from) => {
  const before = stops.filter((stop) => from.compareDocumentPosition(stop) & Node.DOCUMENT_POSITION_PRECEDING && stop !== from);
  enter(before.at(-1));
};

const take = (choice) => {
  const field = choice.closest(".satu").querySelector(CONTROLS);
  field.value = choice.dataset.isi;
  field.dispatchEvent(new Event("input", { bubbles: true }));
  field.focus();
};

form.addEventListener("input", (event) => {
  const card = event.target.closest(".satu");
  if (!card) return;
  if (event.target === tick(card)) looked(card, event.target.checked);
  else looked(card);
  told.textContent = "";
});
form.addEventListener("click", (event) => {
  const choice = event.target.closest("[data-isi]");
  if (choice) take(choice);
});

const many = (field) => field.tagName === "TEXTAREA" && field.rows > 1;
form.addEventListener("keydown", (event) => {
  const field = event.target;
  if (event.key !== "Enter" || event.isComposing || !field.matches(`${CONTROLS}, [name=diperiksa]`)) return;
  if (many(field) && !event.ctrlKey) return;
  event.preventDefault();
  if (event.shiftKey) return back(field);
  onward(field);
  if (event.ctrlKey && document.activeElement === button) form.requestSubmit(button);
});

// Nothing is confirmed that is in doubt and that nobody looked at.
form.addEventListener("submit", (event) => {
  if (event.submitter?.name === "tambah" || !open().length) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  const left = open();
  told.textContent = `Masih ${left.length} isian yang meragukan: cocokkan dengan suratnya, lalu tekan Enter.`;
  enter(stops.find((stop) => left[0].contains(stop)) ?? tick(left[0]));
});

// The scan: larger, smaller, turned; the place of the field in hand is lit, and stays in sight.
const LARGEST = 3;
let size = 0;
let lit = null;
const pages = [...roll.querySelectorAll(".halaman-surat")];
const show = (mark) => {
  const [place, frame] = [mark.getBoundingClientRect(), roll.getBoundingClientRect()];
  const moves = { behavior: calm ? "auto" : "smooth" };
  if (place.top < frame.top + 30 || place.bottom > frame.bottom - 30) moves.top = place.top - frame.top - frame.height / 3;
  if (place.left < frame.left + 10 || place.right > frame.right - 10) moves.left = place.left - frame.left - Math.max(20, (frame.width - place.width) / 2);
  if ("top" in moves || "left" in moves) roll.scrollBy(moves);
};
const enlarge = (to) => {
  roll.classList.remove(`besar-${size}`);
  size = Math.min(Math.max(to, 0), LARGEST);
  if (size) roll.classList.add(`besar-${size}`);
  pages.forEach(lay);
  if (lit) show(lit);
};
const inSight = () => {
  const top = roll.getBoundingClientRect().top + roll.clientHeight / 3;
  return pages.findLast((page) => page.getBoundingClientRect().top <= top) ?? pages[0];
};
const lay = (page) => {
  const [sheet, turns] = [page.firstElementChild, Number(page.dataset.putaran ?? 0) % 4];
  sheet.style.cssText = "";
  page.style.paddingBottom = "";
  if (!turns) return;
  const [wide, high] = [sheet.offsetWidth, sheet.offsetHeight];
  sheet.style.transformOrigin = "0 0";
  sheet.style.transform = ["", `translateX(${high}px) rotate(90deg)`, `translate(${wide}px, ${high}px) rotate(180deg)`, `translateY(${wide}px) rotate(270deg)`][turns];
  if (turns % 2) sheet.style.marginBottom = `${wide - high}px`;
};
const tools = {
  besar: () => enlarge(size + 1),
  kecil: () => enlarge(size - 1),
  putar: () => {
    const page = inSight();
    page.dataset.putaran = (Number(page.dataset.putaran ?? 0) + 1) % 4;
    lay(page);
    if (lit) show(lit);
  },
};
const bar = desk.querySelector(".alat");
bar.hidden = false;
bar.addEventListener("click", (event) => tools[event.target.closest("button")?.dataset.alat]?.());
const where = bar.querySelector("[data-alat=letak]");
if (where) roll.addEventListener("scroll", () => { where.textContent = inSight().dataset.halaman; }, { passive: true });

// Of a person the clipping of one detail is shown: of that in hand, at first of one in doubt.
const clip = (card, shown) => {
  if (!shown) return;
  for (const part of card.querySelectorAll(".potongan")) part.classList.toggle("tampak", part === shown);
};
for (const card of cards) clip(card, card.querySelector(".potongan.ragu") ?? card.querySelector(".potongan"));

const light = (field) => {
  const card = field.closest(".satu");
  const name = card?.dataset.bukti;
  if (!name) return;
  const exact = field.name?.replace(/^i\./, "");
  const own = (place) => (exact !== name && card.querySelector(".baris-isian") ? place === exact : place === name);
  lit = null;
  for (const part of roll.querySelectorAll(".bukti")) {
    const on = own(part.dataset.tempat);
    part.classList.toggle("nyala", on);
    if (on) lit ??= part;
  }
  clip(card, [...card.querySelectorAll(".potongan")].find((part) => own(part.dataset.tempat)));
  if (lit) show(lit);
};
form.addEventListener("focusin", (event) => light(event.target));

// A place on the scan leads to its field.
roll.addEventListener("click", (event) => {
  const place = event.target.dataset?.tempat;
  const cell = place && form.elements[`i.${place}`];
  const card = place && cards.find((one) => one.dataset.bukti === place.split(".")[0]);
  enter(cell instanceof HTMLElement ? cell : card?.querySelector(CONTROLS));
});

const KEYS = { b: tools.besar, k: tools.kecil, p: tools.putar };
document.addEventListener("keydown", (event) => {
  if (!event.altKey || event.ctrlKey || event.metaKey) return;
  const key = event.key.toLowerCase();
  const chosen = /^[1-6]$/.test(key) && document.activeElement.closest(".satu")?.querySelectorAll("[data-isi]")[Number(key) - 1];
  const asked = { l: ".saran .yakin", g: ".saran.gunting" }[key] && desk.querySelector({ l: ".saran .yakin", g: ".saran.gunting" }[key]);
  if (!chosen && !asked && !KEYS[key]) return;
  event.preventDefault();
  if (chosen) take(chosen);
  else if (asked) {
    asked.open = true;
    (asked.querySelector("[name=mulai]:checked") ?? asked.querySelector("[name=mulai], form button")).focus();
  } else KEYS[key]();
});

// Browsers that cannot let a field grow by themselves.
if (!CSS.supports("field-sizing", "content")) {
  const grow = (area) => {
    area.style.height = "auto";
    area.style.height = `${area.scrollHeight + 4}px`;
  };
  for (const area of form.querySelectorAll("textarea")) {
    grow(area);
    area.addEventListener("input", () => grow(area));
  }
}

enter(form.querySelector(".salah :is(input:not([type=hidden]), textarea, select), [aria-invalid=true]") ?? stops[0] ?? form.querySelector(CONTROLS));
