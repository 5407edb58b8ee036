import { childrenOf, evaluate, type Node, type Situation } from "@qingdan/feel/typed";
import type { HouseholdFacts } from "./decide.ts";
import { situationOf } from "./decide.ts";
import type { RulebookItem } from "./rulebook.ts";

/** A fact of one member (by position, householder first) or of the household. */
export interface OpenFact {
  readonly fact: string;
  readonly entity: "person" | "household";
  /** Position among the members; -1 for the household. */
  readonly member: number;
}

/** Unknown facts that can still change an answer, each once, in the order they are met. */
export interface OpenFacts {
  readonly add: (fact: OpenFact) => void;
  readonly all: () => readonly OpenFact[];
}

export function openFacts(): OpenFacts {
  const found = new Map<string, OpenFact>();
  return {
    add: (fact) => {
      const key = `${fact.fact} ${fact.member}`;
      if (!found.has(key)) found.set(key, fact);
    },
    all: () => [...found.values()],
  };
}

/** The unknown facts that keep an expression from being known; none when it is known. */
export function missingIn(
  node: Node,
  situation: Situation,
  subject: number,
  found: OpenFacts,
  rows: readonly number[] = [-1],
): void {
  if (node.type.kind !== "ratio" && evaluate(node, situation, rows) !== undefined) return;
  switch (node.op) {
    case "fact": {
      const row = rows[node.row] ?? -1;
      const member = node.entity === "household" ? -1 : row < 0 ? subject : row;
      found.add({ fact: node.fact, entity: node.entity, member });
      return;
    }
    case "if": {
      const when = evaluate(node.when, situation, rows);
      if (when === undefined) missingIn(node.when, situation, subject, found, rows);
      if (when !== false) missingIn(node.yes, situation, subject, found, rows);
      if (when !== true) missingIn(node.no, situation, subject, found, rows);
      return;
    }
    case "aggregate":
      for (let member = 0; member < situation.members; member += 1) {
        const inner = [...rows];
        inner[node.loop] = member;
        const where = node.where === null ? true : evaluate(node.where, situation, inner);
        if (where === false) continue;
        if (node.where !== null) missingIn(node.where, situation, subject, found, inner);
        if (node.value !== null) missingIn(node.value, situation, subject, found, inner);
      }
      return;
    default:
      for (const child of childrenOf(node)) missingIn(child, situation, subject, found, rows);
  }
}

/** The unknown facts that can still change an item's answer, by itself; none when a condition fails for sure. */
export function missingForItem(item: RulebookItem, household: HouseholdFacts): readonly OpenFact[] {
  const situation = situationOf(item, household);
  const found = openFacts();
  const subject = item.subject === "household" ? 0 : household.subject;
  const tests = item.conditions.map((condition) => condition.test);
  if (tests.some((test) => evaluate(test, situation) === false)) return [];
  for (const test of tests) missingIn(test, situation, subject, found);
  const { amount } = item;
  if (amount.kind === "amount") missingIn(amount.amount, situation, subject, found);
  if (amount.kind === "parts") for (const part of amount.parts) missingIn(part.amount, situation, subject, found);
  if (amount.kind === "table") {
    for (const row of amount.rows) {
      const holds = evaluate(row.test, situation);
      if (holds === undefined) missingIn(row.test, situation, subject, found);
      if (holds !== false) missingIn(row.amount, situation, subject, found);
    }
  }
  return found.all();
}
