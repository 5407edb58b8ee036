import type { Value } from "@qingdan/feel/typed";
import type { Rulebook, RulebookFact } from "../rulebook.ts";

/**
 * What is asked: a fact of the one who asks, of the household, or of the first other member of whom it is open; or the page
 * on which situations are ticked.
 */
export type Asked =
  | { readonly fact: string; readonly of: "self" | "household" | "other" }
  | { readonly situations: "self" | "other" };

/** What to ask first, and what next after each answer. */
export interface QuestionNode {
  readonly ask: Asked;
  /** Bounds of a number, in its unit, or of a date, `YYYY-MM-DD` as days: see `branchOf`. */
  readonly cuts: readonly number[];
  /** By branch; a branch that is absent is left to the general order. */
  readonly after: Readonly<Record<string, QuestionNode>>;
}

/** The order of questions of a rulebook, reckoned from the people of a city. */
export interface QuestionTree {
  readonly rulebook: string;
  /** By the number of people who live together; 5 stands for more. */
  readonly households: Readonly<Record<string, QuestionNode>>;
  /** Questions a resident on the mean, of people whom the tree was not made from. */
  readonly expected: { readonly people: number; readonly withTree: number; readonly without: number };
}

export const sizeOf = (members: number): string => String(Math.min(5, members));

/** Branch for a question that no longer matters, or whose answer tells nothing. */
export const passed = "-";

/** The branch of an answer: a code, `true`, `false`, or how many of the cuts a number reaches. */
export function branchOf(node: QuestionNode, code: string | number | undefined): string {
  if (code === undefined) return passed;
  return typeof code === "number" ? String(node.cuts.filter((cut) => code >= cut).length) : code;
}

/** A held value as branches read it: codes and yes or no as text, areas as inside or outside, numbers and days as such. */
export function heldCode(rulebook: Rulebook, fact: RulebookFact, value: Exclude<Value, undefined>): string | number {
  switch (fact.type.kind) {
    case "boolean":
      return String(value);
    case "enum":
      return fact.values[Number(value)]?.code ?? passed;
    case "area": {
      const code = rulebook.areas[Number(value)]?.code ?? "";
      return code.startsWith(rulebook.area) ? "inside" : "outside";
    }
    default:
      return Number(value);
  }
}

export const sameQuestion = (a: Asked, b: Asked): boolean =>
  "fact" in a ? "fact" in b && a.fact === b.fact && a.of === b.of : "situations" in b && a.situations === b.situations;

/** Goes down the tree past all that is known or no longer matters; null where the tree ends. */
export function nodeAt(
  tree: QuestionTree,
  members: number,
  isOpen: (asked: Asked) => boolean,
  codeOf: (asked: Asked) => string | number | undefined,
): QuestionNode | null {
  let node = tree.households[sizeOf(members)];
  while (node !== undefined && !isOpen(node.ask)) node = node.after[branchOf(node, codeOf(node.ask))];
  return node ?? null;
}
