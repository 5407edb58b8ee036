import type { EChartsOption } from "echarts";
import { BarChart, LineChart } from "echarts/charts";
import { GridComponent, LegendComponent, TooltipComponent } from "echarts/components";
import { use } from "echarts/core";
import { SVGRenderer } from "echarts/renderers";
import { openDrawing } from "./open-drawing.ts";

use([BarChart, LineChart, GridComponent, LegendComponent, TooltipComponent, SVGRenderer]);

/** Draws and keeps to the box's size; the answer takes the drawing away. */
export const draw = (box: HTMLElement, option: EChartsOption): (() => void) => {
  const { chart, look, dispose } = openDrawing(box);
  chart.setOption({ ...look, ...option });
  return dispose;
};
