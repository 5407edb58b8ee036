import { touchedBy } from "../kernel-interaction.ts";
import type { Words } from "../model/words.ts";
import type { Rulebook } from "../rulebook.ts";
import type { SqlEngine } from "./engine.ts";
import { sqlExpressions } from "./expression.ts";
import { settled } from "./interaction.ts";
import { reason, type SqlAnswer, sqlItem } from "./item.ts";
import { SqlRefusal, type SqlRefusalCode, sqlRefusals } from "./refusal.ts";
import { type Sheet, sheet } from "./sheet.ts";
import { choice, integer, type Term } from "./term.ts";

export interface RefusedItem {
  /** Position in the rulebook's items. */
  readonly item: number;
  readonly code: SqlRefusalCode;
  readonly why: Words;
}

export interface EmittedSql {
  /**
   * One row a person: `seq` and, for the item at position i, `o<i>` (outcome 0, 1, 2), `r<i>` (position in its reasons),
   * `x<i>` (fen per its period) and `x<i>_<k>` (fen of part k). No order.
   */
  readonly sql: string;
  /** Positions of the items that the query answers, in order. */
  readonly items: readonly number[];
  /** The others: to be decided row by row (`decideAll`). */
  readonly refused: readonly RefusedItem[];
}

/**
 * The rulebook as a query with the meaning of its kernels, for tables `persons` (seq, household and the rulebook's person
 * facts) and `households` (household and its household facts). Enums and areas stand as positions in the rulebook,
 * numbers as scaled integers, dates as dates; null is unknown. `seq` orders people; a household's least is its householder's.
 */
export function emitSql(rulebook: Rulebook, engine: SqlEngine): EmittedSql {
  const refused = refusals(rulebook, engine);
  const page = sheet(engine);
  const answers = answersOf(
    rulebook,
    page,
    engine,
    rulebook.items.flatMap((_, at) => (refused.has(at) ? [] : [at])),
  );
  for (const step of rulebook.interactions) {
    if (!touchedBy(step).every((item) => answers.has(item))) continue;
    for (const [item, answer] of settled(step, answers, rulebook, page)) answers.set(item, answer);
  }
  const outputs = [...answers].flatMap(([at, answer]) => outputsOf(rulebook, page, at, answer));
  return {
    sql: page.query(outputs),
    items: [...answers.keys()],
    refused: [...refused].map(([item, code]) => ({ item, code, why: sqlRefusals[code] })),
  };
}

function answersOf(
  rulebook: Rulebook,
  page: Sheet,
  engine: SqlEngine,
  items: readonly number[],
): Map<number, SqlAnswer> {
  const expressions = sqlExpressions(page, engine, new Map(rulebook.facts.map((fact) => [fact.name, fact])));
  return new Map(
    items.flatMap((at) => {
      const item = rulebook.items[at];
      return item === undefined ? [] : [[at, sqlItem(item, page, expressions)] as const];
    }),
  );
}

/** Items that have no SQL, and those that touch them. */
function refusals(rulebook: Rulebook, engine: SqlEngine): ReadonlyMap<number, SqlRefusalCode> {
  const refused = new Map<number, SqlRefusalCode>();
  rulebook.items.forEach((_, at) => {
    try {
      answersOf(rulebook, sheet(engine), engine, [at]);
    } catch (error) {
      if (!(error instanceof SqlRefusal)) throw error;
      refused.set(at, error.code);
    }
  });
  for (let size = -1; size !== refused.size; ) {
    size = refused.size;
    for (const step of rulebook.interactions) {
      const touched = touchedBy(step);
      if (!touched.some((item) => refused.has(item))) continue;
      for (const item of touched) if (!refused.has(item)) refused.set(item, "SQL-INTERACTS");
    }
  }
  return refused;
}

/** The answer of a household stands on the householder's row. */
function outputsOf(rulebook: Rulebook, page: Sheet, at: number, { outcome, reason: why, fen, parts }: SqlAnswer) {
  const item = rulebook.items[at];
  const ofHousehold = item?.subject === "household";
  const write = (name: string, type: string, of: Term, otherwise: Term) => {
    const { text, at: step } = ofHousehold ? choice([[page.isHead, of]], otherwise) : of;
    return { name, value: { text: `CAST(${text} AS ${type})`, at: step } };
  };
  return [
    write(`o${at}`, "SMALLINT", outcome, reason(0)),
    write(`r${at}`, "SMALLINT", why, reason(item?.common.householder ?? 0)),
    write(`x${at}`, "BIGINT", fen, integer(0)),
    ...parts.map((part, position) => write(`x${at}_${position}`, "BIGINT", part, integer(0))),
  ];
}

/** The answers of an emitted query as rows: seq, item (position), outcome, reason, fen. */
export function asRows({ sql, items }: EmittedSql): string {
  const pick = (column: string) => `CASE k.item ${items.map((at) => `WHEN ${at} THEN w.${column}${at}`).join(" ")} END`;
  const numbers = items.map((at) => `(${at})`).join(", ");
  return `SELECT w.seq, k.item, ${pick("o")} AS outcome, ${pick("r")} AS reason, ${pick("x")} AS fen FROM (${sql}) w CROSS JOIN (VALUES ${numbers}) AS k(item)`;
}
