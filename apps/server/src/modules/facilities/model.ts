import { z } from "zod";

/** What the facilities API asks and answers, as schemas. Distances are walking metres on streets, times walking minutes. */

export const words = z.object({ zh: z.string(), en: z.string() });
export const named = z.object({ code: z.string(), name: words });
export const point = z.tuple([z.number(), z.number()]).describe("Longitude, latitude; WGS 84");

export const states = ["open", "closed", "planned", "vacant"] as const;
export const verdicts = ["covered", "at-risk", "uncovered", "unknown"] as const;
export const ageGroupCodes = ["everyone", "age0to2", "age3to5", "age6to11", "age12to14", "age60up"] as const;
export const walkerCodes = ["adult", "child", "senior", "wheelchair"] as const;

export const facility = z.object({
  code: z.string(),
  kind: named,
  name: words,
  town: named,
  point,
  functions: z.array(z.string()),
  floorM2: z.number().nullable().describe("Floor, of open-air places land; null: not known"),
  capacity: z.number().nullable(),
  capacityUnit: z.string().nullable(),
  openingHours: z.string().nullable().describe("As OpenStreetMap writes opening_hours; null: not known"),
  stepFree: z.boolean().nullable().describe("null: not known"),
  operator: z.string().nullable(),
  state: z.enum(states),
  centre: z
    .array(z.object({ text: words, clause: z.string() }))
    .nullable()
    .describe("What a centre of several services lacks by the guide of 2023; null: none, or its floor is not known"),
});

const street = named.extend({
  district: named,
  point,
  people: z.int(),
  landmarks: z.array(named).describe("Places from which a way can begin: the middle of the street office's area first"),
});

const requirement = z.object({
  code: z.string(),
  level: z.string(),
  kind: z.string(),
  label: words,
  group: z.enum(ageGroupCodes),
  metres: z.number().nullable().describe("null: held to the level's minutes"),
  leastM2: z.number().nullable(),
  clause: z.string(),
  mark: z.enum(["read", "unchecked"]),
});

const standard = z.object({
  id: z.string(),
  title: words,
  source: z.string(),
  travel: z.enum(["foot", "car"]).describe("Measured on streets, or judged by minutes by car that the map brings"),
  minutesMissing: z.boolean().describe("By car, and the map's folder has no minutes.csv of its places"),
  levels: z.array(
    z.object({ id: z.string(), label: words, minutes: z.number(), groups: z.array(z.enum(ageGroupCodes)) }),
  ),
  requirements: z.array(requirement),
});

export const placesPage = z.object({
  id: z.string().describe("Hash of the map's files"),
  name: words,
  date: z.iso.date(),
  fictitious: z.boolean(),
  mapReview: z.string().nullable().describe("Review number of the map that the city brought; null: plain ground"),
  datum: z.string(),
  people: z.int(),
  blocks: z.int(),
  kilometres: z.number(),
  crossings: z.int().describe("Bridges and underpasses"),
  parts: z.int().describe("Parts of the network that hang together"),
  unsnappedBlocks: z.int(),
  bounds: z.tuple([z.number(), z.number(), z.number(), z.number()]).describe("West, south, east, north"),
  facilities: z.int(),
  kinds: z.array(named.extend({ facilities: z.int() })),
  districts: z.array(named),
  standards: z.array(standard),
  groups: z.array(z.object({ code: z.enum(ageGroupCodes), name: words })),
});

export const streetsPage = z.object({ streets: z.array(street) });

export const directoryQuery = z.object({
  q: z.string().max(60).optional(),
  kind: z.string().optional(),
  area: z.string().optional().describe("Code of a district or street office"),
  state: z.enum(states).optional(),
  stepFree: z.enum(["yes", "no", "unknown"]).optional(),
  page: z.coerce.number().int().min(1).default(1),
  size: z.coerce.number().int().min(1).max(200).default(50),
});
export const directoryPage = z.object({
  total: z.int(),
  page: z.int(),
  size: z.int(),
  facilities: z.array(facility),
});

export const nearestQuery = z.object({
  kind: z.string(),
  from: z.string().describe("Code of a street office, block or facility"),
  walker: z.enum(walkerCodes).default("adult"),
  openNow: z
    .enum(["true", "false"])
    .default("true")
    .transform((text) => text === "true"),
  stepFree: z
    .enum(["true", "false"])
    .default("false")
    .transform((text) => text === "true"),
  at: z.iso.datetime({ offset: true }).optional().describe("The moment; now unless given"),
  size: z.coerce.number().int().min(1).max(20).default(5),
});
const openState = z.object({
  state: z.enum(["open", "closed", "unknown"]),
  until: z
    .string()
    .nullable()
    .describe("When that changes, as YYYY-MM-DDTHH:MM in Shanghai's time; null: never or not known"),
});
export const nearestPage = z.object({
  from: named.extend({ point }),
  kind: named,
  at: z.string().describe("The moment that was looked at, in Shanghai's time"),
  reachable: z.int().describe("Places of the kind that can be walked to"),
  leftOut: z.object({
    closed: z.int(),
    hoursUnknown: z.int(),
    notStepFree: z.int(),
    stepsUnknown: z.int(),
  }),
  places: z.array(
    z.object({
      facility,
      open: openState,
      metres: z.number(),
      minutes: z.number().describe("For the walker asked for"),
      minutesByWalker: z.object({
        adult: z.number(),
        child: z.number(),
        senior: z.number(),
        wheelchair: z.number().nullable().describe("null: only over stairs"),
      }),
    }),
  ),
});

export const importQuery = z.object({
  format: z.enum(["csv", "geojson"]),
  source: z.string().min(1).max(120).describe("Name of the register"),
  datum: z.enum(["wgs84", "cgcs2000", "gcj02", "bd09"]).default("wgs84"),
});
export const importPage = z.object({
  id: z.string(),
  source: z.string(),
  sha256: z.string(),
  importedAt: z.iso.datetime(),
  importedBy: z.string(),
  rows: z.int(),
  accepted: z.int(),
  quarantined: z.int(),
  byReason: z.array(z.object({ reason: z.string(), text: words, rows: z.int() })),
  kinds: z.array(z.string()).describe("Kinds that this register replaced; others stayed"),
  datum: z.object({
    verdict: z.enum(["agree", "mismatch", "unclear"]),
    given: z.string(),
    best: z.string().describe("Datum in which the points lie nearest to streets"),
    medianMetres: z.number().nullable().describe("Median metres from a point to the nearest street; null: no points"),
    givenMedianMetres: z.number().nullable(),
    points: z.int(),
  }),
});
export const pageQuery = z.object({
  page: z.coerce.number().int().min(1).default(1),
  size: z.coerce.number().int().min(1).max(200).default(50),
});
export const quarantinePage = z.object({
  total: z.int(),
  page: z.int(),
  size: z.int(),
  rows: z.array(
    z.object({
      row: z.int(),
      column: z.string(),
      reason: z.string(),
      text: words,
      value: z.string(),
      record: z.string(),
    }),
  ),
});

export const catchmentPage = z
  .object({
    counted: z.boolean().describe("Open, and without steps where that is asked: who is not counted serves nobody"),
    blocks: z.int().describe("Blocks to which it is the nearest of its kind on foot"),
    farthestMetres: z.int().nullable().describe("null: no block comes"),
    groups: z.array(
      z.object({
        group: z.enum(ageGroupCodes),
        people: z.int(),
        minutes: z.number().describe("Mean of their walking minutes, at their own pace"),
      }),
    ),
  })
  .describe("Whom a facility serves if everybody walks to the nearest one of its kind");

const flag = z
  .enum(["true", "false"])
  .default("false")
  .transform((text) => text === "true");
export const catchmentQuery = z.object({ stepFree: flag });
export const coverageQuery = z.object({ standard: z.string().default("gb-50180-2018"), stepFree: flag });
export const blocksQuery = coverageQuery.extend({
  level: z.string(),
  group: z.enum(ageGroupCodes).default("everyone"),
});

const people = z.object({ covered: z.int(), "at-risk": z.int(), uncovered: z.int(), unknown: z.int() });
const total = z.object({
  level: z.string(),
  requirement: z.string().nullable().describe("null: the level as a whole"),
  group: z.enum(ageGroupCodes),
  street: z.string().nullable().describe("null: the whole city"),
  people,
});
const indexOf = z.object({
  value: z.number().nullable().describe("Mean share of people covered over requirements, 0 to 100"),
  levels: z.array(z.object({ level: z.string(), value: z.number().nullable() })),
  judged: z.int(),
  notJudged: z.array(z.string()),
});
export const inputs = z.object({
  map: z.string(),
  facilities: z.string().describe("SHA-256 of the directory"),
  standard: z.string(),
});
export const coveragePage = z.object({
  standard: z.string(),
  stepFree: z.boolean(),
  date: z.iso.date(),
  inputs,
  hash: z.string().describe("SHA-256 of every block's verdicts"),
  index: indexOf,
  totals: z.array(total),
  unsnapped: z.object({ blocks: z.int(), facilities: z.array(z.object({ code: z.string(), why: z.string() })) }),
});
export const blocksPage = z.object({
  level: z.string(),
  group: z.enum(ageGroupCodes),
  code: z.array(z.string()),
  people: z.array(z.int()),
  verdict: z.array(z.enum(verdicts).nullable()),
  minutes: z
    .array(z.number().nullable())
    .describe("To the place that decides; null: none can be reached, or not known"),
});
export const blockPage = z.object({
  code: z.string(),
  name: words,
  street: named,
  point,
  people: z.record(z.enum(ageGroupCodes), z.int()),
  reasons: z.array(
    z.object({
      requirement: z.string(),
      label: words,
      clause: z.string(),
      group: z.enum(ageGroupCodes),
      verdict: z.enum(verdicts),
      people: z.int(),
      metres: z.number().nullable().describe("null: none can be reached, or minutes were given"),
      minutes: z.number().nullable(),
      limitMetres: z.number().nullable(),
      limitMinutes: z.number(),
      facility: named.nullable().describe("The nearest place that counts"),
    }),
  ),
});

const siteEdit = z.discriminatedUnion("deed", [
  z.object({
    deed: z.literal("add"),
    code: z.string().min(1).max(80),
    kind: z.string(),
    point,
    floorM2: z.number().positive().optional(),
  }),
  z.object({ deed: z.literal("move"), code: z.string(), point }),
  z.object({ deed: z.literal("close"), code: z.string() }),
]);
export const whatIfBody = coverageQuery.extend({
  stepFree: z.boolean().default(false),
  level: z.string(),
  group: z.enum(ageGroupCodes).default("everyone"),
  edits: z.array(siteEdit).min(1).max(50),
});
export const whatIfPage = z.object({
  milliseconds: z.number(),
  index: z.object({ before: indexOf, after: indexOf }),
  totals: z.array(total.omit({ people: true }).extend({ before: people, after: people })),
  people: z
    .array(
      z.object({
        requirement: z.string(),
        label: words,
        group: z.enum(ageGroupCodes),
        street: named,
        gain: z.int(),
        lose: z.int(),
      }),
    )
    .describe("People who come to be covered, and who are no longer"),
  blocks: z
    .object({
      code: z.array(z.string()),
      verdict: z.array(z.enum(verdicts).nullable()),
      minutes: z.array(z.number().nullable()),
    })
    .describe("Blocks that look different at the level and group asked for"),
});

export const coverageRunCard = coveragePage
  .omit({ totals: true, unsnapped: true })
  .extend({ id: z.string(), ranAt: z.iso.datetime(), current: z.boolean().describe("Its inputs are those of today") });
export const coverageRunPage = coverageRunCard.extend({ totals: z.array(total) });
export const coverageRunBody = z.object({
  standard: z.string().default("gb-50180-2018"),
  stepFree: z.boolean().default(false),
});

export type Facility = z.infer<typeof facility>;
export type PlacesPage = z.infer<typeof placesPage>;
export type StreetsPage = z.infer<typeof streetsPage>;
export type DirectoryQuery = z.infer<typeof directoryQuery>;
export type DirectoryPage = z.infer<typeof directoryPage>;
export type NearestQuery = z.infer<typeof nearestQuery>;
export type NearestPage = z.infer<typeof nearestPage>;
export type CatchmentPage = z.infer<typeof catchmentPage>;
export type ImportQuery = z.infer<typeof importQuery>;
export type ImportPage = z.infer<typeof importPage>;
export type QuarantinePage = z.infer<typeof quarantinePage>;
export type CoveragePage = z.infer<typeof coveragePage>;
export type CoverageQuery = z.infer<typeof coverageQuery>;
export type BlocksPage = z.infer<typeof blocksPage>;
export type BlockPage = z.infer<typeof blockPage>;
export type SiteEdit = z.infer<typeof siteEdit>;
export type WhatIfBody = z.infer<typeof whatIfBody>;
export type WhatIfPage = z.infer<typeof whatIfPage>;
export type CoverageRunCard = z.infer<typeof coverageRunCard>;
export type CoverageRunPage = z.infer<typeof coverageRunPage>;
