import { sql } from "kysely";
import { shanghaiDay } from "../../shanghai-day.ts";
import type { DatabaseTransaction } from "../../store/database.ts";
import { appendAll } from "../audit/index.ts";
import { type Actor, systemActor } from "../identity/index.ts";
import { logLineOf } from "./case-log.ts";
import { actionRow, type CaseView, openingRow, viewOf } from "./case-rows.ts";
import type { ActionBody, CaseAction, CaseState, Opening } from "./case-state.ts";
import { foldAction } from "./fold-case.ts";
import type { PinnedGuide } from "./guides.ts";
import type { Cases } from "./seams.ts";

const bySystem = { id: systemActor.id, kind: systemActor.kind, name: systemActor.name };

function actionOf(
  cases: Cases,
  seq: number,
  body: ActionBody,
  by: Pick<Actor, "id" | "kind" | "name"> = bySystem,
): CaseAction {
  const at = cases.now();
  return { seq, at: at.toISOString(), day: shanghaiDay(at), by, channel: "system", evidence: [], body };
}

/** Opens many cases at once, by the system: the same lines as one by one, in one statement a table. */
export async function writeOpenings(
  tx: DatabaseTransaction,
  cases: Cases,
  openings: readonly Opening[],
  guide: PinnedGuide,
): Promise<void> {
  if (openings.length === 0) return;
  const opened = openings.map((opening) => {
    const action = actionOf(cases, 1, opening);
    return { id: cases.newId(), opening, action, state: foldAction(guide.guide, undefined, action) };
  });
  const numbers = await sql<{
    n: number;
  }>`select nextval('case_number') as n from generate_series(1, ${opened.length}::int)`.execute(tx);
  const lines = await appendAll(
    tx,
    opened.map(({ id, action }) => logLineOf(id, action)),
  );
  await insertRows(tx, "case_action", actionRows(opened, lines));
  await insertRows(
    tx,
    "case_view",
    opened.map(({ id, action, state }, at) => {
      const number = `${action.day.replaceAll("-", "")}-${String(numbers.rows[at]?.n).padStart(8, "0")}`;
      return Object.assign(openingRow(id, state, action), viewOf(guide.guide, state, cases.calendar), { number });
    }),
  );
}

/**
 * Does one deed to many cases at once, by the system; `views` are locked by the caller. A case on which the deed does not
 * hold makes the whole fail: who calls has chosen them.
 */
export async function writeDeeds(
  tx: DatabaseTransaction,
  cases: Cases,
  views: readonly CaseView[],
  deed: (state: CaseState) => ActionBody,
): Promise<void> {
  if (views.length === 0) return;
  const states = await cases.store.loadMany(tx, views);
  const done: { id: string; action: CaseAction; state: CaseState; changes: ReturnType<typeof viewOf> }[] = [];
  for (const [at, view] of views.entries()) {
    const before = states[at] as CaseState;
    const { guide } = await cases.store.guide(tx, view.guide_hash);
    const action = actionOf(cases, before.seq + 1, deed(before));
    const state = foldAction(guide, before, action);
    done.push({ id: view.id, action, state, changes: viewOf(guide, state, cases.calendar) });
  }
  const lines = await appendAll(
    tx,
    done.map(({ id, action }) => logLineOf(id, action)),
  );
  await insertRows(tx, "case_action", actionRows(done, lines));
  const changes = done.map(({ id, changes }) => ({ id, ...changes }));
  const columns = Object.keys(done[0]?.changes ?? {});
  const set = sql.raw(columns.map((name) => `"${name}" = changed."${name}"`).join(", "));
  await sql`
    update case_view set ${set}
    from jsonb_populate_recordset(null::case_view, ${JSON.stringify(changes)}::jsonb) changed
    where case_view.id = changed.id`.execute(tx);
}

/** The rows of actions, each with its line of the public log. */
function actionRows(
  done: readonly { readonly id: string; readonly state: CaseState; readonly action: CaseAction }[],
  lines: readonly { readonly index: number }[],
): object[] {
  if (lines.length !== done.length) throw new Error(`The log gave ${lines.length} lines for ${done.length}`);
  return done.map(({ id, state, action }, at) =>
    Object.assign(actionRow(id, state, action), { log_line: lines[at]?.index }),
  );
}

/** Rows as one parameter: thousands at a time, whatever their number of columns. */
async function insertRows(tx: DatabaseTransaction, table: string, rows: readonly object[]): Promise<void> {
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
