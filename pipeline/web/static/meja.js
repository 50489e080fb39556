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

// One click chooses the whole of a text that is there to be copied.
for (const field of document.querySelectorAll("[data-pilih]")) {
  field.addEventListener("focus", () => field.select());
}
