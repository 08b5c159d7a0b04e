// Says that a workbook is being made while it is, and for how long already; without this script the link works as it is.
(() => {
  "use strict";

  const place = document.getElementById("making");
  const SOON = 500;
  const SHEET = "spreadsheetml";

  function nameOf(answer, address) {
    const said = answer.headers.get("Content-Disposition") || "";
    const far = /filename\*=utf-8''([^;]+)/i.exec(said);
    const near = /filename="([^"]+)"/i.exec(said);
    return far ? decodeURIComponent(far[1]) : near ? near[1] : new URL(address).pathname.split("/").pop();
  }

  function save(file, name) {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(file);
    link.download = name;
    document.body.append(link);
    link.click();
    link.remove();
    // Not at once: the browser may still be reading.
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  }

  function shown() {
    const begun = performance.now();
    const seconds = place.querySelector("[data-seconds]");
    const tell = () => {
      place.hidden = false;
      seconds.textContent = String(Math.round((performance.now() - begun) / 1000));
    };
    const first = setTimeout(tell, SOON);
    const every = setInterval(tell, 1000);
    return () => {
      clearTimeout(first);
      clearInterval(every);
      place.hidden = true;
    };
  }

  async function make(link) {
    link.setAttribute("aria-busy", "true");
    const hide = shown();
    try {
      const answer = await fetch(link.href, { credentials: "same-origin" });
      const kind = answer.headers.get("Content-Type") || "";
      // What is no workbook is a page that says why there is none, or asks who one is.
      if (!answer.ok || !kind.includes(SHEET)) location.assign(link.href);
      else save(await answer.blob(), nameOf(answer, link.href));
    } catch {
      location.assign(link.href);
    } finally {
      hide();
      link.removeAttribute("aria-busy");
    }
  }

  document.addEventListener("click", (event) => {
    const link = event.target.closest('a[href*=".xlsx"]');
    const otherwise = event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey;
    if (!link || event.defaultPrevented || otherwise) return;
    event.preventDefault();
    if (link.getAttribute("aria-busy") !== "true") make(link);
  });
})();
