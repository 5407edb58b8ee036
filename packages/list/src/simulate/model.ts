import type { Item } from "../model/list.ts";
import type { Words } from "../model/words.ts";
import type { Rulebook } from "../rulebook.ts";

/**
 * One change of a parameter: a new value, or a factor on the value in force, from a day on. Money is in yuan, as lists
 * write it. Without `area` it holds for the area of the run; without `key` it holds for every key.
 */
export interface ParameterChange {
  readonly parameter: string;
  readonly area?: string;
  readonly key?: readonly string[];
  /** From this day on, `YYYY-MM-DD`; from the day of the run when absent. */
  readonly from?: string;
  readonly change: { readonly value: number | string } | { readonly factor: number };
}

/** A change of items: one that comes or takes another's place, or one that ends. */
export type ItemChange = { readonly put: Item } | { readonly end: string };

/** A reform: an overlay on a list. The list itself never changes. */
export interface Reform {
  /** Chosen by whoever writes the reform; tells reforms of a run apart. */
  readonly code: string;
  readonly name: Words;
  readonly parameters?: readonly ParameterChange[];
  readonly items?: readonly ItemChange[];
  /** Answers for this day in place of the run's: the law as it will stand, or stood, then. */
  readonly date?: string;
}

/** A reform made ready: only the items that it touches, before and after. */
export interface PlannedReform {
  readonly code: string;
  readonly name: Words;
  /** SHA-256 over the hash of the base rulebook and the reform: the same reform of the same base has the same hash. */
  readonly hash: string;
  /** Codes of the items that the reform touches, those settled with them included. */
  readonly touched: readonly string[];
  /** The touched items before and after the reform. */
  readonly before: Rulebook;
  readonly after: Rulebook;
}

/** Reforms side by side on one base; plain JSON, so that workers can have it. */
export interface SimulationPlan {
  readonly base: { readonly list: string; readonly area: string; readonly date: string; readonly hash: string };
  readonly reforms: readonly PlannedReform[];
}

/** A column that people are told apart by: each person's position among `groups`. */
export interface Dimension {
  /** `district`, `household-type`, `income-decile` or any other name. */
  readonly name: string;
  readonly groups: readonly ({ readonly code: string } & Words)[];
  /** By person; for items of households that of the householder. */
  readonly of: Uint8Array | Uint16Array | Int32Array;
}

/** How many households, and the persons in them, a reform leaves better off, worse off or where they were. */
export interface Moved {
  readonly gain: number;
  readonly lose: number;
  readonly same: number;
  /** Before or after cannot be told. */
  readonly unknown: number;
}

/** Fen a year before and after. */
export interface Cost {
  readonly beforeFen: number;
  readonly afterFen: number;
}

export interface ItemEffect extends Cost {
  readonly item: string;
  readonly name: Words;
  /** Holders before and after; those who came and those who went; those whose amount rose or fell. */
  readonly before: number;
  readonly after: number;
  readonly entered: number;
  readonly left: number;
  readonly more: number;
  readonly less: number;
  readonly undeterminedBefore: number;
  readonly undeterminedAfter: number;
}

export interface GroupEffect extends Cost {
  readonly group: string;
  readonly name: Words;
  readonly persons: Moved;
}

export interface ReformEffect extends Cost {
  readonly code: string;
  readonly name: Words;
  readonly hash: string;
  readonly households: Moved;
  readonly persons: Moved;
  readonly items: readonly ItemEffect[];
  /** By level of government, fund, or `unsplit`: each payment split once, to the fen. */
  readonly payers: readonly ({ readonly payer: string } & Cost)[];
  readonly dimensions: readonly { readonly dimension: string; readonly groups: readonly GroupEffect[] }[];
}

/** What reforms do to people. */
export interface Simulation {
  readonly base: SimulationPlan["base"];
  readonly people: number;
  readonly households: number;
  readonly reforms: readonly ReformEffect[];
}
