import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { readList } from "@qingdan/list/node";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openSnapshot } from "../../apps/server/src/modules/intake/index.ts";
import { readFacts } from "./dictionary.ts";
import { makeCity } from "./index.ts";
import { readPlaces } from "./places.ts";

let dir: string;
beforeAll(async () => {
  dir = await mkdtemp(path.join(tmpdir(), "qingping-"));
});
afterAll(() => rm(dir, { recursive: true, force: true }));

async function digests(folder: string): Promise<Record<string, string>> {
  const names = (await readdir(folder)).toSorted();
  const hash = async (name: string) =>
    createHash("sha256")
      .update(await readFile(path.join(folder, name)))
      .digest("hex");
  return Object.fromEntries(await Promise.all(names.map(async (name) => [name, await hash(name)] as const)));
}

/** All values of each fact of a city, null where unknown. */
async function valuesOf(out: string): Promise<Map<string, (number | null)[]>> {
  const values = new Map<string, (number | null)[]>();
  const snapshot = await openSnapshot(out);
  for await (const { people } of snapshot.blocks({ facts: readFacts(), areas: snapshot.manifest.areas })) {
    for (const [name, { data, unknown }] of Object.entries({ ...people.personColumns, ...people.householdColumns })) {
      const all = values.get(name) ?? [];
      data.forEach((value, row) => {
        all.push(((unknown?.[row >> 3] ?? 0) >> (row & 7)) & 1 ? null : value);
      });
      values.set(name, all);
    }
  }
  return values;
}

describe("making the demo city", () => {
  it.each([1, 2, 10, 333])("makes a city of %i people", async (people) => {
    const out = path.join(dir, `small-${people}`);
    const made = await makeCity({ people, seed: 3, out, receipts: false });
    expect(made.people).toBe(people);
    const snapshot = await openSnapshot(out);
    expect(snapshot.persons).toBe(people);
    const blocks = [];
    const request = { facts: readFacts(), areas: snapshot.manifest.areas };
    for await (const block of snapshot.blocks(request)) blocks.push(block);
    expect(blocks.reduce((sum, block) => sum + block.people.persons, 0)).toBe(people);
    expect(blocks.reduce((sum, block) => sum + block.people.households, 0)).toBe(made.households);
  });

  it.each([0, -1, 1.5, Number.NaN])("refuses %s people", async (people) => {
    await expect(makeCity({ people, seed: 1, out: path.join(dir, "none") })).rejects.toThrow(RangeError);
  });

  it("gives the same bytes for the same seed and size, with one worker or two, and others for another seed", async () => {
    const make = async (name: string, seed: number, workers: number) => {
      const out = path.join(dir, name);
      await makeCity({ people: 9000, seed, out, workers, receipts: false });
      return digests(out);
    };
    const first = await make("first", 5, 1);
    expect(Object.keys(first).filter((name) => name.startsWith("persons")).length).toBeGreaterThan(1);
    expect(await make("again", 5, 2)).toEqual(first);
    const other = await make("other", 6, 2);
    expect(other["persons-00000.parquet"]).not.toBe(first["persons-00000.parquet"]);
  });

  it.each([1, 2])("leaves nothing behind when stopped, with %i workers", async (workers) => {
    const out = path.join(dir, `stopped-${workers}`);
    const stop = new AbortController();
    const { signal } = stop;
    const making = makeCity({
      people: 40_000,
      seed: 1,
      out,
      workers,
      receipts: false,
      signal,
      onProgress: () => stop.abort(),
    });
    await expect(making).rejects.toThrow(signal.reason);
    expect((await readdir(dir)).filter((name) => name.startsWith("stopped"))).toEqual([]);
  });

  it("does not take the place of a folder that is no snapshot", async () => {
    await expect(makeCity({ people: 1, seed: 1, out: dir })).rejects.toMatchObject({ code: "SNAPSHOT-TARGET" });
    expect(existsSync(dir)).toBe(true);
  });
});

describe("the columns of the demo city", () => {
  let values: Map<string, (number | null)[]>;
  beforeAll(async () => {
    const out = path.join(dir, "columns");
    await makeCity({ people: 80_000, seed: 9, out, receipts: false });
    values = await valuesOf(out);
  });

  it("hold every fact of the dictionary that is not derived, each with more than one value", () => {
    const constant = readFacts().filter(({ name }) => new Set(values.get(name)).size < 2);
    expect(constant.map(({ name }) => name)).toEqual([]);
  });

  it("keep within the ranges of the dictionary", () => {
    for (const { name, type, decimals = 0, range } of readFacts()) {
      if (!range) continue;
      const scale = type === "money" ? 100 : 10 ** decimals;
      const outside = values
        .get(name)!
        .filter((value) => value !== null && (value < range.min * scale || value > range.max * scale));
      expect(outside, name).toEqual([]);
    }
  });
});

describe("the city's own list", () => {
  it("loads without errors, and has an area for every town", async () => {
    const { list, findings } = await readList(path.resolve("cities/qingping/list"));
    expect(findings.filter(({ severity }) => severity === "error")).toEqual([]);
    for (const { code } of readPlaces().towns) expect(list!.areas.get(code)?.level, code).toBe("town");
  });
});
