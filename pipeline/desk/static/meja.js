// Small helps for browsers that run scripts. Every page works without them.
"use strict";

// A menu that was opened closes again with Escape or a click beside it.
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of document.querySelectorAll("details.saya[open], details.yakin[open]")) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});
document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("details.saya[open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});

// On a phone the menu runs out of sight: where one is stays in it.
document.querySelector(".menu [aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" });

// A form is sent once, however often its button is pressed.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.dataset.dikirim) {
    event.preventDefault();
    return;
  }
  form.dataset.dikirim = "ya";
  setTimeout(() => delete form.dataset.dikirim, 8000);
});

// Nothing moves under a finger: what changes a page by itself waits until what is pressed was let go and the click has
// come, or else a button that moved away has lost it. Who presses longer than a second does not click.
let presses = 0;
let pressed = false;
const waiting = [];
const letGoIn = (pause) => {
  const press = presses;
  setTimeout(() => {
    if (press !== presses) return; // the next one has begun
    pressed = false;
    for (const go of waiting.splice(0)) go();
  }, pause);
};
addEventListener("pointerdown", () => {
  presses += 1;
  pressed = true;
  letGoIn(1000);
}, true);
for (const kind of ["pointerup", "pointercancel"]) addEventListener(kind, () => letGoIn(50), true);
const atRest = () => new Promise((go) => { if (pressed) waiting.push(go); else go(); });

// One click chooses the whole of a text that is there to be copied.
for (const field of document.querySelectorAll("[data-pilih]")) {
  field.addEventListener("focus", () => field.select());
}

// A button beside a text copies it. Over plain http there is no clipboard of one's own: then the old way.
for (const button of document.querySelectorAll("[data-salin]")) {
  button.hidden = false;
  button.setAttribute("aria-live", "polite");
  const words = button.innerHTML;
  button.addEventListener("click", async () => {
    const field = document.getElementById(button.dataset.salin);
    field.select();
    await (navigator.clipboard?.writeText(field.value) ?? document.execCommand("copy"));
    button.textContent = "Tersalin ✓";
    setTimeout(() => { button.innerHTML = words; }, 2500);
  });
}

// How much waits stands in the tab's title, so that another window shows it too.
const bare = document.title;
const count = () => {
  const waiting = Number(document.querySelector("[data-jumlah]")?.dataset.jumlah ?? 0);
  document.title = waiting ? `(${waiting}) ${bare}` : bare;
};
count();
document.addEventListener("kabar", count);

// Live news. Pages say what they wait for: data-kabar="perkara" or "kotak-masuk" on the part that is to be renewed. It is
// fetched again from its own page and put in place of the old one, unless somebody types or chooses in it, or did.
(() => {
  const parts = () => [...document.querySelectorAll("[data-kabar][id]")];
  if (!parts().length || !window.EventSource) return;
  let pending = null;
  const chosen = (list) => [...list.options].some((o, at) => o.selected !== (o.defaultSelected || (at === 0 && !list.querySelector("[selected]"))));
  const answered = (c) =>
    c.type === "checkbox" || c.type === "radio" ? c.checked !== c.defaultChecked : c.options ? chosen(c) : c.type !== "hidden" && c.value !== c.defaultValue;
  const typed = (part) => [...part.querySelectorAll("input, textarea, select")].some(answered);
  const busy = (part) => typed(part) || (part.contains(document.activeElement) && document.activeElement !== document.body);
  const lasting = (part) => part.innerHTML.replace(/name="sekali" value="[^"]*"/g, ""); // that is of each making of a page
  // Pictures that are there already stay: each look at one is asked for, and written down, once.
  const drawn = (fresh, part) => {
    for (const picture of fresh.querySelectorAll("img[src]")) {
      const old = part.querySelector(`img[src="${CSS.escape(picture.getAttribute("src"))}"]`);
      if (old) picture.replaceWith(old);
    }
    return fresh;
  };
  const renew = async () => {
    pending = null;
    if (document.hidden) return;
    const answer = await fetch(location.href, { headers: { "x-kabar": "1" }, credentials: "same-origin" });
    if (!answer.ok || answer.redirected) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    await atRest();
    for (const part of [...parts(), ...document.querySelectorAll("#pemantau")]) {
      const fresh = page.getElementById(part.id);
      if (fresh && !busy(part) && lasting(fresh) !== lasting(part)) part.replaceWith(drawn(document.importNode(fresh, true), part));
    }
    document.dispatchEvent(new CustomEvent("kabar"));
  };
  const soon = () => { pending ??= setTimeout(renew, 1500); };
  document.addEventListener("perlu-kabar", soon);
  // Of a work that goes on nobody sends news: its part is asked for again until it no longer says that it changes.
  setInterval(() => { if (document.querySelector("[data-segarkan]")) soon(); }, 2000);
  // A browser has few places; one that went to a newer page is asked for again when somebody looks at this page.
  let source = null;
  const listen = () => {
    source = new EventSource("/peristiwa");
    for (const kind of new Set(parts().flatMap((part) => part.dataset.kabar.split(" ")))) {
      source.addEventListener(kind, soon);
    }
    source.addEventListener("muat", soon);
    source.addEventListener("berakhir", () => source.close());
    source.addEventListener("penuh", () => { source.close(); source = null; });
  };
  listen();
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) return;
    if (!source) listen();
    soon();
  });
  addEventListener("pagehide", () => source?.close());
})();

// A browser's control for files speaks the browser's language: here it says in the office's what is chosen.
for (const input of document.querySelectorAll('.isian > input[type="file"], .kirim-berkas > input[type="file"]')) {
  const face = document.createElement("div");
  face.className = "berkas-pilih";
  face.setAttribute("aria-hidden", "true");
  const button = document.createElement("span");
  button.className = "tombol biasa kecil";
  button.textContent = "Pilih berkas …";
  const chosen = document.createElement("span");
  const tell = () => {
    chosen.textContent = [...input.files].map((file) => file.name).join(", ") || "Belum ada berkas yang dipilih";
  };
  face.append(button, chosen);
  face.addEventListener("click", () => input.click());
  input.addEventListener("change", tell);
  input.classList.add("sr");
  input.after(face);
  tell();
}
