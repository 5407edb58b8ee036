import { readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import type { Indicator } from "@qingdan/list/indicators";
import { readIndicators } from "@qingdan/list/indicators/node";
import { readList } from "@qingdan/list/node";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Database } from "../../store/database.ts";
import { registerOf, smallMap } from "../../testing/small-map.ts";
import { embeddedDatabase } from "../../testing/test-database.ts";
import { createFacilities } from "../facilities/index.ts";
import { newestReach, reachFigures } from "./reach-figures.ts";

let walk15: Indicator;
let database: Database;
let closeDatabase: () => Promise<void>;
const folders: string[] = [];

beforeAll(async () => {
  const lists = fileURLToPath(new URL("../../../../../lists", import.meta.url));
  const { list } = await readList(path.join(lists, "cn"));
  const { catalogue, findings } = await readIndicators(list!, path.join(lists, "cn"));
  expect(findings).toEqual([]);
  walk15 = catalogue!.indicators.get("walk-15")!;
  ({ database, close: closeDatabase } = await embeddedDatabase());
});
afterAll(async () => {
  await closeDatabase();
  for (const folder of folders) await rm(folder, { recursive: true, force: true });
});

type Place = readonly [code: string, kind: string, east: number, north: number];

/** Figures of the small map with such a register: 100 people at 0 m and 80 at 2,000 m in t1, 50 beyond the river in t2. */
async function figuresOf(...rows: readonly Place[]) {
  const folder = await smallMap(registerOf(...rows));
  folders.push(folder);
  // A map with this very register: another register is another map.
  const about = path.join(folder, "places.json");
  const id = JSON.stringify(rows);
  await writeFile(about, JSON.stringify({ ...JSON.parse(await readFile(about, "utf8")), id }));
  const facilities = createFacilities({ folder, database, now: () => new Date("2025-06-03T02:00:00Z") });
  const reach = await newestReach(facilities);
  const found = { ...reachFigures([walk15], reach), hash: reach.hash };
  await facilities.close();
  return found;
}

/** An adult walks 60 m a minute: 900 m in a quarter of an hour. */
const near: readonly [Place, ...Place[]] = [
  ["h1", "health-station", 400, 10],
  ["s1", "fitness-ground", 850, 10],
  ["h2", "health-centre", 2500, 10],
  ["k2", "day-care", 1200, 10],
  ["c2", "library", 1500, 10],
  ["s2", "sports-ground", 2800, 10],
];

describe("residents within a quarter of an hour of a place of each sort", () => {
  test("are counted street by street: one place too far, and its people are not within reach", async () => {
    const { figures, name } = await figuresOf(...near, ["c1", "culture-station", 800, 10]);
    expect(figures).toEqual([
      {
        indicator: "walk-15",
        area: "t1",
        period: "2025",
        numerator: 80,
        denominator: 180,
        value: null,
        origin: "reach",
      },
      expect.objectContaining({ area: "t2", numerator: 0, denominator: 50 }),
    ]);
    expect(name.en).toBe("Map and facilities of Small town");
  });
  test("one place may be of two sorts", async () => {
    const { figures } = await figuresOf(...near, ["o1", "one-stop-centre", 600, 10]);
    expect(figures[0]).toMatchObject({ area: "t1", numerator: 180, denominator: 180 });
  });
  test("a directory without any place of a sort tells nothing, and says of how many", async () => {
    const { figures, name } = await figuresOf(...near.filter(([code]) => !code.startsWith("s")));
    expect(figures).toEqual([]);
    expect(name.en).toContain("(230 residents cannot be judged)");
  });
  test("another directory has another hash", async () => {
    const [one, again, other] = [await figuresOf(...near), await figuresOf(...near), await figuresOf(near[0])];
    expect(again.hash).toBe(one.hash);
    expect(other.hash).not.toBe(one.hash);
  });
});
