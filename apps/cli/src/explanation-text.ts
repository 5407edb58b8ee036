import type { ExplainedAmount, ExplainedNode, Explanation, LawText } from "@qingdan/list";
import { moneyText } from "./money-text.ts";
import type { Context } from "./verb.ts";
import type { Words } from "./words.ts";

type Say = Context["say"];

export const outcomeWords = {
  entitled: { zh: "可享", en: "entitled" },
  not: { zh: "不可享", en: "not entitled" },
  undetermined: { zh: "不能确定", en: "cannot be determined" },
} as const satisfies Record<Explanation["outcome"], Words>;

const interactionWords = {
  higher: { zh: "两者取高", en: "the higher of both is kept" },
  exclusive: { zh: "不可同享", en: "not held together" },
  offset: { zh: "相抵扣", en: "offset" },
} as const satisfies Record<Explanation["interactions"][number]["kind"], Words>;

const marks = { true: "✓", false: "✗", null: "?" } as const;

/** An explanation as an indented text: every condition with its law and distance, every number with its source. */
export function explanationText(say: Say, tree: Explanation): string {
  const due = tree.fen > 0 ? `  ${say(moneyText(tree.fen, tree.per))}` : "";
  return [
    `${say(tree.name)}: ${say(outcomeWords[tree.outcome])}. ${say(tree.reason)}${due}`,
    ...tree.conditions.flatMap((condition) => [
      `${marks[`${condition.holds}`]} ${say(condition)}${lawText(say, condition.basis)}`,
      ...condition.distances.map((distance) => `  → ${say(distance)}`),
      ...treeLines(say, condition.tree, 1),
    ]),
    ...tree.amounts.flatMap((amount) => amountLines(say, tree, amount)),
    ...tree.interactions.map(
      ({ kind, item, outcome }) => `⇄ ${item} (${say(outcomeWords[outcome])}): ${say(interactionWords[kind])}`,
    ),
    ...tree.missing.map((fact) =>
      say({ zh: `? 还缺 ${fact.of} 的${fact.zh}`, en: `? missing: ${fact.en} of ${fact.of}` }),
    ),
  ].join("\n");
}

/** Rows that do not apply are only named. */
function amountLines(say: Say, { per }: Explanation, amount: ExplainedAmount): string[] {
  const sum = amount.fen === null || amount.holds === false ? "" : `  ${say(moneyText(amount.fen, per))}`;
  const head = `${marks[`${amount.holds}`]} ${say(amount)}${sum}${lawText(say, amount.basis)}`;
  if (amount.holds === false) return [head];
  return [head, ...(amount.test === null ? [] : treeLines(say, amount.test, 1)), ...treeLines(say, amount.tree, 1)];
}

function lawText(say: Say, basis: readonly LawText[]): string {
  const article = (law: LawText) => say({ zh: ` 第${law.article}条`, en: `, article ${law.article}` });
  const laws = basis.map((law) => `${law.title}${law.article === null ? "" : article(law)}`);
  return laws.length === 0 ? "" : `  [${laws.join("; ")}]`;
}

/** A number that is written out in the rule has nothing to tell beside the line above it. */
function treeLines(say: Say, node: ExplainedNode, depth: number): string[] {
  if (node.op === "constant") return [];
  const value = node.value === null ? "?" : say(node.value);
  const line = `${"  ".repeat(depth)}${say(node)} = ${value}${sourceText(say, node)}`;
  return [line, ...node.children.flatMap((child) => treeLines(say, child, depth + 1))];
}

/** Since when a published number holds, by which document, how well it is known and where it was read. */
function sourceText(say: Say, { parameter }: ExplainedNode): string {
  if (parameter?.from === undefined) return "";
  const since = say({ zh: `${parameter.from} 起`, en: `since ${parameter.from}` });
  const told = [since, parameter.document, parameter.mark, parameter.source?.join(" ")].filter(Boolean);
  return `  (${told.join(", ")})`;
}
