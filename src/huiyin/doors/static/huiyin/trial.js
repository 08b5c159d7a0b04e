// Fills the dry run month by month, a long month in portions: rows, sums, the chart of the same figures, and how far it is.
(async () => {
  "use strict";
  const place = document.getElementById("dry-run");
  const table = document.getElementById("trial-table");
  const affected = document.getElementById("trial-affected");
  const words = JSON.parse(document.getElementById("trial-words").textContent);
  const months = place.dataset.months.split(" ");
  const byMonth = Object.fromEntries(months.map((month) => [month, {}]));

  const figuresOf = (rows) =>
    Object.fromEntries(
      rows.dataset.figures
        .split(";")
        .filter(Boolean)
        .map((pair) => pair.split("="))
        .map(([name, count]) => [name, Number(count)]),
    );

  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const chart = echarts.init(document.getElementById("trial-chart"), null, { renderer: "canvas" });
  const looks = {
    newly_late: { color: "#b91c1c", decal: { symbol: "rect", dashArrayX: [1, 0], dashArrayY: [3, 3], rotation: Math.PI / 4, color: "rgba(255,255,255,.35)" } },
    saved: { color: "#2c8a57", decal: { symbol: "none" } },
  };
  const draw = () =>
    chart.setOption({
      animation: !still,
      textStyle: { fontFamily: getComputedStyle(document.body).fontFamily },
      grid: { left: 8, right: 16, top: 40, bottom: 8, containLabel: true },
      legend: { top: 0, itemWidth: 16, itemHeight: 12 },
      tooltip: { trigger: "axis", axisPointer: { type: "shadow" }, renderMode: "richText" },
      xAxis: { type: "category", data: months },
      yAxis: { type: "value", minInterval: 1 },
      series: Object.entries(words).map(([name, label]) => ({
        name: label,
        type: "bar",
        barMaxWidth: 22,
        data: months.map((month) => byMonth[month][name] ?? 0),
        itemStyle: looks[name],
      })),
      aria: { enabled: true, label: { enabled: false }, decal: { show: true } },
    });
  draw();
  addEventListener("resize", () => chart.resize());

  const add = (sums, figures) => {
    for (const [name, number] of Object.entries(figures)) sums[name] = (sums[name] ?? 0) + number;
  };
  const count = (rows) => {
    const figures = figuresOf(rows);
    add(byMonth[rows.dataset.month], figures);
    draw();
    return figures;
  };
  if (place.dataset.done) {
    table.querySelectorAll("tbody").forEach(count);
    return;
  }

  const bar = document.getElementById("trial-bar");
  const said = document.getElementById("trial-said");
  let stopped = false;
  document.getElementById("trial-stop").addEventListener("click", () => {
    stopped = true;
  });
  const raise = (cell, number) => {
    cell.textContent = String(Number(cell.textContent) + number);
    if (number) cell.closest("td")?.classList.remove("muted");
  };
  // A unit has one row in a month, whatever portion of it the matters came in.
  const join = (rows) => {
    const there = table.querySelector(`tbody[data-month="${rows.dataset.month}"]`);
    if (!there) {
      table.append(rows);
      return;
    }
    for (const row of rows.querySelectorAll("tr[data-unit]")) {
      const same = [...there.rows].find((one) => one.dataset.unit === row.dataset.unit);
      if (!same) {
        there.insertBefore(row, [...there.rows].find((one) => one.dataset.unit > row.dataset.unit) ?? null);
        continue;
      }
      const cells = same.querySelectorAll("td span");
      row.querySelectorAll("td span").forEach((cell, at) => raise(cells[at], Number(cell.textContent)));
    }
  };
  const portion = async (month, after) => {
    const answer = await fetch(`${place.dataset.source}&month=${month}&after=${after}`, { headers: { "HX-Request": "true" } });
    if (!answer.ok) throw new Error(String(answer.status));
    const part = document.createElement("template");
    part.innerHTML = await answer.text();
    return part.content;
  };
  const tell = async (month) => {
    const listed = new Set();
    let after = "";
    do {
      const part = await portion(month, after);
      const rows = part.querySelector("tbody");
      const figures = count(rows);
      for (const [name, number] of Object.entries(figures)) raise(place.querySelector(`[data-total="${name}"]`), number);
      for (const line of part.querySelectorAll("li")) {
        if (listed.size < Number(place.dataset.listed) || listed.has(line.dataset.number)) {
          listed.add(line.dataset.number);
          affected.append(line);
        }
      }
      bar.value += figures.matters;
      said.textContent = `${bar.value}/${bar.max}`;
      after = rows.dataset.last;
      join(rows);
    } while (after && !stopped);
    return !after;
  };
  let whole = true;
  try {
    for (const month of months) whole = !stopped && (await tell(month)) && whole;
  } catch {
    document.getElementById("trial-fault").hidden = false;
    whole = false;
  }
  document.getElementById("trial-stop").hidden = true;
  if (whole) {
    bar.value = bar.max;
    const label = place.querySelector('label[for="trial-bar"]');
    label.textContent = label.dataset.done;
  }
  const differing = Number(place.querySelector('[data-total="matters_changed"]').textContent);
  document.getElementById("trial-alike").hidden = differing > 0 || !whole;
})();
