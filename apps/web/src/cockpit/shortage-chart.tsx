import type { EChartsOption } from "echarts";
import { useMemo } from "react";
import { usePreferences } from "../ui/preferences.ts";
import { useText, useWords } from "../ui/words.ts";
import type { IndicatorPage } from "./api.ts";
import { accent, grid, mark } from "./chart-look.ts";
import { ChartWithTable } from "./chart-with-table.tsx";
import { useValues } from "./values.ts";

/** Areas that are drawn; the table has all. */
const DRAWN = 30;

/** What there is and what the target would take, area by area, the greatest shortage first. */
export function ShortageChart({ page }: { readonly page: IndicatorPage }) {
  const words = useWords();
  const text = useText();
  const values = useValues();
  const { language } = usePreferences();
  const { indicator, parts, shortage: whole } = page;
  const decimals = indicator.form === "count" ? indicator.decimals : 0;
  const rows = useMemo(() => shortagesOf(page), [page]);
  const names = useMemo(() => [words("cockpit.supply"), words("cockpit.short")] as const, [words]);
  const option = useMemo((): EChartsOption => {
    // The first row of a category axis stands at the bottom.
    const drawn = rows.slice(0, DRAWN).toReversed();
    return {
      grid: { ...grid, top: 36 },
      legend: { top: 0, data: [...names] },
      tooltip: { trigger: "axis" },
      aria: { enabled: true, label: { enabled: false }, decal: { show: true } },
      xAxis: { type: "value", min: 0 },
      yAxis: { type: "category", data: drawn.map(({ name }) => text(name)) },
      series: [
        {
          name: names[0],
          type: "bar",
          stack: "all",
          data: drawn.map(({ have }) => have),
          itemStyle: { color: accent },
        },
        {
          name: names[1],
          type: "bar",
          stack: "all",
          data: drawn.map(({ short }) => short),
          itemStyle: { color: mark },
        },
      ],
    };
  }, [rows, names, text]);
  const amount = (value: number) => values.number(value, decimals);
  const what = text(indicator.numerator ?? indicator.name);
  return (
    <>
      {whole && whole.short > 0 && (
        <p>{words("cockpit.shortOf", { needed: amount(whole.needed), short: amount(whole.short), what })}</p>
      )}
      {rows.length > 0 && (
        <ChartWithTable
          key={language}
          label={words("cockpit.shortageChart", { name: text(indicator.name), what })}
          option={option}
          columns={[words("cockpit.area"), names[0], words("cockpit.needed"), names[1]]}
          rows={rows.map(({ name, have, needed, short }) => [text(name), amount(have), amount(needed), amount(short)])}
        />
      )}
      {rows.length > 0 && rows.length < parts.length && (
        <p className="hint small">{words("cockpit.shortageSome", { shown: rows.length, all: parts.length })}</p>
      )}
    </>
  );
}

/** Ratios alone are drawn: a count has one target for the whole, and none for its parts. */
function shortagesOf({ indicator, parts }: IndicatorPage) {
  if (indicator.form !== "ratio") return [];
  return parts
    .flatMap(({ area, figure, shortage }) =>
      shortage && figure.numerator !== null && !area.rest
        ? [{ name: area.name, have: figure.numerator, needed: shortage.needed, short: shortage.short }]
        : [],
    )
    .toSorted((a, b) => b.short - a.short || b.needed - a.needed);
}
