// Everything works without this file. It spares people typing the number again and losing what they typed.
"use strict";

(() => {
  // A wrong number or code is answered alike whatever was typed, so the page cannot give the number back.
  const form = document.querySelector("form[data-remember]");
  const shelf = "huiyin-number";
  if (form) {
    const field = form.elements[form.dataset.remember];
    const wrong = document.getElementById("trouble");
    if (wrong && !field.value) field.value = sessionStorage.getItem(shelf) || "";
    form.addEventListener("submit", () => sessionStorage.setItem(shelf, field.value));
  } else {
    sessionStorage.removeItem(shelf);
  }

  // Large type at once, without asking for the page again: a form half filled in stays as it is.
  const display = document.querySelector("form.display");
  display?.addEventListener("submit", (event) => {
    const button = event.submitter;
    const sheet = document.querySelector("form.sheet");
    if (!sheet || !button || button.name !== "type") return;
    event.preventDefault();
    const body = new URLSearchParams(new FormData(display));
    body.set(button.name, button.value);
    fetch(display.action, { method: "POST", body, redirect: "manual" });
    const large = document.documentElement.classList.toggle("large", button.value === "large");
    button.value = large ? "normal" : "large";
    button.textContent = large ? display.dataset.normal : display.dataset.large;
  });
})();
