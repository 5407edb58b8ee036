import { createHash } from "node:crypto";
import { Problem } from "../../problem.ts";
import type { Database } from "../../store/database.ts";
import type { BaseFigure } from "./figure-table.ts";
import type { ImportedFigures } from "./import-figures.ts";

/** An import as it was taken. */
export interface Batch {
  readonly id: string;
  readonly name: string;
  readonly hash: string;
  readonly rows: number;
  readonly accepted: number;
  readonly quarantined: number;
  readonly by: string;
  readonly at: Date;
}

interface FileToRecord {
  readonly file: Buffer;
  readonly name: string;
  readonly by: string;
  readonly at: Date;
}

/** Rows of one insert: PostgreSQL takes at most 65,535 parameters. */
const CHUNK = 4000;

/**
 * Records an import with all its rows, or nothing.
 * @throws Problem `COCKPIT-FILE-KNOWN` when the same file was imported before
 */
export async function recordBatch(
  database: Database,
  { file, name, by, at }: FileToRecord,
  { accepted, quarantined }: ImportedFigures,
): Promise<Batch> {
  const hash = createHash("sha256").update(file).digest("hex");
  const id = hash.slice(0, 16);
  const batch = {
    id,
    name,
    hash,
    rows: accepted.length + quarantined.length,
    accepted: accepted.length,
    quarantined: quarantined.length,
    by,
    at,
  };
  const known = await database.selectFrom("indicator_batch").select("name").where("id", "=", id).executeTakeFirst();
  if (known) {
    throw new Problem("COCKPIT-FILE-KNOWN", {
      zh: `内容相同的文件“${known.name}”已导入`,
      en: `A file with the same content, "${known.name}", was imported`,
    });
  }
  await database.transaction().execute(async (tx) => {
    await tx.insertInto("indicator_batch").values(batch).execute();
    for (let from = 0; from < accepted.length; from += CHUNK) {
      const rows = accepted.slice(from, from + CHUNK).map((row) => ({ batch: id, ...row }));
      await tx.insertInto("indicator_row").values(rows).execute();
    }
    for (let from = 0; from < quarantined.length; from += CHUNK) {
      const rows = quarantined.slice(from, from + CHUNK).map((row) => ({ batch: id, ...row }));
      await tx.insertInto("indicator_quarantine").values(rows).execute();
    }
  });
  return batch;
}

/** Newest first. */
export const allBatches = (database: Database): Promise<Batch[]> =>
  database
    .selectFrom("indicator_batch")
    .select(["id", "name", "hash", "rows", "accepted", "quarantined", "by", "at"])
    .orderBy("number", "desc")
    .execute();

/** Figures of all imports, the oldest first, so that a later one stands before an earlier one. */
export async function importedFigures(database: Database): Promise<BaseFigure[]> {
  const rows = await database
    .selectFrom("indicator_row")
    .innerJoin("indicator_batch", "indicator_batch.id", "indicator_row.batch")
    .select(["indicator", "area", "period", "numerator", "denominator", "value"])
    .orderBy("indicator_batch.number")
    .orderBy("indicator_row.row")
    .execute();
  return rows.map((row) => ({ ...row, origin: "import" as const }));
}

/** A page of the quarantined rows of an import, in the order of the file. */
export async function quarantineOf(database: Database, batch: string, { page, size }: { page: number; size: number }) {
  const known = await database
    .selectFrom("indicator_batch")
    .select("quarantined")
    .where("id", "=", batch)
    .executeTakeFirst();
  if (!known)
    throw new Problem("COCKPIT-BATCH-UNKNOWN", { zh: `没有导入 ${batch}`, en: `There is no import ${batch}` });
  const rows = await database
    .selectFrom("indicator_quarantine")
    .select(["row", "column", "reason", "value", "record"])
    .where("batch", "=", batch)
    .orderBy("row")
    .limit(size)
    .offset((page - 1) * size)
    .execute();
  return { total: known.quarantined, rows };
}
