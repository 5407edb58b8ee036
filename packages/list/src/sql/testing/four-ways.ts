import { type Answer, decideAll } from "../../decide.ts";
import { allocateDecisions, emitKernel, instantiateKernel } from "../../kernel.ts";
import type { People } from "../../people.ts";
import type { Rulebook } from "../../rulebook.ts";
import { type RandomPeople, unknownColumns } from "../../testing/random-people.ts";
import { emitSql } from "../emit-sql.ts";
import { peopleTables } from "../people-tables.ts";
import type { Database } from "./databases.ts";

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
  const linesOf = kernelLines(rulebook, people);
  const kernels = linesOf(all);
  const differences: string[] = [];
  const hold = (who: string, row: number, found: string | undefined, wanted: string | undefined) => {
    if (found !== wanted && differences.length < mostTold)
      differences.push(`${who} row ${row}: ${found} against ${wanted}`);
  };
  for (let row = 0; row < people.persons; row += 1) {
    const facts = householdFacts(row);
    let line = `${row}`;
    for (const [at, answer] of decideAll(rulebook, facts).entries()) line += told(rulebook, at, answer, facts.subject);
    hold("interpreter", row, line, kernels[row]);
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

/** What the kernels answer, as an emitted query gives it: a line a person, its row first, of these items. */
function kernelLines(rulebook: Rulebook, people: People): (items: readonly number[]) => readonly string[] {
  const out = allocateDecisions(rulebook, people.persons);
  const decide = instantiateKernel(emitKernel(rulebook, { unknown: unknownColumns(people) }));
  decide(people, out, 0, people.persons);
  return (items) => {
    const columns = items.flatMap((at) => [out.outcome[at], out.reason[at], out.amount[at], ...(out.parts[at] ?? [])]);
    return Array.from({ length: people.persons }, (_, row) => {
      let line = `${row}`;
      for (const column of columns) line += `,${column?.[row]}`;
      return line;
    });
  };
}

/** An answer as a kernel writes it: that of a household stands on the householder's row. */
function told(rulebook: Rulebook, at: number, { outcome, reason, fen, parts }: Answer, subject: number): string {
  const item = rulebook.items[at];
  const elsewhere = item?.subject === "household" && subject > 0;
  let line = elsewhere ? `,0,${item.common.householder},0` : `,${outcome},${reason},${fen}`;
  for (const part of parts) line += `,${elsewhere ? 0 : part}`;
  return line;
}
