import { createHash } from "node:crypto";
import { z } from "zod";
import { ReportError } from "./report/report-error.ts";

const words = z.strictObject({ zh: z.string().min(1), en: z.string().min(1) });
/** A code that can stand in a template, an address and an SDMX key. */
const code = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_.-]*$/);
/** A year, a quarter of one, or a month: 2024, 2024-Q1, 2024-03. */
const period = z.string().regex(/^\d{4}(-Q[1-4]|-(0[1-9]|1[0-2]))?$/);

const snapshotIndicator = z.strictObject({
  code,
  name: words,
  /** Empty for a plain number. */
  unit: z.strictObject({ zh: z.string(), en: z.string() }),
  /** Decimals with which it is published. */
  decimals: z.int().min(0).max(9),
  /** +1: more is better; -1: less is better; 0: neither. */
  direction: z.union([z.literal(1), z.literal(-1), z.literal(0)]),
  source: words,
});

const snapshotArea = z.strictObject({ code, name: words, parent: code.optional() });

const snapshotValue = z.strictObject({
  indicator: code,
  area: code,
  period,
  /** Missing is null, never 0. A value that is withheld or failed its checks is null too. */
  value: z.number().nullable(),
  low: z.number().optional(),
  high: z.number().optional(),
  /** `missing`: nobody has it; `failed`: it failed a check; `suppressed`: withheld, the cell is too small. */
  status: z.enum(["ok", "missing", "failed", "suppressed"]),
  /** Why there is no value. */
  reason: words.optional(),
});

const content = {
  /** Version of the list that the figures were computed from. */
  listVersion: z.string().min(1),
  indicators: z.array(snapshotIndicator),
  areas: z.array(snapshotArea),
  values: z.array(snapshotValue),
};

const snapshot = z.strictObject({ hash: z.string(), ...content });

export type SnapshotIndicator = z.infer<typeof snapshotIndicator>;
export type SnapshotArea = z.infer<typeof snapshotArea>;
export type SnapshotValue = z.infer<typeof snapshotValue>;

/** Figures as they were on the day they were frozen; reports and exports are made from one, and cite its hash. */
export type ReportSnapshot = z.infer<typeof snapshot>;
export type SnapshotContent = Omit<ReportSnapshot, "hash">;

/** Freezes figures: the hash (SHA-256) is that of the content, whatever the order of keys, codes and values. */
export function freezeSnapshot(content: SnapshotContent): ReportSnapshot {
  return { hash: hashOf(content), ...content };
}

/**
 * Reads a frozen snapshot.
 * @throws ReportError `REPORT-SNAPSHOT` when its form is wrong, a value names no indicator or area of it or stands twice, a status
 * contradicts its value, or the hash is not that of the content
 */
export function readSnapshot(document: unknown): ReportSnapshot {
  const parsed = snapshot.safeParse(document);
  if (!parsed.success) {
    throw refusal(parsed.error.issues.map(({ path, message }) => `${path.join(".")}: ${message}`).slice(0, 20));
  }
  const faults = faultsOf(parsed.data);
  if (faults.length > 0) throw refusal(faults);
  return parsed.data;
}

function faultsOf(found: ReportSnapshot): string[] {
  const faults: string[] = [];
  const codesOf = (name: string, codes: readonly string[]) => {
    const known = new Set(codes);
    if (known.size !== codes.length) faults.push(`${name}: a code stands twice`);
    return known;
  };
  const indicators = codesOf(
    "indicators",
    found.indicators.map(({ code }) => code),
  );
  const areas = codesOf(
    "areas",
    found.areas.map(({ code }) => code),
  );
  const places = new Set<string>();
  for (const [i, { indicator, area, period, value, status, low, high }] of found.values.entries()) {
    const place = `${indicator}@${period}:${area}`;
    if (!indicators.has(indicator)) faults.push(`values.${i}: no indicator ${indicator}`);
    if (!areas.has(area)) faults.push(`values.${i}: no area ${area}`);
    if (places.has(place)) faults.push(`values.${i}: ${place} stands twice`);
    places.add(place);
    if ((status === "ok") !== (value !== null))
      faults.push(`values.${i}: ${place} is ${status} and has the value ${value}`);
    if ((low === undefined) !== (high === undefined) || low! > high!)
      faults.push(`values.${i}: ${place} has half an interval`);
  }
  if (found.hash !== hashOf(found))
    faults.push("hash: it is not the hash of the content, which has changed since it was frozen");
  return faults.slice(0, 20);
}

function refusal(faults: readonly string[]): ReportError {
  return new ReportError("REPORT-SNAPSHOT", faults, {
    words: { zh: "数据快照不能用", en: "The snapshot of figures cannot be used" },
    hint: { zh: "重新冻结一份快照", en: "Freeze a snapshot anew" },
  });
}

function hashOf({ listVersion, indicators, areas, values }: SnapshotContent): string {
  const lines = [
    ["list", listVersion],
    ...indicators.map((i) => [
      "indicator",
      i.code,
      i.name.zh,
      i.name.en,
      i.unit.zh,
      i.unit.en,
      i.decimals,
      i.direction,
      i.source.zh,
      i.source.en,
    ]),
    ...areas.map((a) => ["area", a.code, a.name.zh, a.name.en, a.parent ?? null]),
    ...values.map((v) => [
      "value",
      v.indicator,
      v.area,
      v.period,
      v.value,
      v.low ?? null,
      v.high ?? null,
      v.status,
      v.reason?.zh ?? null,
      v.reason?.en ?? null,
    ]),
  ].map((line) => JSON.stringify(line));
  return createHash("sha256").update(lines.toSorted().join("\n")).digest("hex");
}
