import type { SnapshotArea, SnapshotIndicator } from "../report-snapshot.ts";
import type { Figure, FigureBook, FigureLookup } from "./figure-lookup.ts";
import { formatFigure } from "./figure-text.ts";
import { chartFault, chartOfFigures } from "./report-chart.ts";
import type { ReportBlock } from "./report-document.ts";
import { periodsBetween, periodText, resolvePeriod } from "./report-period.ts";
import type { ReportLanguage, TableRequest } from "./template.ts";

/** For whom a table is made. */
interface TableScope {
  readonly book: FigureBook;
  readonly lookup: FigureLookup;
  readonly area: SnapshotArea;
  readonly period: string;
  readonly language: ReportLanguage;
  /** The line of the template, told with faults. */
  readonly where: string;
}

const MISSING = { zh: "缺", en: "n/a" } as const;

/** A table of figures, below a chart of them where one is wanted: indicators by periods for one area, or areas by indicators in one period. */
export function tableOfFigures(
  asked: TableRequest & { readonly charted: boolean },
  caption: string,
  scope: TableScope,
): ReportBlock[] {
  const { book, lookup, area: self, language, where } = scope;
  const indicators = asked.indicators.flatMap((pattern) => {
    const found = matching(book, pattern);
    if (found.length === 0) lookup.fail("REPORT-UNBOUND", `${pattern} (${where})`);
    return found;
  });
  const [first, last] = asked.periods.map((written) => resolvePeriod(written, scope.period));
  const periods = periodsBetween(first, last);
  if (periods.length === 0) lookup.fail("REPORT-UNBOUND", `${asked.periods.join("..")} (${where})`);
  const areas = areasOf(book, asked.areas, self);
  if (areas.length === 0) lookup.fail("REPORT-UNBOUND", `areas=${asked.areas} (${where})`);
  const used = new Set<string>();
  const cell = (indicator: SnapshotIndicator, period: string, area: string): string => {
    const value = book.values.get(`${indicator.code}@${period}:${area}`);
    const isHidden = value === undefined || value.status === "missing" || value.status === "suppressed";
    if (asked.missing === "show" && isHidden) return value?.status === "suppressed" ? "*" : MISSING[language];
    const found = lookup.look(indicator.code, period, area, where);
    used.add(indicator.source[language]);
    return found ? formatFigure(found, language, { unit: false }) : "";
  };
  const isSelf = asked.areas === "self";
  const one = isSelf ? { zh: "指标", en: "Indicator" } : { zh: "地区", en: "Area" };
  const columns = isSelf
    ? periods.map((period) => periodText(period, language))
    : indicators.map((i) => headOf(i, language));
  const rows = isSelf
    ? indicators.map((i) => [headOf(i, language), ...periods.map((period) => cell(i, period, self.code))])
    : areas.map(({ code, name }) => [name[language], ...indicators.map((i) => cell(i, periods[0] ?? "", code))]);
  const source = sourceText(book, { sources: [...used], periods, language, mayHide: asked.missing === "show" });
  const table: ReportBlock = {
    kind: "table",
    caption,
    header: [one[language], ...columns],
    rows,
    source,
    plain: false,
  };
  if (!asked.charted || lookup.faults.length > 0) return [table];
  const charted = { book, indicators, areas, periods, caption, language };
  const fault = chartFault(charted);
  if (fault !== undefined) lookup.fail("REPORT-CHART", `${fault} (${where})`);
  return fault === undefined ? [chartOfFigures(charted), table] : [table];
}

/** Where every figure of the text comes from. */
export function tableOfNotes(book: FigureBook, cited: readonly Figure[], language: ReportLanguage): ReportBlock {
  const isChinese = language === "zh";
  const { hash, listVersion } = book.snapshot;
  return {
    kind: "table",
    caption: isChinese ? "文中数字的出处" : "Where the figures in the text come from",
    header: isChinese
      ? ["序号", "指标", "地区", "时期", "数值", "来源"]
      : ["No.", "Indicator", "Area", "Period", "Value", "Source"],
    rows: cited.map((figure, i) => [
      String(i + 1),
      figure.indicator.name[language],
      book.areas.get(figure.value.area)!.name[language],
      periodText(figure.value.period, language),
      formatFigure(figure, language) + intervalText(figure, language),
      figure.indicator.source[language],
    ]),
    source: isChinese ? `数据快照 ${hash}；清单版本 ${listVersion}` : `Snapshot ${hash}; list version ${listVersion}`,
    plain: true,
  };
}

function intervalText({ indicator, value: { low, high } }: Figure, language: ReportLanguage): string {
  if (low === undefined || high === undefined) return "";
  const [from, to] = [low, high].map((end) => end.toFixed(indicator.decimals));
  return language === "zh" ? `（${from} 至 ${to}）` : ` (${from} to ${to})`;
}

function headOf({ name, unit }: SnapshotIndicator, language: ReportLanguage): string {
  if (unit[language] === "") return name[language];
  return language === "zh" ? `${name.zh}（${unit.zh}）` : `${name.en} (${unit.en})`;
}

interface Sourced {
  readonly sources: readonly string[];
  readonly periods: readonly string[];
  readonly language: ReportLanguage;
  /** Whether cells may be shown as missing or withheld. */
  readonly mayHide: boolean;
}

function sourceText({ snapshot }: FigureBook, { sources, periods, language, mayHide }: Sourced): string {
  const span = [...new Set([periods[0] ?? "", periods.at(-1) ?? ""])].join("–");
  const [short, version] = [snapshot.hash.slice(0, 16), snapshot.listVersion];
  if (language === "zh") {
    const legend = mayHide ? "；“缺”为没有数据，“*”为单元过小不公布" : "";
    return `来源：${sources.join("、")}；时期 ${span}；数据快照 ${short}；清单版本 ${version}${legend}`;
  }
  const legend = mayHide ? "; n/a: no data, *: withheld, the cell is too small" : "";
  return `Source: ${sources.join(", ")}; period ${span}; snapshot ${short}; list version ${version}${legend}`;
}

function matching(book: FigureBook, pattern: string): SnapshotIndicator[] {
  if (!pattern.endsWith("*")) return book.indicators.has(pattern) ? [book.indicators.get(pattern)!] : [];
  return book.snapshot.indicators.filter(({ code }) => code.startsWith(pattern.slice(0, -1)));
}

function areasOf(book: FigureBook, which: TableRequest["areas"], self: SnapshotArea): readonly SnapshotArea[] {
  if (which === "self") return [self];
  return which === "all" ? book.snapshot.areas : book.snapshot.areas.filter(({ parent }) => parent === self.code);
}
