import type { List } from "../model/list.ts";
import type { Mark } from "../model/mark.ts";
import type { Words } from "../model/words.ts";
import type { Rulebook } from "../rulebook.ts";

/** How items of two lists were found to be about the same thing. */
export type MatchReason = "code" | "refines" | "name";

/** An item as a comparison shows it. */
export interface ComparedItem {
  readonly code: string;
  readonly list: string;
  readonly name: Words;
  readonly executable: boolean;
}

/** What two sides say differently; a side that says nothing is null. */
export interface Difference {
  readonly element: "object" | "content" | "standard" | "payer" | "lead" | "condition" | "amount" | "parameter";
  /** Code of the condition, part, row, parameter or payer split. */
  readonly code: string | null;
  readonly left: Words | null;
  readonly right: Words | null;
  /** One sentence a resident reads. */
  readonly words: Words;
  /** How well each side is known. */
  readonly marks: readonly [Mark | null, Mark | null];
  /** Of numbers: right minus left, in the unit of the parameter (money: fen). */
  readonly distance?: number;
}

/** Items of both sides about the same thing; one may stand against several. */
export interface ItemMatch {
  readonly by: MatchReason;
  readonly left: readonly ComparedItem[];
  readonly right: readonly ComparedItem[];
  readonly differences: readonly Difference[];
}

export interface ComparedSide {
  readonly list: string;
  readonly name: Words;
  readonly area: string;
  readonly date: string;
  readonly knownOn: string | null;
}

export interface Comparison {
  readonly left: ComparedSide;
  readonly right: ComparedSide;
  readonly matches: readonly ItemMatch[];
  /** Items that only one side has. */
  readonly onlyLeft: readonly ComparedItem[];
  readonly onlyRight: readonly ComparedItem[];
}

/** What one match would mean for the people of the left side, if they had the right side's items in its place. */
export interface MatchEffect {
  readonly left: readonly string[];
  readonly right: readonly string[];
  /** Persons (householders for items of households) by how their yearly money, or else their services, change. */
  readonly gain: number;
  readonly lose: number;
  readonly same: number;
  /** Cannot be told for want of facts or published numbers, on either side. */
  readonly unknown: number;
  /** Fen a year on each side, of those for whom both can be told. */
  readonly leftFen: number;
  readonly rightFen: number;
}

/** The effect of having the other side's list on a block of people. */
export interface ComparisonEffect {
  readonly people: number;
  /** Facts that the right side reads and the people do not have: unknown for everybody. */
  readonly missingFacts: readonly string[];
  readonly matches: readonly MatchEffect[];
}

/** One side of a comparison: a list, and what it was compiled to for an area and a day. */
export interface SideToCompare {
  readonly list: List;
  readonly rulebook: Rulebook;
}
