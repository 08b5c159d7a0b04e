// Draws how the promises were kept by month; the same figures stand in the table below it.
(() => {
  "use strict";
  const place = document.getElementById("kept-chart");
  const figures = JSON.parse(document.getElementById("kept-figures").textContent);
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const chart = echarts.init(place, null, { renderer: "canvas" });
  chart.setOption({
    animation: !still,
    textStyle: { fontFamily: getComputedStyle(document.body).fontFamily },
    grid: { left: 8, right: 8, top: 40, bottom: 8, containLabel: true },
    legend: { top: 0 },
    tooltip: { trigger: "axis", renderMode: "richText" },
    xAxis: { type: "category", data: figures.months },
    yAxis: [
      { type: "value", minInterval: 1 },
      { type: "value", min: 0, max: 100, axisLabel: { formatter: "{value}%" }, splitLine: { show: false } },
    ],
    series: [
      { name: figures.words.decided, type: "bar", data: figures.decided, barMaxWidth: 28, itemStyle: { color: "#9db8d9" } },
      { name: figures.words.kept, type: "line", yAxisIndex: 1, data: figures.kept, symbol: "diamond", symbolSize: 9, itemStyle: { color: "#2c8a57" } },
    ],
    aria: { enabled: true, label: { enabled: false }, decal: { show: true } },
  });
  addEventListener("resize", () => chart.resize());
})();
