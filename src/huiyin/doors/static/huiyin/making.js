// Says that a workbook is being made while it is, how far it is and for how long already; without this script the link works as it is.
(() => {
  "use strict";

  const place = document.getElementById("making");
  const SOON = 500;
  const SHEET = "spreadsheetml";
  const TOLD = "vnd.huiyin.told";
  const XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
  const bar = place.querySelector("progress");

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
    bar.hidden = true;
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

  // The file comes after lines like 400/6000, which say how far it is, and an empty one.
  async function told(answer) {
    const reader = answer.body.getReader();
    const NEWLINE = 10;
    const pieces = [];
    let line = "";
    let file = false;
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      let at = 0;
      while (!file && at < value.length) {
        const byte = value[at];
        at += 1;
        if (byte !== NEWLINE) {
          line += String.fromCharCode(byte);
        } else if (line) {
          [bar.value, bar.max] = line.split("/").map(Number);
          bar.hidden = false;
          line = "";
        } else {
          file = true;
        }
      }
      if (file) pieces.push(value.subarray(at));
    }
    if (!pieces.length) throw new Error("broken off");
    return new Blob(pieces, { type: XLSX });
  }

  async function make(link) {
    link.setAttribute("aria-busy", "true");
    const hide = shown();
    try {
      const answer = await fetch(link.href, { credentials: "same-origin", headers: { "X-Progress": "yes" } });
      const kind = answer.headers.get("Content-Type") || "";
      // What is no workbook is a page that says why there is none, or asks who one is.
      if (answer.ok && kind.includes(TOLD)) save(await told(answer), nameOf(answer, link.href));
      else if (!answer.ok || !kind.includes(SHEET)) location.assign(link.href);
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
