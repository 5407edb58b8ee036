import {
  type Checked,
  checkCell,
  checkText,
  commonUnit,
  type Environment,
  type Node,
  type TextPlace,
} from "@qingdan/feel/typed";
import type { Finding } from "../finding.ts";
import type { AmountTable, Item, Rule } from "../model/list.ts";
import { expressionFinding, ruleFinding } from "./rule-findings.ts";

export interface TypedRow {
  readonly cells: readonly Node[];
  readonly amount: Node;
}

/** A rule with every expression typed, in the order of the written rule. */
export interface TypedRule {
  readonly conditions: readonly Node[];
  readonly amount: Node | null;
  readonly parts: readonly Node[];
  readonly inputs: readonly Node[];
  readonly rows: readonly TypedRow[];
  readonly timesPerYear: Node | null;
}

/** Types the rule of an item; what is wrong in it is told at its place in the file. */
export function typeRule(
  item: Item,
  rule: Rule,
  environment: Environment,
): { rule: TypedRule | null; findings: Finding[] } {
  const findings: Finding[] = [];
  const locals = new Map(Object.entries(rule.define));
  const place: TextPlace = { environment, locals };
  const keep = (path: string, text: string, checked: Checked<Node>): Node | null => {
    if (checked.ok) return checked.value;
    findings.push(expressionFinding(item.origin, path, text, checked.error));
    return null;
  };
  const text = (path: string, feel: string) => keep(path, feel, checkText(feel, place));
  const sound = [...locals].map(([name, feel]) => text(`rule.define.${name}`, feel));
  if (sound.includes(null)) return { rule: null, findings };
  checkArea(item, rule, environment, findings);

  const money = (path: string, feel: string) => asMoney(text(path, feel), item, rule, path, feel, findings);
  const conditions = rule.conditions.map((condition, at) =>
    asCondition(text(`rule.conditions.${at}.test`, condition.test), item, `rule.conditions.${at}.test`, findings),
  );
  const amount = rule.amount === undefined ? null : money("rule.amount", rule.amount);
  const parts = (rule.parts ?? []).map((part, at) => money(`rule.parts.${at}.amount`, part.amount));
  const { inputs, rows } = typeTable(rule.table, text, keep, money, place);
  const timesPerYear = rule.timesPerYear === undefined ? null : text("rule.timesPerYear", rule.timesPerYear);
  if (findings.length > 0) return { rule: null, findings };
  const typed = { conditions, amount, parts, inputs, rows, timesPerYear } as TypedRule;
  return { rule: typed, findings };
}

function typeTable(
  table: AmountTable | undefined,
  text: (path: string, feel: string) => Node | null,
  keep: (path: string, text: string, checked: Checked<Node>) => Node | null,
  money: (path: string, feel: string) => Node | null,
  place: TextPlace,
) {
  const inputs = (table?.inputs ?? []).map((input, at) => text(`rule.table.inputs.${at}.expression`, input.expression));
  const rows = (table?.rules ?? []).map((row, at) => ({
    cells: row.when.map((cell, column) => {
      const input = inputs[column];
      if (input == null) return null;
      return keep(`rule.table.rules.${at}.when.${column}`, cell, checkCell(cell, input, place));
    }),
    amount: money(`rule.table.rules.${at}.amount`, row.amount),
  }));
  return { inputs, rows };
}

function checkArea(item: Item, rule: Rule, environment: Environment, findings: Finding[]): void {
  const fact = environment.facts.get(rule.area);
  if (fact?.type?.kind === "area" && fact.entity === "person") return;
  findings.push(
    ruleFinding(
      "RULE-AREA-FACT",
      item.origin,
      "rule.area",
      { zh: `${rule.area} 不是个人的地区事实`, en: `${rule.area} is no area fact of a person` },
      { zh: "例如 hukouArea 或 residenceArea", en: "Such as hukouArea or residenceArea" },
    ),
  );
}

function asCondition(node: Node | null, item: Item, path: string, findings: Finding[]): Node | null {
  if (node === null || node.type.kind === "boolean") return node;
  findings.push(
    ruleFinding(
      "RULE-TYPE",
      item.origin,
      path,
      { zh: "条件应得到是或否", en: "A condition should come out true or false" },
      { zh: "写成比较，例如 age >= 60", en: "Write a comparison, such as age >= 60" },
    ),
  );
  return null;
}

/** The units an amount may be written in, by the period of the rule. */
const unitsOfPeriod: Readonly<Record<Rule["per"], readonly string[]>> = {
  month: ["CNY/month"],
  year: ["CNY/year"],
  semester: ["CNY/semester", "CNY"],
  "school-day": ["CNY/day"],
  day: ["CNY/day"],
  once: ["CNY"],
  none: ["CNY"],
};

/** An amount is money of the rule's period, in whole fen. */
function asMoney(
  node: Node | null,
  item: Item,
  rule: Rule,
  path: string,
  text: string,
  findings: Finding[],
): Node | null {
  if (node === null) return null;
  const { type } = node;
  const report = (error: Parameters<typeof expressionFinding>[3]) => {
    findings.push(expressionFinding(item.origin, path, text, error));
    return null;
  };
  const at = { from: 0, to: text.length };
  if (type.kind === "ratio" || (type.kind === "number" && type.scale > 2)) {
    return report({
      ...at,
      code: "RULE-NOT-INTEGER-FEN",
      message: { zh: "金额可能不是整分", en: "The amount may not be a whole number of fen" },
      hint: { zh: "写明取整方式，例如 round half up(x, 2)", en: "Say how it rounds, as in round half up(x, 2)" },
    });
  }
  if (type.kind !== "number") {
    return report({
      ...at,
      code: "RULE-TYPE",
      message: { zh: "金额应是数", en: "An amount should be a number" },
      hint: { zh: "写成以元计的算式", en: "Write an expression in yuan" },
    });
  }
  const wanted = unitsOfPeriod[rule.per];
  if (wanted.some((unit) => commonUnit(unit, type.unit) !== undefined)) return node;
  findings.push(
    ruleFinding(
      "RULE-AMOUNT-UNIT",
      item.origin,
      path,
      { zh: `金额的单位是 ${type.unit}`, en: `The amount has the unit ${type.unit}` },
      { zh: `应为 ${wanted.join(" 或 ")}`, en: `It should be ${wanted.join(" or ")}` },
    ),
  );
  return null;
}
