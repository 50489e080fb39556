// What is typed into a letter is kept at the office while one types; without scripts one saves oneself.
"use strict";

const form = document.querySelector("[data-simpanan]");
const told = form.querySelector("[data-tersimpan]");
const pause = 2500; // milliseconds without a key until it is sent
let pending = null;
let sent = "";

const body = () => new URLSearchParams(new FormData(form));
const hour = () => new Date().toLocaleTimeString("id-ID", { hour: "2-digit", minute: "2-digit" });

const keep = async () => {
  pending = null;
  const now = body();
  if (now.toString() === sent) return;
  try {
    const answer = await fetch(form.dataset.simpanan, { method: "POST", body: now, credentials: "same-origin" });
    if (!answer.ok || answer.redirected) throw new Error();
    sent = now.toString();
    await atRest();
    told.textContent = `Ketikan tersimpan otomatis pukul ${hour()}, belum menjadi versi`;
  } catch {
    await atRest();
    told.textContent = "Ketikan belum tersimpan otomatis; simpan sendiri sebelum menutup halaman";
  }
};

form.addEventListener("input", () => {
  clearTimeout(pending);
  pending = setTimeout(keep, pause);
});
form.addEventListener("submit", () => clearTimeout(pending));
// Whoever leaves in the middle of a word loses none.
addEventListener("pagehide", () => {
  if (pending) navigator.sendBeacon(form.dataset.simpanan, body());
});
