import type { ReportSnapshot, SnapshotArea, SnapshotIndicator, SnapshotValue } from "../report-snapshot.ts";
import { changeText, formatFigure, hasRisen } from "./figure-text.ts";
import type { ReportBlock, ReportDocument, ReportInline } from "./report-document.ts";
import { ReportError, type ReportErrorCode } from "./report-error.ts";
import type { Binding, ReportLanguage, TableRequest, Template, TemplateBlock, TemplateInline } from "./template.ts";

/** Which report is made of a template: for whom, of when, in which language. */
export interface ReportRequest {
  readonly area: string;
  readonly period: string;
  readonly language: ReportLanguage;
}

/** Looks figures up fast; build one for a snapshot and bind every area with it. */
export interface FigureBook {
  readonly snapshot: ReportSnapshot;
  readonly indicators: ReadonlyMap<string, SnapshotIndicator>;
  readonly areas: ReadonlyMap<string, SnapshotArea>;
  readonly values: ReadonlyMap<string, SnapshotValue>;
}

export function openFigures(snapshot: ReportSnapshot): FigureBook {
  return {
    snapshot,
    indicators: new Map(snapshot.indicators.map((indicator) => [indicator.code, indicator])),
    areas: new Map(snapshot.areas.map((area) => [area.code, area])),
    values: new Map(snapshot.values.map((value) => [`${value.indicator}@${value.period}:${value.area}`, value])),
  };
}

/**
 * Binds every number of a template to a frozen snapshot.
 * @throws ReportError with every figure that is not there (`REPORT-UNBOUND`), missing or withheld (`REPORT-MISSING`), failed its checks
 * (`REPORT-FAILED`) or contradicts the text (`REPORT-CLAIM`); the code is that of the first
 */
export function bindReport(template: Template, book: FigureBook, request: ReportRequest): ReportDocument {
  const area = book.areas.get(request.area);
  if (!area) throw refusal("REPORT-AREA", [request.area]);
  const binder = createBinder(book, { ...request, area });
  const bound = template.blocks.flatMap((block) => binder.block(block));
  const faults = binder.faults;
  if (faults.length > 0)
    throw refusal(
      faults[0]!.code,
      faults.map(({ code, place }) => `${code === faults[0]!.code ? "" : `${code} `}${place}`),
    );
  const heading = bound.find((block) => block.kind === "heading");
  const title = heading ? heading.text.map(({ text }) => text).join("") : area.name[request.language];
  const { hash, listVersion } = book.snapshot;
  const footer = {
    zh: `数据快照 ${hash.slice(0, 16)} · 清单版本 ${listVersion}`,
    en: `Snapshot ${hash.slice(0, 16)} · list version ${listVersion}`,
  };
  return {
    title,
    language: request.language,
    footer: footer[request.language],
    blocks: bound,
    figures: binder.count(),
  };
}

interface Scope {
  readonly area: SnapshotArea;
  readonly period: string;
  readonly language: ReportLanguage;
}

interface Fault {
  readonly code: ReportErrorCode;
  readonly place: string;
}

interface Found {
  readonly indicator: SnapshotIndicator;
  readonly value: SnapshotValue & { readonly value: number };
}

function createBinder(book: FigureBook, scope: Scope) {
  const { language } = scope;
  const faults: Fault[] = [];
  const notes: { readonly key: string; readonly found: Found }[] = [];
  let figures = 0;

  const fail = (code: ReportErrorCode, place: string): undefined => {
    faults.push({ code, place });
    return undefined;
  };
  /** The figure of a place that must have a value. */
  const look = (code: string, period: string, area: string, where: string): Found | undefined => {
    const key = `${code}@${period}:${area}`;
    const [indicator, value] = [book.indicators.get(code), book.values.get(key)];
    if (!indicator || !value) return fail("REPORT-UNBOUND", `${key} (${where})`);
    if (value.status === "failed") return fail("REPORT-FAILED", `${key} (${where})${reasonOf(value, language)}`);
    if (value.value === null) return fail("REPORT-MISSING", `${key} (${where})${reasonOf(value, language)}`);
    figures++;
    return { indicator, value: { ...value, value: value.value } };
  };
  const note = (found: Found): number => {
    const key = `${found.indicator.code}@${found.value.period}:${found.value.area}`;
    const at = notes.findIndex((one) => one.key === key);
    return at >= 0 ? at + 1 : notes.push({ key, found });
  };
  const bind = (binding: Binding, where: string): ReportInline => {
    const nothing = { text: "" };
    const area = binding.area ?? scope.area.code;
    const period = resolvePeriod(binding.period ?? "-0", scope.period);
    if (period === undefined) return fail("REPORT-UNBOUND", `${binding.code}@${binding.period} (${where})`) ?? nothing;
    const now = look(binding.code, period, area, where);
    if (binding.kind === "value") return now ? { text: formatFigure(now, language), note: note(now) } : nothing;
    const since = resolvePeriod(binding.since!, period);
    const then =
      since === undefined
        ? fail("REPORT-UNBOUND", `${binding.code}@${binding.since} (${where})`)
        : look(binding.code, since, area, where);
    if (!now || !then) return nothing;
    if (binding.kind === "change") return { text: changeText(then, now, language), note: note(now) };
    const direction = binding.kind === "rose" ? 1 : -1;
    if (hasRisen(then, now) !== direction) {
      const shown = `${formatFigure(then, language)} → ${formatFigure(now, language)}`;
      fail("REPORT-CLAIM", `${binding.code}@${period}:${area} ${binding.kind} ${since}: ${shown} (${where})`);
    }
    return { text: binding.words!, note: note(now) };
  };
  const about = {
    area: scope.area.name[language],
    period: periodText(scope.period, language),
    list: book.snapshot.listVersion,
    snapshot: book.snapshot.hash,
  };
  const inlines = (parts: readonly TemplateInline[], line: number): ReportInline[] =>
    parts.map((part) => {
      if (part.kind === "text") return { text: part.text };
      if (part.kind === "about") return { text: about[part.what] };
      return bind(part.binding, `template:${line}`);
    });
  const table = (asked: TableRequest, line: number): ReportBlock[] => {
    const where = `template:${line}`;
    const indicators = asked.indicators.flatMap((pattern) => {
      const found = matching(book, pattern);
      if (found.length === 0) fail("REPORT-UNBOUND", `${pattern} (${where})`);
      return found;
    });
    const ends = asked.periods.map((written) => resolvePeriod(written, scope.period));
    const periods = periodsBetween(ends[0], ends[1]);
    if (periods.length === 0) fail("REPORT-UNBOUND", `${asked.periods.join("..")} (${where})`);
    const areas = areasOf(book, asked.areas, scope.area);
    if (areas.length === 0) fail("REPORT-UNBOUND", `areas=${asked.areas} (${where})`);
    const used = new Set<string>();
    const cell = (indicator: SnapshotIndicator, period: string, area: string): string => {
      const value = book.values.get(`${indicator.code}@${period}:${area}`);
      const hidden = value === undefined || value.status === "missing" || value.status === "suppressed";
      if (asked.missing === "show" && hidden) return value?.status === "suppressed" ? "*" : MISSING[language];
      const found = look(indicator.code, period, area, where);
      used.add(indicator.source[language]);
      return found ? formatFigure(found, language, { unit: false }) : "";
    };
    const named = ({ name, unit }: SnapshotIndicator) =>
      unit[language] === ""
        ? name[language]
        : language === "zh"
          ? `${name.zh}（${unit.zh}）`
          : `${name.en} (${unit.en})`;
    const isSelf = asked.areas === "self";
    const rows = isSelf
      ? indicators.map((one) => [named(one), ...periods.map((period) => cell(one, period, scope.area.code))])
      : areas.map((area) => [area.name[language], ...indicators.map((one) => cell(one, periods[0]!, area.code))]);
    return [
      {
        kind: "table",
        caption: inlines(asked.caption, line)
          .map(({ text }) => text)
          .join(""),
        header: isSelf
          ? [language === "zh" ? "指标" : "Indicator", ...periods.map((period) => periodText(period, language))]
          : [language === "zh" ? "地区" : "Area", ...indicators.map(named)],
        rows,
        source: sourceText(book, { sources: [...used], periods, language, hidden: asked.missing === "show" }),
        plain: false,
      },
    ];
  };
  const block = (one: TemplateBlock): ReportBlock[] => {
    switch (one.kind) {
      case "heading":
        return [{ kind: "heading", level: one.level, text: inlines(one.text, one.line) }];
      case "paragraph":
        return [{ kind: "paragraph", text: inlines(one.text, one.line) }];
      case "list":
        return [{ kind: "list", items: one.items.map((item) => inlines(item, one.line)) }];
      case "table":
        return table(one.table, one.line);
      case "notes":
        return notes.length === 0
          ? []
          : [
              notesTable(
                book,
                notes.map(({ found }) => found),
                language,
              ),
            ];
      default:
        return [{ kind: one.kind }];
    }
  };
  return { block, faults, count: () => figures };
}

const MISSING = { zh: "缺", en: "n/a" } as const;

function notesTable(book: FigureBook, notes: readonly Found[], language: ReportLanguage): ReportBlock {
  const zh = language === "zh";
  const { hash, listVersion } = book.snapshot;
  return {
    kind: "table",
    caption: zh ? "文中数字的出处" : "Where the figures in the text come from",
    header: zh
      ? ["序号", "指标", "地区", "时期", "数值", "来源"]
      : ["No.", "Indicator", "Area", "Period", "Value", "Source"],
    rows: notes.map((found, i) => [
      String(i + 1),
      found.indicator.name[language],
      book.areas.get(found.value.area)!.name[language],
      periodText(found.value.period, language),
      formatFigure(found, language) + intervalText(found, language),
      found.indicator.source[language],
    ]),
    source: zh ? `数据快照 ${hash}；清单版本 ${listVersion}` : `Snapshot ${hash}; list version ${listVersion}`,
    plain: true,
  };
}

function intervalText({ indicator, value: { low, high } }: Found, language: ReportLanguage): string {
  if (low === undefined || high === undefined) return "";
  const [from, to] = [low, high].map((end) => end.toFixed(indicator.decimals));
  return language === "zh" ? `（${from} 至 ${to}）` : ` (${from} to ${to})`;
}

function sourceText(
  { snapshot: { hash, listVersion } }: FigureBook,
  {
    sources,
    periods,
    language,
    hidden,
  }: {
    readonly sources: readonly string[];
    readonly periods: readonly string[];
    readonly language: ReportLanguage;
    readonly hidden: boolean;
  },
): string {
  const span = [...new Set([periods[0] ?? "", periods.at(-1) ?? ""])].join("–");
  const short = hash.slice(0, 16);
  if (language === "zh")
    return `来源：${sources.join("、")}；时期 ${span}；数据快照 ${short}；清单版本 ${listVersion}${hidden ? "；“缺”为没有数据，“*”为单元过小不公布" : ""}`;
  return `Source: ${sources.join(", ")}; period ${span}; snapshot ${short}; list version ${listVersion}${hidden ? "; n/a: no data, *: withheld, the cell is too small" : ""}`;
}

function reasonOf({ reason }: SnapshotValue, language: ReportLanguage): string {
  return reason ? `: ${reason[language]}` : "";
}

function matching(book: FigureBook, pattern: string): SnapshotIndicator[] {
  if (!pattern.endsWith("*")) return book.indicators.has(pattern) ? [book.indicators.get(pattern)!] : [];
  return book.snapshot.indicators.filter(({ code }) => code.startsWith(pattern.slice(0, -1)));
}

function areasOf(book: FigureBook, which: TableRequest["areas"], self: SnapshotArea): readonly SnapshotArea[] {
  if (which === "self") return [self];
  return which === "all" ? book.snapshot.areas : book.snapshot.areas.filter(({ parent }) => parent === self.code);
}

/** `-1` is the year before the one given, with the same quarter or month; another period stands for itself. */
function resolvePeriod(written: string, from: string): string | undefined {
  const back = /^-(\d+)$/.exec(written);
  if (!back) return written;
  const year = Number(from.slice(0, 4)) - Number(back[1]);
  return year < 1000 ? undefined : `${year}${from.slice(4)}`;
}

/** The years from the first to the last, with the quarter or month of both. */
function periodsBetween(first: string | undefined, last: string | undefined): string[] {
  if (first === undefined || last === undefined || first.slice(4) !== last.slice(4) || first > last) return [];
  const [from, to] = [Number(first.slice(0, 4)), Number(last.slice(0, 4))];
  return Array.from({ length: to - from + 1 }, (_, i) => `${from + i}${first.slice(4)}`);
}

/** 2024年, 2024年第1季度, 2024年3月; in English as it is. */
function periodText(period: string, language: ReportLanguage): string {
  if (language === "en") return period;
  const [year, part] = [period.slice(0, 4), period.slice(5)];
  if (part === "") return `${year}年`;
  return part.startsWith("Q") ? `${year}年第${part.slice(1)}季度` : `${year}年${Number(part)}月`;
}

const TOLD: Readonly<Record<string, readonly [zh: string, en: string, hintZh: string, hintEn: string]>> = {
  "REPORT-AREA": [
    "快照里没有这个地区",
    "The snapshot has no such area",
    "用快照里的地区代码",
    "Use an area of the snapshot",
  ],
  "REPORT-UNBOUND": [
    "快照里没有这些数",
    "The snapshot does not have these figures",
    "改模板,或补进快照",
    "Mend the template, or bring them into the snapshot",
  ],
  "REPORT-MISSING": [
    "这些数缺失或不公布",
    "These figures are missing or withheld",
    "补数,或从模板去掉",
    "Bring them, or take them out of the template",
  ],
  "REPORT-FAILED": ["这些数未通过质量检查", "These figures failed their checks", "先改正数据", "Mend the data first"],
  "REPORT-CLAIM": [
    "文字与数不符,或变化在误差之内",
    "The text contradicts these figures, or the change lies inside the interval",
    "改文字,或用 change",
    "Mend the words, or let change write them",
  ],
};

function refusal(code: ReportErrorCode, places: readonly string[]): ReportError {
  const [zh, en, hintZh, hintEn] = TOLD[code]!;
  return new ReportError(code, places, { words: { zh, en }, hint: { zh: hintZh, en: hintEn } });
}
