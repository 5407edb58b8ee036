import { type ExpressionBuilder, sql } from "kysely";
import type { z } from "zod";
import type { Database } from "../../store/database.ts";
import { refuse } from "./case-refusal.ts";
import type { CaseView } from "./case-rows.ts";
import type { CasesQuery, papersSaved, queues } from "./model.ts";
import type { CaseTables } from "./tables.ts";

export type Queue = (typeof queues)[number];
type Tables = Pick<CaseTables, "case_view">;
type Where = ExpressionBuilder<Tables, "case_view">;

/** Who looks at which day. */
export interface Asking {
  readonly actor: string;
  readonly today: string;
}

/** A queue is a query over cases and nothing else. */
const queueConditions: Readonly<Record<Queue, (where: Where, asking: Asking) => ReturnType<Where["and"]>>> = {
  mine: (where, { actor }) => where.and([where("assignee", "=", actor), where("open", "=", sql<boolean>`true`)]),
  unassigned: (where) =>
    where.and([
      where("assignee", "is", null),
      where("open", "=", sql<boolean>`true`),
      where("stage", "in", ["received", "handling", "checking"]),
    ]),
  supplement: (where) => where.and([where("stage", "=", "supplement")]),
  checking: (where) => where.and([where("stage", "=", "checking")]),
  warning: (where, { today }) =>
    where.and([
      where("open", "=", sql<boolean>`true`),
      where("paused", "=", sql<boolean>`false`),
      sql<boolean>`case when warn <= due then daterange(warn, due, '[]') end @> ${today}::date`,
    ]),
  breached: (where, { today }) => where.and([where("open", "=", sql<boolean>`true`), where("sort_day", "<", today)]),
  appeals: (where) => where.and([where("appeal_open", "=", sql<boolean>`true`)]),
  "bad-ratings": (where) => where.and([where("bad_rating", "=", sql<boolean>`true`)]),
  "without-due": (where) => where.and([where("without_due", "=", sql<boolean>`true`)]),
  offered: (where) => where.and([where("stage", "=", "offered")]),
};

/** Where a page ended: the day and number of its last case. */
interface Cursor {
  readonly day: string;
  readonly number: string;
}

export function writeCursor(view: Pick<CaseView, "sort_day" | "number">): string {
  return Buffer.from(`${view.sort_day} ${view.number}`).toString("base64url");
}

function readCursor(text: string): Cursor {
  const found = /^(\d{4}-\d{2}-\d{2}) (\d{8}-\d{8,})$/.exec(Buffer.from(text, "base64url").toString());
  const [, day = "", number = ""] = found ?? wrongCursor();
  return { day, number };
}

/** One page of cases by due day and number; `areas` are those to look in, undefined is everywhere. */
export function selectCases(
  database: Database,
  query: CasesQuery,
  asking: Asking,
  areas: readonly string[] | undefined,
) {
  let select = database.selectFrom("case_view").selectAll();
  if (query.queue) {
    const condition = queueConditions[query.queue];
    select = select.where((where) => condition(where as unknown as Where, asking));
  }
  const [area] = areas ?? [];
  if (areas?.length === 1 && area !== undefined) select = select.where("area", "=", area);
  else if (areas) select = select.where("area", "in", areas);
  for (const column of ["list", "item", "office", "stage", "kind", "person", "number"] as const) {
    const value = query[column];
    if (value !== undefined) select = select.where(column, "=", value);
  }
  if (query.after !== undefined) {
    const { day, number } = readCursor(query.after);
    select = select.where(sql<boolean>`(sort_day, number) > (${day}::date, ${number})`);
  }
  return select
    .orderBy("sort_day")
    .orderBy("number")
    .limit(query.size + 1);
}

/** Cases of a queue are counted to this many. */
export const atMost = 1000;

export async function countQueue(
  database: Database,
  queue: Queue,
  asking: Asking,
  areas: readonly string[] | undefined,
): Promise<{ count: number; more: boolean }> {
  const found = selectCases(database, { queue, size: atMost }, asking, areas).clearSelect().select("id").clearOrderBy();
  const { count } = await database
    .selectFrom(found.as("found"))
    .select(sql<number>`count(*)`.as("count"))
    .executeTakeFirstOrThrow();
  return { count: Math.min(Number(count), atMost), more: Number(count) > atMost };
}

/** Papers over all submitted forms of areas; forms of before papers were counted are not among them. */
export async function papersOverForms(
  database: Database,
  areas: readonly string[] | undefined,
): Promise<z.infer<typeof papersSaved>> {
  let select = database.selectFrom("case_form").where("papers_asked", "is not", null);
  if (areas) select = select.where("area", "in", areas);
  const { forms, saved, asked } = await select
    .select([
      sql<number>`count(*)`.as("forms"),
      sql<number>`coalesce(sum(papers_saved), 0)`.as("saved"),
      sql<number>`coalesce(sum(papers_asked), 0)`.as("asked"),
    ])
    .executeTakeFirstOrThrow();
  return { forms: Number(forms), saved: Number(saved), asked: Number(asked) };
}

/** A resident's own cases, newest first. */
export function selectOwnCases(
  database: Database,
  person: string,
  query: { readonly after?: string | undefined; readonly size: number },
) {
  let select = database.selectFrom("case_view").selectAll().where("person", "=", person);
  if (query.after !== undefined) {
    const { at, number } = readOwnCursor(query.after);
    select = select.where(sql<boolean>`(opened_at, number) < (${at}::timestamptz, ${number})`);
  }
  return select
    .orderBy("opened_at", "desc")
    .orderBy("number", "desc")
    .limit(query.size + 1);
}

export function writeOwnCursor({ opened_at, number }: Pick<CaseView, "opened_at" | "number">): string {
  return Buffer.from(`${opened_at.toISOString()} ${number}`).toString("base64url");
}

function readOwnCursor(text: string): { at: string; number: string } {
  const found = /^(\S{24}) (\d{8}-\d{8,})$/.exec(Buffer.from(text, "base64url").toString());
  const [, at = "", number = ""] = found ?? wrongCursor();
  return Number.isNaN(Date.parse(at)) ? wrongCursor() : { at, number };
}

function wrongCursor(): never {
  return refuse("CASE-CURSOR-WRONG", "after 用上一页给出的值", "`after` takes what the last page gave");
}
