import { z } from "zod";
import { clawBackView } from "./claw-back-model.ts";
import { clockView, lawText } from "./clock-model.ts";
import { appealRoutes, caseDeed, decisionOutcomes, factName, holder, writtenFact } from "./deed-model.ts";

export * from "./claw-back-model.ts";
export * from "./clock-model.ts";
export * from "./deed-model.ts";
export * from "./form-model.ts";

/** Ways in which an action reached the case. `helper` acts for a person by authorisation and names it. */
export const channels = ["window", "web", "phone", "station", "helper", "system"] as const;
export const channel = z.enum(channels);
export type Channel = z.infer<typeof channel>;

/** Where a case stands: computed from its actions, never set. */
export const stages = [
  "offered",
  "received",
  "supplement",
  "handling",
  "checking",
  "decided",
  "not-accepted",
  "withdrawn",
  "terminated",
  "declined",
  "closed",
] as const;
export const stage = z.enum(stages);
export type Stage = z.infer<typeof stage>;

export const caseKinds = ["application", "auto-grant", "claw-back"] as const;
export type CaseKind = (typeof caseKinds)[number];

export const day = z.iso.date();
const shortText = z.string().trim().min(1).max(200);
const code = z.string().min(1).max(120);
export const words = z.object({ zh: z.string(), en: z.string() });

/** `packages/list` reads and checks what stands inside. */
export const factsFile = z.object({
  persons: z.record(holder, z.record(factName, writtenFact)),
  households: z.record(
    holder,
    z.object({ members: z.array(holder).min(1).max(64) }).catchall(z.union([writtenFact, z.array(holder)])),
  ),
  subject: holder,
});

/** Who acted for somebody else, and by what. */
export const mandate = z.object({
  relation: z.enum(["guardian", "close-relative", "committee", "agent"]),
  name: shortText,
  evidence: shortText,
  until: day.optional(),
});
export type Mandate = z.infer<typeof mandate>;

/** Something that bears an action out: an upload, a paper seen, a register asked. */
export const evidence = z.object({ kind: z.enum(["upload", "paper", "register", "signature"]), what: shortText });
export type Evidence = z.infer<typeof evidence>;

export const actionRequest = z.strictObject({
  /** The `seq` of the case that the person saw; another one means that somebody acted in between. */
  seq: z.int().min(1),
  channel,
  mandate: mandate.optional(),
  evidence: z.array(evidence).max(20).default([]),
  action: caseDeed,
});

export const openRequest = z.strictObject({
  list: code,
  item: code,
  /** Defaults to the list's own area. */
  area: code.optional(),
  office: code.optional(),
  channel,
  mandate: mandate.optional(),
  /** Identifier of the person the matter belongs to: the applicant's `person` of identity. */
  person: code,
  facts: factsFile,
});
export type OpenRequest = z.infer<typeof openRequest>;

export const caseCard = z.object({
  id: z.string(),
  /** 办件编号: what people read out on the phone. */
  number: z.string(),
  seq: z.int(),
  kind: z.enum(caseKinds),
  list: z.string(),
  item: z.object({ code: z.string(), name: words }),
  person: z.string(),
  area: z.string(),
  office: z.string().nullable(),
  assignee: z.object({ id: z.string(), name: z.string() }).nullable(),
  stage,
  channel,
  openedAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
  /** The next binding limit; null when no clock runs. */
  due: day.nullable(),
  clock: z.enum(["none", "running", "warning", "paused", "breached"]),
  outcome: z.enum(decisionOutcomes).nullable(),
  fen: z.int().nullable(),
  per: z.string().nullable(),
  bundle: z.string().nullable(),
});
export type CaseCard = z.infer<typeof caseCard>;

const by = z.object({ id: z.string(), kind: z.enum(["resident", "staff", "system"]), name: z.string() });

export const journalLine = z.object({
  seq: z.int(),
  kind: z.string(),
  at: z.iso.datetime(),
  /** Number of its line in the public log, by which its proof is asked for. */
  logLine: z.int(),
  by,
  channel,
  mandate: mandate.optional(),
  evidence: z.array(evidence),
  /** The deed without its kind; facts of an application are left out. */
  body: z.record(z.string(), z.unknown()),
});

const decisionView = z.object({
  outcome: z.enum(decisionOutcomes),
  fen: z.int().nullable(),
  per: z.string().nullable(),
  from: day.nullable(),
  reason: z.object({ code: z.string(), zh: z.string(), en: z.string() }).nullable(),
  /** What the rules answered; a person who decides otherwise gives `text`. */
  rule: z.enum(["entitled", "not", "undetermined"]).nullable(),
  agrees: z.boolean(),
  text: z.string().nullable(),
  at: z.iso.datetime(),
  by,
});

export const casePage = caseCard.extend({
  pinned: z.object({
    list: z.string(),
    rulebookHash: z.string(),
    rulebookArea: z.string(),
    rulebookDate: day,
    guideHash: z.string(),
  }),
  /** Deeds that the stage allows and this reader may do. */
  mayDo: z.array(z.string()),
  clocks: z.array(clockView),
  /** Days of the year or month by which it is decided, as the area's handling says. */
  decidedBy: z.array(
    z.object({
      code: z.string(),
      name: words,
      basis: lawText,
      /** null: it hangs on holidays that are not arranged. */
      due: day.nullable(),
      status: z.enum(["running", "met", "breached"]),
    }),
  ),
  forecast: day.nullable(),
  nextStep: words.nullable(),
  steps: z.array(
    z.object({
      code: z.string(),
      name: words,
      owner: words,
      state: z.enum(["waiting", "running", "done", "objection"]),
      finishedOn: day.nullable(),
    }),
  ),
  supplement: z.object({ papers: z.array(z.string()), text: z.string(), at: z.iso.datetime() }).nullable(),
  joins: z.array(
    z.object({
      join: z.int(),
      office: z.string(),
      question: z.string(),
      opinion: z.object({ agrees: z.boolean(), text: z.string(), by }).nullable(),
    }),
  ),
  proposal: decisionView.nullable(),
  decision: decisionView.nullable(),
  /** Whether a second person must confirm, and why. */
  secondPerson: z.object({ needed: z.boolean(), why: words.nullable() }),
  delivered: z.object({ method: z.string(), day }).nullable(),
  appeals: z.array(
    z.object({
      appeal: z.int(),
      route: z.enum(appealRoutes),
      ground: z.string(),
      filedOn: day,
      due: day.nullable(),
      basis: words,
      outcome: z.string().nullable(),
      text: z.string().nullable(),
      inTime: z.boolean(),
    }),
  ),
  /** The last day on which each way of appeal is open; null before the decision is served. */
  appealUntil: z.array(z.object({ route: z.enum(appealRoutes), until: day.nullable(), basis: words })),
  facts: z.array(
    z.object({
      of: z.string(),
      fact: z.string(),
      label: words,
      value: writtenFact.nullable(),
      text: words,
      /** Every value it ever had in this case, oldest first: corrections side by side. */
      history: z.array(
        z.object({ value: writtenFact, origin: z.string(), at: z.iso.datetime(), why: z.string().nullable() }),
      ),
      dispute: z.object({ value: writtenFact, text: z.string() }).nullable(),
      privacy: z.enum(["public", "personal", "sensitive"]),
    }),
  ),
  benefit: z
    .object({ state: z.enum(["running", "suspended", "stopped", "reduced"]), from: day, fen: z.int().nullable() })
    .nullable(),
  clawBack: clawBackView.nullable(),
  rating: z.object({ grade: z.int(), text: z.string().nullable(), answer: z.string().nullable() }).nullable(),
  journal: z.array(journalLine),
  related: z.array(z.string()),
});
export type CasePage = z.infer<typeof casePage>;

export const queues = [
  "mine",
  "unassigned",
  "supplement",
  "checking",
  "warning",
  "breached",
  "appeals",
  "bad-ratings",
  "without-due",
  "offered",
] as const;
export const casesQuery = z.object({
  queue: z.enum(queues).optional(),
  list: z.string().optional(),
  item: z.string().optional(),
  area: z.string().optional(),
  office: z.string().optional(),
  stage: stage.optional(),
  kind: z.enum(caseKinds).optional(),
  person: z.string().optional(),
  number: z.string().max(40).optional(),
  /** `cursor` of the last page; cases come by due day, then by number. */
  after: z.string().max(200).optional(),
  size: z.coerce.number().int().min(1).max(200).default(50),
});
export type CasesQuery = z.infer<typeof casesQuery>;
export const casesPage = z.object({ cases: z.array(caseCard), after: z.string().nullable() });

export const queuesPage = z.object({
  /** Counted to `atMost`; a queue that holds more says so. */
  queues: z.array(z.object({ code: z.enum(queues), name: words, count: z.int(), more: z.boolean() })),
});

/** Over submitted forms: without registers, `saved` and `asked` papers together would have been asked. */
export const papersSaved = z.object({ forms: z.int(), saved: z.int(), asked: z.int() });

export const letter = z.object({
  title: z.string(),
  number: z.string(),
  language: z.enum(["zh", "en"]),
  paragraphs: z.array(z.object({ heading: z.string().nullable(), lines: z.array(z.string()) })),
});
export type Letter = z.infer<typeof letter>;

export type CasesPage = z.infer<typeof casesPage>;
