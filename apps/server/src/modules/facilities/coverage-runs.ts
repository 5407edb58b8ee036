import { createHash } from "node:crypto";
import { Problem } from "../../problem.ts";
import type { Database } from "../../store/database.ts";
import type { CoveragePage, CoverageRunCard, CoverageRunPage } from "./model.ts";
import type { PlacesMap } from "./places-map.ts";

interface Setting {
  readonly database: Database;
  readonly map: PlacesMap;
  readonly now: () => Date;
}

/** Keeps coverage as it was worked out; the same inputs are kept once. */
export async function recordCoverage(page: CoveragePage, { database, map, now }: Setting): Promise<CoverageRunPage> {
  const { inputs, stepFree, hash, index, totals } = page;
  const id = createHash("sha256")
    .update(JSON.stringify([inputs, stepFree, hash]))
    .digest("hex")
    .slice(0, 16);
  await database
    .insertInto("coverage_run")
    .values({
      id,
      map: map.id,
      facilities: inputs.facilities,
      standard: inputs.standard,
      step_free: stepFree,
      ran_at: now(),
      hash,
      index: JSON.stringify(index),
      totals: JSON.stringify(totals),
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  return coverageRun(id, inputs.facilities, { database, map });
}

/** @throws {Problem} PLACES-RUN-UNKNOWN */
export async function coverageRun(
  id: string,
  facilities: string,
  { database, map }: Pick<Setting, "database" | "map">,
): Promise<CoverageRunPage> {
  const row = await database.selectFrom("coverage_run").selectAll().where("id", "=", id).executeTakeFirst();
  if (!row) throw new Problem("PLACES-RUN-UNKNOWN", { zh: `没有覆盖运算 ${id}`, en: `There is no coverage run ${id}` });
  return { ...cardOf(row, facilities, map), totals: row.totals as CoveragePage["totals"] };
}

/** Newest first. */
export async function coverageRuns(
  facilities: string,
  { page, size }: { readonly page: number; readonly size: number },
  { database, map }: Pick<Setting, "database" | "map">,
): Promise<CoverageRunCard[]> {
  const rows = await database
    .selectFrom("coverage_run")
    .selectAll()
    .orderBy("ran_at", "desc")
    .limit(size)
    .offset((page - 1) * size)
    .execute();
  return rows.map((row) => cardOf(row, facilities, map));
}

interface Row {
  readonly id: string;
  readonly map: string;
  readonly facilities: string;
  readonly standard: string;
  readonly step_free: boolean;
  readonly ran_at: Date;
  readonly hash: string;
  readonly index: unknown;
}

function cardOf(row: Row, facilities: string, map: PlacesMap): CoverageRunCard {
  return {
    id: row.id,
    standard: row.standard,
    stepFree: row.step_free,
    date: map.date,
    inputs: { map: row.map, facilities: row.facilities, standard: row.standard },
    hash: row.hash,
    index: row.index as CoveragePage["index"],
    ranAt: row.ran_at.toISOString(),
    current: row.map === map.id && row.facilities === facilities,
  };
}
