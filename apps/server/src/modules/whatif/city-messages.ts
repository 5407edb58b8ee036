import type {
  Comparison,
  ComparisonEffect,
  Dimension,
  List,
  People,
  Rulebook,
  SideToCompare,
  SimulationPlan,
  Tally,
} from "@qingdan/list";
import type { SnapshotFact } from "../intake/index.ts";

/** What is read into memory once. */
export interface CityToLoad {
  /** Folder of the people snapshot. */
  readonly peopleDir: string;
  readonly facts: readonly SnapshotFact[];
  readonly list: List;
  readonly base: Pick<Rulebook, "areas" | "area" | "date">;
  /** The area fact that districts are told apart by. */
  readonly districtFact: string;
}

/** The people and what they are told apart by, on shared memory: every worker sees the same arrays. */
export interface HeldCity {
  readonly people: People;
  readonly dimensions: readonly Dimension[];
}

/** Two lists to be weighed on the people, the left one theirs. */
export interface CityComparison {
  readonly left: SideToCompare;
  readonly right: SideToCompare;
  readonly comparison: Comparison;
}

/** What a worker is told. */
export type CityOrder =
  | { readonly kind: "load"; readonly city: CityToLoad }
  | { readonly kind: "hold"; readonly city: HeldCity; readonly from: number; readonly to: number }
  | { readonly kind: "run"; readonly id: number; readonly plan: SimulationPlan }
  | { readonly kind: "compare"; readonly id: number; readonly sides: CityComparison }
  | { readonly kind: "end" };

/** What a worker says. */
export type CityWord =
  | { readonly kind: "loaded"; readonly city: HeldCity }
  | { readonly kind: "tally"; readonly id: number; readonly tally: Tally }
  | { readonly kind: "compared"; readonly id: number; readonly effect: ComparisonEffect }
  /** The order was taken back before the worker was through with it. */
  | { readonly kind: "dropped"; readonly id: number }
  | { readonly kind: "failed"; readonly id: number; readonly message: string };

/** Orders that were taken back stand here under their number modulo the length; workers look between reforms. */
export interface CityWorkerData {
  readonly dropped: Int32Array;
}
