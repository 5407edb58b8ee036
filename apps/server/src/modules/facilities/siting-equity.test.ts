import ExcelJS from "exceljs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type FacilitiesApp, openFacilitiesApp } from "../../testing/facilities-app.ts";
import { registerOf } from "../../testing/small-map.ts";
import type { SitingBody, SitingRun } from "./siting-model.ts";

// Metres to the market of today: A (100 people) 430, B (80) 1,630, C (50, over the steps) 1,830. Who has one at the door walks 40.
// Fair plans count them in steps of 50 m, rounded up: 450, 1,650, 1,850, 50. A market covers up to 500 m.
let city: FacilitiesApp;
beforeAll(async () => {
  const vacant = ["v1", "vacant-premises", 2100, 10, "900", "", "", "vacant"] as const;
  city = await openFacilitiesApp(registerOf(["m1", "market", 400, 10], vacant));
});
afterAll(() => city?.close());

const run = async (body: Partial<SitingBody>): Promise<SitingRun> => {
  const { json } = await city.post("/siting/runs", { kind: "market", sites: 1, seconds: 20, ...body });
  return city.ended(`/siting/runs/${json.id}`);
};
const siteCodes = ({ plan }: SitingRun) => plan?.sites.map(({ code }) => code);

test("the worst-off tenth, 23 people, walk least with a market in C, where the others would cover more people", async () => {
  const tail = await run({ model: "tail" });
  expect(tail.plan).toMatchObject({ status: "optimal", value: 1650, bound: 1650, gap: 0 });
  expect(siteCodes(tail)).toEqual(["new:C"]);
  expect(siteCodes(await run({ model: "cover" }))).toEqual(["new:B"]);
  // The mean of all is least in B: 100 x 450 + 80 x 50 + 50 x 1,850 for 230 people.
  const all = await run({ model: "tail", tailShare: 1 });
  expect(siteCodes(all)).toEqual(["new:B"]);
  expect(all.plan?.value).toBeCloseTo(141_500 / 230, 1);
});

test("worst first: with two, first C comes near, then B; nobody is farther than A is today", async () => {
  const found = await run({ model: "worst-first", sites: 2 });
  expect(found.plan).toMatchObject({ status: "optimal", value: 450, bound: 450, covered: { before: 100, after: 230 } });
  expect(siteCodes(found)?.sort()).toEqual(["new:B", "new:C"]);
});

test("ways most alike between streets: one in A leaves all far, so a bound on the mean belongs to it", async () => {
  // Mean ways of the north (A, B) and the south (C) with a market in A: 761 and 1,850 m; in C: 983 and 50 m.
  const gini = (north: number, south: number) =>
    (180 * 50 * Math.abs(north - south)) / 230 / (180 * north + 50 * south);
  const [inA, inC] = [gini((100 * 50 + 80 * 1650) / 180, 1850), gini((100 * 450 + 80 * 1650) / 180, 50)];
  const free = await run({ model: "gini" });
  expect(siteCodes(free)).toEqual(["new:A"]);
  expect(free.plan?.value).toBeCloseTo(inA, 4);
  const held = await run({ model: "gini", meanAtMost: 800 });
  expect(siteCodes(held)).toEqual(["new:C"]);
  expect(held.plan?.value).toBeCloseTo(inC, 4);
  expect((await run({ model: "gini", meanAtMost: 10 })).plan).toMatchObject({ status: "infeasible", sites: [] });
});

test("the front: more places, more people covered, shorter ways of the worst-off, each with its proof", async () => {
  const { plan, id } = await run({ model: "front", sites: 3 });
  const points = plan?.front?.map(({ count, covered, tail, status, bound }) => [count, covered, tail, status, bound]);
  expect(points?.sort(([a = 0, , s = 0], [b = 0, , t = 0]) => Number(a) - Number(b) || Number(t) - Number(s))).toEqual([
    [1, 180, 1850, "optimal", 180],
    [1, 150, 1650, "optimal", 150],
    [2, 230, 450, "optimal", 230],
    [3, 230, 50, "optimal", 230],
  ]);
  expect(plan?.front?.every(({ count, sites }) => sites.length === count)).toBe(true);
  // The plan that stands for the run covers most people, with its reasons.
  expect(plan).toMatchObject({ status: "optimal", covered: { before: 100, after: 230 } });
  const file = await city.app.inject({ url: `/api/siting/runs/${id}/plan.xlsx`, headers: { "accept-language": "en" } });
  const book = new ExcelJS.Workbook();
  await book.xlsx.load(file.rawPayload as never);
  expect(book.getWorksheet("Front")?.getColumn("A").values.slice(2).sort()).toEqual([1, 1, 2, 3]);
});

test("the front by money: converting near B is a third of building; what it costs stands beside each plan", async () => {
  const million = 1_000_000;
  // A market has 750 m2: 150 million fen to convert v1, 130 m from B, 450 to build in A, B or C.
  const costs = { budgetFen: 1050 * million, floorM2: 500 };
  const { plan, id } = await run({ model: "front", candidates: "both", costs } as Partial<SitingBody>);
  const points = plan?.front?.map(({ costFen, count, covered, tail, status }) => [
    Number(costFen) / million,
    count,
    covered,
    tail,
    status,
  ]);
  expect(points?.sort(([a = 0], [b = 0]) => Number(a) - Number(b))).toEqual([
    [150, 1, 180, 1850, "optimal"],
    [450, 1, 150, 1650, "optimal"],
    [600, 2, 230, 450, "optimal"],
    [1050, 3, 230, 150, "optimal"],
  ]);
  const named = plan?.front?.flatMap(({ sites }) => sites.map(({ code, name }) => [code, name.zh]));
  expect(named).toContainEqual(["new:v1", "名v1"]);
  const file = await city.app.inject({ url: `/api/siting/runs/${id}/plan.xlsx`, headers: { "accept-language": "en" } });
  const book = new ExcelJS.Workbook();
  await book.xlsx.load(file.rawPayload as never);
  const yuan = book.getWorksheet("Front")?.getColumn("B").values.slice(2).map(Number);
  expect(yuan?.sort((a, b) => a - b)).toEqual([1_500_000, 4_500_000, 6_000_000, 10_500_000]);
  const poor = await run({ model: "front", costs: { ...costs, budgetFen: 449 * million } } as Partial<SitingBody>);
  expect(poor.plan).toMatchObject({ status: "infeasible", sites: [] });
});

test("a share that is none, a mean of nothing, and costs of what is no front are refused", async () => {
  const costs = { budgetFen: 1 };
  for (const wrong of [{ tailShare: 0 }, { tailShare: 1.5 }, { meanAtMost: 0 }, { model: "fairest" }, { costs }]) {
    const { status, json } = await city.post("/siting/runs", { kind: "market", ...wrong });
    expect([status, json.code]).toEqual([400, "API-REQUEST-INVALID"]);
  }
});
