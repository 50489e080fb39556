// Lists of which several lines can be ticked: one tick for all, and how many are ticked stands on the button.
"use strict";

const arm = () => {
  for (const form of document.querySelectorAll("form[data-centang]:not([data-siap])")) {
    form.dataset.siap = "ya";
    const boxes = [...form.querySelectorAll("input[name=perkara]")];
    const button = form.querySelector("button");
    const words = button.textContent;
    const all = document.createElement("input");
    all.type = "checkbox";
    const said = document.createElement("span");
    said.className = "sr"; // on a phone it is read: see meja.css
    said.textContent = "Pilih semua yang tampak";
    const label = document.createElement("label");
    label.className = "centang";
    label.append(all, said);
    form.querySelector("th").replaceChildren(label);
    const seen = () => boxes.filter((box) => box.offsetParent); // a phone folds some
    const count = () => {
      const ticked = boxes.filter((box) => box.checked).length;
      all.checked = ticked > 0 && seen().every((box) => box.checked);
      all.indeterminate = ticked > 0 && !all.checked;
      button.textContent = ticked ? words.replace("yang dicentang", `${ticked} perkara`) : words;
    };
    all.addEventListener("change", () => {
      for (const box of seen()) box.checked = all.checked;
      count();
    });
    form.addEventListener("change", count);
    count();
  }
};
arm();
document.addEventListener("kabar", arm);
