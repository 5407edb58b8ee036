import { Problem } from "../../problem.ts";
import type { Database } from "../../store/database.ts";
import { type Cockpit, figureAt, leadsOf } from "./cockpit.ts";
import { runIndex } from "./index-run.ts";
import { ReportError } from "./report/report-error.ts";
import { freezeSnapshot, type ReportSnapshot, readSnapshot, type SnapshotContent } from "./report-snapshot.ts";

type Value = SnapshotContent["values"][number];

/**
 * The figures of a cockpit as they are to be frozen: every year of the first area and of those directly below it, the newest two of all
 * others; and the indexes. What is withheld is withheld here too.
 */
export function snapshotContent(cockpit: Cockpit): SnapshotContent {
  const { indicators, tree, years, provenance } = cockpit;
  const values: Value[] = [];
  for (const [at, { parent, rest }] of tree.areas.entries()) {
    if (rest) continue;
    const kept = parent <= 0 ? years : years.slice(-2);
    for (const code of indicators.keys()) for (const year of kept) values.push(frozenValue(cockpit, code, at, year));
  }
  const indexes = [...cockpit.catalogue.indexes.values()];
  for (const [i, index] of indexes.entries()) {
    for (const year of years) values.push(...indexValues(cockpit, index.code, prefixOf(i, index.code), year));
  }
  return {
    listVersion: `${provenance.list.code} ${cockpit.version}`,
    indicators: [
      ...[...indicators.values()].map((indicator) => ({
        code: indicator.code,
        name: indicator.name,
        unit: indicator.unit,
        decimals: indicator.decimals,
        direction: indicator.direction === "up" ? (1 as const) : (-1 as const),
        source: sourceOf(cockpit, indicator.code),
      })),
      ...indexes.flatMap(({ code, name }, i) =>
        indexParts.map(({ part, zh, en }) => ({
          code: `${prefixOf(i, code)}${part}`,
          name: { zh: `${name.zh}·${zh}`, en: `${name.en}: ${en}` },
          unit: { zh: "分", en: "points" },
          decimals: part === "equality" ? 3 : 1,
          direction: 1 as const,
          source: { zh: "由本快照的指标算出", en: "Computed from the indicators of this snapshot" },
        })),
      ),
    ],
    areas: tree.areas
      .filter(({ rest }) => !rest)
      .map(({ code, name, parent }) => ({ code, name, ...(parent >= 0 && { parent: tree.areas[parent]!.code }) })),
    values,
  };
}

/** The parts of the first index are named plainly, as report templates cite them. */
const prefixOf = (at: number, code: string): string => (at === 0 ? "" : `${code}.`);

/** Of an area below the first, `level` is its own score. */
const indexParts = [
  { part: "level", zh: "水平", en: "level" },
  { part: "equality", zh: "均等（1−基尼系数）", en: "equality (1 - Gini)" },
  { part: "score", zh: "差异调整后得分", en: "score adjusted for inequality" },
] as const;

function sourceOf(cockpit: Cockpit, code: string): { zh: string; en: string } {
  const indicator = cockpit.indicators.get(code)!;
  const leads = leadsOf(cockpit, indicator);
  const made = cockpit.provenance.synthetic ? { zh: "（合成数据）", en: " (synthetic)" } : { zh: "", en: "" };
  return {
    zh: `${leads.map(({ name }) => name.zh).join("、")}${made.zh}`,
    en: `${leads.map(({ name }) => name.en).join("; ")}${made.en}`,
  };
}

function frozenValue(cockpit: Cockpit, code: string, at: number, year: number): Value {
  const { value, low, high, suppressed, partial } = figureAt(cockpit, code, at, year);
  const place = { indicator: code, area: cockpit.tree.areas[at]!.code, period: String(year) };
  if (suppressed) return { ...place, value: null, status: "suppressed", reason: withheld };
  if (value === null) return { ...place, value: null, status: "missing", ...(partial && { reason: partly }) };
  return { ...place, value, ...(low !== null && high !== null && { low, high }), status: "ok" };
}

const withheld = { zh: "人数过少，不公布", en: "Withheld: too few people" };
const partly = { zh: "部分地区缺数，不作合计", en: "Some areas have no figure: no total is made" };

function indexValues(cockpit: Cockpit, code: string, prefix: string, year: number): Value[] {
  const run = runIndex(cockpit, cockpit.catalogue.indexes.get(code)!, year);
  const root = cockpit.tree.areas[0]!.code;
  const value = (part: string, area: string, of: number | null): Value => {
    const place = { indicator: `${prefix}${part}`, area, period: String(year) };
    return of === null ? { ...place, value: null, status: "missing" } : { ...place, value: of, status: "ok" };
  };
  return [
    value("level", root, run.level),
    value("equality", root, run.equality?.oneMinusGini ?? null),
    value("score", root, run.adjusted),
    ...run.units.map(({ area, score }) => value("level", cockpit.tree.areas[area]!.code, score)),
  ];
}

export interface StoredSnapshot {
  readonly hash: string;
  readonly title: string;
  readonly area: string;
  readonly version: string;
  readonly figures: number;
  readonly by: string;
  readonly at: Date;
}

const CARD = ["hash", "title", "area", "version", "figures", "by", "at"] as const;

/** Freezes the figures of today; the same figures give the snapshot that is there already. */
export async function freezeFigures(
  database: Database,
  cockpit: Cockpit,
  { title, by, at }: { readonly title: string; readonly by: string; readonly at: Date },
): Promise<StoredSnapshot> {
  const snapshot = freezeSnapshot(snapshotContent(cockpit));
  const card = {
    hash: snapshot.hash,
    title,
    area: cockpit.tree.areas[0]!.code,
    version: cockpit.version,
    figures: snapshot.values.filter(({ status }) => status === "ok").length,
    by,
    at,
  };
  await database
    .insertInto("indicator_snapshot")
    .values({ ...card, content: JSON.stringify(snapshot), provenance: JSON.stringify(cockpit.provenance) })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  return database.selectFrom("indicator_snapshot").select(CARD).where("hash", "=", card.hash).executeTakeFirstOrThrow();
}

/** Newest first. */
export const allSnapshots = (database: Database): Promise<StoredSnapshot[]> =>
  database.selectFrom("indicator_snapshot").select(CARD).orderBy("at", "desc").execute();

/**
 * A snapshot with its content; `snapshot` is undefined where the content has another hash than its name says.
 * @throws Problem `COCKPIT-SNAPSHOT-UNKNOWN`
 */
export async function oneSnapshot(
  database: Database,
  hash: string,
): Promise<StoredSnapshot & { readonly provenance: unknown; readonly snapshot: ReportSnapshot | undefined }> {
  const row = await database.selectFrom("indicator_snapshot").selectAll().where("hash", "=", hash).executeTakeFirst();
  if (!row)
    throw new Problem("COCKPIT-SNAPSHOT-UNKNOWN", { zh: `没有快照 ${hash}`, en: `There is no snapshot ${hash}` });
  const { content, provenance, ...card } = row;
  return { ...card, provenance: JSON.parse(provenance), snapshot: intact(content, hash) };
}

function intact(content: string, hash: string): ReportSnapshot | undefined {
  try {
    const snapshot = readSnapshot(JSON.parse(content));
    return snapshot.hash === hash ? snapshot : undefined;
  } catch (error) {
    if (error instanceof ReportError || error instanceof SyntaxError) return undefined;
    throw error;
  }
}
