import type { SnapshotArea } from "../report-snapshot.ts";
import { createLookup, type FigureBook, type FigureLookup } from "./figure-lookup.ts";
import { changeText, formatFigure, hasRisen } from "./figure-text.ts";
import type { ReportBlock, ReportDocument, ReportInline } from "./report-document.ts";
import { ReportError, type ReportErrorCode } from "./report-error.ts";
import { periodText, resolvePeriod } from "./report-period.ts";
import { tableOfFigures, tableOfNotes } from "./report-table.ts";
import type { Binding, ReportLanguage, Template, TemplateBlock, TemplateInline } from "./template.ts";

/** Which report is made of a template: for whom, of when, in which language. */
export interface ReportRequest {
  readonly area: string;
  readonly period: string;
  readonly language: ReportLanguage;
}

/**
 * Binds every number of a template to a frozen snapshot.
 * @throws ReportError with every figure that is not there (`REPORT-UNBOUND`), missing or withheld (`REPORT-MISSING`), failed its checks
 * (`REPORT-FAILED`), makes no chart (`REPORT-CHART`) or contradicts the text (`REPORT-CLAIM`); the code is that of the first
 */
export function bindReport(template: Template, book: FigureBook, request: ReportRequest): ReportDocument {
  const { period, language } = request;
  const area = book.areas.get(request.area);
  if (!area) throw refusal("REPORT-AREA", [request.area]);
  const lookup = createLookup(book, language);
  const blocks = template.blocks.flatMap((block) => bindBlock(block, { book, lookup, area, period, language }));
  const [first] = lookup.faults;
  if (first) {
    const named = lookup.faults.map(({ code, place }) => (code === first.code ? place : `${code} ${place}`));
    throw refusal(first.code, named);
  }
  const heading = blocks.find((block) => block.kind === "heading");
  const { hash, listVersion } = book.snapshot;
  const footer = {
    zh: `数据快照 ${hash.slice(0, 16)} · 清单版本 ${listVersion}`,
    en: `Snapshot ${hash.slice(0, 16)} · list version ${listVersion}`,
  };
  return {
    title: heading ? plain(heading.text) : area.name[language],
    language,
    footer: footer[language],
    blocks,
    figures: lookup.count,
  };
}

interface Scope {
  readonly book: FigureBook;
  readonly lookup: FigureLookup;
  readonly area: SnapshotArea;
  readonly period: string;
  readonly language: ReportLanguage;
}

function bindBlock(block: TemplateBlock, scope: Scope): ReportBlock[] {
  const { book, lookup, language } = scope;
  const where = `template:${block.line}`;
  switch (block.kind) {
    case "heading":
      return [{ kind: "heading", level: block.level, text: bindInlines(block.text, where, scope) }];
    case "paragraph":
      return [{ kind: "paragraph", text: bindInlines(block.text, where, scope) }];
    case "list":
      return [{ kind: "list", items: block.items.map((item) => bindInlines(item, where, scope)) }];
    case "table":
    case "chart": {
      const asked = { ...block.table, charted: block.kind === "chart" };
      return tableOfFigures(asked, plain(bindInlines(block.table.caption, where, scope)), { ...scope, where });
    }
    case "notes":
      return lookup.cited.length === 0 ? [] : [tableOfNotes(book, lookup.cited, language)];
    default:
      return [{ kind: block.kind }];
  }
}

function bindInlines(parts: readonly TemplateInline[], where: string, scope: Scope): ReportInline[] {
  const { book, area, period, language } = scope;
  const about = {
    area: area.name[language],
    period: periodText(period, language),
    list: book.snapshot.listVersion,
    snapshot: book.snapshot.hash,
  };
  return parts.map((part) => {
    if (part.kind === "text") return { text: part.text };
    return part.kind === "about" ? { text: about[part.what] } : bindFigure(part.binding, where, scope);
  });
}

/** The text of a bound number with its note; empty after a fault, which stops the build anyway. */
function bindFigure(
  binding: Binding,
  where: string,
  { lookup, area: self, period: own, language }: Scope,
): ReportInline {
  const nothing = { text: "" };
  const { kind, code, area = self.code } = binding;
  const at = (written: string, from: string) => {
    const period = resolvePeriod(written, from);
    if (period === undefined) lookup.fail("REPORT-UNBOUND", `${code}@${written}:${area} (${where})`);
    return period;
  };
  const period = at(binding.period ?? "-0", own);
  const now = period && lookup.look(code, period, area, where);
  if (kind === "value") return now ? { text: formatFigure(now, language), note: lookup.note(now) } : nothing;
  const since = period && at(binding.since!, period);
  const then = since && lookup.look(code, since, area, where);
  if (!now || !then) return nothing;
  if (kind === "change") return { text: changeText(then, now, language), note: lookup.note(now) };
  if (hasRisen(then, now) !== (kind === "rose" ? 1 : -1)) {
    const shown = `${formatFigure(then, language)} → ${formatFigure(now, language)}`;
    lookup.fail("REPORT-CLAIM", `${code}@${period}:${area} ${kind} ${since}: ${shown} (${where})`);
  }
  return { text: binding.words!, note: lookup.note(now) };
}

function plain(parts: readonly ReportInline[]): string {
  return parts.map(({ text }) => text).join("");
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
    "改模板，或补进快照",
    "Mend the template, or bring them into the snapshot",
  ],
  "REPORT-MISSING": [
    "这些数缺失或不公布",
    "These figures are missing or withheld",
    "补数，或从模板去掉",
    "Bring them, or take them out of the template",
  ],
  "REPORT-FAILED": ["这些数未通过质量检查", "These figures failed their checks", "先改正数据", "Mend the data first"],
  "REPORT-CHART": [
    "这样的图画不成",
    "A chart cannot be drawn of this",
    "一图一个单位；多地区只画一个指标",
    "One unit a chart, and one indicator of several areas",
  ],
  "REPORT-CLAIM": [
    "文字与数不符，或变化在误差之内",
    "The text contradicts these figures, or the change lies inside the interval",
    "改文字，或用 change",
    "Mend the words, or let change write them",
  ],
};

function refusal(code: ReportErrorCode, places: readonly string[]): ReportError {
  const [zh, en, hintZh, hintEn] = TOLD[code]!;
  return new ReportError(code, places, { words: { zh, en }, hint: { zh: hintZh, en: hintEn } });
}
