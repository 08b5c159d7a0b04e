// Fills the dry run month by month: rows, sums, the chart of the same figures, and how far it is.
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

  const count = (rows) => {
    const figures = figuresOf(rows);
    byMonth[rows.dataset.month] = figures;
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
  for (const [done, month] of months.entries()) {
    if (stopped) break;
    let answer;
    try {
      answer = await fetch(`${place.dataset.source}&month=${month}`, { headers: { "HX-Request": "true" } });
    } catch {
      answer = { ok: false };
    }
    if (!answer.ok) {
      document.getElementById("trial-fault").hidden = false;
      break;
    }
    const part = document.createElement("template");
    part.innerHTML = await answer.text();
    const rows = part.content.querySelector("tbody");
    for (const [name, number] of Object.entries(count(rows))) {
      const sum = place.querySelector(`[data-total="${name}"]`);
      sum.textContent = String(Number(sum.textContent) + number);
    }
    table.append(rows);
    affected.append(...part.content.querySelectorAll("li"));
    bar.value = done + 1;
    said.textContent = `${done + 1}/${months.length}`;
  }
  document.getElementById("trial-stop").hidden = true;
  const label = place.querySelector('label[for="trial-bar"]');
  if (bar.value === months.length) label.textContent = label.dataset.done;
  const differing = Number(place.querySelector('[data-total="matters_changed"]').textContent);
  document.getElementById("trial-alike").hidden = differing > 0 || bar.value < months.length;
})();
