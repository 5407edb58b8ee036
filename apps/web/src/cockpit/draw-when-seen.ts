import type { EChartsOption } from "echarts";
import type { Drawn } from "./draw-chart.ts";

/** A chart that is drawn once its box is in sight or goes to the printer. */
export interface SeenChart {
  update(option: EChartsOption): void;
  dispose(): void;
}

/** How far below the window a chart is already drawn. */
const AHEAD = "200px";

/** Loads the drawing library when the first chart is seen; of options that come while the box is out of sight only the last is drawn. */
export function drawWhenSeen(box: HTMLElement): SeenChart {
  let [seen, gone] = [false, false];
  let wanted: EChartsOption | undefined;
  let shown: EChartsOption | undefined;
  let opened: Promise<Drawn | undefined> | undefined;
  const draw = (): void => {
    if (!seen || wanted === shown) return;
    opened ??= import("./draw-chart.ts").then(({ openChart }) => (gone ? undefined : openChart(box)));
    void opened.then((chart) => {
      if (!chart || gone || !wanted || wanted === shown) return;
      chart.update(wanted);
      shown = wanted;
    });
  };
  const print = (): void => {
    seen = true;
    draw();
  };
  const watcher = new IntersectionObserver(
    (entries) => {
      seen = entries.at(-1)?.isIntersecting ?? false;
      draw();
    },
    { rootMargin: AHEAD },
  );
  watcher.observe(box);
  addEventListener("beforeprint", print);
  return {
    update(option) {
      wanted = option;
      draw();
    },
    dispose() {
      gone = true;
      watcher.disconnect();
      removeEventListener("beforeprint", print);
      void opened?.then((chart) => chart?.dispose());
    },
  };
}
