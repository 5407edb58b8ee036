import { type ECharts, init } from "echarts/core";

/** An empty ECharts drawing in the look of the page around it, light or dark, which keeps to the box's size. */
export function openDrawing(box: HTMLElement) {
  const isDark = matchMedia("(prefers-color-scheme: dark)").matches;
  const chart: ECharts = init(box, isDark ? "dark" : undefined, { renderer: "svg" });
  const observer = new ResizeObserver(() => chart.resize());
  observer.observe(box);
  const { color, fontFamily } = getComputedStyle(box);
  return {
    chart,
    look: { backgroundColor: "transparent", textStyle: { color, fontFamily }, animation: false },
    dispose() {
      observer.disconnect();
      chart.dispose();
    },
  };
}
