// The desk's keyboard: "/" asks, arrows choose, Ctrl+Enter submits. Without this script every form still works.
(() => {
  "use strict";

  const ask = () => document.getElementById("ask");
  const options = (list) => [...list.querySelectorAll('[role="option"]')];
  const typing = (node) => node.matches("input, textarea, select, [contenteditable]");

  function select(list, input, index) {
    const all = options(list);
    all.forEach((one, at) => {
      one.id ||= `${list.id || "list"}-${at}`;
      one.setAttribute("aria-selected", String(at === index));
    });
    const chosen = all[index];
    if (chosen) {
      input.setAttribute("aria-activedescendant", chosen.id);
      chosen.scrollIntoView({ block: "nearest" });
    } else {
      input.removeAttribute("aria-activedescendant");
    }
  }

  const selected = (list) => options(list).findIndex((one) => one.getAttribute("aria-selected") === "true");

  function move(list, input, event) {
    const all = options(list);
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!all.length || !step) return false;
    event.preventDefault();
    select(list, input, (selected(list) + step + all.length) % all.length);
    return true;
  }

  // --- somebody asks ---

  function onAskKey(event) {
    const intake = document.getElementById("intake");
    const list = intake.querySelector('[role="listbox"]');
    if (event.key === "Escape") {
      intake.replaceChildren();
      event.target.setAttribute("aria-expanded", "false");
      event.target.removeAttribute("aria-activedescendant");
    } else if (list && !move(list, event.target, event) && event.key === "Enter" && !event.isComposing) {
      const at = Math.max(selected(list), 0);
      if (options(list)[at] && list.dataset.for === event.target.value.trim()) {
        event.preventDefault();
        options(list)[at].click();
      }
    }
  }

  // --- choosing a colleague ---

  let waiting;

  function onPick(input) {
    const picker = input.closest(".picker");
    const list = picker.querySelector(".picker-list");
    picker.querySelector('input[type="hidden"]').value = "";
    clearTimeout(waiting);
    waiting = setTimeout(async () => {
      const token = input.form.querySelector("[name=csrfmiddlewaretoken]").value;
      const answer = await fetch(picker.dataset.picker, {
        method: "POST",
        headers: { "X-CSRFToken": token, "HX-Request": "true" },
        body: new URLSearchParams({ q: input.value }),
      });
      list.innerHTML = answer.ok ? await answer.text() : "";
      input.setAttribute("aria-expanded", String(options(list).length > 0));
      select(list, input, options(list).length ? 0 : -1);
    }, 120);
  }

  function choose(option) {
    const picker = option.closest(".picker");
    const input = picker.querySelector('input[type="text"]');
    picker.querySelector('input[type="hidden"]').value = option.dataset.id;
    input.value = option.dataset.name;
    picker.querySelector(".picker-list").replaceChildren();
    input.setAttribute("aria-expanded", "false");
    input.focus();
  }

  function onPickKey(event) {
    const list = event.target.closest(".picker").querySelector(".picker-list");
    if (move(list, event.target, event)) return;
    const option = options(list)[selected(list)];
    if (event.key === "Escape") list.replaceChildren();
    if (event.key === "Enter" && option && !event.isComposing) {
      event.preventDefault();
      choose(option);
    }
  }

  // --- everywhere ---

  document.addEventListener("keydown", (event) => {
    const node = event.target;
    if (event.key === "/" && !typing(node) && ask()) {
      event.preventDefault();
      ask().focus();
      ask().select();
    } else if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && node.form) {
      event.preventDefault();
      node.form.requestSubmit();
    } else if (node.id === "ask") {
      onAskKey(event);
    } else if (node.closest?.(".picker") && node.type === "text") {
      onPickKey(event);
    }
  });

  document.addEventListener("input", (event) => {
    if (event.target.closest(".picker") && event.target.type === "text") onPick(event.target);
  });

  document.addEventListener("click", (event) => {
    const option = event.target.closest(".picker-list [role=option]");
    if (option) choose(option);
  });

  // A form goes out once; coming back to the page with "back" makes it usable again.
  document.addEventListener("submit", (event) => {
    if (event.target.target === "_blank" || event.target.hasAttribute("hx-post")) return;
    const button = event.submitter;
    if (button) setTimeout(() => button.setAttribute("aria-busy", "true"));
  });
  addEventListener("pageshow", () => {
    document.querySelectorAll('[aria-busy="true"]').forEach((one) => one.removeAttribute("aria-busy"));
  });

  // After a part of the page came in: focus where the work goes on.
  document.addEventListener("htmx:afterSwap", (event) => {
    const part = event.detail.target;
    if (part.id !== "intake") return;
    const list = part.querySelector('[role="listbox"]');
    if (list) {
      ask().setAttribute("aria-expanded", "true");
      select(list, ask(), 0);
      return;
    }
    ask()?.setAttribute("aria-expanded", "false");
    ask()?.removeAttribute("aria-activedescendant");
    const wrong = part.querySelector('[aria-invalid="true"]');
    const first = part.querySelector("[data-focus], [data-first], #r-applicant_name");
    (wrong || first)?.focus();
    part.scrollIntoView({ block: "nearest" });
  });

  // The first thing wrong on a page that came back refused.
  document.querySelector('main [aria-invalid="true"]')?.focus();
})();
