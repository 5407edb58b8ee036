import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Context, Refusal, UsageError, type Values, type Verb } from "../verb.ts";
import { reachAccess } from "./reach-access.ts";
import { reachCatchments } from "./reach-catchments.ts";
import { reachCover } from "./reach-cover.ts";
import { reachImport } from "./reach-import.ts";
import { reachNearest } from "./reach-nearest.ts";
import { reachSite } from "./reach-site.ts";

let cwd: string;
const shared = path.resolve(process.env.QINGDAN_SHARED ?? "../shared", "data/orlib-pmed");

/** Runs a verb as the command does, and gives its JSON and exit code. */
const run = (verb: Verb, values: Values, ...positionals: readonly string[]) =>
  runUntil(new AbortController(), () => {}, verb, values, ...positionals);

/** The same, stopped as by Ctrl-C at its first line of progress. */
const runAndStop = (verb: Verb, values: Values) => {
  const stop = new AbortController();
  return runUntil(stop, () => stop.abort(), verb, values);
};

async function runUntil(
  stop: AbortController,
  onLine: () => void,
  verb: Verb,
  values: Values,
  ...positionals: readonly string[]
) {
  const lines: string[] = [];
  let document: unknown;
  const context: Context = {
    env: {},
    cwd,
    language: "en",
    signal: stop.signal,
    progress: { task: () => ({ update: () => {}, finish: () => {} }) },
    say: ({ en }) => en,
    answer: (answered, text) => {
      expect(text()).not.toContain("undefined");
      document = JSON.parse(JSON.stringify(answered));
    },
    log: (line) => {
      lines.push(line);
      onLine();
    },
  };
  const code = await verb.run(context, values, positionals);
  return { code, lines, json: document as Record<string, never> };
}

/** Metres east and north of 120 E, 30 N, on the sphere that the network is measured on. */
const at = (east: number, north: number) => {
  const perLat = (Math.PI / 180) * 6_371_008.8;
  return [120 + east / (perLat * Math.cos(Math.PI / 6)), 30 + north / perLat] as const;
};
const row = (name: string, east: number, north: number, ...rest: readonly (string | number)[]) =>
  [name, ...at(east, north), ...rest].join(",");

beforeAll(async () => {
  cwd = await mkdtemp(path.join(tmpdir(), "qingdan-reach-"));
  const street = (...places: readonly (readonly [number, number])[]) => ({
    type: "Feature",
    properties: { highway: "residential" },
    geometry: { type: "LineString", coordinates: places.map((place) => at(...place)) },
  });
  // A street of 2,000 m, one to the north that stops 10 m short of it, and one of 300 m that nothing joins.
  const features = [street([0, 0], [1000, 0], [2000, 0]), street([500, 10], [500, 400]), street([0, 900], [300, 900])];
  const write = (file: string, ...lines: readonly string[]) => writeFile(path.join(cwd, file), lines.join("\n"));
  await write("town.geojson", JSON.stringify({ type: "FeatureCollection", features }));
  await write("homes.csv", "id,lon,lat", row("west", 0, 0), row("north", 500, 400), row("field", 1500, 1500));
  await write(
    "places.csv",
    "id,lon,lat,kind,floor_m2",
    row("m1", 1000, 0, "market", 900),
    row("m2", 2000, 0, "market", 100),
  );
  await write("blocks.csv", "code,lon,lat,everyone", row("east", 800, 0, 70), row("hill", 500, 400, 30));
  await write("origins.csv", "id,lon,lat,demand", row("a", 0, 0, 100), row("b", 2000, 0, 50));
  await write("sites.csv", "id,lon,lat,supply", row("s", 600, 0, 40));
  await write("bad.csv", "id,lon,lat,supply", row("s", 600, 0, "many"));
  await write("matrix.csv", "client,weight,A,B,C", "一,1,1,5,", "二,2,4,1,9", "三,1,,6,2");
});
afterAll(() => rm(cwd, { recursive: true, force: true }));

describe("from a road file to minutes", () => {
  test("import counts, joins and tells what is cut off; the written network is read again", async () => {
    const { code, json } = await run(reachImport, { out: "town.graph.json" }, "town.geojson");
    expect(code).toBe(0);
    expect(json).toMatchObject({
      joined: { gaps: 1 },
      components: { count: 2, cutOff: [{ nodes: 2 }] },
      datum: null,
    });
    const graph = JSON.parse(await readFile(path.join(cwd, "town.graph.json"), "utf8"));
    expect(graph.millimetres.reduce((sum: number, one: number) => sum + one, 0) / 1e6).toBeCloseTo(2.7, 3);
  });

  test("import of an edge list takes its tags, and refuses what is no degree or no street", async () => {
    const nodes = ["node,lon,lat", "1,120,30", "2,120.01,30", "3,120.01,30.01", "4,120.02,30.01"].join("\n");
    await writeFile(path.join(cwd, "nodes.csv"), nodes);
    const edges = ["from,to,length_m,fclass,tunnel", "1,2,965,residential,F", "3,4,965,motorway,F"].join("\n");
    await writeFile(path.join(cwd, "edges.csv"), edges);
    const values = { out: "edges.graph.json", nodes: "nodes.csv" };
    const { json } = await run(reachImport, values, "edges.csv");
    expect(json).toMatchObject({ roads: { walk: 1, barriers: 1 }, kilometres: 0.965, barriers: 1 });
    const refused = async (file: string, text: string) => {
      await writeFile(path.join(cwd, file), text);
      return run(reachImport, values, "edges.csv").catch((error: unknown) => error);
    };
    expect(await refused("edges.csv", "from,to,fclass\n3,4,motorway")).toMatchObject({ code: "reach.no-streets" });
    expect(await refused("edges.csv", "from,to,length_m\n3,4,-1")).toMatchObject({ code: "reach.length" });
    expect(await refused("nodes.csv", `${nodes}\n4,120,30`)).toMatchObject({ code: "reach.node-twice" });
  });

  test("nearest: metres along the streets, minutes at the group's pace, and who is not on the network", async () => {
    const { json } = await run(
      reachNearest,
      { from: "homes.csv", to: "places.csv", group: "senior", k: "2" },
      "town.graph.json",
    );
    const rows = json.nearest as unknown as {
      origin: string;
      rank: number;
      place: string;
      metres: number;
      minutes: number;
    }[];
    const of = (origin: string) => rows.filter((one) => one.origin === origin);
    expect(of("west").map(({ place, metres }) => [place, Math.round(metres)])).toEqual([
      ["m1", 1000],
      ["m2", 2000],
    ]);
    // 900 m at 0.8 m/s are 18.75 minutes.
    expect(of("north")[0]!.minutes).toBeCloseTo(18.75, 1);
    expect(json.origins).toMatchObject({ snapped: 2, unsnapped: [{ id: "field", why: "too-far" }] });
  });

  test("cover: the small market does not count, the block on the hill is too far from the large one", async () => {
    const { json } = await run(reachCover, { blocks: "blocks.csv", places: "places.csv" }, "town.graph.json");
    const totals = json.totals as unknown as { requirement?: string; street?: string; group: string; people: object }[];
    const market = totals.find(
      ({ requirement, street, group }) =>
        requirement === "gb50180.market" && street === undefined && group === "everyone",
    );
    expect(market?.people).toEqual({ covered: 70, "at-risk": 0, uncovered: 30, unknown: 0 });
    expect(json.index).toMatchObject({ value: 70, judged: 1 });
  });

  test("catchments: everybody goes to the nearest place, and a place on a street that nothing joins serves nobody", async () => {
    const files = { blocks: "people.csv", places: "clinics.csv" };
    const write = (file: string, ...lines: string[]) => writeFile(path.join(cwd, file), lines.join("\n"));
    await write(
      "people.csv",
      "code,lon,lat,everyone,age60up",
      row("a", 0, 0, 30, 10),
      row("b", 400, 0, 10, 2),
      row("c", 1900, 0, 5, 0),
      row("field", 1500, 1500, 9, 9),
    );
    await write(
      "clinics.csv",
      "id,lon,lat,kind",
      row("p", 600, 0, "clinic"),
      row("q", 2000, 0, "clinic"),
      row("r", 100, 900, "clinic"),
      row("r2", 100, 900, "spa"),
    );
    const { json } = await run(reachCatchments, files, "town.graph.json");
    const rounded = (one: { minutes: number }) => ({ ...one, minutes: Math.round(one.minutes * 10) / 10 });
    const catchments = json.catchments as unknown as {
      place: string;
      groups: { minutes: number }[];
      blocks: number;
      farthestMetres: number | null;
    }[];
    const of = (name: string) => catchments.find(({ place }) => place === name);
    // 30 people walk 600 m and 10 walk 200 m: 500 m on the mean, at 60 m a minute; 12 older ones (10 x 600 + 2 x 200) / 12 m at 48.
    expect(of("p")?.groups.map(rounded)).toEqual([
      { group: "everyone", people: 40, minutes: 8.3 },
      { group: "age60up", people: 12, minutes: 11.1 },
    ]);
    expect([of("p")?.blocks, Math.round(of("p")?.farthestMetres ?? 0)]).toEqual([2, 600]);
    expect(of("q")?.groups.map(rounded)).toEqual([{ group: "everyone", people: 5, minutes: 1.7 }]);
    expect(of("r")).toMatchObject({ blocks: 0, groups: [], farthestMetres: null });
    // Of the spa nobody can walk to, everybody on the streets is left; the field is on no street.
    expect(json.unserved).toEqual([
      { kind: "clinic", blocks: 0, people: {} },
      { kind: "spa", blocks: 3, people: { everyone: 45, age60up: 12 } },
    ]);
    expect(json.blocks).toMatchObject({ points: 4, snapped: 3, unsnapped: [{ id: "field", why: "too-far" }] });
  });

  test("heights: a street that rises 100 m in 1,000 takes longer by Tobler's function, and is closed to wheelchairs", async () => {
    // Heights rise to the east from 120 E: 1 m every 10 m, as far as the street goes.
    const [west] = at(-500, 0);
    const [next] = at(500, 0);
    const row = [-50, 50, 150, 250].join(" ");
    const grid = `ncols 4\nnrows 2\nxllcenter ${west}\nyllcenter 29.995\ncellsize ${next - west}\n${row}\n${row}\n`;
    await writeFile(path.join(cwd, "hill.asc"), grid);
    const { json } = await run(reachImport, { out: "hill.graph.json", elevation: "hill.asc" }, "town.geojson");
    // The cut-off street lies north of the grid.
    expect(json.hills).toMatchObject({ withoutElevation: 1, steepest: expect.closeTo(0.1, 3) });
    expect(json.kilometres).toBeCloseTo(2.7, 2);
    const options = { from: "homes.csv", to: "places.csv" };
    const walk = async (group: string) =>
      (
        (await run(reachNearest, { ...options, group }, "hill.graph.json")).json.nearest as unknown as {
          metres: number;
        }[]
      )[0];
    // The slope factor of 10 % there and back is 1.2095.
    expect((await walk("adult"))?.metres).toBeCloseTo(1209.5, 0);
    expect((await walk("wheelchair"))?.metres).toBeNull();
  });

  test("medical circles: minutes by car are given; 30 to 45 of them are the outer circle only", async () => {
    const lines = ["block,kind,minutes", "east,hospital,44", "east,hospital,30", "hill,hospital,40"];
    await writeFile(path.join(cwd, "minutes.csv"), lines.join("\n"));
    const { json } = await run(reachCover, { blocks: "blocks.csv", minutes: "minutes.csv" });
    const totals = json.totals as unknown as { level: string; requirement?: string; street?: string; people: object }[];
    const all = totals.filter(({ requirement, street }) => requirement !== undefined && street === undefined);
    expect(all.map(({ level, people }) => [level, people])).toEqual([
      ["drive-30", { covered: 70, "at-risk": 0, uncovered: 30, unknown: 0 }],
      ["drive-45", { covered: 100, "at-risk": 0, uncovered: 0, unknown: 0 }],
    ]);
    expect(json.index).toMatchObject({ value: 85 });
    // No way there is beyond the circle; a block that nobody measured is unknown.
    await writeFile(path.join(cwd, "minutes.csv"), "block,kind,minutes\neast,hospital,\n");
    const few = (await run(reachCover, { blocks: "blocks.csv", minutes: "minutes.csv" })).json;
    expect((few.totals as unknown as { people: object }[])[0]?.people).toMatchObject({ uncovered: 70, unknown: 30 });
    await writeFile(path.join(cwd, "minutes.csv"), "block,kind,minutes\nmoon,hospital,5\n");
    await expect(run(reachCover, { blocks: "blocks.csv", minutes: "minutes.csv" })).rejects.toMatchObject({
      code: "CLI-REACH-BLOCK",
    });
  });

  test("access: 40 m2 for 100 people in reach are 0.4 each, who reaches nothing has 0", async () => {
    const { json } = await run(
      reachAccess,
      { origins: "origins.csv", sites: "sites.csv", measure: "2sfca", minutes: "15" },
      "town.graph.json",
    );
    expect(json).toMatchObject({
      pairs: 1,
      scores: [
        { origin: "a", score: 0.4 },
        { origin: "b", score: 0 },
      ],
    });
  });

  test("access by age group and by what places have: people of 60 and over, at their pace, and beds", async () => {
    await writeFile(
      path.join(cwd, "groups.csv"),
      ["id,lon,lat,everyone,age60up", row("a", 0, 0, 100, 20), row("b", 1500, 0, 50, 5)].join("\n"),
    );
    await writeFile(path.join(cwd, "homes-of-old.csv"), ["id,lon,lat,beds", row("s", 800, 0, 40)].join("\n"));
    const asked = { origins: "groups.csv", sites: "homes-of-old.csv", measure: "2sfca", supply: "beds" };
    const scores = async (more: Values) =>
      (await run(reachAccess, { ...asked, ...more }, "town.graph.json")).json.scores as unknown as { score: number }[];
    // 15 minutes are 900 m for adults, who all come; 720 m for older people: only b, 700 m away.
    expect((await scores({ demand: "everyone" })).map(({ score }) => score)).toEqual([40 / 150, 40 / 150]);
    expect((await scores({ demand: "age60up" })).map(({ score }) => score)).toEqual([0, 8]);
    expect((await scores({ demand: "age60up", group: "adult" })).map(({ score }) => score)).toEqual([1.6, 1.6]);
    // Everybody is at one site: crowding is 1 for all, and 13.3 minutes of travel at tau 10 are 1.33 more.
    const raam = await scores({ demand: "everyone", measure: "raam", tau: "10" });
    expect(raam[0]!.score).toBeCloseTo(1 + 800 / 60 / 10, 4);
    await expect(scores({ demand: "everyone", measure: "raam", tau: "0" })).rejects.toThrow(UsageError);
  });

  test("access: the second nearest tells who has a choice", async () => {
    await writeFile(
      path.join(cwd, "two.csv"),
      ["id,lon,lat,supply", row("s", 600, 0, 1), row("t", 900, 0, 1)].join("\n"),
    );
    const asked = { origins: "origins.csv", sites: "two.csv", measure: "nearest", minutes: "19", rank: "2" };
    const { json } = await run(reachAccess, asked, "town.graph.json");
    // From a 600 and 900 m, at 60 m a minute; from b 1,100 and 1,400 m, of which 19 minutes hold the first only.
    expect(json.scores).toMatchObject([
      { origin: "a", score: expect.closeTo(15, 1) },
      { origin: "b", score: null },
    ]);
  });
});

describe("siting", () => {
  test("a matrix worked by hand: A and B cost 1 + 2 + 6 = 9, every other pair more", async () => {
    const { code, json } = await run(reachSite, { model: "pmedian", matrix: "matrix.csv", p: "2" });
    expect(code).toBe(0);
    expect(json).toMatchObject({ value: 9, bound: 9, gap: 0, status: "optimal" });
    expect((await run(reachSite, { model: "mclp", matrix: "matrix.csv", p: "1", limit: "4" })).json).toMatchObject({
      value: 3,
      sites: ["A"],
    });
    // Within 4: 一 A, 二 A and B (weight 2), 三 C. A and B reach 一 once and 二 twice.
    const backup = { model: "backup", matrix: "matrix.csv", p: "2", limit: "4" };
    expect((await run(reachSite, backup)).json).toMatchObject({ value: 5, bound: 5, sites: ["A", "B"] });
  });

  test("fair plans, and plans with capacities and opening costs, on the matrix worked by hand", async () => {
    const ask = async (more: Record<string, string>) => (await run(reachSite, { matrix: "matrix.csv", ...more })).json;
    // Costs of the three with A and B, A and C, B and C: 1 1 6, 1 4 2, 5 1 2; weights 1, 2, 1.
    expect(await ask({ model: "worst-first", p: "2" })).toMatchObject({
      value: 4,
      sites: ["A", "C"],
      status: "optimal",
    });
    expect(await ask({ model: "tail", p: "2", tail: "0.25" })).toMatchObject({ value: 4, sites: ["A", "C"] });
    // Means 9/4, 11/4, 9/4 bound at 2.25: of A and B, and B and C, the second is more alike.
    expect(await ask({ model: "gini", p: "2", mean: "2.25" })).toMatchObject({ sites: ["B", "C"], status: "optimal" });
    // C can serve one only and A nobody; all three cost 9 at B alone, and opening C saves 4 for 3.
    const terms = ["site,capacity,opening,state", "A,,,not", "B,,0,", "C,1,3,may"];
    await writeFile(path.join(cwd, "terms.csv"), terms.join("\n"));
    expect(await ask({ model: "capacitated", terms: "terms.csv" })).toMatchObject({ value: 12, sites: ["B", "C"] });
    expect(await ask({ model: "capacitated", terms: "terms.csv", p: "1" })).toMatchObject({ value: 13, sites: ["B"] });
    await writeFile(path.join(cwd, "terms.csv"), "site,state\nB,perhaps\n");
    await expect(ask({ model: "capacitated", terms: "terms.csv" })).rejects.toMatchObject({ code: "reach.site-state" });
  }, 120_000);

  test("the front of cost, coverage and the worst-off: nothing on it is bettered by another point", async () => {
    await writeFile(path.join(cwd, "terms.csv"), "site,opening\nA,1\nB,1\nC,1\n");
    const asked = { model: "pareto", matrix: "matrix.csv", terms: "terms.csv", limit: "4", budgets: "1,2,3" };
    const { code, json } = await run(reachSite, asked);
    const points = json.points as unknown as { cost: number; covered: number; tail: number; sites: string[] }[];
    expect(code).toBe(0);
    // Within 4: A has 3 people, A and C all 4.
    expect(points.map(({ cost, covered }) => [cost, covered])).toContainEqual([2, 4]);
    for (const one of points)
      for (const other of points)
        expect(one !== other && other.cost <= one.cost && other.covered >= one.covered && other.tail <= one.tail).toBe(
          false,
        );
    await expect(run(reachSite, { ...asked, budgets: "much" })).rejects.toBeInstanceOf(UsageError);
  }, 120_000);

  // Beasley's OR-Library: the optimum of pmed1 is 5819.
  test.skipIf(!existsSync(shared))(
    "pmed1 of the OR-Library is proved",
    async () => {
      const { json } = await run(reachSite, { model: "pmedian", orlib: path.join(shared, "pmed1.txt") });
      expect(json).toMatchObject({ value: 5819, bound: 5819, status: "optimal" });
      expect(json.sites).toHaveLength(5);
    },
    120_000,
  );
});

test("siting that is stopped keeps its best plan, and a bound that holds", async () => {
  // 400 places on a spiral: to prove the best 25 takes longer than a second, after which progress is told.
  const places = Array.from({ length: 400 }, (_, n) => [n * Math.cos(n), n * Math.sin(n)] as const);
  const rows = places.map(([ax, ay]) => places.map(([bx, by]) => Math.hypot(ax - bx, ay - by).toFixed(3)).join(","));
  await writeFile(path.join(cwd, "spiral.csv"), [places.map((_, n) => `s${n}`).join(","), ...rows].join("\n"));
  const { code, json, lines } = await runAndStop(reachSite, {
    model: "pmedian",
    matrix: "spiral.csv",
    p: "25",
    seconds: "600",
  });
  expect([code, json.stopped, json.status]).toEqual([0, true, "feasible"]);
  expect(json.sites).toHaveLength(25);
  // The plan costs what it says, and no less than the bound.
  const chosen: readonly string[] = json.sites ?? [];
  const open = chosen.map((name) => places[Number(name.slice(1))]!);
  const cost = places.reduce((sum, [x, y]) => sum + Math.min(...open.map(([a, b]) => Math.hypot(a - x, b - y))), 0);
  expect(json.value).toBeCloseTo(cost, 0);
  expect(json.bound).toBeLessThanOrEqual(cost);
  expect(json.bound).toBeGreaterThanOrEqual(0);
  expect(lines[0]).toMatch(/^[\d.]+ s: value [\d.]+, bound [\d.]+, gap [\d.]+ %$/);
}, 90_000);

describe("what is refused", () => {
  const refusal = async (work: Promise<unknown>) => {
    const error: unknown = await work.then(
      () => undefined,
      (caught: unknown) => caught,
    );
    return error instanceof Refusal ? [error.code, error.words.en] : error;
  };

  test("wrong numbers name their row and column", async () => {
    const options = { origins: "origins.csv", sites: "bad.csv", measure: "2sfca" };
    const [code, words] = (await refusal(run(reachAccess, options, "town.graph.json"))) as [string, string];
    expect(code).toBe("reach.not-a-number");
    expect(words).toContain("bad.csv, row 2, column supply");
  });

  test("degrees that are none", async () => {
    await writeFile(path.join(cwd, "mars.csv"), "id,lon,lat\nx,200,30");
    const nearest = run(reachNearest, { from: "mars.csv", to: "places.csv" }, "town.graph.json");
    expect(await refusal(nearest)).toEqual(["CLI-REACH-DEGREES", expect.stringContaining("mars.csv, row 2: 200, 30")]);
  });

  test("a file that is no network, and a broken GeoJSON", async () => {
    const nearest = run(reachNearest, { from: "homes.csv", to: "places.csv" }, "homes.csv");
    expect(await refusal(nearest)).toMatchObject(["CLI-REACH-GRAPH", expect.any(String)]);
    await writeFile(path.join(cwd, "broken.geojson"), "{");
    expect(await refusal(run(reachImport, { out: "x.json" }, "broken.geojson"))).toMatchObject([
      "reach.geojson",
      expect.any(String),
    ]);
  });

  test("wrong use: no road file, an unknown group, model or standard, two instances, p out of range", async () => {
    const wrong = [
      () => run(reachImport, { out: "x.json" }),
      () => run(reachImport, { out: "x.json" }, "roads.shp"),
      () => run(reachNearest, { from: "homes.csv", to: "places.csv", group: "cyclist" }, "town.graph.json"),
      () => run(reachSite, { model: "guess", matrix: "matrix.csv" }),
      () => run(reachSite, { model: "pmedian", matrix: "matrix.csv", orlib: "x" }),
      () => run(reachCover, { blocks: "blocks.csv", places: "places.csv", standard: "none" }, "town.graph.json"),
    ];
    for (const call of wrong) expect(await refusal(call())).toBeInstanceOf(UsageError);
    expect(await refusal(run(reachSite, { model: "pmedian", matrix: "matrix.csv", p: "7" }))).toMatchObject([
      "reach.sites-wanted",
      expect.stringContaining("1 to 3"),
    ]);
    expect(await refusal(run(reachSite, { model: "mclp", matrix: "matrix.csv", p: "1" }))).toMatchObject([
      "reach.option-missing",
      expect.stringContaining("--limit"),
    ]);
  });
});
