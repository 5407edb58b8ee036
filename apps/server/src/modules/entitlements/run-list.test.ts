import { readdir, stat } from "node:fs/promises";
import path from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { beforeAll, describe, expect, test } from "vitest";
import { type SmallCity, smallCity } from "../../testing/small-city.ts";
import { type RunOptions, runList } from "./run-list.ts";
import type { RunRecord } from "./run-record.ts";

/** Two parts: one of 8192 people and the rest. */
const people = 9000;
let city: SmallCity;
let record: RunRecord;
const now = () => new Date("2026-01-02T03:04:05Z");

function run(name: string, options: Partial<RunOptions> = {}): Promise<RunRecord> {
  const { folder, peopleDir, list, rulebook } = city;
  return runList({ list, rulebook, peopleDir, outDir: path.join(folder, name), workers: 1, now, ...options });
}

async function select(sql: string): Promise<Record<string, number>[]> {
  const connection = await (await DuckDBInstance.create()).connect();
  const rows = (await connection.runAndReadAll(sql)).getRowObjectsJS();
  connection.closeSync();
  return rows.map((row) => Object.fromEntries(Object.entries(row).map(([name, value]) => [name, Number(value)])));
}

const files = (run: string, name: string) => `'${path.join(city.folder, run, name)}'`;

beforeAll(async () => {
  city = await smallCity(people);
  record = await run("first");
}, 240_000);

describe("the same run", () => {
  test("has the same hash and sums with other workers and blocks", async () => {
    const other = await run("second", { workers: 2, personsPerBlock: 311 });
    expect(other.run.hash).toBe(record.run.hash);
    expect(other.items).toEqual(record.items);
    expect(other.run.districts).toEqual(record.run.districts);
  }, 120_000);

  test("goes on after an interruption from the parts that are done, to the same hash", async () => {
    const stop = new AbortController();
    const outDir = path.join(city.folder, "interrupted");
    const interrupted = run("interrupted", {
      signal: stop.signal,
      personsPerBlock: 400,
      onProgress: (done) => {
        if (done > 8192) stop.abort(new Error("Ctrl-C"));
      },
    });
    await expect(interrupted).rejects.toThrow("Ctrl-C");
    await expect(stat(outDir)).rejects.toThrow("ENOENT");
    const kept = (await readdir(`${outDir}.partial`)).filter((file) => /^part-\d+\.json$/.test(file));
    expect(kept.length).toBeGreaterThan(0);
    const firstAnswers = path.join(`${outDir}.partial`, "answers-part-00000.parquet");
    const written = (await stat(firstAnswers)).mtimeMs;
    const seen: number[] = [];
    const resumed = await run("interrupted", { onProgress: (done) => seen.push(done) });
    expect(seen[0]).toBeGreaterThan(0);
    expect(resumed.run.hash).toBe(record.run.hash);
    expect(resumed.items).toEqual(record.items);
    expect((await stat(path.join(outDir, "answers-part-00000.parquet"))).mtimeMs).toBe(written);
    await expect(stat(`${outDir}.partial`)).rejects.toThrow("ENOENT");
  }, 120_000);
});

describe("sums equal rows", () => {
  test("entitled and undetermined people, and money, item by item", async () => {
    const rows = await select(
      `SELECT item, count(*) FILTER (outcome = 1) AS entitled, count(*) FILTER (outcome = 2) AS undetermined,
        sum(amount) AS fen FROM ${files("first", "answers-*.parquet")} GROUP BY item`,
    );
    for (const [at, item] of record.items.entries()) {
      const { entitled = 0, undetermined = 0, fen = 0 } = rows.find((row) => row.item === at) ?? {};
      expect({ code: item.code, entitled, undetermined, fen }).toEqual({
        code: item.code,
        entitled: item.total.entitled,
        undetermined: item.total.undetermined,
        fen: item.fenPerPeriod ?? 0,
      });
    }
  });

  test("every person stands in each person's item exactly once, in rows or in the counts by reason", () => {
    for (const item of record.items.filter(({ subject }) => subject === "person")) {
      const { entitled, undetermined, notEntitled } = item.total;
      expect(entitled + undetermined + notEntitled).toBe(people);
      expect(item.notEntitledBy.reduce((sum, reason) => sum + reason.people, 0)).toBe(notEntitled);
    }
    for (const item of record.items.filter(({ subject }) => subject === "household")) {
      const { entitled, undetermined, notEntitled } = item.total;
      expect(entitled + undetermined + notEntitled).toBe(record.run.households);
    }
  });

  test("payers together pay what is due, in every district and item", () => {
    for (const item of record.items) {
      for (const figures of [item.total, ...item.districts]) {
        if (figures.fenPerYear === null) continue;
        expect(figures.payers.reduce((sum, { fenPerYear }) => sum + fenPerYear, 0)).toBe(figures.fenPerYear);
      }
      if (item.timesPerYear !== null && item.fenPerPeriod !== null) {
        expect(item.total.fenPerYear).toBe(item.fenPerPeriod * item.timesPerYear);
      }
    }
  });

  test("missed, overpaid and unsettled follow from rows and receipts put side by side by another engine", async () => {
    const codes = record.codes.items.map(({ code }) => `'${code}'`).join(", ");
    const rows = await select(
      `WITH roll AS (SELECT person, list_position([${codes}], item) - 1 AS item, fen FROM '${city.peopleDir}/receipts-*.parquet'),
        answer AS (SELECT person, item, outcome, amount FROM ${files("first", "answers-*.parquet")})
      SELECT item,
        count(*) FILTER (outcome = 1 AND (fen IS NULL OR fen < amount)) AS missed,
        count(*) FILTER (fen IS NOT NULL AND (outcome IS NULL OR outcome = 1 AND fen > amount)) AS overpaid,
        count(*) FILTER (fen IS NOT NULL AND outcome = 2) AS unsettled,
        count(fen) AS receiving
      FROM answer FULL JOIN roll USING (person, item) WHERE item IS NOT NULL GROUP BY item`,
    );
    const withRoll = record.items.filter(({ total }) => total.receiving !== null);
    expect(withRoll.length).toBeGreaterThan(10);
    for (const item of withRoll) {
      const { missed, overpaid, unsettled, receiving } = item.total;
      const at = record.items.indexOf(item);
      expect(rows.find((row) => row.item === at)).toEqual({ item: at, missed, overpaid, unsettled, receiving });
    }
    const total = record.run.total;
    expect(total.missed).toBeGreaterThan(0);
    expect(total.overpaid).toBeGreaterThan(0);
  });
});
