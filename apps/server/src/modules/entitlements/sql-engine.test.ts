import path from "node:path";
import { beforeAll, expect, test } from "vitest";
import { type SmallCity, smallCity } from "../../testing/small-city.ts";
import { runList } from "./run-list.ts";
import type { RunRecord } from "./run-record.ts";
import { type EngineName, rowByRowItems } from "./sql-engine.ts";

let city: SmallCity;
let kernels: RunRecord;

function run(engine: EngineName, personsPerBlock?: number): Promise<RunRecord> {
  const { folder, peopleDir, list, rulebook } = city;
  const outDir = path.join(folder, engine);
  const now = () => new Date("2026-01-02T03:04:05Z");
  return runList({ list, rulebook, peopleDir, outDir, workers: 1, engine, personsPerBlock, now });
}

beforeAll(async () => {
  city = await smallCity(1500);
  kernels = await run("kernels");
}, 240_000);

test.each(["duckdb", "postgres"] as const)(
  "a run by %s has the kernels' hash and sums",
  async (engine) => {
    const record = await run(engine, 700);
    expect(record.run.hash).toBe(kernels.run.hash);
    expect(record.items).toEqual(kernels.items);
    expect(record.run.districts).toEqual(kernels.run.districts);
    expect(rowByRowItems(city.rulebook, engine)).toEqual([]);
  },
  240_000,
);
