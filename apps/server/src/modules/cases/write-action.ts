import type { Calendar } from "@qingdan/clock";
import { createBatcher } from "../../store/batcher.ts";
import type { Database, DatabaseTransaction } from "../../store/database.ts";
import { runStatement, valuesOf } from "../../store/statement.ts";
import { lineColumns, lineRows } from "../audit/index.ts";
import { logLineOf } from "./case-log.ts";
import {
  actionColumns,
  actionRow,
  type CaseView,
  openingColumns,
  openingRow,
  viewColumns,
  viewOf,
} from "./case-rows.ts";
import type { CaseAction, CaseState } from "./case-state.ts";
import type { Guide } from "./guide-model.ts";
import { type KeyRow, keyColumns } from "./request-key.ts";
import { firstTexts, mostAtOnce, nextTexts, unkeyedText } from "./write-texts.ts";

/** What an action is written with: the case, the state that it leads to, and the request that asked for it. */
export interface ToWrite {
  readonly id: string;
  readonly guide: Guide;
  readonly action: CaseAction;
  /** After the action. */
  readonly state: CaseState;
  readonly key: KeyRow;
}

/** What the store gave to an action. */
export interface Written {
  readonly id: string;
  /** Its line of the public log. */
  readonly line: number;
  /** Of the view as it now stands; see `CaseStore.keep`. */
  readonly stamp: string;
}

export type FirstWritten = Written & { readonly view: CaseView };
export type NextWritten = Written & { readonly changes: ReturnType<typeof viewOf> };

/** Writes journals. What it gives is committed. */
export interface CaseWriter {
  /** The first line of a journal. undefined, and nothing written: the key was used before. */
  first(action: ToWrite): Promise<FirstWritten | undefined>;
  /** One more line. undefined, and nothing written: the case has moved on, or the key was used, since it was read. */
  next(action: ToWrite): Promise<NextWritten | undefined>;
}

/** Actions that come at the same time share a statement and its commit. */
export function createCaseWriter(db: Database, calendar: Calendar): CaseWriter {
  const first = createBatcher<ToWrite, FirstWritten | undefined>({
    write: (rows) => writeFirstActions(db, calendar, rows),
    most: mostAtOnce,
    name: ({ id }) => id,
  });
  const next = createBatcher<ToWrite, NextWritten | undefined>({
    write: (rows) => writeNextActions(db, calendar, rows),
    most: mostAtOnce,
    name: ({ id }) => id,
  });
  return { first: first.add, next: (action) => next.add(action).catch(ifTaken) };
}

/** SQLSTATE of a row that is there already: the key was used, or the place in the journal taken, at the same moment. */
const uniqueViolation = "23505";

function ifTaken(error: unknown): undefined {
  if (!(error instanceof Error && "code" in error && error.code === uniqueViolation)) throw error;
}

const linesOf = (rows: readonly Omit<ToWrite, "key">[]) =>
  lineRows(rows.map(({ id, action }) => logLineOf(id, action)));

/** Lists are JSON to the store, where the driver would write an array of its own. */
function actionValues({ id, action, state }: Omit<ToWrite, "key">): unknown[] {
  const row = actionRow(id, state, action);
  const { mandate, evidence, body } = row;
  return valuesOf(actionColumns, {
    ...row,
    mandate: mandate && JSON.stringify(mandate),
    evidence: JSON.stringify(evidence),
    body: JSON.stringify(body),
  });
}

/**
 * Writes first lines of journals, their lines of the public log, what lists show and the requests' keys, all or nothing, in one
 * statement. undefined for a request whose key was used before.
 */
async function writeFirstActions(
  db: Database,
  calendar: Calendar,
  rows: readonly ToWrite[],
): Promise<readonly (FirstWritten | undefined)[]> {
  const views = rows.map((row) => firstView(row, calendar));
  const lines = linesOf(rows);
  const values = rows.flatMap((row, at) => [
    ...valuesOf(keyColumns, row.key),
    ...valuesOf(lineColumns, lines[at]!),
    ...actionValues(row),
    ...viewValues(views[at]!),
  ]);
  const written = await runStatement<Written & { readonly number: string }>(db, firstTexts[rows.length - 1]!, values);
  return rows.map(({ id }, at) =>
    withView(
      written.find((row) => row.id === id),
      views[at]!,
    ),
  );
}

/** The first line of a journal inside `tx`, of a request that is noted already or that nobody sent. */
export async function writeFirstAction(
  tx: DatabaseTransaction,
  calendar: Calendar,
  row: Omit<ToWrite, "key">,
): Promise<FirstWritten> {
  const view = firstView(row, calendar);
  const values = [...valuesOf(lineColumns, linesOf([row])[0]!), ...actionValues(row), ...viewValues(view)];
  const [written] = await runStatement<Written & { readonly number: string }>(tx, unkeyedText, values);
  const given = withView(written, view);
  if (!given) throw new Error(`The case ${row.id} was not written`);
  return given;
}

type FirstView = Omit<CaseView, "number">;

const firstView = ({ id, guide, action, state }: Omit<ToWrite, "key">, calendar: Calendar): FirstView =>
  Object.assign(openingRow(id, state, action), viewOf(guide, state, calendar));

const firstColumns = { ...openingColumns, ...viewColumns };
const viewValues = (view: FirstView): unknown[] => valuesOf<keyof FirstView>(firstColumns, view);

function withView(
  written: (Written & { readonly number: string }) | undefined,
  view: FirstView,
): FirstWritten | undefined {
  if (!written) return undefined;
  const { number, ...given } = written;
  return { view: { number, ...view }, ...given };
}

/**
 * Writes one more line of journals with their lines of the public log, what lists show and the requests' keys, all or nothing, in
 * one statement. undefined for a case that has moved on.
 *
 * @throws where a key was used before, or a place in a journal was taken at the same moment
 */
export async function writeNextActions(
  db: Database,
  calendar: Calendar,
  rows: readonly ToWrite[],
): Promise<readonly (NextWritten | undefined)[]> {
  const changes = rows.map(({ guide, state }) => viewOf(guide, state, calendar));
  const lines = linesOf(rows);
  // Cases are held in one order, so that two statements do not wait for each other.
  const order = rows.map((_, at) => at).sort((a, b) => (rows[a]!.id < rows[b]!.id ? -1 : 1));
  const values = order.flatMap((at) => [
    ...valuesOf(keyColumns, rows[at]!.key),
    ...valuesOf(lineColumns, lines[at]!),
    ...actionValues(rows[at]!),
    ...valuesOf(viewColumns, changes[at]!),
  ]);
  const written = await runStatement<Written>(db, nextTexts[rows.length - 1]!, values);
  return rows.map(({ id }, at) => {
    const own = written.find((row) => row.id === id);
    return own && { changes: changes[at]!, ...own };
  });
}
