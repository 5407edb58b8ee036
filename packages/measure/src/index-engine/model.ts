/** +1: more is better; -1: less is better. */
export type Direction = 1 | -1;

/** A node of an index: an indicator (a leaf, with data) or an aggregate of its children. */
export interface IndexNode {
  readonly code: string;
  /** Missing for the root, and only there. */
  readonly parent?: string;
  /** Weight among the children of the same parent; 0 or more; need not sum to 1. */
  readonly weight: number;
  /** Only of indicators. */
  readonly direction?: Direction;
  /** Code of the column that the raw value is divided by, only of indicators. */
  readonly denominator?: string;
}

/** The tree of an index: one root, every leaf an indicator. */
export interface IndexTree {
  readonly nodes: readonly IndexNode[];
}

/** Raw data: one column an indicator or denominator, one entry a unit; `null` or NaN is missing, never 0. */
export interface IndexData {
  readonly units: readonly string[];
  readonly columns: Readonly<Record<string, ArrayLike<number | null>>>;
  /** Groups of the units (region, size class) for imputation. */
  readonly groups?: Readonly<Record<string, readonly string[]>>;
  /** Where the units are areas at several times: the area and the time of each. Ranks are then among the units of one time. */
  readonly panel?: { readonly areas: readonly string[]; readonly times: readonly number[] };
}

/** How missing cells are dealt with before anything else. */
export interface MissingMethod {
  /** `mean`, `median`: of the group. `last`: the area's last known value before; `linear`: on the line between the known ones around it (both need a panel). */
  readonly impute: "none" | "mean" | "median" | "last" | "linear";
  /** Name of the grouping inside which the mean or median is taken; all units when absent. */
  readonly within?: string;
  /** Share of a unit's indicators that must be present before imputation; a unit below it gets no scores. */
  readonly minimumShare: number;
}

/** Outliers: an indicator fails when |skewness| and kurtosis are both above their limits. */
export interface TreatMethod {
  readonly skewness: number;
  readonly kurtosis: number;
  /** Points that may be winsorised one at a time before the transformation is tried instead. */
  readonly maxWinsorised: number;
  /** Applied to the original values when winsorising was not enough: ln(x - min + 0.01 range), or Box-Cox of x - min + 1. */
  readonly otherwise:
    | { readonly kind: "log" }
    | { readonly kind: "box-cox"; readonly lambda: number }
    | { readonly kind: "none" };
}

/** How indicators are brought to one scale. */
export type NormaliseMethod =
  | { readonly kind: "min-max"; readonly lower: number; readonly upper: number }
  | { readonly kind: "z-score"; readonly mean: number; readonly deviation: number }
  | { readonly kind: "rank" }
  | { readonly kind: "percentile-rank" }
  /** Borda's points: how many units are worse. */
  | { readonly kind: "borda" }
  | { readonly kind: "fraction-of-best" }
  | { readonly kind: "target"; readonly targets: Readonly<Record<string, number>>; readonly capped: boolean }
  | {
      readonly kind: "goalposts";
      readonly posts: Readonly<Record<string, readonly [worst: number, best: number]>>;
      readonly scale: number;
      /** Score of the worst post; default 0. From 70 with a scale of 60 it is the adjusted Mazziotta-Pareto scale. */
      readonly from?: number;
    };

/** How children become their parent. */
export type AggregateMethod =
  | { readonly kind: "arithmetic" }
  | { readonly kind: "geometric" }
  | { readonly kind: "harmonic" }
  | { readonly kind: "power"; readonly exponent: number }
  | { readonly kind: "mazziotta-pareto"; readonly penalty: "down" | "up" }
  | { readonly kind: "copeland" };

/** The whole method of an index, as data: a build with the same tree, data and method is the same index. */
export interface IndexMethod {
  readonly denominate: boolean;
  readonly missing: MissingMethod;
  readonly treat: TreatMethod | null;
  readonly normalise: NormaliseMethod;
  readonly aggregate: AggregateMethod;
  /** Share of the weight of a parent's children that must be present for the parent to have a score. */
  readonly presentShare: number;
}

/** Something a build did, or could not do, that a reader of the index has to know. */
export interface IndexNotice {
  readonly code:
    | "IMPUTED"
    | "NOT-IMPUTED"
    | "UNIT-LEFT-OUT"
    | "WINSORISED"
    | "TRANSFORMED"
    | "TREATMENT-FAILED"
    | "CONSTANT"
    | "ZERO-DENOMINATOR"
    | "NOT-ENOUGH-PRESENT"
    | "NOT-POSITIVE";
  /** Indicator or aggregate concerned; absent when the notice is about a unit. */
  readonly node?: string;
  /** Units concerned, by name. */
  readonly units: readonly string[];
}
