import type { IndexDefinition } from "@qingdan/list/indicators";
import {
  auditNodes,
  buildIndex,
  type Choices,
  type IndexMethod,
  indexSensitivity,
  type NodeAudit,
  type NormaliseMethod,
  type PreparedIndex,
  type Removal,
  rankUncertainty,
  removeEach,
  seededRandom,
  type Uncertainty,
} from "@qingdan/measure";

/** What an index is worth if it had been made otherwise. */
export interface IndexAudit {
  /** Ranks over draws of all choices at once. */
  readonly uncertainty: Uncertainty;
  /** Which choice moves the ranks: Sobol' first and total, with a bootstrap interval. */
  readonly sensitivity: ReturnType<typeof indexSensitivity>;
  readonly samples: number;
  /** Mean shift of the ranks without each domain. */
  readonly removals: readonly Removal[];
  readonly nodes: readonly NodeAudit[];
}

/** Classes of ranks of which each area's share of draws is told: fifths. */
const CLASSES = 5;
/** Scores that one audit computes at most: a nation's counties get fewer samples than a city's districts, and the answer says how many. */
const BUDGET = 1e8;
const SAMPLES = { least: 64, greatest: 512 } as const;
const RESAMPLES = 100;

/** Puts an index to the test: every choice of its definition is drawn, each alone and all together. The same figures give the same answer. */
export function auditIndex(
  prepared: PreparedIndex,
  method: IndexMethod,
  { groups, uncertainty }: IndexDefinition,
): IndexAudit {
  const { spread, draws, seed, choices = {} } = uncertainty;
  const domains = groups.map(({ domain }) => `group:${domain}`);
  const asked: Choices = {
    weights: { spread, sets: draws },
    ...(choices.aggregate && { aggregate: choices.aggregate.map((kind) => ({ kind })) }),
    ...(choices.normalise && { normalise: choices.normalise.map((kind) => scaleOf(kind, method)) }),
    ...(choices.dropDomain && { drop: domains }),
  };
  const runs = BUDGET / (prepared.units.length * prepared.codes.length);
  const samples = Math.round(
    Math.min(SAMPLES.greatest, Math.max(SAMPLES.least, runs / (Object.keys(asked).length + 2))),
  );
  const random = seededRandom(seed);
  const classes = Math.min(CLASSES, prepared.units.length);
  return {
    uncertainty: rankUncertainty(prepared, method, { choices: asked, draws, random, classes }),
    sensitivity: indexSensitivity(prepared, method, { choices: asked, samples, random, resamples: RESAMPLES }),
    samples,
    removals: removeEach(prepared, method, domains),
    nodes: auditNodes(prepared, buildIndex(prepared, method)),
  };
}

/** Other ways to one scale, from 1 to 100, so that a geometric mean has no zero to meet. */
function scaleOf(kind: "goalposts" | "min-max" | "percentile-rank", { normalise }: IndexMethod): NormaliseMethod {
  if (kind === "min-max") return { kind, lower: 1, upper: 100 };
  return kind === "goalposts" ? normalise : { kind };
}
