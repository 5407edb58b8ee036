import {
  boundOf,
  childrenOf,
  evaluate,
  type LookupNode,
  lookupPosition,
  type Node,
  quotientOf,
  type Situation,
  scaleOf,
} from "@qingdan/feel/typed";
import { type Answer, decideAll, situationOf } from "./decide.ts";
import { type Distance, distancesOf } from "./explain-distance.ts";
import { decimalText, unitOf, type Vocabulary, vocabulary } from "./explain-words.ts";
import { type ReadFacts, readFacts } from "./facts-file.ts";
import { settledBy, touchedBy } from "./kernel-interaction.ts";
import { missingForItem } from "./missing-facts.ts";
import type { Words } from "./model/words.ts";
import type { LawText, ReadParameter, Rulebook, RulebookItem } from "./rulebook.ts";

/** One operator, fact, parameter or number of a rule, with its value for one person. */
export interface ExplainedNode extends Words {
  readonly op: Node["op"];
  /** In words with its unit; null when it is unknown. */
  readonly value: Words | null;
  readonly unit: string | null;
  /** Of a fact: its name, and whose it is. */
  readonly fact?: { readonly name: string; readonly of: string };
  /** Of a parameter: its code and the published value that was read. */
  readonly parameter?: { readonly code: string } & Partial<ReadParameter["values"][number]>;
  readonly children: readonly ExplainedNode[];
}

export interface ExplainedCondition extends Words {
  readonly code: string;
  /** null: cannot be told. */
  readonly holds: boolean | null;
  readonly basis: readonly LawText[];
  readonly distances: readonly Distance[];
  readonly tree: ExplainedNode;
}

export interface ExplainedAmount extends Words {
  readonly code: string;
  /** Of a row: whether it applies. */
  readonly holds: boolean | null;
  readonly basis: readonly LawText[];
  readonly fen: number | null;
  readonly test: ExplainedNode | null;
  readonly tree: ExplainedNode;
}

export interface Explanation {
  readonly code: string;
  readonly name: Words;
  readonly subject: "person" | "household";
  readonly outcome: "not" | "entitled" | "undetermined";
  readonly reason: { readonly code: string } & Words;
  readonly fen: number;
  readonly per: RulebookItem["per"];
  readonly conditions: readonly ExplainedCondition[];
  /** The amount, its parts, or the rows of its table; empty for a service without an amount. */
  readonly amounts: readonly ExplainedAmount[];
  /** Other items that this one is settled with. */
  readonly interactions: readonly {
    readonly kind: "higher" | "exclusive" | "offset";
    readonly item: string;
    readonly outcome: Explanation["outcome"];
  }[];
  /** Facts that would settle it. */
  readonly missing: readonly ({ readonly fact: string; readonly of: string } & Words)[];
  readonly basis: readonly LawText[];
  /** What the answer was made from. */
  readonly rulebook: { readonly list: string; readonly area: string; readonly date: string; readonly hash: string };
}

export class UnknownItemError extends Error {
  override readonly name = "UnknownItemError";
  readonly code = "RULEBOOK-UNKNOWN-ITEM";
}

const outcomeNames = ["not", "entitled", "undetermined"] as const;

/**
 * Why the subject of a facts file is owed an item, is not, or cannot be told: the whole rule as a tree, derived from the
 * rule. Throws `FactsFileError`, `UnknownItemError`.
 */
export function explain(
  rulebook: Rulebook,
  file: unknown,
  itemCode: string,
  others?: ReadonlySet<string>,
): Explanation {
  const at = rulebook.items.findIndex(({ code }) => code === itemCode);
  const item = rulebook.items[at];
  if (item === undefined)
    throw new UnknownItemError(`No executable item ${itemCode} on ${rulebook.date} in ${rulebook.area}`);
  const facts = readFacts(rulebook, file, others);
  return explainItem(rulebook, facts, decideAll(rulebook, facts), at, item);
}

/** Every item of the rulebook for the subject of a facts file, in its order. Throws `FactsFileError`. */
export function explainAll(rulebook: Rulebook, file: unknown, others?: ReadonlySet<string>): readonly Explanation[] {
  const facts = readFacts(rulebook, file, others);
  const answers = decideAll(rulebook, facts);
  return rulebook.items.map((item, at) => explainItem(rulebook, facts, answers, at, item));
}

function explainItem(
  rulebook: Rulebook,
  facts: ReadFacts,
  answers: readonly Answer[],
  at: number,
  item: RulebookItem,
): Explanation {
  const answer = answers[at] as Answer;
  const situation = situationOf(item, facts);
  const words = vocabulary(rulebook);
  const explainer = nodeExplainer(rulebook, words, item, facts, situation);
  const reason = item.reasons[answer.reason];
  if (reason === undefined) throw new Error(`${item.code} has no reason ${answer.reason}`);
  const { code, name, subject, per, basis } = item;
  return {
    code,
    name,
    subject,
    outcome: outcomeNames[answer.outcome],
    reason: { code: reason.code, zh: reason.zh, en: reason.en },
    fen: answer.fen,
    per,
    conditions: item.conditions.map((condition): ExplainedCondition => {
      const { code, zh, en, basis, test } = condition;
      const holds = evaluate(test, situation);
      const distances = holds === false ? distancesOf(words, test, situation) : [];
      return { code, zh, en, basis, holds: (holds as boolean | undefined) ?? null, distances, tree: explainer(test) };
    }),
    amounts: amountsOf(item, situation, explainer),
    interactions: interactionsOf(rulebook, at, answers),
    missing: missingOf(rulebook, item, answer, facts),
    basis,
    rulebook: { list: rulebook.list, area: rulebook.area, date: rulebook.date, hash: rulebook.hash },
  };
}

function amountsOf(
  item: RulebookItem,
  situation: Situation,
  explainer: (node: Node) => ExplainedNode,
): ExplainedAmount[] {
  const { amount } = item;
  const fenOf = (node: Node) => {
    const value = evaluate(node, situation);
    return value === undefined ? null : Number(value) * 10 ** (2 - scaleOf(node.type));
  };
  const explained = (
    words: { code: string; zh: string; en: string; basis: readonly LawText[] },
    node: Node,
    test: Node | null,
  ) => ({
    code: words.code,
    zh: words.zh,
    en: words.en,
    basis: words.basis,
    holds: test === null ? true : ((evaluate(test, situation) as boolean | undefined) ?? null),
    fen: fenOf(node),
    test: test === null ? null : explainer(test),
    tree: explainer(node),
  });
  switch (amount.kind) {
    case "service":
      return [];
    case "amount":
      return [explained({ code: "amount", zh: "金额", en: "Amount", basis: [] }, amount.amount, null)];
    case "parts":
      return amount.parts.map((part) => explained(part, part.amount, null));
    case "table":
      return amount.rows.map((row) => explained(row, row.amount, row.test));
  }
}

function interactionsOf(rulebook: Rulebook, at: number, answers: readonly Answer[]): Explanation["interactions"] {
  return rulebook.interactions
    .filter((step) => settledBy(step).includes(at))
    .flatMap((step) =>
      touchedBy(step)
        .filter((other) => other !== at)
        .map((other) => ({
          kind: step.kind,
          item: rulebook.items[other]?.code ?? "",
          outcome: outcomeNames[answers[other]?.outcome ?? 0],
        })),
    );
}

function missingOf(rulebook: Rulebook, item: RulebookItem, answer: Answer, facts: ReadFacts): Explanation["missing"] {
  if (answer.outcome !== 2) return [];
  return missingForItem(item, facts).map(({ fact, member }) => {
    const found = rulebook.facts.find(({ name }) => name === fact);
    return { fact, of: nameOf(facts, member), zh: found?.zh ?? fact, en: found?.en ?? fact };
  });
}

const nameOf = (facts: ReadFacts, member: number) => (member < 0 ? facts.household : (facts.persons[member] ?? ""));

/** Explains nodes; a loop over members has one branch a member. */
function nodeExplainer(
  rulebook: Rulebook,
  words: Vocabulary,
  item: RulebookItem,
  facts: ReadFacts,
  situation: Situation,
) {
  const own = item.subject === "household" ? 0 : facts.subject;

  const explained = (node: Node, rows: readonly number[] = [-1]): ExplainedNode => {
    const { op } = node;
    const unit = node.type.kind === "number" || node.type.kind === "ratio" ? node.type.unit : null;
    const { zh, en } = words.node(node);
    const value = valueWords(words, node, situation, rows);
    // Written out field by field: spreading objects of many shapes took most of the time of an explanation.
    if (op === "fact") {
      const row = rows[node.row] ?? -1;
      const member = node.entity === "household" ? -1 : row < 0 ? own : row;
      return { op, zh, en, value, unit, fact: { name: node.fact, of: nameOf(facts, member) }, children: [] };
    }
    const children = op === "aggregate" ? members(node, rows) : childrenOf(node).map((child) => explained(child, rows));
    if (op !== "lookup") return { op, zh, en, value, unit, children };
    return { op, zh, en, value, unit, parameter: parameterRead(rulebook, node, situation, rows), children };
  };

  const members = (node: Node & { op: "aggregate" }, rows: readonly number[]): ExplainedNode[] =>
    Array.from({ length: situation.members }, (_, member) => {
      const inner = [...rows];
      inner[node.loop] = member;
      return childrenOf(node).map((child) => explained(child, inner));
    }).flat();

  return (node: Node) => explained(node);
}

function valueWords(words: Vocabulary, node: Node, situation: Situation, rows: readonly number[]): Words | null {
  if (node.type.kind !== "ratio") {
    const value = evaluate(node, situation, rows);
    return value === undefined ? boundWords(words, node, situation, rows) : words.value(node, value);
  }
  const of = quotientOf(node, situation, rows);
  if (of === undefined) return null;
  // A quotient is shown to four decimals; it is compared and rounded exactly.
  const { num, den, unit } = node.type;
  const shown = Math.round(((of.num * 10 ** den.scale) / (of.den * 10 ** num.scale)) * 10_000);
  const text = decimalText(shown, 4, unit);
  const named = unitOf(unit);
  return { zh: `${text} ${named.zh}`.trim(), en: `${text} ${named.en}`.trim() };
}

/** Of a number that is not known yet, what it is at least all the same: enough to decide many a comparison. */
function boundWords(words: Vocabulary, node: Node, situation: Situation, rows: readonly number[]): Words | null {
  if (node.type.kind !== "number" || node.op === "fact") return null;
  const least = boundOf(node, "least");
  const value = least === null ? undefined : evaluate(least, situation, rows);
  if (value === undefined || Number(value) <= node.type.min) return null;
  const { zh, en } = words.value(node, value);
  return { zh: `至少 ${zh}`, en: `at least ${en}` };
}

/** The published value behind a lookup: that of the subject's area, or of the nearest area above it. */
function parameterRead(
  rulebook: Rulebook,
  node: LookupNode,
  situation: Situation,
  rows: readonly number[],
): ExplainedNode["parameter"] {
  const code = node.parameter;
  const position = lookupPosition(node, situation, rows);
  const value = position === undefined ? undefined : node.values[Number(position)];
  const keys = node.keys.map((key) => {
    const held = evaluate(key, situation, rows);
    if (held === undefined) return undefined;
    return key.type.kind === "enum" ? key.type.values[Number(held)] : String(held);
  });
  const area = node.area === null ? undefined : evaluate(node.area, situation, rows);
  const home = area === undefined ? rulebook.area : (rulebook.areas[Number(area)]?.code ?? rulebook.area);
  const entries = rulebook.parameters.find((parameter) => parameter.code === code)?.values ?? [];
  let nearest: ReadParameter["values"][number] | undefined;
  for (const entry of entries) {
    if (entry.value !== value || !isAbove(entry.area, home) || entry.key.some((key, at) => key !== keys[at])) continue;
    if (nearest === undefined || entry.area.length > nearest.area.length) nearest = entry;
  }
  return { code, ...nearest };
}

/** Codes of areas begin with the codes of the areas above them. */
function isAbove(area: string, home: string): boolean {
  return area === "cn" || home.startsWith(area);
}
