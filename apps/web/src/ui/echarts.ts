import type { EChartsOption } from "echarts";
import { BarChart, LineChart } from "echarts/charts";
import { GridComponent, LegendComponent, TooltipComponent } from "echarts/components";
import { init, use } from "echarts/core";
import { SVGRenderer } from "echarts/renderers";

use([BarChart, LineChart, GridComponent, LegendComponent, TooltipComponent, SVGRenderer]);

/** Draws and keeps to the box's size; the answer takes the drawing away. */
export const draw = (box: HTMLElement, option: EChartsOption): (() => void) => {
  const chart = init(box, undefined, { renderer: "svg" });
  const ink = getComputedStyle(box).color;
  chart.setOption({
    textStyle: { color: ink, fontFamily: getComputedStyle(box).fontFamily },
    animation: false,
    ...option,
  });
  const observer = new ResizeObserver(() => chart.resize());
  observer.observe(box);
  return () => {
    observer.disconnect();
    chart.dispose();
  };
};
