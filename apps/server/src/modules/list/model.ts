import { z } from "zod";
import { shownVersion } from "./studio-model.ts";

/** What the list API answers, as schemas: routes check against them and the OpenAPI document is made from them. */

const words = z.object({ zh: z.string(), en: z.string() });

const mark = z
  .enum(["V", "V2", "V法", "V地", "P", "D", "R"])
  .describe(
    "V read at the source, V2 in two sources, V法 in the law, V地 in a local forwarding, P partly, D derived, R recalled",
  );

const day = z.iso.date();

const source = z.object({
  code: z.string(),
  title: z.string(),
  kind: z.string(),
  document: z.string().optional(),
  issuer: z.string().optional(),
  date: z.string().optional(),
  url: z.string().optional(),
});

const statement = words.extend({ mark, sources: z.array(source) });

const named = z.object({ code: z.string(), name: words });

const status = z.enum(["announced", "in-force", "superseded", "draft"]);

export const listCard = z.object({
  code: z.string(),
  name: words,
  area: named,
  parent: z.string().nullable(),
  version: z.string().nullable().describe("Version of the text in force"),
  items: z.int().describe("Own entries and inherited ones"),
  executable: z.int().describe("Entries with a rule that runs"),
  shown: shownVersion,
});

export const listPage = listCard.extend({
  versions: z.array(
    z.object({
      version: z.string(),
      from: day,
      until: day.nullable(),
      status,
      document: z.string().nullable(),
      items: z.int().nullable(),
      mark,
      sources: z.array(source),
      note: words.nullable(),
    }),
  ),
  domains: z.array(
    named.extend({
      items: z.int(),
      categories: z.array(named.extend({ number: z.int(), items: z.int() })),
    }),
  ),
  lifeStages: z.array(named.extend({ items: z.int() })),
  leads: z.array(named.extend({ items: z.int() })),
  areas: z.array(named.extend({ level: z.string(), parent: z.string().nullable() })),
  marks: z.record(z.string(), z.int()).describe("Statements of the list's items by mark"),
});

const itemCard = z.object({
  code: z.string(),
  list: z
    .string()
    .describe("The list that the entry is written in; another code than the list asked for means inherited"),
  name: words,
  domain: named,
  category: named,
  lifeStages: z.array(named),
  leads: z.array(named),
  status,
  effective: z.object({ from: day, until: day.nullable() }),
  executable: z.boolean(),
  standardKind: z.enum(["amount", "quantity", "frequency", "reference"]),
  standard: words,
  mark: mark.describe("The weakest mark among the five elements"),
});

export const itemsPage = z.object({
  total: z.int(),
  page: z.int(),
  size: z.int(),
  items: z.array(itemCard),
});

const lawReference = z.object({
  source,
  article: z.string().nullable(),
  text: words.nullable(),
});

const parameterValue = z.object({
  area: named,
  key: z.array(z.string()),
  from: day,
  until: day.nullable().describe("First day on which it no longer holds; null: open"),
  value: z.string().nullable().describe("As published, exact, in the parameter's unit; null: missing at the source"),
  document: z.string().nullable(),
  article: z.string().nullable(),
  status,
  knownFrom: day,
  checked: day.nullable(),
  mark,
  sources: z.array(source),
  note: words.nullable(),
});

/** A dimension of a parameter's key. */
export const parameterKey = z.object({
  name: z.string(),
  values: z.array(z.string()),
  labels: z.record(z.string(), words).describe("Words of the codes"),
});

const parameterHistory = named.extend({
  type: z.enum(["money", "integer", "decimal", "ratio", "date"]),
  unit: z.string().nullable(),
  keys: z.array(parameterKey),
  formula: z.string().nullable(),
  rounding: words.nullable(),
  values: z.array(parameterValue).describe("By area, key and then date, oldest first"),
});

const fiveElements = z.object({
  object: statement,
  content: statement,
  standard: statement.extend({ kind: z.enum(["amount", "quantity", "frequency", "reference"]) }),
  payer: statement.extend({ split: named.nullable() }),
  lead: z.object({
    units: z.array(named.extend({ names: z.array(words.extend({ from: day.nullable(), until: day.nullable() })) })),
    mark,
    sources: z.array(source),
  }),
});

const rule = z.object({
  subject: z.enum(["person", "household"]),
  areaFact: z.string().nullable(),
  per: z.string(),
  timesPerYear: z.string().nullable(),
  conditions: z.array(words.extend({ code: z.string(), test: z.string(), basis: lawReference.nullable() })),
  define: z.array(z.object({ name: z.string(), expression: z.string() })),
  amount: z.string().nullable(),
  parts: z.array(words.extend({ code: z.string(), amount: z.string(), split: named.nullable() })),
  table: z
    .object({
      hitPolicy: z.string(),
      aggregation: z.string().nullable(),
      inputs: z.array(words.extend({ expression: z.string() })),
      rules: z.array(words.extend({ code: z.string(), when: z.array(z.string()), amount: z.string() })),
    })
    .nullable(),
  frequency: z.array(z.object({ times: z.number(), per: z.string(), text: words.nullable() })),
});

export const itemPage = itemCard
  .omit({ standard: true })
  .extend(fiveElements.shape)
  .extend({
    aliases: z.array(z.string()),
    basis: z.array(lawReference),
    guide: z
      .object({
        channels: z.array(z.string()),
        receivingUnit: words.nullable(),
        firstMonth: z.string().nullable(),
        visits: z.int().nullable(),
        mark: mark.nullable(),
        sources: z.array(source),
      })
      .nullable(),
    places: z.array(z.object({ kind: words, minutes: z.number().nullable(), mode: z.string().nullable() })),
    interactions: z.array(z.object({ item: named, kind: z.string(), mark, sources: z.array(source) })),
    notes: z.array(statement),
    floor: z
      .array(z.object({ relation: z.string(), item: fiveElements.extend(named.shape) }))
      .describe("The national (or upper) entries that this one refines, to be read side by side"),
    refinedBy: z.array(z.object({ list: z.string(), relation: z.string(), item: named })),
    rule: rule.nullable(),
    facts: z.array(
      z.object({ name: z.string(), label: words, type: z.string(), unit: z.string().nullable(), privacy: z.string() }),
    ),
    parameters: z.array(parameterHistory),
  });

export const itemsQuery = z.object({
  q: z.string().max(100).optional().describe("Characters, pinyin (full or initials) or traditional script"),
  area: z.string().optional().describe("Entries that serve the people of this area (GB/T 2260 code)"),
  lifeStage: z.string().optional(),
  lead: z.string().optional(),
  domain: z.string().optional(),
  category: z.string().optional(),
  executable: z.stringbool().optional(),
  page: z.coerce.number().int().min(1).default(1),
  size: z.coerce.number().int().min(1).max(200).default(50),
});

export const rulebookQuery = z.object({
  area: z.string().optional().describe("Default: the area of the list"),
  date: day.optional().describe("Default: the date of the server's run, else today in Shanghai"),
});

export type ListCard = z.infer<typeof listCard>;
export type ListPage = z.infer<typeof listPage>;
export type ItemCard = z.infer<typeof itemCard>;
export type ItemPage = z.infer<typeof itemPage>;
export type ItemsQuery = z.infer<typeof itemsQuery>;
export type ParameterHistory = z.infer<typeof parameterHistory>;
export type Source = z.infer<typeof source>;
