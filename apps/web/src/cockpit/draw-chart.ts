import type { EChartsOption } from "echarts";
import { BarChart, LineChart, ScatterChart } from "echarts/charts";
import { AriaComponent, GridComponent, LegendComponent, MarkLineComponent, TooltipComponent } from "echarts/components";
import { init, use } from "echarts/core";
import { SVGRenderer } from "echarts/renderers";

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
  const chart = init(box, undefined, { renderer: "svg" });
  const observer = new ResizeObserver(() => chart.resize());
  observer.observe(box);
  return {
    update(option) {
      const { color, fontFamily } = getComputedStyle(box);
      chart.setOption({ textStyle: { color, fontFamily }, animation: false, ...option }, true);
      const { series } = chart.getOption() as { readonly series: readonly SeriesHeld[] };
      box.dataset.drawn = JSON.stringify(series.map(({ name, data }) => ({ name, data })));
    },
    dispose() {
      observer.disconnect();
      chart.dispose();
    },
  };
};
