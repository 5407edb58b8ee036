import { form } from "@qingdan/list";
import { z } from "zod";

const day = z.iso.date();
const words = z.object({ zh: z.string(), en: z.string() });
const value = z.union([z.boolean(), z.number(), z.string().max(400)]);
const holder = z.string().regex(/^[A-Za-z0-9_-]{1,40}$/);
const factName = z.string().regex(/^[a-zA-Z][A-Za-z0-9]{0,80}$/);
const code = z.string().min(1).max(120);
const law = z.object({
  source: z.string(),
  title: z.string(),
  article: z.string().nullable(),
  url: z.string().nullable(),
});

export const formRequest = z
  .strictObject({
    list: code,
    items: z.array(code).min(1).max(12).optional(),
    bundle: code.optional(),
    area: code.optional(),
    /** Whom it is for; residents fill in their own. */
    person: code.optional(),
    /** How many live together, where no register knows the household. */
    members: z.int().min(1).max(12).default(1),
  })
  .refine(
    ({ items, bundle }) => (items === undefined) !== (bundle === undefined),
    form("“items”和“bundle”二者取一", "items or bundle, one of them"),
  );
export type FormRequest = z.infer<typeof formRequest>;

export const answersRequest = z.strictObject({
  seq: z.int().min(1),
  answers: z
    .array(z.strictObject({ of: holder, fact: factName, value: value.nullable() }))
    .min(1)
    .max(200),
});
export const skipRequest = z.strictObject({ seq: z.int().min(1), of: holder, fact: factName });
export const disputeRequest = z.strictObject({
  seq: z.int().min(1),
  of: holder,
  fact: factName,
  value,
  text: z.string().trim().min(1).max(1000),
});
export const submitRequest = z.strictObject({
  seq: z.int().min(1),
  /** That what was said is true and complete. */
  declaration: z.literal(true),
  channel: z.enum(["window", "web", "phone", "station", "helper"]).default("web"),
  mandate: z
    .strictObject({
      relation: z.enum(["guardian", "close-relative", "committee", "agent"]),
      name: z.string().trim().min(1).max(200),
      evidence: z.string().trim().min(1).max(200),
      until: day.optional(),
    })
    .optional(),
  /** Items of a bundle to apply for; by default those that are owed or cannot be told yet. */
  items: z.array(code).max(12).optional(),
});
export type SubmitRequest = z.infer<typeof submitRequest>;

export const upload = z.object({
  id: z.string(),
  name: z.string(),
  type: z.string(),
  bytes: z.int(),
  at: z.iso.datetime(),
});

/** Files of a case; `paper` is what the case asked to be supplied, null for those of its form. */
export const caseUploads = z.object({ uploads: z.array(upload.extend({ paper: z.string().nullable() })) });
export type CaseUploads = z.infer<typeof caseUploads>;

/** Something that has to be handed in because no register holds it. */
export const paper = z.object({
  id: z.string(),
  of: z.string(),
  unit: words.extend({ code: z.string() }),
  facts: z.array(z.object({ fact: z.string(), label: words })),
  uploads: z.array(upload),
});

export const formAnswer = z.object({
  of: z.string(),
  fact: z.string(),
  label: words,
  value,
  text: words,
  origin: z.enum(["register", "applicant", "implied"]),
  /** Of a register: whose, of which day, for which items it is used, on what law. */
  source: z
    .object({
      unit: words.extend({ code: z.string() }).nullable(),
      date: day,
      purpose: z.array(words),
      basis: z.array(law),
    })
    .nullable(),
  /** What the register says where the applicant disputes it. */
  dispute: z.object({ register: value, registerText: words, text: z.string() }).nullable(),
  privacy: z.enum(["public", "personal", "sensitive"]),
});

export const formQuestion = z.object({
  of: z.string(),
  fact: z.string(),
  entity: z.enum(["person", "household"]),
  question: z.object({ zh: z.string(), en: z.string(), helpZh: z.string().optional(), helpEn: z.string().optional() }),
  label: words,
  type: z.enum(["boolean", "integer", "decimal", "money", "date", "enum", "area", "text", "id"]),
  values: z.array(words.extend({ code: z.string() })),
  unit: z.string().nullable(),
  decimals: z.int(),
  /** At most so many questions are left, this one counted. */
  remaining: z.int(),
  items: z.array(z.string()),
});

export const formPage = z.object({
  id: z.string(),
  seq: z.int(),
  list: z.string(),
  area: z.string(),
  date: day,
  person: z.string(),
  subject: z.string(),
  members: z.array(z.string()),
  rulebookHash: z.string(),
  bundle: z.object({ code: z.string(), name: words }).nullable(),
  items: z.array(
    z.object({
      code: z.string(),
      name: words,
      outcome: z.enum(["entitled", "not", "undetermined", "by-hand"]),
      fen: z.int().nullable(),
      per: z.string().nullable(),
      reasons: z.array(z.object({ code: z.string(), zh: z.string(), en: z.string() })),
    }),
  ),
  question: formQuestion.nullable(),
  answers: z.array(formAnswer),
  skipped: z.array(z.object({ of: z.string(), fact: z.string(), label: words })),
  papers: z.array(paper),
  /** Papers that the registers save, and those that are asked: the share of papers saved. */
  papersSaved: z.object({ saved: z.int(), asked: z.int() }),
  /** Nothing more can change an answer. */
  complete: z.boolean(),
  expiresOn: day,
  submitted: z.object({ cases: z.array(z.string()), bundle: z.string().nullable() }).nullable(),
});
export type FormPage = z.infer<typeof formPage>;

export const formCard = z.object({
  id: z.string(),
  list: z.string(),
  items: z.array(z.object({ code: z.string(), name: words })),
  bundle: z.string().nullable(),
  updatedAt: z.iso.datetime(),
  expiresOn: day,
});

export const pickupCode = z.object({ code: z.string(), until: z.iso.datetime() });
export const resumeRequest = z.strictObject({ code: z.string().min(1).max(40) });

export const blankForm = z.object({
  list: z.string(),
  item: z.object({ code: z.string(), name: words }),
  rulebookHash: z.string(),
  date: day,
  questions: z.array(
    z.object({
      fact: z.string(),
      entity: z.enum(["person", "household"]),
      label: words,
      question: words,
      type: z.string(),
      values: z.array(words.extend({ code: z.string() })),
      unit: z.string().nullable(),
      source: words.extend({ code: z.string() }).nullable(),
    }),
  ),
});
export type BlankForm = z.infer<typeof blankForm>;

export const bundleView = z.object({
  code: z.string(),
  name: words,
  note: words.nullable(),
  branches: z.array(
    z.object({
      item: z.object({ code: z.string(), name: words }),
      after: z.array(z.string()),
      executable: z.boolean(),
    }),
  ),
});
export type BundleView = z.infer<typeof bundleView>;

export const bundleProgress = z.object({
  id: z.string(),
  bundle: z.object({ code: z.string(), name: words }),
  person: z.string(),
  at: z.iso.datetime(),
  done: z.int(),
  of: z.int(),
  branches: z.array(
    z.object({
      item: z.object({ code: z.string(), name: words }),
      after: z.array(z.string()),
      /** `waiting`: for a branch before it; `blocked`: one before it was not granted. */
      state: z.enum(["waiting", "blocked", "open", "decided"]),
      case: z.string().nullable(),
      stage: z.string().nullable(),
      due: day.nullable(),
      outcome: z.string().nullable(),
    }),
  ),
});
export type BundleProgress = z.infer<typeof bundleProgress>;
