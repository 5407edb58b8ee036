import type { SnapshotArea, SnapshotIndicator } from "../report-snapshot.ts";
import type { FigureBook } from "./figure-lookup.ts";
import { formatFigure } from "./figure-text.ts";
import type { ReportChart } from "./report-document.ts";
import { periodText } from "./report-period.ts";
import type { ReportLanguage } from "./template.ts";

/** What a chart draws: the figures of the table beside it. */
interface Charted {
  readonly book: FigureBook;
  readonly indicators: readonly SnapshotIndicator[];
  readonly areas: readonly SnapshotArea[];
  readonly periods: readonly string[];
  readonly caption: string;
  readonly language: ReportLanguage;
}

/** More lines, or more bars, than these are told apart by nobody. */
const [MOST_LINES, MOST_BARS] = [5, 40];

/** Why figures make no chart; undefined where they do. */
export function chartFault({ indicators, areas, periods }: Charted): string | undefined {
  const units = new Set(indicators.map(({ unit }) => unit.zh));
  if (units.size > 1) return `::chart of several units: ${[...units].join(", ")}`;
  if (areas.length > 1 && indicators.length > 1) return "::chart of several areas draws one indicator";
  if (areas.length > MOST_BARS) return `::chart of ${areas.length} areas: at most ${MOST_BARS}`;
  if (indicators.length > MOST_LINES) return `::chart of ${indicators.length} indicators: at most ${MOST_LINES}`;
  return areas.length === 1 && periods.length < 2 ? "::chart of one area needs several periods" : undefined;
}

/** Lines over periods for one area, bars by area for several. What is missing or withheld is a gap. */
export function chartOfFigures(charted: Charted): ReportChart {
  const { book, indicators, areas, periods, caption, language } = charted;
  const valueAt = (indicator: string, period: string, area: string) =>
    book.values.get(`${indicator}@${period}:${area}`)?.value ?? null;
  const labelOf = (indicator: SnapshotIndicator, period: string, area: string) => {
    const value = book.values.get(`${indicator.code}@${period}:${area}`);
    if (value?.value == null) return "";
    return formatFigure({ indicator, value: { ...value, value: value.value } }, language, { unit: false });
  };
  const isLine = areas.length === 1;
  const [first] = indicators;
  const series = isLine
    ? indicators.map(({ code, name }) => ({
        name: name[language],
        values: periods.map((period) => valueAt(code, period, areas[0]!.code)),
      }))
    : [
        {
          name: first!.name[language],
          values: areas.map(({ code }) => valueAt(first!.code, periods[0]!, code)),
        },
      ];
  const categories = isLine
    ? periods.map((period) => periodText(period, language))
    : areas.map(({ name }) => name[language]);
  return {
    kind: "chart",
    form: isLine ? "line" : "bar",
    caption,
    unit: first!.unit[language],
    categories,
    series,
    labels: isLine ? [] : areas.map(({ code }) => labelOf(first!, periods[0]!, code)),
    axis: axisOf(
      series.flatMap(({ values }) => values.filter((value) => value !== null)),
      isLine,
    ),
    told: language === "zh" ? `图：${caption}。数据见下表。` : `Chart: ${caption}. The table below holds its figures.`,
  };
}

/** Round ends that hold all values, and the steps between: bars start at 0, lines need not. */
function axisOf(values: readonly number[], isLine: boolean): ReportChart["axis"] {
  const ends = isLine ? values : [0, ...values];
  const [low, high] = [Math.min(...ends), Math.max(...ends)];
  if (!Number.isFinite(low)) return { low: 0, high: 1, ticks: [0, 1] };
  const width = high - low || Math.abs(high) || 1;
  const size = 10 ** Math.floor(Math.log10(width / 4));
  const step = size * ([1, 2, 5, 10].find((times) => width / (size * times) <= 5) ?? 10);
  const [from, until] = [Math.floor(low / step), Math.ceil(high / step)];
  const last = until > from ? until : from + 1;
  const ticks = Array.from({ length: last - from + 1 }, (_, i) => Number(((from + i) * step).toPrecision(12)));
  return { low: ticks[0]!, high: ticks.at(-1)!, ticks };
}
