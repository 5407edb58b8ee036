import type { EChartsOption } from "echarts";
import { useMemo } from "react";
import type { ParameterHistory } from "../app/api.ts";
import { Chart } from "../ui/chart.tsx";
import { formatDate } from "../ui/format.ts";
import { keyTexts } from "../ui/key-text.ts";
import { Mark } from "../ui/mark.tsx";
import { usePreferences } from "../ui/preferences.ts";
import { TableFrame } from "../ui/table-frame.tsx";
import { useText, useWords } from "../ui/words.ts";

/** Steps over time, one line an area and key; a value missing at the source leaves a gap, never a zero. */
const stepChart = (
  parameter: ParameterHistory,
  seriesName: (value: ParameterHistory["values"][number]) => string,
): EChartsOption => {
  const lines = new Map<string, [string, number | null][]>();
  for (const value of parameter.values) {
    const name = seriesName(value);
    const points = lines.get(name) ?? [];
    points.push([value.from, value.value === null ? null : Number(value.value)]);
    if (value.until && value.value !== null) points.push([value.until, Number(value.value)]);
    lines.set(name, points);
  }
  return {
    tooltip: { trigger: "axis" },
    legend: lines.size > 1 ? { type: "scroll", top: 0 } : undefined,
    grid: { left: 60, right: 20, top: lines.size > 1 ? 40 : 20, bottom: 30 },
    xAxis: { type: "time" },
    yAxis: { type: "value", min: 0 },
    series: [...lines].map(([name, data]) => ({
      name,
      type: "line" as const,
      step: "end" as const,
      symbolSize: 6,
      data,
    })),
  };
};

/** A parameter's history as a chart and as its table twin. */
export function ParameterHistoryView({ parameter }: { readonly parameter: ParameterHistory }) {
  const words = useWords();
  const text = useText();
  const { language } = usePreferences();
  const option = useMemo(
    () =>
      stepChart(parameter, ({ area, key }) => [text(area.name), ...keyTexts(parameter.keys, key, text)].join(" · ")),
    [parameter, text],
  );
  const name = text(parameter.name);
  const drawn = parameter.type !== "date" && parameter.values.filter(({ value }) => value !== null).length > 1;
  return (
    <section>
      <h3>
        {name}
        {parameter.unit && <span className="hint small"> ({words(`unit.${parameter.unit}`)})</span>}
      </h3>
      {parameter.formula && <p className="hint small">{words("item.formula", { formula: parameter.formula })}</p>}
      {drawn && <Chart option={option} label={words("item.historyChart", { name })} />}
      <TableFrame
        heads={[
          { name: words("item.area") },
          ...(parameter.keys.length > 0 ? [{ name: words("item.key") }] : []),
          { name: words("item.from") },
          { name: words("item.until") },
          { name: words("item.value"), number: true },
          { name: words("item.mark") },
          { name: words("item.document") },
        ]}
      >
        {parameter.values.map((value) => (
          <tr key={`${value.area.code}/${value.key.join("/")}/${value.from}`}>
            <td>{text(value.area.name)}</td>
            {parameter.keys.length > 0 && <td>{keyTexts(parameter.keys, value.key, text).join(" · ")}</td>}
            <td className="day">{formatDate(value.from, language)}</td>
            <td className="day">{value.until ? formatDate(value.until, language) : words("item.open")}</td>
            <td className="number">{value.value ?? words("item.missing")}</td>
            <td>
              <Mark mark={value.mark} />
            </td>
            <td className="small">
              {value.document} {value.sources.map(({ title }) => title).join("; ")} {value.note && text(value.note)}
            </td>
          </tr>
        ))}
      </TableFrame>
    </section>
  );
}
