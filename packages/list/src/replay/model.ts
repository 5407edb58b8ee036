import type { FactsFile } from "../facts-file.ts";
import type { outcomes, Rulebook, RulebookItem } from "../rulebook.ts";

/** What was decided about one person and item. */
export interface RecordedAnswer {
  readonly outcome: (typeof outcomes)[number];
  /** Code of the reason. */
  readonly reason: string;
  readonly fen: number;
  readonly per: RulebookItem["per"];
  readonly parts: readonly { readonly code: string; readonly fen: number }[];
}

/**
 * A decision with all that it was made from: the version of the list, the day it answers for, the day of what was known
 * of parameters, and the facts as known then. Plain JSON; `hash` covers all the rest.
 */
export interface DecisionRecord {
  readonly format: 1;
  readonly list: string;
  /** Content hash of the list as it stood: see `listHash`. */
  readonly listHash: string;
  readonly area: string;
  readonly date: string;
  readonly knownOn: string;
  readonly item: string;
  /** Hash of the rulebook of this item and those it is settled with. */
  readonly rulebookHash: string;
  readonly facts: FactsFile;
  readonly answer: RecordedAnswer;
  readonly hash: string;
}

/** Codes of differences; every one stands in docs/errors.md. */
export const replayCodes = [
  "REPLAY-RECORD",
  "REPLAY-LIST",
  "REPLAY-RULEBOOK",
  "REPLAY-ITEM",
  "REPLAY-OUTCOME",
  "REPLAY-REASON",
  "REPLAY-AMOUNT",
  "REPLAY-PARTS",
] as const;
export type ReplayCode = (typeof replayCodes)[number];

/** Where a replay came out otherwise than the record says. */
export interface ReplayDifference {
  readonly code: ReplayCode;
  readonly recorded: string;
  readonly replayed: string;
  readonly message: { readonly zh: string; readonly en: string };
}

export interface Replay {
  /** The record is intact, and list, rulebook and answer come out the same, to the fen. */
  readonly equal: boolean;
  /** The answer comes out the same, be the list another version or not. */
  readonly answerEqual: boolean;
  readonly differences: readonly ReplayDifference[];
  /** The answer as recomputed; absent when the item is not in force in this version of the list. */
  readonly answer?: RecordedAnswer;
  readonly rulebook?: Rulebook;
}

/** One stretch of a fact: what held from a day on, and since when it was known. Half-open, as parameters are. */
export interface FactPeriod {
  readonly of: { readonly person: string } | { readonly household: string };
  readonly fact: string;
  /** As facts files write it; null: known to be unknown. */
  readonly value: string | number | boolean | null;
  readonly from: string;
  readonly until?: string;
  readonly knownFrom: string;
}

/** Who lived together: households with their members, as periods of the same kind. */
export interface MembershipPeriod {
  readonly household: string;
  readonly members: readonly string[];
  readonly from: string;
  readonly until?: string;
  readonly knownFrom: string;
}

/** Facts over time, of effect and of knowledge. */
export interface FactsHistory {
  readonly subject: string;
  readonly households: readonly MembershipPeriod[];
  readonly facts: readonly FactPeriod[];
}
