import { z } from "zod";
import { figure, named, status, target, track, words } from "./model.ts";

/** What the evaluations of plans answer, as schemas. */

const counted = z.record(status, z.int());
export const evaluationKinds = ["mid-term", "final"] as const;
export const newEvaluation = z.object({ plan: z.string(), kind: z.enum(evaluationKinds), year: z.int() });
const evaluationHead = {
  plan: named,
  kind: z.enum(evaluationKinds).describe("Half-way (中期评估) or at the end (期末评估)"),
  year: z.int(),
  area: named,
  counts: z.object({ binding: counted, expected: counted, other: counted }).describe("Targets by nature and status"),
};
const evaluatedTarget = z.object({
  indicator: named.extend({ unit: words, decimals: z.int() }),
  target,
  base: z.object({ year: z.int(), value: z.number() }).nullable(),
  figure,
  track,
});
/** What is frozen of an evaluation; its hash is that of this. */
export const evaluationContent = z.object({
  ...evaluationHead,
  version: z.string().describe("Version of the figures"),
  synthetic: z.boolean(),
  targets: z.array(evaluatedTarget),
});
export const evaluationCard = z.object({ hash: z.string(), ...evaluationHead, by: z.string(), at: z.iso.datetime() });
export const evaluationPage = evaluationCard.extend({ version: z.string(), targets: z.array(evaluatedTarget) });
export const evaluationsPage = z.object({
  total: z.int(),
  page: z.int(),
  size: z.int(),
  evaluations: z.array(evaluationCard),
});

export type EvaluationKind = (typeof evaluationKinds)[number];
export type EvaluationContent = z.infer<typeof evaluationContent>;
export type EvaluationCard = z.infer<typeof evaluationCard>;
export type EvaluationPage = z.infer<typeof evaluationPage>;
export type EvaluationsPage = z.infer<typeof evaluationsPage>;
