import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Column } from "@qingdan/list";
import { afterAll, beforeAll, expect, it } from "vitest";
import {
  importSnapshot,
  openSnapshot,
  type PeopleBlock,
  type SnapshotFact,
} from "../../apps/server/src/modules/intake/index.ts";
import { readFacts } from "./dictionary.ts";
import { makeCity } from "./index.ts";

let dir: string;
beforeAll(async () => {
  dir = await mkdtemp(path.join(tmpdir(), "qingping-export-"));
});
afterAll(() => rm(dir, { recursive: true, force: true }));

type Entity = SnapshotFact["entity"];

/** What an office would hand over: facts by their names, enums and areas as codes, money in yuan. */
function written(fact: SnapshotFact, value: number | null, areas: readonly string[]): string {
  if (value === null) return "";
  switch (fact.type) {
    case "enum":
      return fact.values![value]!.code;
    case "area":
      return areas[value]!;
    case "date":
      return new Date(value * 86_400_000).toISOString().slice(0, 10);
    case "boolean":
      return value === 1 ? "true" : "false";
    case "money":
      return (value / 100).toFixed(2);
    default:
      return fact.decimals ? (value / 10 ** fact.decimals).toFixed(fact.decimals) : String(value);
  }
}

async function exportCsv(blocks: readonly PeopleBlock[], areas: readonly string[], entity: Entity): Promise<void> {
  const facts = readFacts().filter((fact) => fact.entity === entity);
  const names = facts.map(({ name }) => name);
  const lines = [[...(entity === "person" ? ["person"] : []), "household", ...names].join(",")];
  for (const { people, personIds, householdIds } of blocks) {
    const columns = entity === "person" ? people.personColumns : people.householdColumns;
    const cells = facts.map((fact) => values(columns[fact.name]!).map((value) => written(fact, value, areas)));
    const rows = entity === "person" ? people.persons : people.households;
    for (let row = 0; row < rows; row++) {
      const ids = entity === "person" ? [personIds[row], householdIds[people.householdOf[row]!]] : [householdIds[row]];
      lines.push([...ids, ...cells.map((column) => column[row])].join(","));
    }
  }
  await writeFile(path.join(dir, `${entity}s.csv`), `${lines.join("\n")}\n`);
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
  const before = await readBlocks(city, manifest.areas);
  await exportCsv(before, manifest.areas, "person");
  await exportCsv(before, manifest.areas, "household");
  await writeFile(path.join(dir, "manifest.json"), JSON.stringify({ date: manifest.date }));
  const back = path.join(dir, "back");
  const areas = manifest.areas.map((code) => ({ code }));
  const result = await importSnapshot(dir, back, { facts: readFacts(), areas });
  expect(result).toMatchObject({ quarantined: 0, byReason: {}, unknownColumns: [] });
  const after = await readBlocks(back, manifest.areas);
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
