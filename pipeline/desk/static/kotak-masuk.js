// The whole zone is one button: what is dropped on it or chosen is sent at once, one file after the other, each once.
// What could not be sent is named, and the others go on. Without scripts one chooses files and presses the button.
"use strict";

const form = document.querySelector("[data-jatuhkan]");
const field = form.querySelector("input[type=file]");
const box = form.querySelector(".kemajuan");
const [said, bar, faults, again] = ["p", "progress", "ul", "button"].map((name) => box.querySelector(name));
const queue = [];
const failed = [];
const known = new Set(); // of this round: what is dropped twice is sent once
let round = { files: 0, done: 0, good: 0, bytes: 0, sent: 0 };
let working = false;
form.classList.add("langsung");

const named = (file) => `${file.name}|${file.size}|${file.lastModified}`;

const fail = (file, why, retry) => {
  const line = document.createElement("li");
  line.textContent = `${file.name}: ${why}`;
  faults.append(line);
  if (retry) failed.push(file);
};

// One file; resolves when it has its answer. Only what never got one may be sent again.
const send = (file) => new Promise((done) => {
  const data = new FormData();
  data.append("csrf", form.elements.csrf.value);
  if (form.elements.bolak_balik.checked) data.append("bolak_balik", "1");
  data.append("berkas", file, file.name);
  const sending = new XMLHttpRequest();
  sending.upload.addEventListener("progress", (event) => { bar.value = (round.sent + Math.min(event.loaded, file.size)) / (round.bytes || 1); });
  sending.addEventListener("load", () => {
    if (sending.status === 200) round.good += 1;
    else if (sending.status === 422) fail(file, sending.responseText);
    else if (sending.status === 413) fail(file, "terlalu besar; bagilah menjadi beberapa berkas.");
    else if ([401, 403, 419].includes(sending.status)) fail(file, "tidak terkirim; sesi Anda berakhir. Masuk lagi di jendela lain, muat ulang halaman ini, lalu letakkan lagi.");
    else fail(file, "tidak terkirim; coba lagi sebentar.", true);
    done();
  });
  for (const cut of ["error", "abort", "timeout"]) {
    sending.addEventListener(cut, () => { fail(file, "tidak terkirim; sambungan terputus, atau ini folder.", true); done(); });
  }
  sending.open("POST", form.action);
  sending.setRequestHeader("x-kirim", "1");
  sending.send(data);
});

const work = async () => {
  if (working) return;
  working = true;
  box.hidden = false;
  bar.hidden = false;
  while (queue.length) {
    const file = queue.shift();
    said.textContent = `Mengirim ${round.done + 1} dari ${round.files}: ${file.name} …`;
    if (file.size > Number(form.dataset.terbesar)) fail(file, "terlalu besar; bagilah menjadi beberapa berkas.");
    else await send(file);
    round.done += 1;
    round.sent += file.size;
    bar.value = round.sent / (round.bytes || 1);
  }
  working = false;
  known.clear();
  bar.hidden = true;
  said.textContent = `${round.good} dari ${round.files} berkas terkirim.`;
  again.hidden = !failed.length;
  document.dispatchEvent(new CustomEvent("perlu-kabar"));
};

const add = (files) => {
  if (!files.length) return;
  if (!working) {
    round = { files: 0, done: 0, good: 0, bytes: 0, sent: 0 };
    failed.length = 0;
    faults.replaceChildren();
    again.hidden = true;
  }
  for (const file of files) {
    if (known.has(named(file))) continue;
    known.add(named(file));
    queue.push(file);
    round.files += 1;
    round.bytes += file.size;
  }
  work();
};

for (const kind of ["dragover", "dragenter"]) {
  form.addEventListener(kind, (event) => {
    event.preventDefault();
    form.classList.add("atas");
  });
}
form.addEventListener("dragleave", () => form.classList.remove("atas"));
form.addEventListener("drop", (event) => {
  event.preventDefault();
  form.classList.remove("atas");
  add([...event.dataTransfer.files]);
});
const take = () => {
  add([...field.files]);
  field.value = "";
};
field.addEventListener("change", take);
take(); // what was chosen before this script had come
again.addEventListener("click", () => add([...failed]));
// A file beside the zone would take the page's place.
for (const kind of ["dragover", "drop"]) {
  document.addEventListener(kind, (event) => event.preventDefault());
}
addEventListener("beforeunload", (event) => { if (working) event.preventDefault(); });
