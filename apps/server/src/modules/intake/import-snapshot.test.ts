import { existsSync, readFileSync } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { importSnapshot, openSnapshot, quarantineReasons, type SnapshotFact } from "./index.ts";

// A dictionary of a made-up fishing club, with one fact of each type.
const facts: SnapshotFact[] = [
  { name: "birthDate", entity: "person", type: "date" },
  { name: "sex", entity: "person", type: "enum", values: [{ code: "female" }, { code: "male" }] },
  { name: "pond", entity: "person", type: "area" },
  { name: "keen", entity: "person", type: "boolean" },
  { name: "fee", entity: "person", type: "money", range: { min: 0, max: 1000 } },
  { name: "rods", entity: "household", type: "integer", range: { min: 0, max: 9 } },
  { name: "line", entity: "household", type: "decimal", decimals: 1, range: { min: 0, max: 100 } },
  { name: "luck", entity: "household", type: "integer", formula: "rods * 2" },
];
const areas = [{ code: "cn-99" }, { code: "cn-9902", from: "2021-01-01" }, { code: "cn-9903", until: "2025-06-01" }];
const options = { facts, areas };
const personHeader = "person,household,birthDate,sex,pond,keen,fee";
const householdHeader = "household,rods,line";

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(path.join(tmpdir(), "qingdan-import-"));
});
afterEach(() => rm(dir, { recursive: true, force: true }));

async function runImport(persons: string[], households: string[], headers = [personHeader, householdHeader]) {
  await writeFile(path.join(dir, "manifest.json"), '{"date": "2025-06-01"}');
  await writeFile(path.join(dir, "persons.csv"), `${[headers[0], ...persons].join("\n")}\n`);
  await writeFile(path.join(dir, "households.csv"), `${[headers[1], ...households].join("\n")}\n`);
  return importSnapshot(dir, path.join(dir, "out"), options);
}

async function quarantined(): Promise<string[]> {
  const text = await readFile(path.join(dir, "out", "quarantine.csv"), "utf8");
  return text
    .trim()
    .split("\n")
    .slice(1)
    .map((line) => line.split(",").slice(0, 5).join(","));
}

async function readAll(personsPerBlock?: number) {
  const snapshot = await openSnapshot(path.join(dir, "out"));
  const blocks = [];
  const request = { facts, areas: areas.map(({ code }) => code) };
  for await (const block of snapshot.blocks(request, { personsPerBlock })) blocks.push(block);
  return { snapshot, blocks };
}

const good = "p1,h1,1960-02-29,female,cn-99,true,12.5";

describe("importing a people snapshot", () => {
  it("turns written values into stored ones and leaves what is absent unknown", async () => {
    const result = await runImport([good, "p2,h1,,male,,0,"], ["h1,3,2.5"]);
    expect(result).toMatchObject({ accepted: 3, quarantined: 0, byReason: {}, unknownColumns: [] });
    const { snapshot, blocks } = await readAll();
    expect(snapshot.manifest).toMatchObject({ people: 2, households: 1, date: "2025-06-01" });
    const { people, personIds, householdIds } = blocks[0]!;
    expect([...personIds]).toEqual([1, 2]);
    expect([...householdIds]).toEqual([1]);
    const { birthDate, sex, pond, keen, fee } = people.personColumns;
    // 1960-02-29 is day -3594 of 1970: 9 years back to 1961-01-01 are 3287 days, then 307 from 1960-02-29 to 1961-01-01.
    expect(birthDate!.data[0]).toBe(-3287 - 307);
    expect([...birthDate!.unknown!]).toEqual([0b10]);
    expect([...sex!.data]).toEqual([0, 1]);
    expect(pond!.data[0]).toBe(0);
    expect([...keen!.data]).toEqual([1, 0]);
    expect(fee!.data[0]).toBe(1250);
    expect([...fee!.unknown!]).toEqual([0b10]);
    expect(people.householdColumns.rods!.data[0]).toBe(3);
    expect(people.householdColumns.line!.data[0]).toBe(25);
    expect(people.householdColumns.luck).toBeUndefined();
  });

  it.each([
    ["type-wrong", "p2,h2,1990-01-01,male,cn-99,maybe,1", "keen,type-wrong,maybe"],
    ["type-wrong", "p2,h2,1990/01/01,male,cn-99,true,1", "birthDate,type-wrong,1990/01/01"],
    ["type-wrong", "p2,h2,1990-01-01,male,cn-99,true,1.234", "fee,type-wrong,1.234"],
    ["date-impossible", "p2,h2,2023-02-29,male,cn-99,true,1", "birthDate,date-impossible,2023-02-29"],
    ["date-impossible", "p2,h2,2025-06-02,male,cn-99,true,1", "birthDate,date-impossible,2025-06-02"],
    ["date-impossible", "p2,h2,1879-12-31,male,cn-99,true,1", "birthDate,date-impossible,1879-12-31"],
    ["number-out-of-range", "p2,h2,1990-01-01,male,cn-99,true,1000.01", "fee,number-out-of-range,1000.01"],
    ["enum-unknown", "p2,h2,1990-01-01,Male,cn-99,true,1", "sex,enum-unknown,Male"],
    ["area-unknown", "p2,h2,1990-01-01,male,cn-98,true,1", "pond,area-unknown,cn-98"],
    ["area-not-in-force", "p2,h2,1990-01-01,male,cn-9903,true,1", "pond,area-not-in-force,cn-9903"],
    ["person-missing", ",h2,1990-01-01,male,cn-99,true,1", "person,person-missing,"],
  ])("quarantines %s with its column and value, and the household with it", async (reason, row, expected) => {
    const result = await runImport([good, row], ["h1,3,2.5", "h2,1,1"]);
    expect(result.tables.persons).toEqual({ rows: 2, accepted: 1, quarantined: 1 });
    expect(result.tables.households).toEqual({ rows: 2, accepted: 1, quarantined: 1 });
    expect(result.byReason).toEqual({ [reason]: 1, "household-incomplete": 1 });
    expect(await quarantined()).toEqual(["households,2,household,household-incomplete,h2", `persons,2,${expected}`]);
  });

  it("quarantines households without members and persons without a household", async () => {
    const result = await runImport(
      [good, "p2,,1990-01-01,male,cn-99,true,1", "p3,h7,1990-01-01,male,cn-99,true,1"],
      ["h1,3,2.5", "h8,1,1", ",1,1"],
    );
    expect(result.tables.persons).toEqual({ rows: 3, accepted: 1, quarantined: 2 });
    expect(result.tables.households).toEqual({ rows: 3, accepted: 1, quarantined: 2 });
    expect(result.byReason).toEqual({ "household-missing": 2, "household-unknown": 1, "household-empty": 1 });
  });

  it("keeps the first of repeated identifiers", async () => {
    const result = await runImport(
      [good, good, "p1,h2,1990-01-01,male,cn-99,true,1"],
      ["h1,3,2.5", "h1,3,9", "h2,1,1"],
    );
    // The repeated row in another household may be that household's only member: it goes with it.
    expect(result.byReason).toEqual({ "person-duplicate": 2, "household-duplicate": 1, "household-incomplete": 1 });
    expect(result.tables.persons.accepted).toBe(1);
    expect(result.tables.households.accepted).toBe(1);
  });

  it("keeps malformed lines, and row numbers go on counting them", async () => {
    const result = await runImport(
      ["p0,h1", good, "p9,h1,1990-01-01,male,cn-99,true,1,2", "p2,h2,1990-01-01,male,cn-99,true,x"],
      ["h1,3,2.5", "h2,1,1"],
    );
    expect(result.tables.persons).toEqual({ rows: 4, accepted: 1, quarantined: 3 });
    expect((await quarantined()).filter((line) => line.startsWith("persons"))).toEqual([
      "persons,1,,line-malformed,",
      "persons,3,,line-malformed,",
      "persons,4,fee,type-wrong,x",
    ]);
  });

  it("refuses missing columns with the whole list, and writes nothing", async () => {
    const attempt = runImport(["p1,h1,1960-02-29"], ["h1,3"], ["person,household,birthDate", "household,rods"]);
    await expect(attempt).rejects.toMatchObject({
      code: "IMPORT-COLUMN-MISSING",
      place: "persons.sex, persons.pond, persons.keen, persons.fee, households.line",
    });
    expect(existsSync(path.join(dir, "out"))).toBe(false);
  });

  it("tells of columns that are no facts", async () => {
    const result = await runImport([`${good},x`], ["h1,3,2.5"], [`${personHeader},shoe`, householdHeader]);
    expect(result.unknownColumns).toEqual(["persons.shoe"]);
    expect(result.accepted).toBe(2);
  });

  it("does not replace a folder that is no snapshot", async () => {
    await writeFile(path.join(dir, "manifest.json"), '{"date": "2025-06-01"}');
    await expect(importSnapshot(dir, path.dirname(dir), options)).rejects.toMatchObject({
      code: "SNAPSHOT-TARGET",
    });
  });

  it("reads receipts in yuan and quarantines those of unknown persons", async () => {
    await writeFile(
      path.join(dir, "receipts.csv"),
      "person,item,amount,per,since\np1,cn.fishing-rod,75.5,month,2024-01-01\np5,cn.fishing-rod,1,month,2024-01-01\np1,rod,1,month,2024-13-01\n",
    );
    const result = await runImport([good], ["h1,3,2.5"]);
    expect(result.tables.receipts).toEqual({ rows: 3, accepted: 1, quarantined: 2 });
    expect(result.byReason).toEqual({ "receipt-person-unknown": 1, "type-wrong": 1, "date-impossible": 1 });
    expect((await readAll()).snapshot.manifest.receipts).toBe(1);
  });

  it("never loses a row: accepted and quarantined add up, whatever the rows", async () => {
    const cell = fc.constantFrom(
      "",
      "1990-01-01",
      "2023-02-30",
      "male",
      "cn-99",
      "cn-9903",
      "true",
      "7",
      "-1",
      '"a,b"',
      "5,5",
    );
    const person = fc.tuple(
      fc.constantFrom("", "p1", "p2", "p3", "p4"),
      fc.constantFrom("", "h1", "h2", "h3"),
      fc.constantFrom("1990-01-01", "", "1990-13-01"),
      fc.constantFrom("male", "female", "x"),
      fc.constantFrom("cn-99", "cn-9903", ""),
      fc.constantFrom("1", "0", "2"),
      cell,
    );
    const household = fc.tuple(fc.constantFrom("h1", "h2", "h3", ""), fc.constantFrom("1", "10", ""), cell);
    await fc.assert(
      fc.asyncProperty(fc.array(person, { maxLength: 8 }), fc.array(household, { maxLength: 4 }), async (ps, hs) => {
        const result = await runImport(
          ps.map((row) => row.join(",")),
          hs.map((row) => row.join(",")),
        );
        const { persons, households } = result.tables;
        expect(persons.rows).toBe(ps.length);
        expect(households.rows).toBe(hs.length);
        for (const { rows, accepted, quarantined: out } of [persons, households]) expect(accepted + out).toBe(rows);
        const { snapshot, blocks } = await readAll();
        expect(snapshot.persons).toBe(persons.accepted);
        expect(blocks.reduce((sum, block) => sum + block.people.persons, 0)).toBe(persons.accepted);
        expect(blocks.reduce((sum, block) => sum + block.people.households, 0)).toBe(households.accepted);
        for (const reason of Object.keys(result.byReason)) expect(quarantineReasons).toHaveProperty(reason);
      }),
      { numRuns: 12 },
    );
  });
});

const vectorsFile = path.join(process.env.QINGDAN_SHARED ?? "../shared", "standards/cn-id-numbers/vectors.json");

describe.skipIf(!existsSync(vectorsFile))("citizen identification numbers (GB 11643, shared vectors)", () => {
  const read = () => JSON.parse(readFileSync(vectorsFile, "utf8")).citizenId_GB11643;
  const header = [`${personHeader},citizenId`, householdHeader];
  const rowOf = (
    id: string,
    n: number,
    birth = `${id.slice(6, 10)}-${id.slice(10, 12)}-${id.slice(12, 14)}`,
    sex?: string,
  ) => `p${n},h${n},${birth},${sex ?? (Number(id[16]) % 2 === 1 ? "male" : "female")},cn-99,1,1,${id}`;

  it("accepts the valid ones with their birth date and sex", async () => {
    const { validFromTheStandard, validSynthetic } = read();
    const ids: string[] = [...validFromTheStandard, ...validSynthetic];
    const result = await runImport(
      ids.map((id, n) => rowOf(id, n)),
      ids.map((_, n) => `h${n},1,1`),
      header,
    );
    expect(result.byReason).toEqual({});
    expect(result.tables.persons.accepted).toBe(ids.length);
  });

  it("quarantines the invalid ones", async () => {
    const invalid: { value: string; why: string }[] = read().invalid;
    const result = await runImport(
      invalid.map(({ value }, n) => rowOf(value, n, "", "")),
      invalid.map((_, n) => `h${n},1,1`),
      header,
    );
    expect(result.tables.persons).toEqual({ rows: invalid.length, accepted: 0, quarantined: invalid.length });
    const lines = (await quarantined()).filter((line) => line.includes("citizen-id"));
    const reasonOf = (n: number) =>
      lines.filter((line) => line.startsWith(`persons,${n + 1},`)).map((line) => line.split(",")[3]);
    const why = (text: string) => reasonOf(invalid.findIndex((one) => one.why.includes(text)));
    expect(why("check digit")).toEqual(["citizen-id-check"]);
    expect(why("does not exist")).toEqual(["citizen-id-date"]);
    expect(why("17 characters")).toEqual(["citizen-id-form"]);
    expect(why("full-width")).toEqual(["citizen-id-form"]);
    expect(why("month 13")).toContain("citizen-id-date");
    expect(why("future")).toEqual(["citizen-id-date"]);
  });

  it("compares the number with the birth date and the sex, and finds it twice", async () => {
    const [id] = read().validFromTheStandard as string[];
    const rows = [rowOf(id!, 0, "1949-12-30"), rowOf(id!, 1, undefined, Number(id![16]) % 2 === 1 ? "female" : "male")];
    const result = await runImport(rows, ["h0,1,1", "h1,1,1"], header);
    expect(result.byReason).toEqual({
      "citizen-id-birth-date": 1,
      "citizen-id-sex": 1,
      "citizen-id-duplicate": 1,
      "household-incomplete": 2,
    });
  });
});
