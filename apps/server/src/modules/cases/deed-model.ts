import { z } from "zod";
import { clawBackDeeds, serviceMethods } from "./claw-back-model.ts";

/** What people do to a case, as schemas. */

const day = z.iso.date();
const text = z.string().trim().min(1).max(4000);
const shortText = z.string().trim().min(1).max(200);
const code = z.string().min(1).max(120);
const fen = z.int().min(0);

/** A fact as a person writes it; absent is unknown. */
export const writtenFact = z.union([z.boolean(), z.number(), z.string().max(400)]);
export const factName = z.string().regex(/^[a-zA-Z][A-Za-z0-9]{0,80}$/);
/** Name of a person or household inside a facts file. */
export const holder = z.string().regex(/^[A-Za-z0-9_-]{1,40}$/);

export const decisionOutcomes = ["grant", "reject", "repay"] as const;
export const appealRoutes = ["re-examination", "complaint", "administrative-review"] as const;
export const benefitChanges = ["suspend", "resume", "stop", "reduce"] as const;

/** `text` where the decision departs from the rules; `from` is the first day paid for, where the rules cannot tell it. */
const decide = {
  outcome: z.enum(decisionOutcomes),
  text: text.optional(),
  fen: fen.optional(),
  from: day.optional(),
};

/** What people can do to a case; `POST /api/cases/:id/actions` takes one. `docs` of each: README.md. */
export const caseDeed = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("accept") }),
  z.strictObject({ kind: z.literal("refuse-acceptance"), text }),
  z.strictObject({ kind: z.literal("request-supplement"), papers: z.array(shortText).min(1).max(30), text }),
  z.strictObject({
    kind: z.literal("supply"),
    papers: z.array(shortText).max(30).default([]),
    facts: z
      .array(z.strictObject({ of: holder, fact: factName, value: writtenFact }))
      .max(100)
      .default([]),
  }),
  z.strictObject({ kind: z.literal("assign"), to: code, name: shortText }),
  z.strictObject({ kind: z.literal("transfer"), office: code, text }),
  z.strictObject({ kind: z.literal("join"), office: code, question: text }),
  z.strictObject({ kind: z.literal("opinion"), join: z.int().min(1), agrees: z.boolean(), text }),
  z.strictObject({
    kind: z.literal("finish-step"),
    step: code,
    result: z.enum(["done", "objection"]).default("done"),
    text: text.optional(),
  }),
  z.strictObject({ kind: z.literal("pause"), clock: code, reason: code, text }),
  z.strictObject({ kind: z.literal("resume"), clock: code }),
  z.strictObject({ kind: z.literal("extend"), clock: code, reason: code, approver: shortText, text }),
  z.strictObject({ kind: z.literal("propose"), ...decide }),
  z.strictObject({ kind: z.literal("return"), text }),
  z.strictObject({ kind: z.literal("decide"), ...decide }),
  z.strictObject({
    kind: z.literal("deliver"),
    method: z.enum(serviceMethods),
    day,
  }),
  z.strictObject({ kind: z.literal("appeal"), route: z.enum(appealRoutes), ground: text }),
  z.strictObject({
    kind: z.literal("settle-appeal"),
    appeal: z.int().min(1),
    outcome: z.enum(["upheld", "changed", "revoked", "handed-over"]),
    text,
  }),
  z.strictObject({ kind: z.literal("dispute"), of: holder, fact: factName, value: writtenFact, text }),
  z.strictObject({ kind: z.literal("correct"), of: holder, fact: factName, value: writtenFact, text }),
  z.strictObject({ kind: z.literal("keep"), of: holder, fact: factName, text }),
  z.strictObject({
    kind: z.literal("rate"),
    grade: z.int().min(1).max(5),
    text: z.string().trim().max(1000).optional(),
  }),
  z.strictObject({ kind: z.literal("answer-rating"), text }),
  z.strictObject({ kind: z.literal("decline") }),
  z.strictObject({ kind: z.literal("object"), text }),
  z.strictObject({ kind: z.literal("release") }),
  z.strictObject({ kind: z.literal("benefit"), change: z.enum(benefitChanges), from: day, fen: fen.optional(), text }),
  z.strictObject({ kind: z.literal("repay"), fen: fen.min(1), method: z.enum(["cash", "instalment"]) }),
  ...clawBackDeeds,
  z.strictObject({ kind: z.literal("withdraw"), text }),
  z.strictObject({ kind: z.literal("terminate"), text }),
  z.strictObject({ kind: z.literal("close") }),
  z.strictObject({ kind: z.literal("note"), text }),
]);
export type CaseDeed = z.infer<typeof caseDeed>;
export type DeedKind = CaseDeed["kind"];
