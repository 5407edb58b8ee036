import { readdirSync } from "node:fs";
import { compileRulebook } from "@qingdan/list";
import { createListReader } from "@qingdan/list/node";
import { openDuckdb, openPglite, openServer } from "../packages/list/src/sql/testing/databases.ts";
import { compareWays } from "../packages/list/src/sql/testing/four-ways.ts";
import { randomPeople } from "../packages/list/src/testing/random-people.ts";

/** Households compared at a time. */
const block = 6000;

/**
 * Interpreter, kernels, DuckDB and PostgreSQL over random people of every list, `--people N` of each (default 1,000,000), a
 * tenth of the blocks with unknown facts; `--list CODE` for one list. PostgreSQL is the server of DATABASE_URL, else PGlite. Ends
 * with an error at the first difference.
 */
export async function run(args: readonly string[]): Promise<Record<string, number | string>> {
  const option = (name: string) => (args.includes(name) ? args[args.indexOf(name) + 1] : undefined);
  const wanted = Number(option("--people") ?? 1_000_000);
  const lists = new URL("../lists/", import.meta.url).pathname;
  const codes = readdirSync(lists, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && (option("--list") ?? entry.name) === entry.name)
    .map(({ name }) => name);
  const reader = createListReader();
  const server = process.env.DATABASE_URL;
  const databases = [await openDuckdb(), server === undefined ? await openPglite() : openServer(server)];
  const started = performance.now();
  let [people, answers, items, rowByRow] = [0, 0, 0, 0];
  for (const code of codes) {
    const { list } = await reader.load(`${lists}${code}`);
    if (list === undefined) throw new Error(`${code} has errors`);
    const { rulebook } = compileRulebook(list, { area: list.area, date: "2024-08-01" });
    if (rulebook === undefined) throw new Error(`${code} does not compile`);
    items += rulebook.items.length;
    for (let [done, seed] = [0, 1]; done < wanted; seed += 1) {
      const left = Math.ceil((wanted - done) / 3);
      const made = randomPeople(rulebook, seed, {
        households: Math.min(block, left),
        unknown: seed % 10 === 0 ? 0.1 : 0,
      });
      const agreement = await compareWays(rulebook, made, databases);
      if (agreement.differences.length > 0) throw new Error(`${code}: ${agreement.differences.join("\n")}`);
      done += agreement.persons;
      people += agreement.persons;
      answers += agreement.answers;
      rowByRow = Math.max(rowByRow, agreement.refused);
      process.stderr.write(`${code} ${done}\n`);
    }
  }
  await Promise.all(databases.map((database) => database.close()));
  const seconds = Math.round((performance.now() - started) / 100) / 10;
  return {
    lists: codes.length,
    items,
    ways: 4,
    postgres: server === undefined ? "PGlite" : "server",
    people,
    answers,
    rowByRow,
    differences: 0,
    seconds,
  };
}
