import type { EChartsOption } from "echarts";
import { useMemo } from "react";
import { usePreferences } from "../ui/preferences.ts";
import { useText, useWords } from "../ui/words.ts";
import type { IndicatorPage } from "./api.ts";
import { accent, grid, mark } from "./chart-look.ts";
import { ChartWithTable } from "./chart-with-table.tsx";
import { useValues } from "./values.ts";

interface ChartProps {
  readonly page: IndicatorPage;
}

/** Ends of an axis that holds the values, their intervals and the target. */
const reaching = (target: IndicatorPage["target"], ends: readonly (number | null)[]) => {
  const wanted = [...ends, target && !target.cumulative ? target.value : null].filter((end) => end !== null);
  return {
    scale: true,
    min: ({ min }: { readonly min: number }) => niceEnd(Math.min(min, ...wanted), Math.floor),
    max: ({ max }: { readonly max: number }) => niceEnd(Math.max(max, ...wanted), Math.ceil),
  };
};

/** The next round number outwards: two digits of the value. */
const niceEnd = (value: number, round: (value: number) => number): number => {
  if (value === 0) return 0;
  const step = 10 ** (Math.floor(Math.log10(Math.abs(value))) - 1);
  return Number((round(value / step) * step).toPrecision(12));
};

type Place = readonly [number | string, number | string];

/** An interval as a thin line through its point, from end to end. */
const whiskers = (ends: readonly (readonly [from: Place, to: Place])[]) =>
  ends.map(([from, to]): [Whisker, Whisker] => [
    { coord: [...from], lineStyle: { color: accent, type: "solid", width: 1.5 }, label: { show: false } },
    { coord: [...to] },
  ]);

interface Whisker {
  readonly coord: (number | string)[];
  readonly lineStyle?: { readonly color: string; readonly type: "solid"; readonly width: number };
  readonly label?: { readonly show: false };
}

/** The years of an indicator with the target, and where the present pace leads. */
export function TrendChart({ page }: ChartProps) {
  const words = useWords();
  const text = useText();
  const values = useValues();
  const { language } = usePreferences();
  const { indicator, series, target } = page;
  const [name, pace] = [words("cockpit.value"), words("cockpit.atPace")];
  const ahead = useMemo(() => aheadOf(page), [page]);
  const years = useMemo(() => {
    const known = series.map(({ year }) => year);
    return ahead && !known.includes(ahead.year) ? [...known, ahead.year] : known;
  }, [series, ahead]);
  const option = useMemo(
    (): EChartsOption => ({
      grid,
      tooltip: { trigger: "axis" },
      xAxis: { type: "category", data: years.map(String) },
      yAxis: {
        type: "value",
        ...reaching(
          target,
          [...series, ...(ahead?.band ? [ahead.band] : [])].flatMap(({ low, high }) => [low, high]),
        ),
        name: text(indicator.unit),
      },
      series: [
        {
          name,
          type: "line",
          data: years.map((_, i) => series[i]?.value ?? null),
          itemStyle: { color: accent },
          markLine: {
            symbol: "none",
            silent: true,
            data: [
              ...(target?.value != null && !target.cumulative
                ? [
                    {
                      yAxis: target.value,
                      lineStyle: { color: mark, type: "dashed" as const },
                      label: { formatter: words("cockpit.target"), position: "insideEndTop" as const },
                    },
                  ]
                : []),
              ...whiskers(
                series.flatMap(({ year, low, high }) =>
                  low === null || high === null ? [] : [[[String(year), low] as const, [String(year), high] as const]],
                ),
              ),
            ],
          },
        },
        ...(ahead
          ? [
              {
                name: pace,
                type: "line" as const,
                connectNulls: true,
                symbol: "diamond",
                lineStyle: { type: "dotted" as const },
                itemStyle: { color: mark },
                data: years.map((year) =>
                  year === ahead.from.year ? ahead.from.value : year === ahead.year ? ahead.value : null,
                ),
                markLine: {
                  symbol: "none",
                  silent: true,
                  data: ahead.band
                    ? whiskers([
                        [
                          [String(ahead.year), ahead.band.low],
                          [String(ahead.year), ahead.band.high],
                        ],
                      ])
                    : [],
                },
              },
            ]
          : []),
      ],
    }),
    [series, years, target, ahead, indicator, name, pace, text, words],
  );
  const rows = years.map((year, i) => {
    const figure = series[i];
    const at = ahead?.year === year ? ahead : undefined;
    const band = at?.band ? ` (${values.interval(at.band, indicator)})` : "";
    return [
      String(year),
      figure === undefined || figure.value === null
        ? figure === undefined
          ? "–"
          : values.figure(figure, indicator)
        : values.number(figure.value, indicator.decimals),
      figure ? values.interval(figure, indicator) : "–",
      at ? `${values.number(at.value, indicator.decimals)}${band}` : "–",
    ];
  });
  return (
    <ChartWithTable
      key={language}
      label={words("cockpit.trendChart", { name: text(indicator.name) })}
      option={option}
      columns={[words("cockpit.year"), name, words("cockpit.interval"), pace]}
      rows={rows}
    />
  );
}

/** Where the present pace leads in the year of the target, from the newest figure; undefined where no pace is told. */
function aheadOf({ figure, target, track }: IndicatorPage) {
  if (figure.value === null || track.projection === null || !target || target.cumulative || target.year <= figure.year)
    return undefined;
  return {
    year: target.year,
    value: track.projection,
    band: track.band,
    from: { year: figure.year, value: figure.value },
  };
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
      xAxis: {
        type: "value",
        ...reaching(
          indicator.form === "count" ? null : target,
          shown.flatMap(({ figure: { low, high } }) => [low, high]),
        ),
      },
      yAxis: { type: "category", data: shown.map(({ area }) => text(area.name)) },
      series: [
        {
          name: words("cockpit.value"),
          type: "scatter",
          symbolSize: 11,
          itemStyle: { color: accent },
          data: shown.map(({ area, figure: own }) => [own.value ?? 0, text(area.name)]),
          markLine: {
            symbol: "none",
            silent: true,
            data: [
              ...(indicator.form === "count" ? [] : lines),
              ...whiskers(
                shown.flatMap(({ area, figure: { low, high } }) =>
                  low === null || high === null
                    ? []
                    : [[[low, text(area.name)] as const, [high, text(area.name)] as const]],
                ),
              ),
            ],
            label: { formatter: "{b}" },
            lineStyle: { color: mark, type: "dashed" },
          },
        },
      ],
    };
  }, [shown, figure, target, indicator, text, words]);
  if (shown.length === 0) return null;
  const rows = shown
    .toReversed()
    .map(({ area, figure: own, rank }) => [
      text(area.name),
      values.number(own.value ?? 0, indicator.decimals),
      values.interval(own, indicator),
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
