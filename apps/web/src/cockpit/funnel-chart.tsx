import type { EChartsOption } from "echarts";
import { useMemo } from "react";
import { usePreferences } from "../ui/preferences.ts";
import { useText, useWords } from "../ui/words.ts";
import type { IndicatorPage } from "./api.ts";
import { accent, grid, mark } from "./chart-look.ts";
import { ChartWithTable } from "./chart-with-table.tsx";
import { useValues } from "./values.ts";

/** Normal quantiles of the funnel's limits: 95 % and 99.8 %, two-sided. */
const limits = [
  ["cockpit.limits2", 1.959964],
  ["cockpit.limits3", 3.090232],
] as const;

/** Shares against how many they are shares of, between the limits of chance around the average. */
export function FunnelChart({ page }: { readonly page: IndicatorPage }) {
  const words = useWords();
  const text = useText();
  const values = useValues();
  const { language } = usePreferences();
  const { indicator, parts, figure } = page;
  const shown = useMemo(() => parts.filter(({ standing }) => standing !== null), [parts]);
  const average = figure.numerator !== null && figure.denominator ? figure.numerator / figure.denominator : null;
  const option = useMemo((): EChartsOption => {
    const most = Math.max(1, ...shown.map(({ figure: own }) => own.denominator ?? 0));
    const sizes = Array.from({ length: 40 }, (_, i) => Math.max(1, (most * 1.05 * (i + 1)) / 40));
    const mean = average ?? 0;
    const limit = (z: number, sign: number) =>
      sizes.map((n) => [n, Math.min(100, Math.max(0, (mean + sign * z * Math.sqrt((mean * (1 - mean)) / n)) * 100))]);
    return {
      grid: { ...grid, top: 50, bottom: 34 },
      legend: { top: 0, data: [words("cockpit.value"), ...limits.map(([name]) => words(name))] },
      tooltip: { trigger: "item" },
      xAxis: { type: "value", name: words("cockpit.people"), nameLocation: "middle", nameGap: 26, min: 0 },
      yAxis: { type: "value", scale: true, name: text(indicator.unit) },
      series: [
        {
          name: words("cockpit.value"),
          type: "scatter",
          itemStyle: { color: accent },
          data: shown.map(({ area, figure: own }) => ({
            name: text(area.name),
            value: [own.denominator ?? 0, own.value ?? 0],
          })),
        },
        ...limits.flatMap(([name, z], i) =>
          [1, -1].map((sign) => ({
            name: words(name),
            type: "line" as const,
            data: limit(z, sign),
            symbol: "none",
            lineStyle: { color: mark, type: i === 0 ? ("dashed" as const) : ("solid" as const), width: 1 },
            itemStyle: { color: mark },
          })),
        ),
      ],
    };
  }, [shown, average, indicator, text, words]);
  if (shown.length === 0 || average === null) return null;
  const rows = shown.map(({ area, figure: own, standing }) => [
    text(area.name),
    values.number(own.denominator ?? 0, 0),
    values.number(own.value ?? 0, indicator.decimals),
    words(`cockpit.standings.${standing}`),
  ]);
  return (
    <ChartWithTable
      key={language}
      label={words("cockpit.funnelChart", { name: text(indicator.name) })}
      option={option}
      columns={[words("cockpit.area"), words("cockpit.denominator"), words("cockpit.value"), words("cockpit.standing")]}
      rows={rows}
    />
  );
}
