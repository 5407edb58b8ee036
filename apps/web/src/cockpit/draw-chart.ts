import type { EChartsOption } from "echarts";
import { BarChart, LineChart, ScatterChart } from "echarts/charts";
import { AriaComponent, GridComponent, LegendComponent, MarkLineComponent, TooltipComponent } from "echarts/components";
import { use } from "echarts/core";
import { SVGRenderer } from "echarts/renderers";
import { openDrawing } from "../ui/open-drawing.ts";

use([
  BarChart,
  LineChart,
  ScatterChart,
  AriaComponent,
  GridComponent,
  LegendComponent,
  MarkLineComponent,
  TooltipComponent,
  SVGRenderer,
]);

export interface Drawn {
  update(option: EChartsOption): void;
  dispose(): void;
}

interface SeriesHeld {
  readonly name?: string;
  readonly data?: readonly unknown[];
}

/** A drawing that keeps to the box's size. What ECharts holds in the end stands in `data-drawn`, to be held against the table beside it. */
export const openChart = (box: HTMLElement): Drawn => {
  const { chart, look, dispose } = openDrawing(box);
  return {
    update(option) {
      chart.setOption({ ...look, ...option }, true);
      const { series } = chart.getOption() as { readonly series: readonly SeriesHeld[] };
      box.dataset.drawn = JSON.stringify(series.map(({ name, data }) => ({ name, data })));
    },
    dispose,
  };
};
