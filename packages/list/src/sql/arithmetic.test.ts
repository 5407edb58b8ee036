import { addMonths, monthsBetween, type RoundingMode, roundQuotient } from "@qingdan/feel/typed";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { randomNumbers } from "../testing/random-people.ts";
import { type Arithmetic, arithmetic } from "./arithmetic.ts";
import type { Term } from "./term.ts";
import { type Database, numbersOf, openDuckdb, openPglite } from "./testing/databases.ts";

const [a, b]: readonly [Term, Term] = [
  { text: "v1", at: 0 },
  { text: "v2", at: 0 },
];
const modes: readonly RoundingMode[] = ["half even", "half up", "half down", "up", "down", "floor", "ceiling"];
const day = (text: string) => Date.parse(text) / 86_400_000;

describe.each([
  ["DuckDB", openDuckdb],
  ["PostgreSQL", openPglite],
] as const)("arithmetic of %s", (_, open) => {
  let database: Database;
  let of: Arithmetic;
  beforeAll(async () => {
    database = await open();
    of = arithmetic(database.engine, (term) => term);
  }, 120_000);
  afterAll(() => database.close());

  const computed = async (pairs: readonly (readonly [number, number])[], ...terms: readonly Term[]) => {
    const values = pairs.map(([x, y], at) => `(${at}, CAST(${x} AS BIGINT), CAST(${y} AS BIGINT))`).join(", ");
    const select = terms.map(({ text }) => text).join(", ");
    const make = ["CREATE TABLE persons (seq BIGINT)", "CREATE TABLE households (household BIGINT)"];
    const none = { make, persons: "0\n", households: "0\n" };
    return numbersOf(
      await database.lines(none, `SELECT ${select} FROM (VALUES ${values}) AS t(seq, v1, v2) ORDER BY seq`),
    );
  };

  test("dates and months are those of the calendar, also on the last days of months and backwards", async () => {
    const random = randomNumbers(11);
    const days = ["1800-01-01", "1899-12-31", "1900-02-28", "1999-12-31", "2000-02-29", "2024-02-29", "2024-03-31"].map(
      day,
    );
    const others = [...days, ...Array.from({ length: 60 }, () => Math.floor(random() * 100_000) - 50_000)];
    const pairs = others.flatMap((x) => others.slice(0, 12).map((y) => [x, y] as const));
    const months = { ...b, text: "(v2 % 700)" };
    const rows = await computed(
      pairs,
      of.monthsBetween(a, b),
      of.addMonths(a, months),
      of.year(a),
      of.month(a),
      of.day(a),
    );
    expect(rows).toEqual(
      pairs.map(([x, y]) => {
        const date = new Date(x * 86_400_000);
        const parts = [date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate()];
        return [monthsBetween(x, y), addMonths(x, y % 700), ...parts];
      }),
    );
  }, 120_000);

  test("roundings and remainders of negative numbers and of halves", async () => {
    const numbers = Array.from({ length: 41 }, (_, at) => at - 20);
    const pairs = numbers.flatMap((x) => [1, 2, 3, 4, 7, 10].map((y) => [x, y] as const));
    const terms = modes.map((mode) => of.round(mode, a, b, true));
    const rows = await computed(pairs, ...terms, of.modulo(a, b, true));
    expect(rows).toEqual(
      pairs.map(([x, y]) => [...modes.map((mode) => roundQuotient(mode, x, y)), x - y * Math.floor(x / y)]),
    );
    const whole = pairs.filter(([x]) => x >= 0);
    const simple = await computed(whole, ...modes.map((mode) => of.round(mode, a, b, false)), of.modulo(a, b, false));
    expect(simple).toEqual(rows.filter((_, at) => (pairs[at]?.[0] ?? -1) >= 0));
  }, 120_000);
});
