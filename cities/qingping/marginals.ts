import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parse } from "yaml";
import { z } from "zod";

const share = z.number().min(0).max(1);
const curve = z.array(z.tuple([z.number(), z.number()])).min(2);
const normalOf = z.strictObject({ mean: z.number(), deviation: z.number(), min: z.number(), max: z.number() });
const prevalence = z.strictObject({ all: share, byAge: curve, diagnosed: share });

function shares<const K extends string>(...keys: readonly K[]) {
  return z.strictObject(Object.fromEntries(keys.map((key) => [key, share])) as Record<K, typeof share>);
}

function numbers<const K extends string>(...keys: readonly K[]) {
  return z.strictObject(Object.fromEntries(keys.map((key) => [key, z.number()])) as Record<K, z.ZodNumber>);
}

function figure<T extends z.ZodType>(value: T) {
  return z.strictObject({
    value,
    mark: z.enum(["V", "V2", "P", "D", "R"]),
    source: z.array(z.string()),
    note: z.string().optional(),
  });
}

const figures = z.strictObject({
  ageShares: figure(z.record(z.string().regex(/^\d+$/), share)),
  localShare: figure(share),
  localAges: figure(shares("under15", "working", "older")),
  maleShare: figure(shares("all", "older", "oldest")),
  householdSizes: figure(z.array(share).length(8)),
  householdMean: figure(z.number().min(1)),
  aloneOlder: figure(share),
  mixedCouples: figure(share),
  provinces: figure(z.record(z.string(), share)),
  motherAge: figure(normalOf),
  spouseGap: figure(normalOf),
  loneStatus: figure(z.strictObject({ single: curve, divorced: curve })),
  childrenElsewhere: figure(curve),
  aloneInTheWorld: figure(share),
  childStatus: figure(shares("orphan", "abandoned", "hiv", "distress", "adopted")),
  tertiary: figure(shares("working", "all")),
  tertiaryByAge: figure(curve),
  enrolment: figure(shares("kindergarten", "compulsory", "upper", "collegeLocal", "collegeOther", "postgraduate")),
  vocationalShare: figure(share),
  privateShare: figure(shares("kindergarten", "primary", "junior", "senior", "vocational", "college", "postgraduate")),
  boarding: figure(shares("primary", "junior", "senior", "vocational", "college", "postgraduate")),
  unemploymentRate: figure(share),
  participation: figure(z.strictObject({ male: curve, female: curve })),
  workKinds: figure(shares("employedLocal", "employedOther", "flexibleLocal", "flexibleOther")),
  registered: figure(shares("local", "other", "involuntary")),
  olderPension: figure(shares("employee", "residents")),
  pensionMean: figure(z.number()),
  residentsPension: figure(numbers("base", "account")),
  averagePension: figure(z.number()),
  publicSector: figure(share),
  medicalNone: figure(shares("local", "other")),
  incomePerHead: figure(z.number()),
  quintiles: figure(z.array(z.number()).length(5)),
  wage: figure(numbers("median", "tertiary", "female", "other", "sigma", "household")),
  assets: figure(numbers("monthsOfIncome", "sigma", "poor")),
  assistance: figure(numbers("line", "assets", "edgeAssets", "takeUp", "edgeTakeUp", "stale")),
  hospitalShare: figure(curve),
  disabilityKinds: figure(shares("vision", "hearing", "speech", "physical", "intellectual", "mental", "multiple")),
  disabilityRate: figure(curve),
  severeShare: figure(share),
  dependence: figure(curve),
  assessed: figure(share),
  institution: figure(share),
  hypertension: figure(prevalence),
  diabetes: figure(prevalence),
  illness: figure(shares("mental", "tuberculosis", "hiv", "endemic")),
  seriousIllness: figure(curve),
  pregnancy: figure(curve),
  planning: figure(share),
  onlyChild: figure(shares("died", "one")),
  surgery: figure(share),
  veterans: figure(z.strictObject({ male: curve, female: share, active: share, survivor: share, disabled: share })),
  hardship: figure(shares("accident", "expense", "personal", "vagrant", "disaster", "legal", "exempt")),
  dwellings: figure(z.strictObject({ local: z.array(share).length(4), other: z.array(share).length(4) })),
  livingAreaPerHead: figure(numbers("median", "sigma")),
  dangerous: figure(shares("urban", "rural", "shanty")),
  unknown: figure(
    shares(
      "monthlyIncome",
      "householdAssets",
      "careLevel",
      "medicalCostsBorne",
      "livingArea",
      "hasSupporter",
      "householdHukouMonths",
    ),
  ),
  rolls: figure(shares("notApplied", "registeredLate", "oldRecord", "moved", "incomeRisen", "jobFound", "regraded")),
});

const file = z.strictObject({
  sources: z.record(
    z.string(),
    z.strictObject({ title: z.string(), issuer: z.string(), year: z.number().int(), url: z.url() }),
  ),
  figures,
});

export type MarginalsFile = z.infer<typeof file>;
/** The figures without their citations. */
export type Marginals = { readonly [K in keyof z.infer<typeof figures>]: z.infer<typeof figures>[K]["value"] };

export function readMarginalsFile(): MarginalsFile {
  return file.parse(parse(readFileSync(fileURLToPath(new URL("marginals.yaml", import.meta.url)), "utf8")));
}

export function readMarginals(): Marginals {
  const entries = Object.entries(readMarginalsFile().figures).map(([name, { value }]) => [name, value]);
  return Object.fromEntries(entries) as Marginals;
}
