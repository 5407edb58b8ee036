import { z } from "zod";
import { ageGroupCodes, named, point, words } from "./model.ts";

/** Where the next place of a kind should be, as schemas. Money is whole fen, floor m2. */

const fenPerM2 = z.int().nonnegative().max(1_000_000_00);

export const nextBestBody = z.object({
  standard: z.string().default("gb-50180-2018"),
  stepFree: z.boolean().default(false),
  kind: z.string(),
  area: z.string().optional().describe("Code of a district or street office; the whole city without it"),
  floorM2: z.int().min(10).max(100_000),
  budgetFen: z.int().nonnegative().nullable().default(null).describe("null: money does not bind"),
  buildFenPerM2: fenPerM2.default(600_000),
  convertFenPerM2: fenPerM2.default(200_000),
  most: z.int().min(1).max(20).default(5),
});

export const nextBestPage = z.object({
  milliseconds: z.number(),
  weighed: z.int().describe("Blocks and vacant premises that fit"),
  leftOut: z.array(
    z.object({
      why: z.enum(["too-small", "over-budget", "cost-unknown", "off-network"]),
      candidates: z.int(),
    }),
  ),
  places: z.array(
    z.object({
      code: z.string(),
      name: words,
      street: named,
      point,
      deed: z.enum(["build", "convert"]),
      costFen: z.int().nonnegative(),
      people: z.int().describe("People who would come within a requirement, each requirement for its own age group"),
      gains: z.array(
        z.object({
          requirement: z.string(),
          label: words,
          clause: z.string(),
          group: z.enum(ageGroupCodes),
          street: named,
          people: z.int(),
        }),
      ),
    }),
  ),
});

export type NextBestBody = z.infer<typeof nextBestBody>;
export type NextBestPage = z.infer<typeof nextBestPage>;
