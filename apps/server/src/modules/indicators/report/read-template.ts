import { ReportError } from "./report-error.ts";
import type { Binding, TableRequest, Template, TemplateBlock, TemplateInline } from "./template.ts";

const PERIOD = String.raw`-\d+|\d{4}(?:-Q[1-4]|-\d\d)?`;
const BINDING = new RegExp(
  String.raw`^(?<code>[A-Za-z0-9][\w.-]*?)(?:@(?<period>${PERIOD}))?(?::(?<area>[\w.-]+))?` +
    String.raw`(?:\s+(?<kind>change|rose|fell)\s+(?<since>${PERIOD})(?:\s+(?<words>.+))?)?$`,
);
const ABOUT: readonly string[] = ["area", "period", "list", "snapshot"];

/**
 * Reads a template, a text of lines: `#` to `###` headings, `- ` items, paragraphs apart by empty lines, `// ` remarks, and on lines of their own
 * `::table`, `::chart` (which draws the table that follows it), `::page`, `::contents`, `::notes`. Inside text, `{{code@period}}` is a number; `{{code change -1}}` writes how it changed;
 * `{{code rose -1 提高}}` claims that it rose.
 * @throws ReportError `REPORT-TEMPLATE` with every line that is wrong
 */
export function readTemplate(text: string): Template {
  const faults: string[] = [];
  const blocks: TemplateBlock[] = [];
  let open: { line: number; lines: string[]; items: boolean } | undefined;
  const close = () => {
    if (!open) return;
    const { line, lines, items } = open;
    open = undefined;
    const read = (part: string) => readInlines(part, line, faults);
    if (items) blocks.push({ kind: "list", line, items: lines.map(read) });
    else blocks.push({ kind: "paragraph", line, text: read(joinLines(lines)) });
  };
  for (const [i, raw] of text
    .replace(/^\uFEFF/, "")
    .split(/\r?\n/)
    .entries()) {
    const [line, content] = [i + 1, raw.trim()];
    const isItem = content.startsWith("- ");
    const isOther = content === "" || /^(#|::|\/\/)/.test(content);
    if (isOther || (open && open.items !== isItem)) close();
    if (isOther) {
      const block = content === "" || content.startsWith("//") ? undefined : readLine(content, line, faults);
      if (block) blocks.push(block);
      continue;
    }
    open ??= { line, lines: [], items: isItem };
    open.lines.push(isItem ? content.slice(2) : content);
  }
  close();
  if (blocks.length === 0) faults.push("1: empty");
  if (faults.length === 0) return { blocks };
  throw new ReportError("REPORT-TEMPLATE", faults, {
    words: { zh: "模板有写错的行", en: "Lines of the template are not as they must be" },
    hint: { zh: "行号后是原因", en: "The line number comes before the reason" },
  });
}

/** Lines join without a space where Chinese stands on either side, with one elsewhere. */
function joinLines(lines: readonly string[]): string {
  const isChinese = /[\p{Script=Han}，。；：、！？）”]/u;
  return lines.reduce((all, line) => all + (isChinese.test(all.at(-1)!) || isChinese.test(line[0]!) ? "" : " ") + line);
}

function readLine(content: string, line: number, faults: string[]): TemplateBlock | undefined {
  const heading = /^(#{1,3})\s+(.+)$/.exec(content);
  if (heading) {
    const level = heading[1]!.length as 1 | 2 | 3;
    return { kind: "heading", line, level, text: readInlines(heading[2]!, line, faults) };
  }
  const directive = /^::(\w+)\s*(.*)$/.exec(content);
  switch (directive?.[1]) {
    case "page":
    case "contents":
    case "notes":
      if (directive[2] !== "") faults.push(`${line}: ::${directive[1]} takes nothing`);
      return { kind: directive[1], line };
    case "table":
    case "chart": {
      const table = readTable(directive[1], directive[2]!, line, faults);
      return table && { kind: directive[1], line, table };
    }
    default:
      faults.push(
        `${line}: “${content.slice(0, 30)}” is no heading and none of ::table ::chart ::page ::contents ::notes`,
      );
      return undefined;
  }
}

function readTable(kind: string, text: string, line: number, faults: string[]): TableRequest | undefined {
  const settings = new Map<string, string>();
  const rest = text.replace(/(\w+)=("([^"]*)"|\S+)/g, (_, name: string, bare: string, quoted: string | undefined) => {
    settings.set(name, quoted ?? bare);
    return "";
  });
  const known = ["caption", "indicators", "areas", "periods", "missing"];
  const fault = (why: string) => {
    faults.push(`${line}: ::${kind} ${why}`);
    return undefined;
  };
  if (rest.trim() !== "") return fault(`cannot read “${rest.trim()}”`);
  for (const name of settings.keys())
    if (!known.includes(name)) return fault(`knows no ${name}; it has ${known.join(", ")}`);
  const { caption, indicators, areas = "self", periods = "-0", missing = "refuse" } = Object.fromEntries(settings);
  if (!caption || !indicators) return fault("needs caption and indicators");
  if (areas !== "self" && areas !== "children" && areas !== "all") return fault("areas is self, children or all");
  if (missing !== "refuse" && missing !== "show") return fault("missing is refuse or show");
  const span = new RegExp(`^(${PERIOD})(?:\\.\\.(${PERIOD}))?$`).exec(periods);
  if (!span) return fault("periods is a period, or two as -4..-0");
  const ends = [span[1]!, span[2] ?? span[1]!] as const;
  if (areas !== "self" && ends[0] !== ends[1]) return fault("of several areas has one period");
  return {
    caption: readInlines(caption, line, faults),
    indicators: indicators.split(","),
    areas,
    periods: ends,
    missing,
  };
}

function readInlines(text: string, line: number, faults: string[]): TemplateInline[] {
  const inlines: TemplateInline[] = [];
  let at = 0;
  for (const found of text.matchAll(/\{\{(.*?)\}\}/g)) {
    if (found.index > at) inlines.push({ kind: "text", text: text.slice(at, found.index) });
    at = found.index + found[0].length;
    const inline = readBraces(found[1]!.trim());
    if (inline) inlines.push(inline);
    else
      faults.push(
        `${line}: “${found[0]}” is no figure: {{code}}, {{code@period}}, {{code@period:area}}, {{code change -1}}`,
      );
  }
  const rest = text.slice(at);
  if (/\{\{|\}\}/.test(rest)) faults.push(`${line}: {{ without }}`);
  if (rest !== "") inlines.push({ kind: "text", text: rest });
  return inlines;
}

function readBraces(written: string): TemplateInline | undefined {
  if (ABOUT.includes(written)) return { kind: "about", what: written as "area" };
  const groups = BINDING.exec(written)?.groups;
  if (!groups) return undefined;
  const { code, period, area, since, words } = groups;
  const kind = (groups.kind ?? "value") as Binding["kind"];
  // A claim without its words would print nothing that could be true.
  if ((kind === "rose" || kind === "fell") !== (words !== undefined)) return undefined;
  const binding = {
    kind,
    code: code!,
    ...(period === undefined ? {} : { period }),
    ...(area === undefined ? {} : { area }),
    ...(since === undefined ? {} : { since }),
    ...(words === undefined ? {} : { words }),
  };
  return { kind: "binding", binding, written };
}
