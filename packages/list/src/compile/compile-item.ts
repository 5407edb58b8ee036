import { fold, type Node, type Scaled } from "@qingdan/feel/typed";
import type { Finding } from "../finding.ts";
import type { Item, List, Rule } from "../model/list.ts";
import type { RulebookAmount, RulebookItem } from "../rulebook.ts";
import { unitName } from "../unit-name.ts";
import { lawTexts, mostReasons, type ReasonBook, reasonBook } from "./reasons.ts";
import type { Standpoint } from "./resolve.ts";
import { ruleFinding } from "./rule-findings.ts";
import { overlappingRows } from "./table-overlap.ts";
import type { TypedRule } from "./type-rule.ts";

/** An item on its way into the rulebook; interactions still add reasons. */
export interface DraftItem {
  readonly written: Item;
  readonly book: ReasonBook;
  readonly item: Omit<RulebookItem, "reasons">;
}

const yearlyTimes: Readonly<Record<Rule["per"], number | null>> = {
  month: 12,
  year: 1,
  semester: 2,
  once: 1,
  "school-day": null,
  day: null,
  none: null,
};

export function compileItem(
  written: Item,
  rule: Rule,
  typed: TypedRule,
  standpoint: Standpoint,
  resolve: (node: Node) => Node,
): { draft: DraftItem; findings: Finding[] } {
  const { list, date } = standpoint;
  const findings: Finding[] = [];
  const book = reasonBook();
  const common = {
    entitled: book.common("entitled", 1),
    nothingDue: book.common("nothing-due", 0),
    noRow: rule.table === undefined ? -1 : book.common("no-row", 0),
    amountUnknown: book.common("amount-unknown", 2),
    parameterMissing: book.common("parameter-missing", 2),
    householder: rule.subject === "household" ? book.common("householder", 0) : -1,
  };
  const conditions = rule.conditions.map(({ code, zh, en, basis }, at) => {
    const laws = lawTexts(list, basis);
    const words = { zh, en };
    const [failed, unknown] = [book.add(code, 0, words, laws), book.add(code, 2, words, laws)];
    return { code, zh, en, test: resolve(typed.conditions[at] as Node), basis: laws, failed, unknown };
  });
  const amount = amountOf(written, rule, typed, list, resolve, book, findings);
  const item: DraftItem["item"] = {
    code: written.code,
    list: written.list,
    name: { zh: written.name.zh, en: written.name.en },
    domain: written.domain,
    category: written.category,
    lifeStages: written.lifeStages,
    subject: rule.subject,
    area: rule.area,
    per: rule.per,
    timesPerYear: timesPerYear(written, rule, typed, resolve, findings),
    common,
    conditions,
    amount,
    mostFen: mostFen(amount),
    frequency: rule.frequency,
    payer: { zh: written.payer.zh, en: written.payer.en, split: written.payer.split },
    lead: written.lead.units.map((code) => ({ code, ...(unitName(list, code, date) ?? { zh: code, en: code }) })),
    firstMonth: written.guide?.firstMonth ?? null,
    basis: lawTexts(list, written.basis),
  };
  if (book.all().length > mostReasons) {
    const words = { zh: "原因超过 255 种", en: "More than 255 reasons" };
    findings.push(ruleFinding("RULE-REASONS", written.origin, "rule", words, { zh: "拆成两项", en: "Split the item" }));
  }
  return { draft: { written, book, item }, findings };
}

function amountOf(
  written: Item,
  rule: Rule,
  typed: TypedRule,
  list: List,
  resolve: (node: Node) => Node,
  book: ReasonBook,
  findings: Finding[],
): RulebookAmount {
  if (rule.table !== undefined) return tableOf(written, rule.table, typed, list, resolve, book, findings);
  if (rule.parts !== undefined) {
    const parts = rule.parts.map(({ code, zh, en, split, basis }, at) => {
      const amount = resolve(typed.parts[at] as Node);
      return { code, zh, en, amount, split: split ?? written.payer.split, basis: lawTexts(list, basis) };
    });
    return { kind: "parts", parts };
  }
  return typed.amount === null ? { kind: "service" } : { kind: "amount", amount: resolve(typed.amount) };
}

function tableOf(
  written: Item,
  table: NonNullable<Rule["table"]>,
  typed: TypedRule,
  list: List,
  resolve: (node: Node) => Node,
  book: ReasonBook,
  findings: Finding[],
): RulebookAmount {
  const aggregation = table.aggregation ?? "COUNT";
  if (table.hitPolicy === "C" && aggregation === "COUNT") {
    findings.push(
      ruleFinding(
        "RULE-TABLE-AGGREGATION",
        written.origin,
        "rule.table.inputs.0.expression",
        {
          zh: "多行命中时要说明怎样得出一个金额",
          en: "When several rows hold, the table must say how they give one amount",
        },
        { zh: "aggregation 用 SUM、MIN 或 MAX", en: "Use the aggregation SUM, MIN or MAX" },
      ),
    );
  }
  const hitPolicy = table.hitPolicy === "C" ? (aggregation === "COUNT" ? "SUM" : aggregation) : table.hitPolicy;
  const inputs = typed.inputs.map(resolve);
  const resolved = typed.rows.map((row) => ({ cells: row.cells.map(resolve), amount: resolve(row.amount) }));
  if (hitPolicy === "U" || hitPolicy === "A") {
    const agree = (a: number, b: number) =>
      hitPolicy === "A" && JSON.stringify(resolved[a]?.amount) === JSON.stringify(resolved[b]?.amount);
    const rows = overlappingRows(inputs, resolved, agree);
    if (rows !== null) findings.push(overlapFinding(written, table, rows));
  }
  const rows = table.rules.map(({ code, zh, en, basis }, at) => {
    const { cells = [], amount = { op: "constant", type: { kind: "boolean" }, value: false } as Node } =
      resolved[at] ?? {};
    const laws = lawTexts(list, basis);
    const test = allOf(cells);
    return { code, zh, en, test, amount, basis: laws, reason: book.add(code, 1, { zh, en }, laws) };
  });
  return { kind: "table", hitPolicy, inputs: table.inputs.map(({ zh, en }) => ({ zh, en })), rows };
}

/** All cells of a row as one condition; cells that are always met are left out. */
function allOf(cells: readonly Node[]): Node {
  const items = cells.filter((cell) => cell.op !== "constant" || cell.value !== true);
  const [only] = items;
  if (items.length === 1 && only !== undefined) return only;
  if (items.length === 0) return { op: "constant", type: { kind: "boolean" }, value: true };
  return {
    op: "and",
    items: items.flatMap((item) => (item.op === "and" ? item.items : [item])),
    type: { kind: "boolean" },
  };
}

function overlapFinding(written: Item, table: NonNullable<Rule["table"]>, [a, b]: readonly [number, number]): Finding {
  const [first, second] = [table.rules[a]?.code ?? "", table.rules[b]?.code ?? ""];
  return ruleFinding(
    "RULE-TABLE-OVERLAP",
    written.origin,
    `rule.table.rules.${b}.when.0`,
    { zh: `“${first}”和“${second}”两行可能同时命中`, en: `The rows ${first} and ${second} may hold at once` },
    {
      zh: "收窄条件，或改用 F（先到先得）、P（就高）、C（合计）",
      en: "Narrow a row, or use F (first), P (highest) or C (collect)",
    },
  );
}

function timesPerYear(
  written: Item,
  rule: Rule,
  typed: TypedRule,
  resolve: (node: Node) => Node,
  findings: Finding[],
): number | null {
  if (typed.timesPerYear === null) return yearlyTimes[rule.per];
  const node = fold(resolve(typed.timesPerYear));
  if (node.op === "constant" && node.type.kind === "number" && node.type.scale === 0) return Number(node.value);
  if (node.op === "lookup" && node.values.includes(null)) return null;
  findings.push(
    ruleFinding(
      "RULE-TIMES-PER-YEAR",
      written.origin,
      "rule.timesPerYear",
      { zh: "每年次数应是整数，不能随人而变", en: "The times a year are a whole number, the same for everybody" },
      { zh: "写成整数或整数参数", en: "Write a whole number or an integer parameter" },
    ),
  );
  return null;
}

function mostFen(amount: RulebookAmount): number {
  const fen = (node: Node) => {
    const type = node.type as Scaled;
    return Math.max(0, type.max) * 10 ** (2 - type.scale);
  };
  switch (amount.kind) {
    case "service":
      return 0;
    case "amount":
      return fen(amount.amount);
    case "parts":
      return amount.parts.reduce((sum, part) => sum + fen(part.amount), 0);
    case "table": {
      const rows = amount.rows.map((row) => fen(row.amount));
      return amount.hitPolicy === "SUM" ? rows.reduce((a, b) => a + b, 0) : Math.max(...rows);
    }
  }
}
