import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  type BlockOptions,
  createColumnWriter,
  describeColumn,
  describeFile,
  type Manifest,
  type NamedColumn,
  openSnapshot,
  type SnapshotFact,
  writeManifest,
} from "./index.ts";

// A club of anglers; two parts, long enough that columns run over several vectors of DuckDB (2048 rows).
const facts: SnapshotFact[] = [
  { name: "keen", entity: "person", type: "boolean" },
  { name: "boat", entity: "person", type: "enum", values: [{ code: "none" }, { code: "punt" }, { code: "canoe" }] },
  { name: "pond", entity: "person", type: "area" },
  { name: "joined", entity: "person", type: "date" },
  { name: "fee", entity: "person", type: "money", range: { min: 0, max: 1000 } },
  { name: "wealth", entity: "household", type: "money", range: { min: 0, max: 1e9 } },
];
const areas = ["cn-99", "cn-9901", "cn-9902"];

interface Row {
  readonly person: number;
  readonly household: number;
  readonly values: readonly (number | null)[];
}

let dir: string;
const people: Row[] = [];
const wealth = new Map<number, number | null>();

beforeAll(async () => {
  dir = await mkdtemp(path.join(tmpdir(), "qingdan-snapshot-"));
  const sizes = [1, 2, 3, 5, 2, 1, 4];
  const parts = [5000, 777];
  const writer = await createColumnWriter();
  const files: Manifest["files"] = { persons: [], households: [], receipts: [] };
  let person = 0;
  for (const [part, persons] of parts.entries()) {
    const rows: Row[] = [];
    const homes: number[] = [];
    for (let h = 0; rows.length < persons; h++) {
      homes.push(person + 1);
      const household = person + 1;
      for (let m = 0; m < Math.min(sizes[h % 7]!, persons - (person - people.length)); m++) {
        const n = ++person;
        const unknown = (every: number, value: number) => (n % every === 0 ? null : value);
        const values = [unknown(11, n % 2), unknown(5, n % 3), n % 3, unknown(7, n - 4000), unknown(13, n * 7)];
        rows.push({ person: n, household, values });
        if (rows.length === persons) break;
      }
      wealth.set(household, h % 3 === 0 ? null : household * 10_000_019);
    }
    const widths = ["bool", "u8", "u16", "date", "i32"] as const;
    const columns = facts.slice(0, 5).map((fact, at) =>
      column(
        fact.name,
        widths[at]!,
        rows.map((row) => row.values[at]!),
      ),
    );
    const ids = [
      column(
        "person",
        "i32",
        rows.map((row) => row.person),
      ),
      column(
        "household",
        "i32",
        rows.map((row) => row.household),
      ),
    ];
    await writer.write(path.join(dir, `persons-${part}.parquet`), [...ids, ...columns], rows.length);
    const wealths = column(
      "wealth",
      "f64",
      homes.map((home) => wealth.get(home)!),
    );
    await writer.write(
      path.join(dir, `households-${part}.parquet`),
      [column("household", "i32", homes), wealths],
      homes.length,
    );
    files.persons.push(await describeFile(dir, `persons-${part}.parquet`, rows.length));
    files.households.push(await describeFile(dir, `households-${part}.parquet`, homes.length));
    people.push(...rows);
  }
  writer.close();
  await writeManifest(dir, {
    format: "qingdan-people",
    version: 1,
    name: { zh: "钓鱼会", en: "Anglers" },
    date: "2025-06-01",
    people: people.length,
    households: wealth.size,
    receipts: 0,
    money: "fen",
    areas,
    columns: { persons: facts.slice(0, 5).map(describeColumn), households: facts.slice(5).map(describeColumn) },
    files,
  });
});
afterAll(() => rm(dir, { recursive: true, force: true }));

function column(name: string, width: NamedColumn["width"], values: readonly (number | null)[]): NamedColumn {
  const data =
    width === "f64"
      ? new Float64Array(values.length)
      : width === "u16"
        ? new Uint16Array(values.length)
        : width === "i32" || width === "date"
          ? new Int32Array(values.length)
          : new Uint8Array(values.length);
  const unknown = new Uint8Array((values.length + 7) >> 3);
  values.forEach((value, row) => {
    data[row] = value ?? 0;
    if (value === null) unknown[row >> 3]! |= 1 << (row & 7);
  });
  return values.includes(null) ? { name, width, data, unknown } : { name, width, data };
}

/** All rows as they come out of the blocks, and the sizes of the blocks. */
async function readRows(options: BlockOptions, request = { facts, areas }) {
  const rows: Row[] = [];
  const homes = new Map<number, number | null>();
  const blocks: number[] = [];
  const snapshot = await openSnapshot(dir);
  for await (const { people: block, personIds, householdIds } of snapshot.blocks(request, options)) {
    blocks.push(block.persons);
    const read = (columns: typeof block.personColumns, name: string, row: number) => {
      const { data, unknown } = columns[name]!;
      return ((unknown?.[row >> 3] ?? 0) >> (row & 7)) & 1 ? null : data[row]!;
    };
    for (let h = 0; h < block.households; h++) {
      homes.set(householdIds[h]!, read(block.householdColumns, "wealth", h));
      for (let at = block.household.start[h]!; at < block.household.start[h + 1]!; at++) {
        const row = block.household.members[at]!;
        expect(block.householdOf[row]).toBe(h);
        const values = facts.slice(0, 5).map(({ name }) => read(block.personColumns, name, row));
        rows.push({ person: personIds[row]!, household: householdIds[h]!, values });
      }
    }
  }
  return { rows, homes, blocks };
}

describe("blocks of a snapshot", () => {
  it.each([1, 3, 64, 2047, 2048, 5000, 65_536])(
    "of at most %i persons give all rows in order, households whole",
    async (personsPerBlock) => {
      const { rows, homes, blocks } = await readRows({ personsPerBlock });
      expect(rows).toEqual(people);
      expect(homes).toEqual(wealth);
      // A household of five is larger than a block of one or three: it comes whole all the same.
      expect(Math.max(...blocks)).toBeLessThanOrEqual(Math.max(personsPerBlock, 5));
    },
  );

  it("can be taken from chosen parts", async () => {
    const { rows } = await readRows({ parts: [1] });
    expect(rows).toEqual(people.slice(5000));
  });

  it("number enums and areas as the reader does", async () => {
    const boats = [{ code: "canoe" }, { code: "kayak" }, { code: "none" }, { code: "punt" }];
    const asked = facts.map((fact) => (fact.name === "boat" ? { ...fact, values: boats } : fact));
    const { rows } = await readRows({}, { facts: asked, areas: ["cn", "cn-9902", "cn-99", "cn-9901"] });
    const boat = [2, 3, 0];
    const pond = [2, 3, 1];
    const expected = people.map(({ person, household, values: [keen, b, p, joined, fee] }) => ({
      person,
      household,
      values: [keen, b === null ? null : boat[b!]!, pond[p!]!, joined, fee],
    }));
    expect(rows).toEqual(expected);
  });

  it("stand on shared memory when asked", async () => {
    const snapshot = await openSnapshot(dir);
    for await (const { people: block, personIds } of snapshot.blocks({ facts, areas }, { shared: true })) {
      expect(personIds.buffer).toBeInstanceOf(SharedArrayBuffer);
      for (const { data, unknown } of Object.values(block.personColumns)) {
        expect(data.buffer).toBeInstanceOf(SharedArrayBuffer);
        if (unknown) expect(unknown.buffer).toBeInstanceOf(SharedArrayBuffer);
      }
    }
  });

  it("refuse a fact that the snapshot does not have, or has with other values", async () => {
    const hat: SnapshotFact = { name: "hat", entity: "person", type: "boolean" };
    await expect(readRows({}, { facts: [...facts, hat], areas })).rejects.toMatchObject({
      code: "SNAPSHOT-FACT-MISSING",
    });
    const boat: SnapshotFact = { name: "boat", entity: "person", type: "enum", values: [{ code: "none" }] };
    await expect(readRows({}, { facts: [boat], areas })).rejects.toMatchObject({ code: "SNAPSHOT-FACT-MISSING" });
  });

  it("refuse people in an area that the reader does not have", async () => {
    await expect(readRows({}, { facts, areas: ["cn-99", "cn-9902"] })).rejects.toMatchObject({
      code: "SNAPSHOT-AREA-UNKNOWN",
    });
  });

  it("stop when told to", async () => {
    await expect(readRows({ signal: AbortSignal.abort(new Error("enough")) })).rejects.toThrow("enough");
  });
});

describe("opening a snapshot", () => {
  it("refuses a folder without a manifest, and a manifest of another form", async () => {
    await expect(openSnapshot(path.join(dir, "none"))).rejects.toMatchObject({ code: "SNAPSHOT-MISSING" });
    const other = await mkdtemp(path.join(tmpdir(), "qingdan-snapshot-"));
    await writeFile(path.join(other, "manifest.json"), '{"format": "x"}');
    await expect(openSnapshot(other)).rejects.toMatchObject({ code: "SNAPSHOT-MANIFEST" });
    await writeFile(path.join(other, "manifest.json"), await readFile(path.join(dir, "manifest.json")));
    await expect(openSnapshot(other)).rejects.toMatchObject({ code: "SNAPSHOT-MISSING" });
    await rm(other, { recursive: true });
  });
});
