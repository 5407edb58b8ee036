import { createHash, randomUUID } from "node:crypto";
import { checkDatum, type DatumFinding } from "@qingdan/reach";
import { Problem } from "../../problem.ts";
import type { Database } from "../../store/database.ts";
import { checkRegister, type Fault, quarantineReasons } from "./check-register.ts";
import type { ImportPage, ImportQuery, QuarantinePage } from "./model.ts";
import type { PlacesMap } from "./places-map.ts";
import { type RegisterRow, readRegister } from "./register-rows.ts";

export interface RegisterToImport extends ImportQuery {
  readonly text: string;
  /** Name of who brings it. */
  readonly by: string;
}

interface Setting {
  readonly database: Database;
  readonly map: PlacesMap;
  readonly now: () => Date;
}

/**
 * Takes a register in: every row is accepted or quarantined with its reasons. The kinds that it holds are replaced as a whole,
 * all others stay. A datum that fits the streets better than the one said is told, and changes nothing.
 *
 * @throws {Problem} PLACES-REGISTER-FAULTY
 */
export async function importRegister(register: RegisterToImport, { database, map, now }: Setting): Promise<ImportPage> {
  const { text, format, source, datum, by } = register;
  const rows = readRegister(format, text);
  const firstRow = format === "csv" ? 2 : 1;
  const { accepted, faults, points } = checkRegister(rows, { map, datum, firstRow });
  const finding = findingOf(checkDatum(points, map.network), datum);
  const faulty = new Set(faults.map(({ row }) => row));
  const kinds = [...new Set(accepted.map(({ kind }) => kind))].sort();
  const id = randomUUID();
  const summary = {
    id,
    source,
    sha256: createHash("sha256").update(text).digest("hex"),
    imported_at: now(),
    imported_by: by,
    rows: rows.length,
    accepted: accepted.length,
    quarantined: faulty.size,
  };
  const byReason = countReasons(faults);
  await database.transaction().execute(async (tx) => {
    const jsons = { by_reason: JSON.stringify(byReason), kinds: JSON.stringify(kinds), datum: JSON.stringify(finding) };
    await tx
      .insertInto("facility_import")
      .values({ ...summary, map: map.id, ...jsons })
      .execute();
    const quarantined = faults.map((fault) => ({
      import: id,
      ...fault,
      record: JSON.stringify(rows[fault.row - firstRow] satisfies RegisterRow | undefined),
    }));
    for (const some of inBatches(quarantined)) await tx.insertInto("facility_quarantine").values(some).execute();
    if (kinds.length > 0)
      await tx.deleteFrom("facility").where("map", "=", map.id).where("kind", "in", kinds).execute();
    for (const some of inBatches(accepted.map((facility) => ({ ...facility, map: map.id, import: id }))))
      await tx.insertInto("facility").values(some).execute();
  });
  return pageOf({ ...summary, by_reason: byReason, kinds, datum: finding });
}

/** The imports of a map, newest first. */
export async function importsOf(database: Database, map: PlacesMap): Promise<ImportPage[]> {
  const rows = await database
    .selectFrom("facility_import")
    .selectAll()
    .where("map", "=", map.id)
    .orderBy("imported_at", "desc")
    .execute();
  return rows.map(pageOf);
}

/** A page of quarantined rows, one line a fault. @throws {Problem} PLACES-IMPORT-UNKNOWN */
export async function quarantineOf(
  database: Database,
  id: string,
  { page, size }: { readonly page: number; readonly size: number },
): Promise<QuarantinePage> {
  const known = await database.selectFrom("facility_import").select("id").where("id", "=", id).executeTakeFirst();
  if (!known) throw new Problem("PLACES-IMPORT-UNKNOWN", { zh: `没有导入 ${id}`, en: `There is no import ${id}` });
  const all = database.selectFrom("facility_quarantine").where("import", "=", id);
  const { total } = await all.select(({ fn }) => fn.countAll().as("total")).executeTakeFirstOrThrow();
  const rows = await all
    .select(["row", "column", "reason", "value", "record"])
    .orderBy("row")
    .orderBy("column")
    .limit(size)
    .offset((page - 1) * size)
    .execute();
  return {
    total: Number(total),
    page,
    size,
    rows: rows.map((row) => ({ ...row, text: wordsOf(row.reason) })),
  };
}

function wordsOf(reason: string) {
  return Object.entries(quarantineReasons).find(([code]) => code === reason)?.[1] ?? { zh: reason, en: reason };
}

function countReasons(faults: readonly Fault[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { reason } of faults) counts[reason] = (counts[reason] ?? 0) + 1;
  return counts;
}

function findingOf({ verdict, best, readings, pointsUsed }: DatumFinding, given: string): ImportPage["datum"] {
  const name = given === "cgcs2000" ? "wgs84" : given;
  const asGiven = readings.find(({ points, roads }) => points === name && roads === "wgs84");
  const fits = best.points === name && best.roads === "wgs84";
  return {
    verdict: verdict === "unclear" ? "unclear" : fits ? "agree" : "mismatch",
    given,
    best: best.roads === "wgs84" ? best.points : `${best.points} (streets ${best.roads})`,
    medianMetres: finite(best.medianMetres),
    givenMedianMetres: finite(asGiven?.medianMetres ?? best.medianMetres),
    points: pointsUsed,
  };
}

const finite = (metres: number) => (Number.isFinite(metres) ? Math.round(metres * 10) / 10 : null);

interface Stored {
  readonly id: string;
  readonly source: string;
  readonly sha256: string;
  readonly imported_at: Date;
  readonly imported_by: string;
  readonly rows: number;
  readonly accepted: number;
  readonly quarantined: number;
  readonly by_reason: unknown;
  readonly kinds: unknown;
  readonly datum: unknown;
}

function pageOf(stored: Stored): ImportPage {
  const { id, source, sha256, rows, accepted, quarantined } = stored;
  return {
    id,
    source,
    sha256,
    rows,
    accepted,
    quarantined,
    importedAt: stored.imported_at.toISOString(),
    importedBy: stored.imported_by,
    byReason: Object.entries(stored.by_reason as Record<string, number>).map(([reason, count]) => ({
      reason,
      text: wordsOf(reason),
      rows: count,
    })),
    kinds: stored.kinds as string[],
    datum: stored.datum as ImportPage["datum"],
  };
}

/** PostgreSQL takes at most 65,535 values a statement. */
function* inBatches<T>(rows: readonly T[]): Generator<T[]> {
  for (let at = 0; at < rows.length; at += 1000) yield rows.slice(at, at + 1000);
}
