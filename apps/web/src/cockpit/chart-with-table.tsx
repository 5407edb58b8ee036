import type { EChartsOption } from "echarts";
import { useEffect, useRef } from "react";
import { drawWhenSeen, type SeenChart } from "./draw-when-seen.ts";
import { TwinFigure } from "./twin-figure.tsx";

interface ChartWithTableProps {
  readonly label: string;
  readonly option: EChartsOption;
  readonly columns: readonly string[];
  /** The same numbers that the chart draws, written out. */
  readonly rows: readonly (readonly string[])[];
}

/** A chart with its table twin. */
export function ChartWithTable({ option, ...twin }: ChartWithTableProps) {
  return (
    <TwinFigure className="chart-twin" {...twin}>
      <Drawing label={twin.label} option={option} />
    </TwinFigure>
  );
}

/** A chart below the edge of the window is drawn when it comes near; a new option is drawn into the chart that is there. */
function Drawing({ label, option }: { readonly label: string; readonly option: EChartsOption }) {
  const box = useRef<HTMLDivElement>(null);
  const chart = useRef<SeenChart>(undefined);
  useEffect(() => {
    if (!box.current) return;
    const drawn = drawWhenSeen(box.current);
    chart.current = drawn;
    return drawn.dispose;
  }, []);
  useEffect(() => {
    chart.current?.update(option);
  }, [option]);
  return <div ref={box} className="chart" role="img" aria-label={label} />;
}
