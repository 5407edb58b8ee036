import type { EChartsOption } from "echarts";
import { useEffect, useId, useRef, useState } from "react";
import { useWords } from "../ui/words.ts";
import { drawWhenSeen, type SeenChart } from "./draw-when-seen.ts";

interface ChartWithTableProps {
  readonly label: string;
  readonly option: EChartsOption;
  readonly columns: readonly string[];
  /** The same numbers that the chart draws, written out. */
  readonly rows: readonly (readonly string[])[];
}

/** A chart with its table twin: the same numbers, seen or read. */
export function ChartWithTable({ label, option, columns, rows }: ChartWithTableProps) {
  const words = useWords();
  const [asTable, setAsTable] = useState(false);
  const id = useId();
  return (
    <figure className="chart-twin">
      <figcaption>
        {label}
        <button
          type="button"
          className="button quiet small no-print"
          aria-expanded={asTable}
          aria-controls={id}
          onClick={() => setAsTable(!asTable)}
        >
          {words("cockpit.table")}
        </button>
      </figcaption>
      <Drawing label={label} option={option} />
      <div id={id} hidden={!asTable} className="table-scroll">
        <table className="plain twin">
          <caption className="visually-hidden">{label}</caption>
          <thead>
            <tr>
              {columns.map((column) => (
                <th key={column} scope="col">
                  {column}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(([first, ...rest]) => (
              <tr key={first}>
                <th scope="row">{first}</th>
                {rest.map((value, i) => (
                  <td key={columns[i + 1]} className="number">
                    {value}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </figure>
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
