import { aggregate } from "./aggregate.ts";
import { denominate } from "./denominate.ts";
import { completeMissing } from "./missing.ts";
import type { IndexMethod, IndexNotice } from "./model.ts";
import { normalise } from "./normalise.ts";
import type { PreparedIndex } from "./prepare.ts";
import { rankUnits } from "./rank-units.ts";
import { type Treatment, treat } from "./treat.ts";

/** Columns of one stage, in the order of {@link PreparedIndex.codes}; NaN is missing. */
export type Columns = readonly Float64Array[];

/** An index with every stage of its making. */
export interface IndexBuild {
  readonly denominated: Columns;
  readonly completed: Columns;
  readonly treated: Columns;
  readonly normalised: Columns;
  /** All nodes: indicators, then parents, the root last. */
  readonly scores: Columns;
  /** Rank of each unit by the root, 1 the highest; NaN without a score. */
  readonly ranks: Float64Array;
  readonly treatments: readonly Treatment[];
  /** Everything that was done to the data or could not be done. */
  readonly notices: readonly IndexNotice[];
}

/** Builds an index from prepared data by a method; `weights` (in the order of `codes`) stand in for those of the tree. */
export function buildIndex(index: PreparedIndex, method: IndexMethod, weights?: Float64Array): IndexBuild {
  const notices: IndexNotice[] = [];
  const denominated = method.denominate ? denominate(index, notices) : index.raw;
  const completed = completeMissing(index, denominated, method.missing, notices);
  const treatment = method.treat
    ? treat(index, completed, method.treat, notices)
    : { columns: completed, treatments: [] };
  const normalised = normalise(index, treatment.columns, method.normalise, notices);
  const { presentShare } = method;
  const scores = aggregate(index, normalised, { aggregate: method.aggregate, presentShare, weights }, notices);
  return {
    denominated,
    completed,
    treated: treatment.columns,
    normalised,
    scores,
    ranks: rankUnits(index, scores.at(-1)!),
    treatments: treatment.treatments,
    notices,
  };
}

/** The scores of one node of a build. */
export function scoresOf(index: PreparedIndex, build: IndexBuild, code: string): Float64Array | undefined {
  return build.scores[index.codes.indexOf(code)];
}
