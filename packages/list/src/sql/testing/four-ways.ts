import { type Answer, decideAll } from "../../decide.ts";
import type { Rulebook } from "../../rulebook.ts";
import type { RandomPeople } from "../../testing/random-people.ts";
import { emitSql } from "../emit-sql.ts";
import { peopleTables } from "../people-tables.ts";
import type { Database } from "./databases.ts";
import { kernelAnswers } from "./kernel-answers.ts";

/** How far the ways of answering agree about some people. */
export interface Agreement {
  readonly persons: number;
  /** Answers (outcome, reason, amount and parts) that every way gave. */
  readonly answers: number;
  /** Items that a database does not decide itself: the interpreter decides them row by row. */
  readonly refused: number;
  /** The first few that differ: who said what. */
  readonly differences: readonly string[];
}

const mostTold = 20;

/** Kernels, the interpreter and databases over the same people; everything is held against the kernels. */
export async function compareWays(
  rulebook: Rulebook,
  { people, householdFacts }: RandomPeople,
  databases: readonly Database[],
): Promise<Agreement> {
  const all = rulebook.items.map((_, at) => at);
  const linesOf = (items: readonly number[]) => kernelAnswers(rulebook, people, items).map((row) => row.join());
  const kernels = linesOf(all);
  const differences: string[] = [];
  const hold = (who: string, row: number, found: string | undefined, wanted: string | undefined) => {
    if (found !== wanted && differences.length < mostTold)
      differences.push(`${who} row ${row}: ${found} against ${wanted}`);
  };
  for (let row = 0; row < people.persons; row += 1) {
    const facts = householdFacts(row);
    const decided = decideAll(rulebook, facts).flatMap((answer, at) => told(rulebook, at, answer, facts.subject));
    hold("interpreter", row, [row, ...decided].join(), kernels[row]);
  }
  let refused = 0;
  for (const database of databases) {
    const emitted = emitSql(rulebook, database.engine);
    refused = Math.max(refused, emitted.refused.length);
    const wanted = emitted.items.length === all.length ? kernels : linesOf(emitted.items);
    const lines = await database.lines(peopleTables(rulebook, people), `${emitted.sql} ORDER BY seq`);
    for (let row = 0; row < people.persons; row += 1) hold(database.engine.name, row, lines[row], wanted[row]);
  }
  return { persons: people.persons, answers: people.persons * all.length, refused, differences };
}

/** An answer as a kernel writes it: that of a household stands on the householder's row. */
function told(rulebook: Rulebook, at: number, answer: Answer, subject: number): readonly number[] {
  const item = rulebook.items[at];
  if (item?.subject === "household" && subject > 0)
    return [0, item.common.householder, 0, ...answer.parts.map(() => 0)];
  return [answer.outcome, answer.reason, answer.fen, ...answer.parts];
}
