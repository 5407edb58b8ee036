import { setImmediate } from "node:timers/promises";
import { shanghaiDay } from "@qingdan/clock";
import type { Database, DatabaseTransaction } from "../../store/database.ts";
import { runStatement } from "../../store/statement.ts";
import { jsonLine, lineRows } from "../audit/index.ts";
import { systemActor } from "../identity/index.ts";
import { logLineOf } from "./case-log.ts";
import { actionRow, type CaseView, openingRow, viewOf } from "./case-rows.ts";
import type { ActionBody, CaseAction, CaseState, Opening } from "./case-state.ts";
import { foldAction } from "./fold-case.ts";
import type { Guide } from "./guide-model.ts";
import type { PinnedGuide } from "./guides.ts";
import type { Cases } from "./seams.ts";
import { actionMembers, lineMembers, manyFirstText, manyNextText, openingMembers, viewMembers } from "./write-texts.ts";

/** An action of the system that is made, with all that is to be written for it, and not yet written. */
export interface ReadyAction {
  readonly case: string;
  readonly person: string;
  /** Its rows, as the statement takes them. */
  readonly row: string;
}

const bySystem = { id: systemActor.id, kind: systemActor.kind, name: systemActor.name };

function actionOf(cases: Cases, seq: number, body: ActionBody): CaseAction {
  const at = cases.now();
  return { seq, at: at.toISOString(), day: shanghaiDay(at), by: bySystem, channel: "system", evidence: [], body };
}

/** Others are served after so many. */
const madeInOneGo = 100;

/** Makes one of each, and lets others be served meanwhile. */
async function madeOfEach<From, To>(from: readonly From[], make: (one: From) => To): Promise<To[]> {
  const made: To[] = [];
  for (const [at, one] of from.entries()) {
    if (at % madeInOneGo === madeInOneGo - 1) await setImmediate();
    made.push(make(one));
  }
  return made;
}

/** The members of a row that the journal and the public log get. */
function journalMembers(id: string, action: CaseAction, state: CaseState): string {
  const [line] = lineRows([logLineOf(id, action)]);
  return `${lineMembers(jsonLine(line!))},${actionMembers(actionRow(id, state, action))}`;
}

/** Makes the first actions of cases that the system opens. */
export function readyOpenings(
  cases: Cases,
  openings: readonly Opening[],
  { guide }: PinnedGuide,
): Promise<ReadyAction[]> {
  return madeOfEach(openings, (opening) => {
    const id = cases.newId();
    const action = actionOf(cases, 1, opening);
    const state = foldAction(guide, undefined, action);
    const opened = openingMembers(openingRow(id, state, action));
    const shown = viewMembers(viewOf(guide, state, cases.calendar));
    return { case: id, person: opening.person, row: `{${journalMembers(id, action, state)},${opened},${shown}}` };
  });
}

/**
 * Makes one deed of the system to each of the cases that still stand as in their view; the others are left out.
 *
 * @throws where the deed does not hold: who calls has chosen the cases
 */
export async function readyDeeds(
  db: Database,
  cases: Cases,
  views: readonly CaseView[],
  deed: (state: CaseState, id: string) => ActionBody,
): Promise<ReadyAction[]> {
  const states = await cases.store.loadMany(db, views);
  const guides = new Map<string, Guide>();
  for (const { guide_hash } of views) {
    if (!guides.has(guide_hash)) guides.set(guide_hash, (await cases.store.guide(db, guide_hash)).guide);
  }
  const standing = views.flatMap((view, at) => (states[at]!.seq === view.seq ? [{ view, before: states[at]! }] : []));
  return madeOfEach(standing, ({ view: { id, person, guide_hash }, before }) => {
    const guide = guides.get(guide_hash)!;
    const action = actionOf(cases, before.seq + 1, deed(before, id));
    const state = foldAction(guide, before, action);
    const shown = viewMembers(viewOf(guide, state, cases.calendar));
    return { case: id, person, row: `{${journalMembers(id, action, state)},${shown}}` };
  });
}

/** Writes first actions: the same lines as one by one, in one statement. */
export async function writeOpenings(tx: DatabaseTransaction, ready: readonly ReadyAction[]): Promise<void> {
  const written = await writeMany(tx, manyFirstText, ready);
  if (written.length !== ready.length) throw new Error(`Of ${ready.length} cases ${written.length} were opened`);
}

/** Writes deeds; gives the cases that had not moved on since the deed was made. The others stay as they are. */
export async function writeDeeds(tx: DatabaseTransaction, ready: readonly ReadyAction[]): Promise<ReadonlySet<string>> {
  return new Set((await writeMany(tx, manyNextText, ready)).map(({ id }) => id));
}

async function writeMany(
  tx: DatabaseTransaction,
  text: string,
  ready: readonly ReadyAction[],
): Promise<readonly { readonly id: string }[]> {
  if (ready.length === 0) return [];
  return runStatement(tx, text, [`[${ready.map(({ row }) => row).join(",")}]`]);
}
