import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import type { Column } from "@qingdan/list";
import { afterAll, beforeAll, expect, it } from "vitest";
import {
  importSnapshot,
  type Manifest,
  openSnapshot,
  type PeopleBlock,
} from "../../apps/server/src/modules/intake/index.ts";
import { readFacts } from "./dictionary.ts";
import { makeCity } from "./index.ts";

let dir: string;
beforeAll(async () => {
  dir = await mkdtemp(path.join(tmpdir(), "qingping-export-"));
});
afterAll(() => rm(dir, { recursive: true, force: true }));

/** The written form of a stored column: what an office would hand over. */
function written(
  { name, type, scale, values }: Manifest["columns"]["persons"][number],
  areas: readonly string[],
): string {
  const list = (codes: readonly string[]) => `[${codes.map((code) => `'${code}'`).join(", ")}]`;
  if (type === "enum") return `list_extract(${list(values!)}, "${name}"::INTEGER + 1) AS "${name}"`;
  if (type === "area") return `list_extract(${list(areas)}, "${name}"::INTEGER + 1) AS "${name}"`;
  if (scale !== undefined)
    return `("${name}"::BIGINT::DECIMAL(20, 4) / ${scale})::DECIMAL(20, ${Math.log10(scale)}) AS "${name}"`;
  return `"${name}"`;
}

async function exportCsv(from: string, manifest: Manifest, to: string): Promise<void> {
  const instance = await DuckDBInstance.create(":memory:");
  const connection = await instance.connect();
  const facts = new Set(readFacts().map(({ name }) => name));
  for (const [table, key] of [
    ["persons", "person, household"],
    ["households", "household"],
  ] as const) {
    const columns = manifest.columns[table]
      .filter(({ name }) => facts.has(name))
      .map((column) => written(column, manifest.areas));
    await connection.run(
      `COPY (SELECT ${key}, ${columns.join(", ")} FROM '${from}/${table}-*.parquet' ORDER BY ${key}) TO '${to}/${table}.csv' (HEADER)`,
    );
  }
  connection.closeSync();
  instance.closeSync();
  await writeFile(path.join(to, "manifest.json"), JSON.stringify({ date: manifest.date }));
}

async function readBlocks(folder: string, areas: readonly string[]): Promise<PeopleBlock[]> {
  const snapshot = await openSnapshot(folder);
  const blocks: PeopleBlock[] = [];
  for await (const block of snapshot.blocks({ facts: readFacts(), areas })) blocks.push(block);
  return blocks;
}

/** The values of a column, null where unknown. */
function values({ data, unknown }: Column): (number | null)[] {
  return Array.from(data, (value, row) => (((unknown?.[row >> 3] ?? 0) >> (row & 7)) & 1 ? null : value));
}

it("a city handed over as CSV comes back as the same people", async () => {
  const city = path.join(dir, "city");
  await makeCity({ people: 3000, seed: 2, out: city, receipts: false });
  const { manifest } = await openSnapshot(city);
  await exportCsv(city, manifest, dir);
  const back = path.join(dir, "back");
  const areas = manifest.areas.map((code) => ({ code }));
  const result = await importSnapshot(dir, back, { facts: readFacts(), areas });
  expect(result).toMatchObject({ quarantined: 0, byReason: {}, unknownColumns: [] });
  const [before, after] = [await readBlocks(city, manifest.areas), await readBlocks(back, manifest.areas)];
  expect(after.length).toBe(before.length);
  before.forEach(({ people }, index) => {
    const again = after[index]!.people;
    expect(again.householdOf).toEqual(people.householdOf);
    for (const columns of ["personColumns", "householdColumns"] as const) {
      for (const [name, column] of Object.entries(people[columns])) {
        expect(values(again[columns][name]!), name).toEqual(values(column));
      }
    }
  });
});
