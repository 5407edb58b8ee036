import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { compileRulebook } from "../compile/compile-rulebook.ts";
import { createListReader } from "../node/read-list.ts";
import { randomPeople } from "../testing/random-people.ts";
import { type Database, openDuckdb, openPglite } from "./testing/databases.ts";
import { compareWays } from "./testing/four-ways.ts";

const lists = fileURLToPath(new URL("../../../../lists", import.meta.url));
const codes = readdirSync(lists, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);
/** Households a list; `npm run bench -- agree --people N` tries as many people as are asked for. */
const households = Number(process.env.QINGDAN_SQL_HOUSEHOLDS ?? 60);

describe("interpreter, kernels, DuckDB and PostgreSQL give the same answers, to the fen", () => {
  const reader = createListReader();
  let databases: readonly Database[];
  beforeAll(async () => {
    databases = [await openDuckdb(), await openPglite()];
  }, 120_000);
  afterAll(() => Promise.all(databases.map((database) => database.close())));

  test.each(codes)("on every executable item of %s", { timeout: 120_000 }, async (code) => {
    const { list } = await reader.load(`${lists}/${code}`);
    if (list === undefined) throw new Error(`${code} has errors`);
    const { rulebook } = compileRulebook(list, { area: list.area, date: "2024-08-01" });
    if (rulebook === undefined) throw new Error(`${code} does not compile`);
    const people = randomPeople(rulebook, code.length, { households, unknown: 0.05 });
    const agreement = await compareWays(rulebook, people, databases);
    expect(agreement.differences).toEqual([]);
    expect(agreement.answers).toBe(people.people.persons * rulebook.items.length);
  });
});
