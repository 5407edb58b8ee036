import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { compileRulebook } from "../compile/compile-rulebook.ts";
import type { List } from "../model/list.ts";
import { readList } from "../node/read-list.ts";
import type { People } from "../people.ts";
import type { Rulebook } from "../rulebook.ts";
import { clubList, clubRules } from "../testing/club-rules.ts";
import { randomNumbers, randomPeople } from "../testing/random-people.ts";
import { randomRules } from "../testing/random-rules.ts";
import { asRows, emitSql } from "./emit-sql.ts";
import { peopleTables } from "./people-tables.ts";
import { type Database, numbersOf, openDuckdb, openPglite, openServer } from "./testing/databases.ts";
import { kernelAnswers } from "./testing/kernel-answers.ts";

/** Households a test run tries on each database; more with QINGDAN_SQL_HOUSEHOLDS. */
const households = Number(process.env.QINGDAN_SQL_HOUSEHOLDS ?? 400);
const server = process.env.DATABASE_URL;

/** Pays what court-rate pays to juniors; asks for a parameter that East does not have everywhere. */
const ties = {
  "age-bands": `
    subject: person
    area: home
    per: month
    conditions: []
    amount: 30`,
  gift: `
    subject: person
    area: home
    per: once
    conditions:
      - { code: gift, test: gift > 50, zh: 礼金高, en: A high gift }
    amount: gift`,
};

function rulebookOf(list: List, area: string, date: string): Rulebook {
  const { rulebook, findings } = compileRulebook(list, { area, date });
  if (rulebook === undefined) throw new Error(JSON.stringify(findings, null, 1));
  return rulebook;
}

async function expectKernels(database: Database, rulebook: Rulebook, people: People): Promise<void> {
  const emitted = emitSql(rulebook, database.engine);
  const rows = numbersOf(await database.lines(peopleTables(rulebook, people), `${emitted.sql} ORDER BY seq`));
  const expected = kernelAnswers(rulebook, people, emitted.items);
  expect(rows.length).toBe(people.persons);
  rows.forEach((row, at) => {
    expect(row).toEqual(expected[at]);
  });
}

const databases: readonly (readonly [name: string, open: (() => Promise<Database>) | null])[] = [
  ["DuckDB", openDuckdb],
  ["PostgreSQL (embedded)", openPglite],
  ["PostgreSQL (server of DATABASE_URL)", server === undefined ? null : async () => openServer(server)],
];

describe.each(databases)("%s answers as the kernels do", (_, open) => {
  let database: Database;
  let shanghai: List;
  beforeAll(async () => {
    if (open !== null) database = await open();
    const { list, findings } = await readList(fileURLToPath(new URL("../../../../lists/cn-31", import.meta.url)));
    if (list === undefined) throw new Error(JSON.stringify(findings, null, 1));
    shanghai = list;
  }, 120_000);
  afterAll(() => database?.close());

  test.skipIf(open === null).each([0, 0.1, 0.5])(
    "the club's rules, %f of the facts unknown",
    async (unknown) => {
      const rulebook = rulebookOf(clubList(), "cn-31", "2024-07-01");
      expect(emitSql(rulebook, database.engine).refused).toEqual([]);
      await expectKernels(database, rulebook, randomPeople(rulebook, 7, { households, unknown }).people);
    },
    120_000,
  );

  test.skipIf(open === null)(
    "any well-typed rules",
    async () => {
      for (let seed = 0; seed < 8; seed += 1) {
        const rulebook = rulebookOf(clubList(randomRules(randomNumbers(seed), 8)), "cn-31", "2024-07-01");
        const { people } = randomPeople(rulebook, seed, { households: 40, unknown: seed % 2 === 0 ? 0 : 0.2 });
        await expectKernels(database, rulebook, people);
      }
    },
    60_000,
  );

  test.skipIf(open === null).each([0, 0.15])(
    "every item of Shanghai, %f of the facts unknown",
    async (unknown) => {
      const rulebook = rulebookOf(shanghai, "cn-31", "2026-07-01");
      expect(emitSql(rulebook, database.engine).refused).toEqual([]);
      await expectKernels(database, rulebook, randomPeople(rulebook, 31, { households, unknown }).people);
    },
    120_000,
  );

  test.skipIf(open === null)(
    "equal amounts of which one is kept, and conditions whose parameter is missing",
    async () => {
      const rulebook = rulebookOf(clubList({ ...clubRules, ...ties }), "cn-31", "2024-07-01");
      await expectKernels(database, rulebook, randomPeople(rulebook, 9, { households, unknown: 0.05 }).people);
    },
    120_000,
  );

  test.skipIf(open === null)(
    "a row an answer, as other tools read it",
    async () => {
      const rulebook = rulebookOf(clubList(), "cn-31", "2024-07-01");
      const { people } = randomPeople(rulebook, 3, { households: 5, unknown: 0.1 });
      const tables = peopleTables(rulebook, people);
      const emitted = emitSql(rulebook, database.engine);
      const rows = numbersOf(await database.lines(tables, `${asRows(emitted)} ORDER BY seq, item`));
      expect(rows.length).toBe(people.persons * rulebook.items.length);
      const wide = numbersOf(await database.lines(tables, `${emitted.sql} ORDER BY seq`));
      const coaching = rulebook.items.findIndex(({ code }) => code === "cn.coaching");
      // Its three columns are followed by those of its two parts.
      expect(rows.filter((row) => row[1] === coaching).map((row) => row.slice(2))).toEqual(
        wide.map((row) => row.slice(1 + 3 * coaching, 4 + 3 * coaching)),
      );
    },
    120_000,
  );
});
