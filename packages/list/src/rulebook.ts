import type { Node, Type } from "@qingdan/feel/typed";
import type { FactType } from "./model/fact.ts";
import type { Rule } from "./model/list.ts";
import type { Times } from "./model/rule.ts";
import type { Words } from "./model/words.ts";

export const outcomes = ["not", "entitled", "undetermined"] as const;
/** 0 not entitled, 1 entitled, 2 cannot be determined: the position in `outcomes`. */
export type Outcome = 0 | 1 | 2;

/** A fact as a person writes it: yuan, square metres, `YYYY-MM-DD`, codes of values and areas, true or false. */
export type WrittenFact = string | number | boolean;

/** A fact that an item of the rulebook reads; derived facts are resolved to these. */
export interface RulebookFact extends Words {
  readonly name: string;
  readonly entity: "person" | "household";
  readonly factType: FactType;
  /** The encoding in columns follows from it: see `people.ts`; numbers are scaled by `type.scale`. */
  readonly type: Type;
  /** Of an enum, in the order of the encoding. */
  readonly values: readonly ({ readonly code: string } & Words)[];
  readonly unit: string | null;
  readonly question: {
    readonly zh: string;
    readonly en: string;
    readonly helpZh?: string;
    readonly helpEn?: string;
  } | null;
  /** A statement that few people tick among several; who does not tick it has the value false or `none`. */
  readonly situation: Words | null;
  readonly privacy: "public" | "personal" | "sensitive" | null;
  readonly sourceUnit: string | null;
  /** Where `when` holds of the same person or household, the fact is `value` and need not be asked. */
  readonly implied: readonly { readonly when: Node; readonly value: WrittenFact }[];
}

export interface LawText extends Words {
  readonly source: string;
  /** Title of the source. */
  readonly title: string;
  readonly article: string | null;
  readonly url: string | null;
}

/** Why an answer is as it is; an answer points to its position in the item's `reasons`. */
export interface Reason extends Words {
  readonly code: string;
  readonly outcome: Outcome;
  readonly basis: readonly LawText[];
}

export interface RulebookCondition extends Words {
  readonly code: string;
  readonly test: Node;
  readonly basis: readonly LawText[];
  /** Positions of the reasons given when it fails and when it cannot be told. */
  readonly failed: number;
  readonly unknown: number;
}

export interface RulebookPart extends Words {
  readonly code: string;
  readonly amount: Node;
  /** Code of the payer split of this part. */
  readonly split: string;
  readonly basis: readonly LawText[];
}

export interface RulebookRow extends Words {
  readonly code: string;
  /** All cells hold. */
  readonly test: Node;
  readonly amount: Node;
  readonly basis: readonly LawText[];
  /** Position of the reason given when this row decides. */
  readonly reason: number;
}

export type RulebookAmount =
  | { readonly kind: "service" }
  | { readonly kind: "amount"; readonly amount: Node }
  | { readonly kind: "parts"; readonly parts: readonly RulebookPart[] }
  | {
      readonly kind: "table";
      /** U, A: rows exclude each other or agree; F: the first; P: the highest amount; the others are aggregations. */
      readonly hitPolicy: "U" | "A" | "P" | "F" | "SUM" | "MIN" | "MAX";
      readonly inputs: readonly Words[];
      readonly rows: readonly RulebookRow[];
    };

/** Reasons every item has, by position; -1 where the item cannot give it. */
export interface CommonReasons {
  readonly entitled: number;
  readonly nothingDue: number;
  readonly noRow: number;
  /** The amount, or which row holds, cannot be told. */
  readonly amountUnknown: number;
  readonly parameterMissing: number;
  /** The answer stands on the householder's row. */
  readonly householder: number;
}

export interface RulebookItem {
  readonly code: string;
  readonly list: string;
  readonly name: Words;
  readonly domain: string;
  readonly category: string;
  readonly lifeStages: readonly string[];
  readonly subject: "person" | "household";
  /** The area fact whose standards apply. */
  readonly area: string;
  readonly per: Rule["per"];
  /** Payments in a year; null where the period does not repeat by the year. */
  readonly timesPerYear: number | null;
  readonly reasons: readonly Reason[];
  readonly common: CommonReasons;
  readonly conditions: readonly RulebookCondition[];
  readonly amount: RulebookAmount;
  /** Proved: nobody gets more fen a period than this. */
  readonly mostFen: number;
  readonly frequency: readonly Times[];
  readonly payer: Words & { readonly split: string };
  readonly lead: readonly ({ readonly code: string } & Words)[];
  readonly firstMonth: string | null;
  readonly basis: readonly LawText[];
}

/** How the answers of items that touch each other are settled, in this order, after each item by itself. */
export type InteractionStep =
  | {
      /** Of these only the one with the highest yearly amount is kept; on a tie the one named first. */
      readonly kind: "higher";
      /** `reasons[i][j]`: positions in the reasons of member i for "the higher j is kept" and "j cannot be told". */
      readonly members: readonly {
        readonly item: number;
        readonly reasons: readonly (readonly [lost: number, unknown: number])[];
      }[];
    }
  | {
      /** `item` is not held beside `other`, or is reduced by what `other` pays. */
      readonly kind: "exclusive" | "offset";
      readonly item: number;
      readonly other: number;
      readonly lost: number;
      readonly unknown: number;
    };

/** A parameter that a rule reads, with the values in force. */
export interface ReadParameter extends Words {
  readonly code: string;
  readonly unit: string | null;
  readonly scale: number;
  /** Of a parameter with keys: the words of their codes, one entry a dimension. Rulebooks published earlier have none. */
  readonly keys?: readonly { readonly name: string; readonly labels: readonly ({ readonly code: string } & Words)[] }[];
  readonly values: readonly {
    readonly area: string;
    readonly key: readonly string[];
    /** Scaled integer or day; null is missing at the source. */
    readonly value: number | null;
    readonly from: string;
    readonly document: string | null;
    readonly mark: string;
    readonly source: readonly string[];
  }[];
}

/** A list compiled for an area and a day: plain JSON, the same in the browser, on the server and in workers. */
export interface Rulebook {
  readonly format: 1;
  readonly list: string;
  readonly area: string;
  readonly date: string;
  readonly knownOn: string | null;
  readonly facts: readonly RulebookFact[];
  /** Labels of derived facts whose formulas stand in the rules. */
  readonly derived: readonly ({ readonly name: string; readonly unit: string | null } & Words)[];
  /** An area fact is a position here. */
  readonly areas: readonly ({ readonly code: string } & Words)[];
  readonly items: readonly RulebookItem[];
  readonly interactions: readonly InteractionStep[];
  readonly parameters: readonly ReadParameter[];
  /** SHA-256 of the canonical JSON of all the rest. */
  readonly hash: string;
}
