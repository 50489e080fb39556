// What is typed is kept at the office while one types; the session's end is told before it comes; who else is at the
// same case is named. Without scripts a form is kept when it is sent.
"use strict";

(() => {
  const pause = 2500; // milliseconds without a key until it is sent
  const beat = 45000; // between two signs that somebody is at a form
  const soon = 180; // seconds before the session's end at which it is told
  const { sisa, perkara } = document.body.dataset;
  const here = document.getElementById("bersama");
  const bar = document.getElementById("sesi");
  const hour = () => new Date().toLocaleTimeString("id-ID", { hour: "2-digit", minute: "2-digit" });

  // Nobody's clock is asked: the server says how many seconds are left.
  let end = performance.now() + Number(sisa) * 1000;
  const left = () => (end - performance.now()) / 1000;

  const tell = async (words, act) => {
    await atRest();
    if (bar.dataset.kata === words) return;
    bar.dataset.kata = words;
    bar.replaceChildren();
    bar.hidden = !words;
    if (words) bar.append(words, " ", ...(act ? [act] : []));
  };
  const over = () => {
    const again = document.createElement("a");
    again.href = `/masuk?lanjut=${encodeURIComponent(location.pathname + location.search)}`;
    again.textContent = "Masuk lagi";
    tell("Sesi Anda sudah berakhir. Yang Anda ketik tersimpan, dan kembali di formulirnya sesudah Anda masuk lagi.", again);
  };
  const hear = async (answer) => {
    if (answer.status === 401 || (answer.redirected && new URL(answer.url).pathname === "/masuk")) {
      end = performance.now();
      over();
      return false;
    }
    if (!answer.ok || answer.redirected) return false;
    const said = await answer.json();
    await atRest();
    end = performance.now() + said.sisa * 1000;
    here.textContent = said.bersama;
    here.hidden = !said.bersama;
    if (left() > soon) tell("");
    return true;
  };

  // Signs of life. Only what a person does keeps the session alive.
  const filling = new Set();
  const sign = async (byHand) => {
    const asked = new URLSearchParams({ perkara: perkara ?? "", mengisi: filling.size ? "ya" : "" });
    try {
      await hear(await fetch(`/ketikan/hadir?${asked}`, { headers: byHand ? {} : { "x-kabar": "1" }, credentials: "same-origin" }));
    } catch { /* the line is down: the next sign tells */ }
  };
  const warn = async () => {
    if (left() > soon || document.hidden) return;
    await sign(false);
    if (left() <= 0) return over();
    if (left() > soon) return;
    const stay = document.createElement("button");
    stay.type = "button";
    stay.className = "tombol biasa kecil";
    stay.textContent = "Tetap masuk";
    stay.addEventListener("click", async () => {
      await sign(true);
      if (left() <= soon) tell("Sesi kerja hari ini segera berakhir. Yang Anda ketik tersimpan; masuklah lagi sesudah itu.");
    });
    tell("Sesi Anda berakhir kurang dari 3 menit lagi.", stay);
  };
  setInterval(warn, 15000);
  setInterval(() => { if (perkara && !document.hidden) sign(false); }, beat);
  document.addEventListener("visibilitychange", () => { if (!document.hidden) warn(); });

  // Drafts. The letter editor keeps its own (isi.js); what is searched for, what asks for a passphrase and files that are
  // sent as soon as they are chosen (kotak-masuk.js) are not kept.
  const typable = "textarea, select, input:not([type=hidden]):not([type=submit])";
  const body = (form) => {
    const data = new URLSearchParams();
    for (const [name, value] of new FormData(form)) {
      if (typeof value === "string") data.append(name, value);
      else if (value.name) data.append("dipilih", value.name);
    }
    data.append("formulir", new URL(form.getAttribute("action"), location.href).pathname);
    return data;
  };
  for (const form of document.querySelectorAll('main form[method="post"]')) {
    if (!form.querySelector(typable) || form.querySelector("[type=password]") || form.matches("[data-simpanan], [data-jatuhkan], [role=search]")) continue;
    let pending = null;
    const told = document.createElement("p");
    told.className = "redup tersimpan";
    told.setAttribute("role", "status");
    const keep = async () => {
      pending = null;
      try {
        const kept = await hear(await fetch("/ketikan", { method: "POST", body: body(form), credentials: "same-origin" }));
        await atRest();
        told.textContent = kept ? `Ketikan tersimpan pukul ${hour()}, belum dikirim.` : "Ketikan belum tersimpan sendiri.";
      } catch {
        await atRest();
        told.textContent = "Belum tersimpan sendiri; sambungan terputus.";
      }
    };
    form.addEventListener("input", () => {
      if (!told.isConnected) (form.querySelector(".tindakan") ?? form).append(told);
      filling.add(form);
      clearTimeout(pending);
      pending = setTimeout(keep, pause);
    });
    form.addEventListener("submit", () => { clearTimeout(pending); pending = null; });
    addEventListener("pagehide", () => { if (pending) navigator.sendBeacon("/ketikan", body(form)); });
  }
})();
