import { existsSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Database, openDuckdb, openPglite } from "./testing/databases.ts";
import { compareWays } from "./testing/four-ways.ts";
import { kernelAnswers } from "./testing/kernel-answers.ts";
import type { CaseTest } from "./testing/lifted-case.ts";
import { liftKit } from "./testing/lifted-kit.ts";
import { batchOf, patternOfRulebook } from "./testing/lifted-rulebook.ts";

/**
 * The DMN TCK as columns: the literals of its expressions, and the inputs of its decisions, become facts; every expression becomes an item
 * and every decision table an item's table. The kernels, the interpreter, DuckDB and PostgreSQL answer them over 24 people, first as the
 * kit has them and then with other values, and all are held against FEEL itself, without tolerance.
 *
 * What is counted: a case is one result node of a `testCase` of compliance levels 2 and 3 (3,495 of them in 3,391 test cases) whose
 * expression, table or context of expressions was lifted as a whole. A decision with inputs has its test cases as rows; of an input that
 * is a list or context each value is a column. A quotient is looked at rounded to three decimals, since rules never store one; a null is
 * lifted as an unknown fact where FEEL's operators hand null on; durations are a number of months or days times one of them. Strings are
 * codes: those that a function of texts is given vary among texts like them, all others among themselves. Of a list or context each value
 * is asked for, and FEEL has to give as many. On the row as written, FEEL of the lifted expression has to give what the kit expects. What
 * stays written: positions, decimals to round to, exponents, ends of loops, names of entries. A case in which no literal becomes a column,
 * or no column has a say, is not counted.
 *
 * What is refused, and stays so: operands of unlike kinds and `instance of` (0100, 0070, 0064, 0065, 0068: types are settled when a list
 * is loaded, and an ill-typed rule is an error, not a constant), times of day and date-times (0072, 1116, 1117, most of 0100 and 0103),
 * functions of texts without a value for some code (1111, 1109, 0058: an error when loaded), lists that are longer or shorter by the facts
 * (filters of 0069, modes), functions as values, `= null` (an unknown fact may not become a definite answer), divisors that may be zero,
 * and knowledge models that are more than a table over inputs as they are.
 */
const kit = path.resolve(process.env.QINGDAN_SHARED ?? "../shared", "data/dmn-tck");
const casesAtATime = 60;

describe.skipIf(!existsSync(kit))("cases of the TCK as columns", () => {
  let databases: readonly Database[];
  beforeAll(async () => {
    databases = [await openDuckdb(), await openPglite()];
  }, 120_000);
  afterAll(() => Promise.all(databases.map((database) => database.close())));

  test("kernels, interpreter, DuckDB and PostgreSQL answer as FEEL does", { timeout: 300_000 }, async () => {
    const pattern = patternOfRulebook();
    const { cases, lifted, refused } = await liftKit(kit, pattern);
    for (let at = 0; at < cases.length; at += casesAtATime) {
      const { rulebook, people, tests } = batchOf(pattern, cases.slice(at, at + casesAtATime));
      const answers = kernelAnswers(
        rulebook,
        people.people,
        rulebook.items.map((_, item) => item),
      );
      expect(mismatches(answers, tests)).toEqual([]);
      const agreement = await compareWays(rulebook, people, databases);
      expect(agreement.differences).toEqual([]);
      expect(agreement.refused).toBe(0);
    }
    console.info(`${lifted} cases as columns; refused: ${JSON.stringify(Object.fromEntries(refused))}`);
    expect(lifted).toBeGreaterThanOrEqual(1079);
  });
});

/** What is answered otherwise than FEEL does. A row of answers is its number, then outcome, reason and fen of each item. */
function mismatches(answers: readonly (readonly number[])[], tests: readonly CaseTest[]): string[] {
  return tests.flatMap(({ text, wanted }, item) =>
    wanted.flatMap(({ outcome, fen }, row) => {
      const [found, amount] = [answers[row]?.[1 + item * 3], answers[row]?.[3 + item * 3]];
      if (found === outcome && (fen === undefined || fen === amount)) return [];
      return [`${text} row ${row}: ${found} ${amount} where FEEL gives ${outcome} ${fen ?? ""}`];
    }),
  );
}
