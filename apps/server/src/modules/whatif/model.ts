import { z } from "zod";
import { parameterKey } from "../list/index.ts";

/** What the what-if API takes and answers, as schemas. Money is integer fen, in reforms yuan as lists write it. */

const words = z.object({ zh: z.string(), en: z.string() });
const named = z.object({ code: z.string(), name: words });

/** Reforms that may be tried side by side. */
export const mostReforms = 4;

const parameterChange = z.strictObject({
  parameter: z.string().max(80),
  area: z.string().max(20).optional(),
  key: z.array(z.string().max(40)).max(4).optional(),
  change: z.union([
    z.strictObject({ value: z.number() }),
    z.strictObject({ factor: z.number().nonnegative().max(1000) }),
  ]),
});

export const reformRequest = z.strictObject({
  code: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/),
  name: words,
  parameters: z.array(parameterChange).max(40),
  date: z.iso.date().optional().describe("Answer for this day in place of the run's"),
});

export const simulateRequest = z.object({ reforms: z.array(reformRequest).min(1).max(mostReforms) });

const cost = { beforeFen: z.number(), afterFen: z.number() };
const moved = z.object({ gain: z.int(), lose: z.int(), same: z.int(), unknown: z.int() });

const reformEffect = z.object({
  code: z.string(),
  name: words,
  hash: z.string().describe("Of the base and the reform: the overlay's name"),
  ...cost,
  households: moved,
  persons: moved,
  items: z.array(
    z.object({
      item: z.string(),
      name: words,
      yearly: z.boolean(),
      before: z.int(),
      after: z.int(),
      entered: z.int(),
      left: z.int(),
      more: z.int(),
      less: z.int(),
      undeterminedBefore: z.int(),
      undeterminedAfter: z.int(),
      ...cost,
    }),
  ),
  payers: z.array(z.object({ payer: z.string(), ...cost })),
  dimensions: z.array(
    z.object({
      dimension: z.string(),
      groups: z.array(z.object({ group: z.string(), name: words, persons: moved, ...cost })),
    }),
  ),
});

export const ground = z
  .object({
    run: z.string(),
    city: words,
    synthetic: z.boolean(),
    people: z.int(),
    households: z.int(),
    list: named,
    area: named,
    date: z.iso.date(),
    listHash: z.string().describe("Content hash of the list that is shown"),
    rulebookHash: z.string(),
    snapshotHash: z.string(),
  })
  .describe("What a what-if stands on");

export const simulationPage = z.object({
  ground,
  milliseconds: z.number().describe("From the request to the answer, on the server"),
  reforms: z.array(reformEffect),
});

const adjustable = named.extend({
  type: z.enum(["money", "integer", "decimal", "ratio"]),
  unit: z.string().nullable(),
  keys: z.array(parameterKey),
  values: z
    .array(
      z.object({
        key: z.array(z.string()),
        value: z.number().describe("In force for the area on the day, as lists write it: money in yuan"),
        from: z.iso.date(),
        document: z.string().nullable(),
        mark: z.string(),
      }),
    )
    .describe("By key; those missing at the source are left out"),
  items: z.array(named).describe("Who reads it"),
});

export const groundPage = z.object({
  ground,
  parameters: z.array(adjustable),
  memory: z.object({
    mebibytes: z.number().nullable().describe("Of the people in memory; null: not read yet"),
    mostPeople: z.int().describe("A larger city is refused"),
  }),
});

export const changeEffect = z.object({
  applies: z.boolean().describe("false: the city of the newest run does not stand on this list"),
  payersChanged: z.boolean(),
  ground: ground.nullable(),
  milliseconds: z.number(),
  effect: reformEffect.nullable().describe("null: no executable item is touched"),
});

export const comparisonEffect = z.object({
  applies: z.boolean().describe("false: the city of the newest run does not stand on the left list"),
  ground: ground.nullable(),
  milliseconds: z.number(),
  missingFacts: z.array(z.string()).describe("Facts that the right side reads and the people do not have"),
  matches: z.array(
    z.object({
      left: z.array(named),
      right: z.array(named),
      gain: z.int(),
      lose: z.int(),
      same: z.int(),
      unknown: z.int(),
      leftFen: z.number(),
      rightFen: z.number(),
    }),
  ),
});

export const saveRequest = simulateRequest.extend({
  title: z.string().trim().min(1).max(200),
  author: z.string().trim().max(80),
});

export const savedPage = z.object({
  hash: z.string().describe("SHA-256 over list, rulebook, snapshot and reforms: the same what-if has the same address"),
  title: z.string(),
  author: z.string(),
  savedAt: z.iso.datetime(),
  current: z.boolean().describe("Stands on what is shown today; otherwise it is shown as it was"),
  request: simulateRequest,
  simulation: simulationPage,
});

export const savedQuery = z.object({
  page: z.coerce.number().int().min(1).default(1),
  size: z.coerce.number().int().min(1).max(100).default(20),
});
export const savedCards = z.object({
  total: z.int(),
  page: z.int(),
  size: z.int(),
  saved: z.array(savedPage.pick({ hash: true, title: true, author: true, savedAt: true })),
});

export type ReformRequest = z.infer<typeof reformRequest>;
export type SimulateRequest = z.infer<typeof simulateRequest>;
export type Ground = z.infer<typeof ground>;
export type GroundPage = z.infer<typeof groundPage>;
export type SimulationPage = z.infer<typeof simulationPage>;
export type WhatifEffect = z.infer<typeof reformEffect>;
export type ChangeEffect = z.infer<typeof changeEffect>;
export type ComparisonEffectPage = z.infer<typeof comparisonEffect>;
export type SavedPage = z.infer<typeof savedPage>;
export type SavedCards = z.infer<typeof savedCards>;
