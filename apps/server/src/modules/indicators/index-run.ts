import { createHash } from "node:crypto";
import type { IndexDefinition } from "@qingdan/list/indicators";
import {
  atkinson,
  buildIndex,
  coefficientOfVariation,
  gini,
  type IndexMethod,
  type IndexNotice,
  type IndexTree,
  MeasureError,
  type PreparedIndex,
  prepareIndex,
  type RankInterval,
  rankUncertainty,
  seededRandom,
  theilT,
} from "@qingdan/measure";
import type { Words } from "../../problem.ts";
import { auditIndex, type IndexAudit } from "./audit-index.ts";
import { type Cockpit, figureAt } from "./cockpit.ts";

/** An index of a year: level, equality and the score adjusted for inequality stand apart. */
export interface IndexRun {
  readonly index: IndexDefinition;
  readonly year: number;
  /** SHA-256 over tree, weights, method and every cell that went in. */
  readonly hash: string;
  readonly units: readonly IndexUnit[];
  /** Mean score, weighted by residents. */
  readonly level: number | null;
  readonly equality: {
    /** 1 - Gini. */
    readonly oneMinusGini: number;
    readonly theilT: number;
    readonly variation: number;
  } | null;
  /** Level x (1 - Atkinson with aversion 1), as UNDP adjusts the HDI for inequality. */
  readonly adjusted: number | null;
  /** Why equality or the adjusted score is missing. */
  readonly reason: Words | null;
  readonly notices: readonly IndexNotice[];
  /** The ranks of the units and the three numbers with their intervals; drawn when first asked for. */
  drawn(): DrawnIndex;
  /** What becomes of it when it is made otherwise; null without a score. Worked out when first asked for. */
  audited(): IndexAudit | null;
}

/** The 5th and 95th percentile over all draws of weights. */
export interface Spread {
  readonly low: number;
  readonly high: number;
}

/** What the draws of weights leave certain. */
export interface DrawnIndex {
  /** In the order of the units; null without a score. */
  readonly ranks: readonly (IndexRank | null)[];
  readonly level: Spread | null;
  readonly equality: Spread | null;
  readonly adjusted: Spread | null;
}

export interface IndexUnit {
  readonly area: number;
  readonly people: number | null;
  readonly score: number | null;
  readonly groups: readonly (number | null)[];
}

/** An area's rank under the weights as given, between the 5th and 95th percentile over all draws. */
export interface IndexRank extends Spread {
  readonly rank: number;
}

const known = new WeakMap<Cockpit, Map<string, IndexRun>>();

/** Runs an index for a year over the areas of its level; the same figures give the same run. */
export function runIndex(cockpit: Cockpit, index: IndexDefinition, year: number): IndexRun {
  const runs = known.get(cockpit) ?? new Map<string, IndexRun>();
  known.set(cockpit, runs);
  const key = `${index.code} ${year}`;
  const run = runs.get(key) ?? computeIndex(cockpit, index, year);
  runs.set(key, run);
  return run;
}

function computeIndex(cockpit: Cockpit, index: IndexDefinition, year: number): IndexRun {
  const { areas } = cockpit.tree;
  const places = areas.flatMap(({ level, rest }, at) => (level === index.units && !rest ? [at] : []));
  const leaves = index.groups.flatMap(({ indicators }) => indicators);
  const columns = Object.fromEntries(
    leaves.map(({ indicator }) => [indicator, places.map((area) => figureAt(cockpit, indicator, area, year).value)]),
  );
  const prepared = prepareIndex(treeOf(index), { units: places.map((at) => areas[at]!.code), columns });
  const method = methodOf(index);
  const build = buildIndex(prepared, method);
  const people = places.map((area) => figureAt(cockpit, index.people, area, year).denominator);
  const scores = build.scores.at(-1)!;
  const groups = index.groups.map(({ domain }) => build.scores[prepared.codes.indexOf(`group:${domain}`)]!);
  let drawn: DrawnIndex | undefined;
  let audited: IndexAudit | undefined;
  return {
    index,
    year,
    hash: createHash("sha256")
      .update(JSON.stringify([index, year, prepared.units, columns, people]))
      .digest("hex"),
    units: places.map((area, i) => ({
      area,
      people: people[i]!,
      score: orNull(scores[i]!),
      groups: groups.map((column) => orNull(column[i]!)),
    })),
    ...summarise(scores, people),
    notices: build.notices,
    drawn() {
      drawn ??= drawWeights(prepared, method, index.uncertainty, people);
      return drawn;
    },
    audited() {
      if (scores.every(Number.isNaN)) return null;
      audited ??= auditIndex(prepared, method, index);
      return audited;
    },
  };
}

function treeOf({ groups }: IndexDefinition): IndexTree {
  return {
    nodes: [
      { code: "root", weight: 1 },
      ...groups.map(({ domain, weight }) => ({ code: `group:${domain}`, parent: "root", weight })),
      ...groups.flatMap(({ domain, indicators }) =>
        indicators.map(({ indicator, weight, worst, best }) => ({
          code: indicator,
          parent: `group:${domain}`,
          weight,
          direction: best > worst ? (1 as const) : (-1 as const),
        })),
      ),
    ],
  };
}

function methodOf({ groups, aggregate, present }: IndexDefinition): IndexMethod {
  const posts = Object.fromEntries(
    groups.flatMap(({ indicators }) =>
      indicators.map(({ indicator, worst, best }) => [indicator, [worst, best] as const]),
    ),
  );
  return {
    denominate: false,
    missing: { impute: "none", minimumShare: present },
    treat: null,
    normalise: { kind: "goalposts", posts, scale: 100 },
    aggregate: { kind: aggregate },
    presentShare: present,
  };
}

function drawWeights(
  prepared: PreparedIndex,
  method: IndexMethod,
  { spread, draws, seed }: IndexDefinition["uncertainty"],
  people: readonly (number | null)[],
): DrawnIndex {
  const { units, measures } = rankUncertainty(prepared, method, {
    choices: { weights: { spread, sets: draws } },
    draws,
    random: seededRandom(seed),
    measures: (scores) => {
      const { level, equality, adjusted } = summarise(scores, people);
      return [level, equality?.oneMinusGini ?? null, adjusted].map((number) => number ?? Number.NaN);
    },
  });
  const [level, equality, adjusted] = measures.map(({ low, high }) => (Number.isNaN(low) ? null : { low, high }));
  return { ranks: units.map(rankOf), level: level ?? null, equality: equality ?? null, adjusted: adjusted ?? null };
}

const rankOf = (interval: RankInterval): IndexRank | null =>
  Number.isNaN(interval.nominal) ? null : { rank: interval.nominal, low: interval.low, high: interval.high };

function summarise(
  scores: Float64Array,
  people: readonly (number | null)[],
): Pick<IndexRun, "level" | "equality" | "adjusted" | "reason"> {
  const there = [...scores].flatMap((score, i) =>
    Number.isNaN(score) || people[i] === null ? [] : [{ score, weight: people[i]! }],
  );
  const weighted = { values: there.map(({ score }) => score), weights: there.map(({ weight }) => weight) };
  try {
    const total = there.reduce((sum, { weight }) => sum + weight, 0);
    if (total === 0) return { level: null, equality: null, adjusted: null, reason: noScores };
    const level = there.reduce((sum, { score, weight }) => sum + score * weight, 0) / total;
    const equality = {
      oneMinusGini: 1 - gini(weighted),
      theilT: theilT(weighted),
      variation: coefficientOfVariation(weighted),
    };
    return { level, equality, adjusted: level * (1 - atkinson(weighted, 1).index), reason: null };
  } catch (error) {
    if (!(error instanceof MeasureError)) throw error;
    return { level: null, equality: null, adjusted: null, reason: error.words };
  }
}

const noScores: Words = { zh: "没有地区有足够的指标可评分", en: "No area has enough indicators for a score" };

const orNull = (value: number): number | null => (Number.isNaN(value) ? null : value);
