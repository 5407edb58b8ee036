import {
  align,
  childrenOf,
  evaluate,
  lookupPosition,
  type Node,
  type Situation,
  scaleOf,
  type Value,
} from "@qingdan/feel/typed";
import { yearlyFactor } from "./kernel-interaction.ts";
import type { InteractionStep, Outcome, Rulebook, RulebookItem, RulebookRow } from "./rulebook.ts";

/** The answer for one subject and item; `reason` is a position in the item's reasons. */
export interface Answer {
  readonly outcome: Outcome;
  readonly reason: number;
  /** Fen per the item's period; 0 unless entitled. */
  readonly fen: number;
  /** Fen of each part, for items with parts. */
  readonly parts: readonly number[];
}

/** One household as facts by member, and which member is the subject. */
export interface HouseholdFacts {
  readonly fact: Situation["fact"];
  readonly members: number;
  /** Position of the subject among the members; the householder is member 0. */
  readonly subject: number;
}

/**
 * Answers of every item for one subject, the same as a kernel's, without a kernel. Items of the household are answered
 * for whoever asks, not only on the householder's row.
 */
export function decideAll(rulebook: Rulebook, household: HouseholdFacts): readonly Answer[] {
  const answers = rulebook.items.map((item) => decideItem(item, situationOf(item, household)));
  settleAll(rulebook, answers);
  return answers;
}

/** Settles items that touch each other; `answers` are those of each item by itself, and are changed. */
export function settleAll(rulebook: Rulebook, answers: Answer[]): void {
  for (const step of rulebook.interactions) settle(rulebook, step, answers);
}

/** Whose facts an item's expressions read: the subject's, or the householder's for items of the household. */
export function situationOf(item: Pick<RulebookItem, "subject">, household: HouseholdFacts): Situation {
  const own = item.subject === "household" ? 0 : household.subject;
  return {
    members: household.members,
    fact: (name, entity, member) => household.fact(name, entity, entity === "person" && member < 0 ? own : member),
  };
}

/** One item by itself, before items that touch each other are settled. */
export function decideItem(item: RulebookItem, situation: Situation): Answer {
  let open: RulebookItem["conditions"][number] | undefined;
  for (const condition of item.conditions) {
    const value = evaluate(condition.test, situation);
    if (value === false) return answer(item, 0, condition.failed);
    if (value === undefined) open ??= condition;
  }
  if (open !== undefined) {
    const gone = readsMissing(open.test, situation);
    return answer(item, 2, gone ? item.common.parameterMissing : open.unknown);
  }
  return amountAnswer(item, situation);
}

function answer(item: RulebookItem, outcome: Outcome, reason: number, fen = 0, parts?: readonly number[]): Answer {
  return { outcome, reason, fen, parts: parts ?? (item.amount.kind === "parts" ? item.amount.parts.map(() => 0) : []) };
}

function amountAnswer(item: RulebookItem, situation: Situation): Answer {
  const { amount, common } = item;
  switch (amount.kind) {
    case "service":
      return answer(item, 1, common.entitled);
    case "amount":
      return due(item, fenOf(amount.amount, situation), common.entitled, () =>
        unknownAmount(item, [amount.amount], situation),
      );
    case "parts": {
      const nodes = amount.parts.map((part) => part.amount);
      const fens = nodes.map((node) => fenOf(node, situation));
      const parts = fens.filter((fen) => fen !== undefined);
      const total = parts.length < fens.length ? undefined : parts.reduce((sum, fen) => sum + fen, 0);
      return due(item, total, common.entitled, () => unknownAmount(item, nodes, situation), parts);
    }
    case "table":
      return tableAnswer(item, amount.hitPolicy, amount.rows, situation);
  }
}

function fenOf(node: Node, situation: Situation): number | undefined {
  const value = evaluate(node, situation);
  return value === undefined ? undefined : align(Number(value), scaleOf(node.type), 2);
}

function due(
  item: RulebookItem,
  fen: number | undefined,
  reason: number,
  otherwise: () => Answer,
  parts?: readonly number[],
): Answer {
  if (fen === undefined) return otherwise();
  return fen <= 0 ? answer(item, 0, item.common.nothingDue) : answer(item, 1, reason, fen, parts);
}

function unknownAmount(item: RulebookItem, nodes: readonly Node[], situation: Situation): Answer {
  const gone = nodes.some((node) => readsMissing(node, situation));
  return answer(item, 2, gone ? item.common.parameterMissing : item.common.amountUnknown);
}

/** Whether a parameter that is read outside of loops is missing at its source for this subject. */
export function readsMissing(node: Node, situation: Situation): boolean {
  if (node.op === "aggregate") return false;
  if (node.op === "lookup") {
    const position = lookupPosition(node, situation);
    if (position !== undefined && node.values[Number(position)] == null) return true;
  }
  return childrenOf(node).some((child) => readsMissing(child, situation));
}

type HitPolicy = (RulebookItem["amount"] & { kind: "table" })["hitPolicy"];

function tableAnswer(
  item: RulebookItem,
  policy: HitPolicy,
  rows: readonly RulebookRow[],
  situation: Situation,
): Answer {
  const unsure = () =>
    unknownAmount(
      item,
      rows.flatMap((row) => [row.test, row.amount]),
      situation,
    );
  const tested = rows.map((row) => ({ row, holds: evaluate(row.test, situation) }));
  if (policy === "SUM" || policy === "MIN" || policy === "MAX" || policy === "P") {
    return collected(item, policy, tested, situation, unsure);
  }
  for (const { row, holds } of tested) {
    if (holds === true) return due(item, fenOf(row.amount, situation), row.reason, unsure);
    if (holds === undefined && policy === "F") return unsure();
  }
  return tested.some(({ holds }) => holds === undefined) ? unsure() : answer(item, 0, item.common.noRow);
}

function collected(
  item: RulebookItem,
  policy: "SUM" | "MIN" | "MAX" | "P",
  tested: readonly { readonly row: RulebookRow; readonly holds: Value }[],
  situation: Situation,
  unsure: () => Answer,
): Answer {
  const hits = tested.filter(({ holds }) => holds !== false);
  const fens = hits.map(({ row, holds }) => ({
    reason: row.reason,
    fen: holds === true ? fenOf(row.amount, situation) : undefined,
  }));
  const known = fens.flatMap(({ reason, fen }) => (fen === undefined ? [] : [{ reason, fen }]));
  if (known.length < fens.length) return unsure();
  const [first, ...rest] = known;
  if (first === undefined) return answer(item, 0, item.common.noRow);
  if (policy === "SUM") {
    const total = known.reduce((sum, { fen }) => sum + fen, 0);
    return due(item, total, item.common.entitled, unsure);
  }
  const best = rest.reduce((a, b) => ((policy === "MIN" ? b.fen < a.fen : b.fen > a.fen) ? b : a), first);
  return due(item, best.fen, best.reason, unsure);
}

function settle(rulebook: Rulebook, step: InteractionStep, answers: Answer[]): void {
  if (step.kind === "higher") settleHigher(rulebook, step, answers);
  else settleYield(rulebook, step, answers);
}

const itemAt = (rulebook: Rulebook, at: number): RulebookItem => rulebook.items[at] as RulebookItem;

function settleYield(
  rulebook: Rulebook,
  { kind, item, other, lost, unknown }: InteractionStep & { kind: "exclusive" | "offset" },
  answers: Answer[],
): void {
  const [own, against] = [answers[item], answers[other]];
  if (own === undefined || against === undefined || own.outcome !== 1 || against.outcome === 0) return;
  const left = own.fen - against.fen;
  if (against.outcome === 2) answers[item] = answer(itemAt(rulebook, item), 2, unknown);
  else if (kind === "exclusive" || left <= 0) answers[item] = answer(itemAt(rulebook, item), 0, lost);
  else answers[item] = { ...own, fen: left };
}

function settleHigher(rulebook: Rulebook, step: InteractionStep & { kind: "higher" }, answers: Answer[]): void {
  const held = step.members.map(({ item }) => answers[item] as Answer);
  const open = held.findIndex(({ outcome }) => outcome === 2);
  const yearly = held.map(({ outcome, fen }, at) =>
    outcome === 1 ? fen * yearlyFactor(rulebook, step, step.members[at]?.item ?? 0) : -1,
  );
  const kept = open >= 0 ? open : yearly.indexOf(Math.max(...yearly));
  step.members.forEach(({ item, reasons }, at) => {
    if (held[at]?.outcome !== 1 || at === kept) return;
    const [lost, unknown] = reasons[kept] ?? [0, 0];
    answers[item] = answer(itemAt(rulebook, item), open >= 0 ? 2 : 0, open >= 0 ? unknown : lost);
  });
}
