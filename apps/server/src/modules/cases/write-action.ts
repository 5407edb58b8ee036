import type { Database } from "../../store/database.ts";
import { columnNames, parameters, runStatement, valuesOf } from "../../store/statement.ts";
import { lineColumns, lineRow } from "../audit/index.ts";
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
import type { Cases } from "./seams.ts";

/** What an action is written with: the case, the state that it leads to, and the request that asked for it. */
export interface ToWrite {
  readonly id: string;
  readonly guide: Guide;
  readonly action: CaseAction;
  /** After the action. */
  readonly state: CaseState;
  /** undefined: the caller has noted the request, or nobody asked. */
  readonly key: KeyRow | undefined;
}

/** What the store gave to an action. */
interface Written {
  /** Its line of the public log. */
  readonly line: number;
  /** Of the view as it now stands; see `CaseStore.keep`. */
  readonly stamp: string;
}

/** `number` is the day and the next of all numbers. */
const caseNumber = (day: string) => `${day} || '-' || lpad(nextval('case_number')::text, 8, '0')`;

const openText = (keyed: boolean): string => {
  const next = parameters();
  const key = keyed
    ? `keyed as (insert into request_key (${columnNames(keyColumns)}) values (${next.of(keyColumns)}) on conflict do nothing returning made),`
    : "";
  return `with ${key}
    line as (insert into audit_line (${columnNames(lineColumns)}) select ${next.of(lineColumns)} ${keyed ? "from keyed" : ""} returning id),
    action as (insert into case_action (${columnNames(actionColumns)}, log_line) select ${next.of(actionColumns)}, line.id from line)
    insert into case_view (${columnNames(openingColumns, viewColumns)}, number)
    select ${next.of(openingColumns, viewColumns)}, ${caseNumber(next.of({ day: "text" }))} from line
    returning number, (select id from line) as line, case_view.xmin::text as stamp`;
};
const openTexts = { keyed: openText(true), plain: openText(false) };

/**
 * Writes the first line of a journal, its line of the public log, what lists show and the request's key, all or nothing, in one
 * statement. undefined: the key was used before.
 */
export async function writeFirstAction(
  db: Database,
  cases: Cases,
  { id, guide, action, state, key }: ToWrite,
): Promise<(Written & { readonly view: CaseView }) | undefined> {
  const opened = openingRow(id, state, action);
  const changes = viewOf(guide, state, cases.calendar);
  const [written] = await runStatement<Written & { number: string }>(db, key ? openTexts.keyed : openTexts.plain, [
    ...(key ? valuesOf(keyColumns, key) : []),
    ...valuesOf(lineColumns, lineRow(logLineOf(id, action))),
    ...valuesOf(actionColumns, actionRow(id, state, action)),
    ...valuesOf(openingColumns, opened),
    ...valuesOf(viewColumns, changes),
    action.day.replaceAll("-", ""),
  ]);
  return written && { ...written, view: { ...opened, ...changes, number: written.number } };
}

const nextText = (() => {
  const next = parameters();
  return `with held as (select id from case_view where id = ${next.of({ id: "text" })} and seq = ${next.of({ seq: "integer" })} for update),
    keyed as (insert into request_key (${columnNames(keyColumns)}) select ${next.of(keyColumns)} from held),
    line as (insert into audit_line (${columnNames(lineColumns)}) select ${next.of(lineColumns)} from held returning id),
    action as (insert into case_action (${columnNames(actionColumns)}, log_line) select ${next.of(actionColumns)}, line.id from line)
    update case_view set ${next.set(viewColumns)} from held, line where case_view.id = held.id
    returning line.id as line, case_view.xmin::text as stamp`;
})();

/** SQLSTATE of a row that is there already: the key was used, or the place in the journal taken, at the same moment. */
const uniqueViolation = "23505";

/**
 * Writes one more line of a journal with its line of the public log, what lists show and the request's key, all or nothing, in
 * one statement. undefined, and nothing written: the case has moved on, or the key was used, since the journal was read.
 */
export async function writeNextAction(
  db: Database,
  cases: Cases,
  { id, guide, action, state, key }: ToWrite & { readonly key: KeyRow },
): Promise<(Written & { readonly changes: ReturnType<typeof viewOf> }) | undefined> {
  const changes = viewOf(guide, state, cases.calendar);
  const [written] = await runStatement<Written>(db, nextText, [
    id,
    action.seq - 1,
    ...valuesOf(keyColumns, key),
    ...valuesOf(lineColumns, lineRow(logLineOf(id, action))),
    ...valuesOf(actionColumns, actionRow(id, state, action)),
    ...valuesOf(viewColumns, changes),
  ]);
  return written && { ...written, changes };
}

export const isTaken = (error: unknown): boolean =>
  error instanceof Error && "code" in error && error.code === uniqueViolation;
