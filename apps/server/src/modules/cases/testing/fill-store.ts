import { sql } from "kysely";
import type { Database } from "../../../store/database.ts";

interface Filling {
  /** Cases that are in the store afterwards. */
  readonly stored: number;
  /** Ids of two cases that are copied: a decided one, nine times in ten, and one that is being handled. */
  readonly decided: string;
  readonly handled: string;
}

/** Cases that are stored in one transaction. */
const block = 50_000;

/**
 * Fills the store with copies of two cases: other people, clerks, areas and due days, journals and all. Each case has one line of
 * the public log, which its actions share.
 */
export async function fillStore(database: Database, { stored, decided, handled }: Filling): Promise<void> {
  const { count } = await database
    .selectFrom("case_view")
    .select(sql<number>`count(*)`.as("count"))
    .executeTakeFirstOrThrow();
  for (let from = Number(count); from < stored; from += block) {
    const until = Math.min(stored, from + block);
    process.stderr.write(`storing cases ${until}\n`);
    await database.transaction().execute(async (tx) => {
      // Copies of rows that hold are not checked again: a million of them would take a quarter of an hour.
      await sql`set local session_replication_role = replica`.execute(tx);
      const source = sql`case when n % 10 = 0 then ${handled}::text else ${decided}::text end`;
      const numbers = sql`generate_series(${from}::int, ${until - 1}::int) n`;
      await sql`insert into audit_line (kind, subject, body, actor, at, salt, commitment)
        select 'case.open', 'case:stored-' || n, '{}', 'bench', now(), sha256(n::text::bytea), sha256(('c' || n)::bytea)
        from ${numbers} order by n`.execute(tx);
      await sql`insert into case_action
        select copy.*
        from ${numbers} cross join (select max(id) as id from audit_line) last join case_action a on a.case_id = ${source},
          jsonb_populate_record(a, jsonb_build_object('case_id', 'stored-' || n, 'log_line', last.id - ${until - 1}::int + n)) copy`.execute(
        tx,
      );
      await sql`insert into case_view
        select copy.*
        from ${numbers} join case_view v on v.id = ${source},
          jsonb_populate_record(v, jsonb_build_object('id', 'stored-' || n, 'number', '20250101-' || lpad(n::text, 9, '0'),
          'person', (n % 500000)::text, 'assignee', 'clerk-' || n % 200, 'area', 'cn-31990' || (1 + n % 3),
          'opened_at', timestamp '2025-01-01' + n * interval '20 seconds')
          || case when v.due is null then '{}'::jsonb else jsonb_build_object('due', date '2026-01-10' + n % 60,
            'sort_day', date '2026-01-10' + n % 60, 'warn', date '2026-01-06' + n % 60) end) copy`.execute(tx);
    });
  }
  // As the server does by itself within a minute. Not of a store that holds two cases: its plans would be for two.
  if (Number(count) < stored) await sql`analyze`.execute(database);
}
