// Draws what came of the filings, group by group; the same figures stand in the table below it.
(() => {
  "use strict";
  const place = document.getElementById("refusals-chart");
  const figures = JSON.parse(document.getElementById("refusals-figures").textContent);
  const colours = { approved: "#3b7ddd", overturned: "#b91c1c", corrected: "#d99a1c", withdrawn: "#8a94a3", running: "#9db8d9" };
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  place.style.height = `${Math.min(Math.max(figures.groups.length * 44 + 90, 180), 640)}px`;
  const chart = echarts.init(place, null, { renderer: "canvas" });
  chart.setOption({
    animation: !still,
    textStyle: { fontFamily: getComputedStyle(document.body).fontFamily },
    grid: { left: 8, right: 28, top: 64, bottom: 8, containLabel: true },
    legend: { top: 0, itemWidth: 16, itemHeight: 12 },
    tooltip: { trigger: "axis", axisPointer: { type: "shadow" }, renderMode: "richText" },
    xAxis: { type: "value", minInterval: 1 },
    yAxis: { type: "category", inverse: true, data: figures.groups, axisLabel: { width: 150, overflow: "truncate" } },
    series: figures.series.map((one) => ({
      name: one.name,
      type: "bar",
      stack: "endings",
      barMaxWidth: 22,
      data: one.counts,
      itemStyle: { color: colours[one.code] },
    })),
    // Colour is never alone: every ending has its own pattern too.
    aria: { enabled: true, label: { enabled: false }, decal: { show: true } },
  });
  addEventListener("resize", () => chart.resize());
})();
