// Checking a letter by keyboard. Without scripts the form works; the scan is then scrolled by hand.
"use strict";

const form = document.querySelector("[data-verifikasi]");
const scan = document.querySelector(".pindaian");

// Where a field was read from is lit while one is in it.
form.addEventListener("focusin", (event) => {
  const field = event.target.closest("[data-bukti]");
  if (!field) return;
  let first = null;
  for (const mark of document.querySelectorAll(".bukti")) {
    const lit = mark.dataset.isian === field.dataset.bukti;
    mark.classList.toggle("nyala", lit);
    if (lit) first ??= mark;
  }
  if (!first) return;
  const [mark, frame] = [first.getBoundingClientRect(), scan.getBoundingClientRect()];
  if (mark.top < frame.top + 40 || mark.bottom > frame.bottom - 40) {
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    scan.scrollBy({ top: mark.top - frame.top - frame.height / 3, behavior: calm ? "auto" : "smooth" });
  }
});

// A place on the scan leads to its field.
scan.addEventListener("click", (event) => {
  const name = event.target.dataset?.isian;
  const field = name && form.querySelector(`[data-bukti="${CSS.escape(name)}"]`);
  field?.querySelector("input:not([type=hidden]), textarea, select")?.focus();
});

const take = (button) => {
  const field = button.closest("[data-bukti]").querySelector("input:not([type=hidden]), textarea, select");
  field.value = button.dataset.isi;
  field.focus();
};
form.addEventListener("click", (event) => {
  const button = event.target.closest("[data-isi]");
  if (button) take(button);
});

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey && event.key === "Enter" && form.contains(document.activeElement)) {
    event.preventDefault();
    form.requestSubmit(form.querySelector(".lekat button"));
  }
  if (event.altKey && /^[1-6]$/.test(event.key)) {
    const buttons = document.activeElement.closest("[data-bukti]")?.querySelectorAll("[data-isi]");
    const chosen = buttons?.[Number(event.key) - 1];
    if (chosen) {
      event.preventDefault();
      take(chosen);
    }
  }
});

form.querySelector("[data-bukti] input:not([type=hidden]), [data-bukti] textarea, [data-bukti] select")?.focus();
