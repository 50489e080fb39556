// Files are dropped onto the form, and how far they are is shown. Without scripts one chooses them and presses the button.
"use strict";

const form = document.querySelector("[data-jatuhkan]");
const field = form.querySelector("input[type=file]");
const bar = form.querySelector(".kemajuan");

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
  field.files = event.dataTransfer.files;
  if (field.files.length) form.requestSubmit();
});

form.addEventListener("submit", (event) => {
  event.preventDefault();
  event.stopPropagation();
  const sending = new XMLHttpRequest();
  const [line, words] = [bar.querySelector("progress"), bar.querySelector("span")];
  bar.hidden = false;
  words.textContent = "Mengirim …";
  sending.upload.addEventListener("progress", (sent) => {
    if (sent.lengthComputable) line.value = sent.loaded / sent.total;
  });
  sending.addEventListener("load", () => {
    if (sending.status < 400) location.assign("/kotak-masuk");
    else words.textContent = sending.status === 413 ? "Berkas itu terlalu besar; tidak ada yang dikirim." : "Tidak terkirim; muat ulang halaman ini, lalu coba lagi.";
  });
  sending.addEventListener("error", () => { words.textContent = "Sambungan terputus; tidak ada yang dikirim. Coba lagi."; });
  sending.open("POST", form.action);
  sending.setRequestHeader("x-kabar", "1"); // what it says is for the page that comes after, not for this request
  sending.send(new FormData(form));
});
