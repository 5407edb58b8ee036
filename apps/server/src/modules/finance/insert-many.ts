import { sql } from "kysely";
import type { Database } from "../../store/database.ts";

/** Rows as one parameter: thousands at a time, whatever their number of columns. */
export async function insertMany(
  tx: Database,
  table: "payment_line" | "payment_share" | "payment_result" | "payment_withholding",
  rows: readonly object[],
): Promise<void> {
  if (rows.length === 0) return;
  const columns = sql.raw(
    Object.keys(rows[0] ?? {})
      .map((name) => `"${name}"`)
      .join(", "),
  );
  await sql`
    insert into ${sql.table(table)} (${columns})
    select ${columns} from jsonb_populate_recordset(null::${sql.table(table)}, ${JSON.stringify(rows)}::jsonb)`.execute(
    tx,
  );
}
