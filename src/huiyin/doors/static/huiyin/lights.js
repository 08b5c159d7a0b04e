// Draws the lights board; the same figures stand in the table beside it.
(async () => {
  "use strict";
  const place = document.getElementById("lights-chart");
  const answer = await fetch(place.dataset.source, { headers: { Accept: "application/json" } });
  if (!answer.ok) return;
  const board = await answer.json();
  const colours = { red: "#b91c1c", yellow: "#d99a1c", green: "#2c8a57", blue: "#3b7ddd" };
  // Colour is never alone: every light has its own pattern too.
  const patterns = {
    red: { symbol: "rect", dashArrayX: [1, 0], dashArrayY: [3, 3], rotation: Math.PI / 4, color: "rgba(255,255,255,.35)" },
    yellow: { symbol: "circle", symbolSize: 0.5, color: "rgba(255,255,255,.5)" },
    green: null,
    blue: { symbol: "rect", dashArrayX: [1, 0], dashArrayY: [2, 4], rotation: 0, color: "rgba(255,255,255,.45)" },
  };
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const chart = echarts.init(place, null, { renderer: "canvas" });
  chart.setOption({
    animation: !still,
    textStyle: { fontFamily: getComputedStyle(document.body).fontFamily },
    grid: { left: 8, right: 28, top: 40, bottom: 8, containLabel: true },
    legend: { top: 0, itemWidth: 16, itemHeight: 12 },
    tooltip: { trigger: "axis", axisPointer: { type: "shadow" }, renderMode: "richText" },
    xAxis: { type: "value", minInterval: 1 },
    yAxis: { type: "category", inverse: true, data: board.units },
    series: board.series.map((one) => ({
      name: one.name,
      type: "bar",
      stack: "lights",
      barMaxWidth: 22,
      data: one.counts,
      itemStyle: { color: colours[one.light], decal: patterns[one.light] || { symbol: "none" } },
    })),
    aria: { enabled: true, label: { enabled: false }, decal: { show: true } },
  });
  addEventListener("resize", () => chart.resize());
})();
