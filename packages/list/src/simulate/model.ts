import type { Item } from "../model/list.ts";
import type { Split } from "../model/payer.ts";
import type { Words } from "../model/words.ts";
import type { Rulebook } from "../rulebook.ts";

/**
 * One change of a parameter from a day on: a new value, or a factor (at most six decimals) on the values in force,
 * rounded half up to the fen or to eight decimals. Money is in yuan, as lists write it. It holds for the area and all
 * areas below it, whatever they had; without `area` for the area of the run, without `key` for every key.
 */
export interface ParameterChange {
  readonly parameter: string;
  readonly area?: string;
  readonly key?: readonly string[];
  /** From this day on, `YYYY-MM-DD`; from the day of the run when absent. */
  readonly from?: string;
  readonly change: { readonly value: number | string } | { readonly factor: number };
}

/** FEEL in place of what the rule of an item says; conditions, parts and rows by their codes, null drops a condition. */
export interface RuleChange {
  readonly item: string;
  readonly conditions?: Readonly<Record<string, string | null>>;
  readonly define?: Readonly<Record<string, string>>;
  readonly amount?: string;
  readonly parts?: Readonly<Record<string, string>>;
  readonly rows?: Readonly<Record<string, string>>;
}

/** An item that comes or takes another's place, one that ends, or one whose rule says something else. */
export type ItemChange = { readonly put: Item } | { readonly end: string } | { readonly change: RuleChange };

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
  /** Payer splits of the touched items, by code. */
  readonly splits: Readonly<Record<string, Split>>;
  /** Payers that the splits name: levels, `fund:` and a fund, `unsplit`. */
  readonly payers: readonly string[];
  /** Payer tier by position of the area among the rulebook's areas; 0 where none is known. */
  readonly tiers: readonly number[];
}

/** What one reform does to a block of people, as sums that add up over blocks; `finishSimulation` reads them. */
export interface ReformTally {
  /** Ten sums an item, in the order of `itemSums`. */
  readonly items: Float64Array;
  /** Before and after, by payer. */
  readonly payers: Float64Array;
  /** Households and persons: gain, lose, same, unknown. */
  readonly households: Float64Array;
  readonly persons: Float64Array;
  /** By dimension and group: persons who gain, lose, stay, are unknown; fen before and after. */
  readonly dimensions: readonly Float64Array[];
}

export interface Tally {
  readonly people: number;
  readonly households: number;
  readonly reforms: readonly ReformTally[];
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
  /** Where the item is paid in periods that do not repeat by the year it has no cost a year: its fen are 0. */
  readonly yearly: boolean;
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
