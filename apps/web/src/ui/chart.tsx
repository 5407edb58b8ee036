import type { EChartsOption } from "echarts";
import { useEffect, useRef } from "react";

/** An ECharts drawing, loaded when it is first shown; the page keeps its table twin beside it. */
export function Chart({ option, label }: { readonly option: EChartsOption; readonly label: string }) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    let dispose = () => {};
    let gone = false;
    void import("./echarts.ts").then(({ draw }) => {
      if (!gone && box.current) dispose = draw(box.current, option);
    });
    return () => {
      gone = true;
      dispose();
    };
  }, [option]);
  return <div ref={box} className="chart" role="img" aria-label={label} />;
}
