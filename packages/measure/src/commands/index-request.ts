import { z } from "zod";

const code = z.string().min(1);

const treat = z.strictObject({
  skewness: z.number().default(2),
  kurtosis: z.number().default(3.5),
  maxWinsorised: z.int().min(0).default(5),
  otherwise: z
    .discriminatedUnion("kind", [
      z.strictObject({ kind: z.literal("log") }),
      z.strictObject({ kind: z.literal("box-cox"), lambda: z.number() }),
      z.strictObject({ kind: z.literal("none") }),
    ])
    .default({ kind: "log" }),
});

const missing = z.strictObject({
  impute: z.enum(["none", "mean", "median", "last", "linear"]).default("none"),
  within: code.optional(),
  minimumShare: z.number().min(0).max(1).default(0),
});

const normalise = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("min-max"), lower: z.number(), upper: z.number() }),
  z.strictObject({ kind: z.literal("z-score"), mean: z.number(), deviation: z.number().gt(0) }),
  z.strictObject({ kind: z.literal("rank") }),
  z.strictObject({ kind: z.literal("percentile-rank") }),
  z.strictObject({ kind: z.literal("borda") }),
  z.strictObject({ kind: z.literal("fraction-of-best") }),
  z.strictObject({ kind: z.literal("target"), targets: z.record(code, z.number()), capped: z.boolean() }),
  z.strictObject({
    kind: z.literal("goalposts"),
    posts: z.record(code, z.tuple([z.number(), z.number()])),
    scale: z.number().gt(0),
    from: z.number().optional(),
  }),
]);

const aggregate = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("arithmetic") }),
  z.strictObject({ kind: z.literal("geometric") }),
  z.strictObject({ kind: z.literal("harmonic") }),
  z.strictObject({
    kind: z.literal("power"),
    exponent: z.number().refine((p) => p !== 0, "the exponent must not be 0"),
  }),
  z.strictObject({ kind: z.literal("mazziotta-pareto"), penalty: z.enum(["down", "up"]) }),
  z.strictObject({ kind: z.literal("copeland") }),
]);

const method = z.strictObject({
  denominate: z.boolean().default(true),
  missing: missing.prefault({}),
  treat: treat.nullable().default(null),
  normalise: normalise.default({ kind: "min-max", lower: 0, upper: 100 }),
  aggregate: aggregate.default({ kind: "arithmetic" }),
  presentShare: z.number().gt(0).max(1).default(0.5),
});

const weightRule = z.strictObject({
  parent: code,
  by: z.union([
    z.enum(["equal", "entropy", "critic", "variation", "merec", "cilos", "idocriw", "principal", "optimised"]),
    /** Importance of every child; equal where only the name is given. */
    z.strictObject({ optimised: z.record(code, z.number().gt(0)) }),
    z.strictObject({ pairwise: z.array(z.array(z.number().gt(0))) }),
    z.strictObject({ budget: z.array(z.array(z.number().min(0))) }),
  ]),
});

const choices = z.strictObject({
  missing: z.array(missing).min(1).optional(),
  treat: z.array(treat.nullable()).min(1).optional(),
  normalise: z.array(normalise).min(1).optional(),
  aggregate: z.array(aggregate).min(1).optional(),
  /** Weights derived otherwise: each entry like `derive`; the index's own weights are one of the choices. */
  schemes: z.array(z.array(weightRule).min(1)).min(1).optional(),
  weights: z.strictObject({ spread: z.number().gt(0).max(1), sets: z.int().min(1) }).optional(),
  drop: z.array(code).min(1).optional(),
});

const share = z.number().min(0).max(1);

/** An index as somebody writes it: its tree, its method, and what is asked about it. Leaves and denominators are columns of the table. */
export const indexRequest = z.strictObject({
  /** Column that names the unit of each row. */
  unit: code,
  /** Columns of groups that `missing.within` may name. */
  groups: z.array(code).default([]),
  /** Columns of area and time, where a row is an area at a time: ranks are then among the areas of one time. */
  panel: z.strictObject({ area: code, time: code }).optional(),
  /** Column of the people of each unit: level, equality and the score adjusted for inequality are then told apart. */
  people: code.optional(),
  nodes: z
    .array(
      z.strictObject({
        code,
        parent: code.optional(),
        weight: z.number().min(0).default(1),
        direction: z.union([z.literal(1), z.literal(-1)]).optional(),
        denominator: code.optional(),
      }),
    )
    .min(1),
  method: method.prefault({}),
  /** Weights of the children of a node from their own scores, in this order; bottom up. */
  derive: z.array(weightRule).default([]),
  /** Nodes to leave out one at a time. */
  remove: z.array(code).min(1).optional(),
  uncertainty: z
    .strictObject({
      choices,
      draws: z.int().min(1).default(1000),
      seed: z.int().min(0).default(1),
      /** Classes of equal size, of which each unit's share of draws is told. */
      classes: z.int().min(0).max(100).default(0),
    })
    .optional(),
  sensitivity: z
    .strictObject({ choices, samples: z.int().min(2).default(256), seed: z.int().min(0).default(1) })
    .optional(),
  benefitOfDoubt: z.strictObject({ parent: code, least: share, greatest: share }).optional(),
});

export type IndexRequest = z.output<typeof indexRequest>;
export type WeightRule = z.output<typeof weightRule>;
