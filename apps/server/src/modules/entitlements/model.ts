import { z } from "zod";

/** What the entitlements API answers, as schemas. Money is integer fen. */

const words = z.object({ zh: z.string(), en: z.string() });
const named = z.object({ code: z.string(), name: words });

/** An answer, in the order of its numbers in columns and files. */
export const outcomes = ["not", "entitled", "undetermined"] as const;

/** How an answer compares with who in fact receives. */
export const findings = ["missed", "underpaid", "overpaid", "unsettled"] as const;

const payerFigure = z.object({
  payer: z
    .string()
    .describe(
      "central | province | city | county | town | unit | person | fund:<name> | unsplit (no share is published)",
    ),
  area: z.string().nullable().describe("Area code of the paying level; null where it is not one area"),
  fenPerMonth: z.int().nullable(),
  fenPerYear: z.int(),
});

const figures = z.object({
  entitled: z.int(),
  undetermined: z.int(),
  notEntitled: z.int(),
  receiving: z.int().nullable().describe("People on the roll; null: the snapshot has no roll for this item"),
  missed: z.int().nullable().describe("Entitled with no receipt, or with less than due (see underpaid)"),
  underpaid: z.int().nullable().describe("Of the missed, those who receive less than due"),
  overpaid: z.int().nullable().describe("Receive though not entitled, or more than due"),
  unsettled: z.int().nullable().describe("Receive, and the answer cannot be determined: neither right nor wrong"),
  fenPerMonth: z.int().nullable().describe("Due in a month; null where the item is not paid by the month"),
  fenPerYear: z.int().nullable().describe("Due in a year; null: a service without an amount"),
  missedFenPerYear: z.int().nullable(),
  overpaidFenPerYear: z.int().nullable(),
  payers: z.array(payerFigure).describe("Every payment split once, to the fen; sums to fenPerYear"),
});

export const runCard = z.object({
  id: z.string(),
  list: named,
  area: named,
  date: z.iso.date(),
  city: words.describe("Name of the people snapshot"),
  synthetic: z.boolean(),
  people: z.int(),
  households: z.int(),
  items: z.int(),
  decisions: z.int(),
  entitled: z.int(),
  undetermined: z.int(),
  seconds: z.number(),
  hash: z.string().describe("SHA-256 of the answers in canonical form: same rulebook and people, same hash"),
  rulebookHash: z.string(),
  snapshotHash: z.string(),
  finishedAt: z.iso.datetime(),
});

const runItem = named.extend({
  per: z.string(),
  timesPerYear: z.number().nullable().describe("null: differs by person"),
  subject: z.enum(["person", "household"]),
  paid: z.boolean().describe("false: a service without an amount"),
  fenPerPeriod: z.int().nullable().describe("Due per period; null: a service without an amount"),
  total: figures,
  districts: z.array(figures.extend({ district: named })),
});

export const runPage = runCard.extend({
  total: figures,
  districts: z.array(named.extend({ people: z.int(), total: figures })),
  perItem: z.array(runItem),
});

export const runItemPage = runItem.extend({
  notEntitledBy: z
    .array(z.object({ code: z.string(), text: words, basis: z.string().nullable(), people: z.int() }))
    .describe("The first condition that failed, by people; sums to notEntitled"),
  undeterminedBy: z.array(z.object({ code: z.string(), text: words, people: z.int() })),
});

export const personsQuery = z.object({
  group: z.enum(["entitled", "undetermined", "missed", "underpaid", "overpaid", "unsettled"]).default("missed"),
  district: z.string().optional(),
  street: z.string().max(20).optional().describe("Only people whose area, by the fact that the entry goes by, is this"),
  page: z.coerce.number().int().min(1).default(1),
  size: z.coerce.number().int().min(1).max(200).default(50),
});

const personRow = z.object({
  person: z.string(),
  district: named,
  outcome: z.enum(outcomes),
  reason: z.object({ code: z.string(), text: words }),
  fen: z.int().describe("Due per the item's period"),
  receivedFen: z.int().nullable().describe("null: not on the roll"),
  finding: z.enum(findings).nullable(),
});

export const personsPage = z.object({
  total: z.int(),
  page: z.int(),
  size: z.int(),
  street: named.nullable().describe("The street that was asked for"),
  persons: z.array(personRow),
});

const factValue = z.union([z.string(), z.number(), z.boolean(), z.null()]);

export const personPage = z.object({
  person: z.string(),
  district: named,
  household: z.array(z.string()).describe("Its members, householder first"),
  facts: z.array(
    z.object({
      name: z.string(),
      label: words,
      value: factValue.describe("As in a facts file; null: unknown"),
      text: words,
      privacy: z.string(),
    }),
  ),
  answers: z.array(
    named.extend({
      outcome: z.enum(outcomes),
      reason: z.object({ code: z.string(), text: words, basis: z.string().nullable() }),
      per: z.string(),
      fen: z.int(),
      payers: z.array(z.object({ payer: z.string(), area: z.string().nullable(), fen: z.int() })),
      receivedFen: z.int().nullable(),
      finding: z.enum(findings).nullable(),
      explanation: z.unknown().describe("The explanation tree of packages/list"),
    }),
  ),
});

export type Figures = z.infer<typeof figures>;
export type RunCard = z.infer<typeof runCard>;
export type RunItem = z.infer<typeof runItem>;
export type RunPage = z.infer<typeof runPage>;
export type RunItemPage = z.infer<typeof runItemPage>;
export type PersonsPage = z.infer<typeof personsPage>;
export type PersonsQuery = z.infer<typeof personsQuery>;
export type PersonPage = z.infer<typeof personPage>;
