import type { FactsFile } from "@qingdan/list";
import { sql } from "kysely";
import type { Database } from "../../../store/database.ts";

interface Filled {
  readonly database: Database;
  /** Hashes that the cases pin; both are in the store already. */
  readonly rulebook: string;
  readonly guide: string;
}

interface Filling {
  /** Cases that are in the store afterwards. */
  readonly stored: number;
  readonly item: string;
  readonly facts: FactsFile;
}

/** Cases that are stored before anything is measured: opened, assigned and decided, every tenth still open. */
export async function fillStore(
  { database, rulebook, guide }: Filled,
  { stored, item, facts }: Filling,
): Promise<void> {
  const { count } = await database
    .selectFrom("case_view")
    .select(sql<number>`count(*)`.as("count"))
    .executeTakeFirstOrThrow();
  const block = 50_000;
  for (let from = Number(count); from < stored; from += block) {
    const until = Math.min(stored, from + block);
    process.stderr.write(`storing cases ${until}\n`);
    await database.transaction().execute(async (tx) => {
      await sql`insert into audit_line (kind, subject, body, actor, at, salt, commitment, leaf)
        select 'case.open', 'case:' || n, '{}', 'bench', now(), decode(md5(n::text), 'hex'), decode(md5(n::text), 'hex'), null
        from generate_series(${from}::int, ${until - 1}::int) n`.execute(tx);
      const line = sql`(select max(id) from audit_line)`;
      const body = JSON.stringify(opening(rulebook, guide, item, facts));
      for (const [seq, kind, text] of [
        [1, "open", body],
        [2, "accept", '{"kind":"accept"}'],
        [3, "assign", '{"kind":"assign","to":"bench","name":"Bench"}'],
      ] as const) {
        await sql`insert into case_action
          select 'stored-' || n, ${seq}::int, ${seq === 1 ? null : seq - 1}::int, ${kind}, now(), '2026-01-05', 'bench', 'staff', 'Bench', 'window', null, '[]', ${text}::jsonb, null, ${line}
          from generate_series(${from}::int, ${until - 1}::int) n`.execute(tx);
      }
      await sql`insert into case_view (id, number, seq, kind, list, item, area, office, person, assignee, assignee_name, stage, open, channel, opened_at, updated_at,
          due, sort_day, warn, paused, pays, without_due, outcome, fen, per, appeal_open, bad_rating, objection_until, bundle, campaign, rulebook_hash, guide_hash)
        select 'stored-' || n, '20250101-' || lpad(n::text, 9, '0'), 3, 'application', 'cn-3199', ${item}, 'cn-31990' || (1 + n % 3), null, (n % 500000)::text,
          'clerk-' || n % 200, 'Bench', case when n % 10 = 0 then 'handling' else 'decided' end, n % 10 = 0, 'window', timestamp '2025-01-01' + n * interval '20 seconds', now(),
          case when n % 10 = 0 then date '2026-01-10' + n % 60 end, coalesce(case when n % 10 = 0 then date '2026-01-10' + n % 60 end, '9999-12-31'),
          case when n % 10 = 0 then date '2026-01-06' + n % 60 end, false, n % 10 <> 0, false, case when n % 10 <> 0 then 'grant' end, 15000, 'month', false, false, null, null, null, ${rulebook}, ${guide}
        from generate_series(${from}::int, ${until - 1}::int) n`.execute(tx);
    });
  }
  await sql`analyze`.execute(database);
}

function opening(rulebookHash: string, guideHash: string, item: string, facts: FactsFile) {
  return {
    kind: "open",
    case: "application",
    list: "cn-3199",
    item,
    area: "cn-319901",
    office: null,
    person: "1",
    rulebookHash,
    guideHash,
    facts,
    origins: {},
    uploads: [],
    bundle: null,
    offer: null,
    clawBack: null,
  };
}
