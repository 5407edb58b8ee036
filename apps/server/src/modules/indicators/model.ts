import { z } from "zod";

/** What the cockpit API answers, as schemas. Missing and withheld values are null, never 0. */

export const words = z.object({ zh: z.string(), en: z.string() });
export const named = z.object({ code: z.string(), name: words });
const level = z.enum(["nation", "province", "city", "county", "town"]);
const origins = z.array(z.enum(["published", "synthetic", "run", "reach", "import"]));

export const statuses = [
  "achieved",
  "on-track",
  "needs-acceleration",
  "limited",
  "open",
  "deteriorating",
  "no-value",
  "no-target",
] as const;
export const status = z.enum(statuses);

export const figure = z.object({
  year: z.int(),
  value: z.number().nullable(),
  numerator: z.number().nullable(),
  denominator: z.number().nullable(),
  low: z.number().nullable().describe("Wilson's 95 % interval"),
  high: z.number().nullable(),
  suppressed: z
    .enum(["small", "derivable"])
    .nullable()
    .describe("Withheld: it tells of few people, or such a cell could be computed from it"),
  partial: z.boolean().describe("Some areas below have figures and some have none: no total is made"),
  origins,
});

export const target = z.object({
  plan: named,
  number: z.int().nullable(),
  area: named.describe("The area that the target was set for"),
  comparison: z.enum(["at-least", "above", "at-most", "below", "about", "all"]),
  value: z.number().nullable(),
  year: z.int(),
  cumulative: z.boolean(),
  tolerance: z.number().nullable(),
  nature: z.enum(["binding", "expected"]).nullable(),
  mark: z.string(),
  sources: z.array(z.object({ code: z.string(), title: z.string() })),
  note: words.nullable(),
});

export const track = z.object({
  status,
  statusOfValue: status,
  ratio: z.number().nullable(),
  done: z.number().nullable(),
  time: z.number().nullable(),
  projection: z.number().nullable(),
  band: z.object({ low: z.number(), high: z.number() }).nullable(),
  reason: words.nullable(),
});

const rank = z.object({ rank: z.int(), low: z.number(), high: z.number(), of: z.int() });

export const provenance = z.object({
  list: named,
  catalogueHash: z.string(),
  run: z.object({ id: z.string(), hash: z.string(), date: z.string() }).nullable(),
  batches: z.array(z.object({ id: z.string(), name: words, origin: z.string(), rows: z.int() })),
  synthetic: z.boolean(),
  version: z.string().describe("SHA-256 over everything the figures were made from"),
});

const area = named.extend({ level, children: z.int() });

export const overview = z.object({
  area: area,
  years: z.array(z.int()),
  plans: z.array(named.extend({ base: z.int(), until: z.int() })),
  indexes: z.array(named),
  domains: z.array(named),
  indicators: z.int(),
  open: z.object({ alarms: z.int(), actions: z.int(), overdue: z.int() }),
  today: z.string(),
  provenance,
});

export const oneCode = z.object({ code: z.string() });
export const oneId = z.object({ id: z.string() });
export const exportParams = z.object({ format: z.enum(["csv", "xlsx"]) });
export const oneSnapshotFile = oneId.extend({ format: z.enum(["csv", "xlsx", "json"]) });
export const oneSdmxMessage = oneId.extend({ message: z.enum(["data", "structure"]) });
export const oneReportFile = oneId.extend({ format: z.enum(["docx", "pdf"]) });
export const reportQuery = z.object({ area: z.string().optional(), language: z.enum(["zh", "en"]).default("zh") });
export const importQuery = z.object({ name: z.string().trim().min(1).max(200) });

export const paging = {
  page: z.coerce.number().int().min(1).default(1),
  size: z.coerce.number().int().min(1).max(200).default(50),
};

export const areasQuery = z.object({ parent: z.string().optional(), ...paging });
export const areasPage = z.object({
  chain: z.array(named).describe("The area asked for and those above it, the first of the cockpit first"),
  total: z.int(),
  page: z.int(),
  size: z.int(),
  areas: z.array(area),
});

export const workQuery = z.object({
  area: z.string().optional(),
  year: z.coerce.number().int().optional(),
  plan: z.string().optional(),
  status: z.enum([...statuses, "behind", "all"]).default("behind"),
  nature: z.enum(["binding", "expected"]).optional(),
  domain: z.string().optional(),
  ...paging,
});

const indicatorCard = named.extend({
  domain: named,
  unit: words,
  decimals: z.int(),
  form: z.enum(["ratio", "count", "stated"]),
  direction: z.enum(["up", "down"]),
  period: z.enum(["year", "month"]),
  leads: z.array(named),
});

const trend = z.array(z.object({ year: z.int(), value: z.number().nullable() }));

const workRow = z.object({
  indicator: indicatorCard,
  figure,
  target: target.nullable(),
  track,
  rank: rank.nullable().describe("Among the areas of the same level"),
  trend,
  where: z
    .object({ behind: z.int(), of: z.int(), worst: named.nullable() })
    .nullable()
    .describe(
      "Of the areas directly below, how many are behind, and the worst of them; null where there are none with figures",
    ),
  action: z.object({ id: z.string(), owner: z.string(), due: z.string(), overdue: z.boolean() }).nullable(),
  alarms: z.int().describe("Open alarms of the indicator"),
});

export const workPage = z.object({
  area: named,
  year: z.int(),
  counts: z.record(status, z.int()),
  total: z.int(),
  page: z.int(),
  size: z.int(),
  rows: z.array(workRow),
});

const shortage = z
  .object({ needed: z.number(), short: z.number() })
  .nullable()
  .describe(
    "What the numerator would have to be for the target, and how much of that is missing; null where it cannot be told",
  );

const part = z.object({
  area: area.extend({ rest: z.boolean(), kind: z.enum(["urban", "county"]).nullable() }),
  figure,
  target: z.object({ comparison: target.shape.comparison, value: z.number().nullable(), year: z.int() }).nullable(),
  track,
  shortage,
  trend,
  rank: rank.nullable().describe("Among the areas beside it"),
  /** Against the share of the area above: beyond two or three standard deviations. */
  standing: z.enum(["high-3", "high-2", "none", "low-2", "low-3"]).nullable(),
});

const event = <S extends z.ZodType>(state: S) =>
  z.object({ state, note: z.string(), by: z.string(), at: z.iso.datetime() });
const alarmState = z.enum(["open", "confirmed", "false", "fixed"]);

export const alarm = z.object({
  id: z.string(),
  rule: named.extend({ days: z.int() }),
  indicator: named,
  area: named,
  period: z.string(),
  value: z.number(),
  limit: z.number().nullable(),
  measured: z.object({ unit: words, decimals: z.int() }).describe("How the value is written"),
  raisedAt: z.iso.datetime(),
  state: alarmState,
  next: z.array(alarmState).describe("What it may become"),
  events: z.array(event(alarmState)),
});
const actionState = z.enum(["open", "done", "dropped"]);
export const action = z.object({
  id: z.string(),
  indicator: named,
  area: named,
  alarm: z.string().nullable(),
  what: z.string(),
  owner: z.string(),
  due: z.iso.date(),
  overdue: z.boolean(),
  by: z.string(),
  at: z.iso.datetime(),
  state: actionState,
  events: z.array(event(actionState)),
});
export const indicatorQuery = z.object({ area: z.string().optional(), year: z.coerce.number().int().optional() });
export const indicatorPage = z.object({
  indicator: indicatorCard.extend({
    definition: words,
    numerator: words.nullable(),
    denominator: words.nullable(),
    per: z.number().nullable(),
    interval: z.enum(["wilson", "none"]),
    smallest: z.int().nullable(),
    origin: z.string(),
    lowest: level.describe("The smallest areas that it is kept for"),
    items: z.array(named.extend({ list: z.string() })),
    mark: z.string(),
    sources: z.array(z.object({ code: z.string(), title: z.string() })),
    note: words.nullable(),
  }),
  area: area,
  chain: z.array(named),
  year: z.int(),
  figure,
  target: target.nullable(),
  track,
  shortage,
  rank: rank.nullable(),
  series: z.array(figure),
  published: z.array(z.object({ area: z.string(), period: z.string(), value: z.number(), mark: z.string() })),
  parts: z.array(part),
  settlements: z
    .array(z.object({ kind: z.enum(["urban", "county"]), areas: z.int(), figure }))
    .describe(
      "Urban areas and the countryside, each recomputed from its base rows; empty where the indicator is not kept below",
    ),
  change: z
    .object({ from: z.int(), to: z.int(), byNumerator: z.number(), byDenominator: z.number() })
    .nullable()
    .describe(
      "The change since the base year, and how much of it numerator and denominator made (Shapley: the mean over both orders)",
    ),
  cases: z
    .array(z.object({ item: named, missed: z.int().nullable(), entitled: z.int().nullable(), href: z.string() }))
    .describe("Entries of the run behind the figure; counts below the threshold are null"),
  actions: z.array(action),
  alarms: z.array(alarm),
  provenance,
});

export const rankingQuery = z.object({ level, year: z.coerce.number().int().optional(), ...paging });
export const rankingPage = z.object({
  level,
  year: z.int(),
  total: z.int(),
  page: z.int(),
  size: z.int(),
  rows: z.array(z.object({ area: named, figure, rank })),
});

export const alarmsQuery = z.object({ state: alarmState.optional(), ...paging });
export const alarmsPage = z.object({
  total: z.int(),
  page: z.int(),
  size: z.int(),
  alarms: z.array(alarm),
  rules: z.array(
    named.extend({
      indicator: named,
      areas: z.int(),
      detector: z.string(),
      period: z.enum(["month", "year"]).describe("What delays are counted in"),
      trial: z.boolean().describe("Only tried: it raises no alarm"),
      alarmsPerYear: z.number().nullable().describe("Of one area, on history"),
      budget: z.number().nullable().describe("Alarms a year and area that it may cost"),
      withinBudget: z.boolean().nullable(),
      medianDelay: z.number().nullable(),
      missed: z.number().nullable(),
      judged: z
        .object({
          open: z.int(),
          confirmed: z.int(),
          false: z.int(),
          fixed: z.int(),
          precision: z.number().nullable(),
          medianDays: z.number().nullable(),
        })
        .describe("What became of its alarms; precision: of those judged, the share that was real"),
      reason: words.nullable(),
    }),
  ),
});
const note = z.string().trim().min(1).max(2000);
export const alarmEvent = z.object({ state: alarmState, note });

export const actionsQuery = z.object({ state: actionState.optional(), ...paging });
export const actionsPage = z.object({ total: z.int(), page: z.int(), size: z.int(), actions: z.array(action) });
export const newAction = z.object({
  indicator: z.string(),
  area: z.string(),
  alarm: z.string().nullable().default(null),
  what: note,
  owner: z.string().trim().min(1).max(200),
  due: z.iso.date(),
});
export const actionEvent = z.object({ state: actionState, note });

export const snapshotCard = z.object({
  hash: z.string(),
  title: z.string(),
  area: named,
  version: z.string(),
  figures: z.int(),
  by: z.string(),
  at: z.iso.datetime(),
});
export const pageQuery = z.object(paging);
export const snapshotsPage = z.object({
  total: z.int(),
  page: z.int(),
  size: z.int(),
  snapshots: z.array(snapshotCard),
});
export const newSnapshot = z.object({ title: z.string().trim().min(1).max(200) });
export const snapshotPage = snapshotCard.extend({
  /** Whether the stored content still has the hash that it is named by. */
  intact: z.boolean(),
  /** Whether the figures of today are the frozen ones. */
  current: z.boolean(),
  provenance: z.unknown(),
});

export const batchCard = z.object({
  id: z.string(),
  name: z.string(),
  rows: z.int(),
  accepted: z.int(),
  quarantined: z.int(),
  by: z.string(),
  at: z.iso.datetime(),
});
export const batchesPage = z.object({ total: z.int(), page: z.int(), size: z.int(), batches: z.array(batchCard) });
export const quarantinePage = z.object({
  total: z.int(),
  page: z.int(),
  size: z.int(),
  rows: z.array(z.object({ row: z.int(), column: z.string(), reason: named, value: z.string(), record: z.string() })),
});

export type Overview = z.infer<typeof overview>;
export type AreasPage = z.infer<typeof areasPage>;
export type WorkQuery = z.infer<typeof workQuery>;
export type WorkPage = z.infer<typeof workPage>;
export type WorkRow = z.infer<typeof workRow>;
export type IndicatorPage = z.infer<typeof indicatorPage>;
export type Part = z.infer<typeof part>;
export type AlarmsPage = z.infer<typeof alarmsPage>;
export type AlarmCard = z.infer<typeof alarm>;
export type ActionsPage = z.infer<typeof actionsPage>;
export type ActionCard = z.infer<typeof action>;
export type SnapshotsPage = z.infer<typeof snapshotsPage>;
export type SnapshotPage = z.infer<typeof snapshotPage>;
export type BatchesPage = z.infer<typeof batchesPage>;
export type QuarantinePage = z.infer<typeof quarantinePage>;
export type FigureCard = z.infer<typeof figure>;
export type TargetCard = z.infer<typeof target>;
export type TrackCard = z.infer<typeof track>;
export type ProvenanceCard = z.infer<typeof provenance>;
