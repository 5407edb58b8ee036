import type { EChartsOption } from "echarts";
import { useMemo } from "react";
import { usePreferences } from "../ui/preferences.ts";
import { useText, useWords } from "../ui/words.ts";
import type { IndicatorPage } from "./api.ts";
import { ChartWithTable } from "./chart-with-table.tsx";
import { useValues } from "./values.ts";

interface ChartProps {
  readonly page: IndicatorPage;
}

const grid = { left: 10, right: 30, top: 30, bottom: 10, containLabel: true };
const accent = "#14808a";
const mark = "#b4540a";

/** Ends of an axis that holds the values and the target. */
const reaching = (target: IndicatorPage["target"]) => {
  const wanted = target && !target.cumulative ? target.value : null;
  return {
    scale: true,
    min: ({ min }: { readonly min: number }) => niceEnd(Math.min(min, wanted ?? min), Math.floor),
    max: ({ max }: { readonly max: number }) => niceEnd(Math.max(max, wanted ?? max), Math.ceil),
  };
};

/** The next round number outwards: two digits of the value. */
const niceEnd = (value: number, round: (value: number) => number): number => {
  if (value === 0) return 0;
  const step = 10 ** (Math.floor(Math.log10(Math.abs(value))) - 1);
  return Number((round(value / step) * step).toPrecision(12));
};

/** The years of an indicator with the target. */
export function TrendChart({ page }: ChartProps) {
  const words = useWords();
  const text = useText();
  const values = useValues();
  const { language } = usePreferences();
  const { indicator, series, target } = page;
  const name = words("cockpit.value");
  const option = useMemo(
    (): EChartsOption => ({
      grid,
      tooltip: { trigger: "axis" },
      xAxis: { type: "category", data: series.map(({ year }) => String(year)) },
      yAxis: { type: "value", ...reaching(target), name: text(indicator.unit) },
      series: [
        {
          name,
          type: "line",
          data: series.map(({ value }) => value),
          itemStyle: { color: accent },
          ...(target?.value != null &&
            !target.cumulative && {
              markLine: {
                symbol: "none",
                data: [{ yAxis: target.value }],
                lineStyle: { color: mark, type: "dashed" },
                label: { formatter: words("cockpit.target"), position: "insideEndTop" },
              },
            }),
        },
      ],
    }),
    [series, target, indicator, name, text, words],
  );
  const rows = series.map((figure) => [
    String(figure.year),
    figure.value === null ? values.figure(figure, indicator) : values.number(figure.value, indicator.decimals),
  ]);
  return (
    <ChartWithTable
      key={language}
      label={words("cockpit.trendChart", { name: text(indicator.name) })}
      option={option}
      columns={[words("cockpit.year"), name]}
      rows={rows}
    />
  );
}

/** Areas along one line, with their intervals: a place among the others, not an area of colour. */
export function SpineChart({ page }: ChartProps) {
  const words = useWords();
  const text = useText();
  const values = useValues();
  const { language } = usePreferences();
  const { indicator, parts, figure, target } = page;
  const shown = useMemo(
    () =>
      parts
        .filter(({ area, figure: own }) => !area.rest && own.value !== null)
        .toSorted((a, b) => (a.figure.value ?? 0) - (b.figure.value ?? 0)),
    [parts],
  );
  const option = useMemo((): EChartsOption => {
    const lines = [
      ...(figure.value === null ? [] : [{ xAxis: figure.value, name: words("cockpit.average") }]),
      ...(target?.value == null || target.cumulative || indicator.form === "count"
        ? []
        : [{ xAxis: target.value, name: words("cockpit.target") }]),
    ];
    return {
      grid,
      tooltip: { trigger: "item" },
      xAxis: { type: "value", ...reaching(indicator.form === "count" ? null : target) },
      yAxis: { type: "category", data: shown.map(({ area }) => text(area.name)) },
      series: [
        {
          name: words("cockpit.value"),
          type: "scatter",
          symbolSize: 11,
          itemStyle: { color: accent },
          data: shown.map(({ area, figure: own }) => [own.value ?? 0, text(area.name)]),
          ...(lines.length > 0 &&
            indicator.form !== "count" && {
              markLine: {
                symbol: "none",
                data: lines,
                label: { formatter: "{b}" },
                lineStyle: { color: mark, type: "dashed" },
              },
            }),
        },
      ],
    };
  }, [shown, figure, target, indicator, text, words]);
  if (shown.length === 0) return null;
  const rows = shown.toReversed().map(({ area, figure: own, rank }) => [
    text(area.name),
    values.number(own.value ?? 0, indicator.decimals),
    own.low === null || own.high === null
      ? "–"
      : words("cockpit.intervalOf", {
          low: values.number(own.low, indicator.decimals),
          high: values.number(own.high, indicator.decimals),
        }),
    rank ? `${rank.rank} (${rank.low}–${rank.high})` : "–",
  ]);
  return (
    <ChartWithTable
      key={language}
      label={words("cockpit.spineChart", { name: text(indicator.name) })}
      option={option}
      columns={[words("cockpit.area"), words("cockpit.value"), words("cockpit.interval"), words("cockpit.rank")]}
      rows={rows}
    />
  );
}

/** Normal quantiles of the funnel's limits: 95 % and 99.8 %, two-sided. */
const limits = [
  ["cockpit.limits2", 1.959964],
  ["cockpit.limits3", 3.090232],
] as const;

/** Shares against how many they are shares of, between the limits of chance around the average. */
export function FunnelChart({ page }: ChartProps) {
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
