import ExcelJS from "exceljs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type FacilitiesApp, openFacilitiesApp } from "../../testing/facilities-app.ts";
import { registerOf } from "../../testing/small-map.ts";
import type { PlanningRun } from "./planning-model.ts";

// A market near A; one near B that is too small to count; vacant premises near B, and some of unknown size.
const register = registerOf(
  ["m1", "market", 400, 10],
  ["m2", "market", 2000, 10, "100"],
  ["v1", "vacant-premises", 2100, 10, "900", "", "", "vacant"],
  ["v2", "vacant-premises", 2200, 10, "", "", "", "vacant"],
);

let city: FacilitiesApp;
beforeAll(async () => {
  city = await openFacilitiesApp(register);
});
afterAll(() => city?.close());

const start = (body: object) => city.post("/planning/runs", body);
const ended = (id: string) => city.ended<PlanningRun>(`/planning/runs/${id}`);

const million = 1_000_000;
const body = {
  kinds: ["market"],
  area: "d1",
  costs: {
    buildFenPerM2: 600_000,
    convertFenPerM2: 200_000,
    extendFenPerM2: 400_000,
    yearlyFenPerM2: 30_000,
  },
  seconds: 20,
};

describe("the planning mix on a town of three blocks", () => {
  // A market needs 750 m2 (GB 50180-2018). For B: converting v1 costs 150 million fen and 22.5 to run, extending m2 by 650 m2
  // 260, building 450. For C only building does. m1 and m2 cost 27 and 3 to run.
  test("the cheaper place for B comes in the first year, C when the money of two years is there", async () => {
    const years = [
      { year: 2026, budgetFen: 300 * million },
      { year: 2027, budgetFen: 450 * million },
    ];
    const { status, json } = await start({ ...body, years });
    expect(status).toBe(202);
    const run = await ended(json.id);
    expect(run).toMatchObject({ state: "done", area: { code: "d1" }, kinds: [{ code: "market" }] });
    expect(run.plan).toMatchObject({
      status: "optimal",
      // 100 + 80 people in the first year, 50 more in the second.
      value: 180 + 230,
      bound: 180 + 230,
      gap: 0,
      today: [{ people: 230, served: 100 }],
      considered: { blocks: 3, today: 2, vacant: 1, vacantFloorUnknown: 1, floorUnknown: 0 },
      kept: 2,
      years: [
        {
          year: 2026,
          spentFen: (30 + 150 + 22.5) * million,
          deeds: [{ site: "v1", deed: "convert", costFen: 150 * million, people: 80 }],
          served: [{ served: 180 }],
        },
        {
          year: 2027,
          spentFen: (52.5 + 450 + 22.5) * million,
          deeds: [{ site: "new:C", deed: "build", costFen: 450 * million, people: 50 }],
          served: [{ served: 230 }],
        },
      ],
      unserved: [{ people: 0, byReason: [] }],
    });

    const geojson = (await city.app.inject({ url: `/api/planning/runs/${json.id}/plan.geojson` })).json();
    expect(geojson.features).toMatchObject([
      { properties: { year: 2026, deed: "convert" } },
      { properties: { year: 2027, deed: "build", cost_fen: 450 * million } },
    ]);
    const headers = { "accept-language": "en" };
    const file = await city.app.inject({ url: `/api/planning/runs/${json.id}/plan.xlsx`, headers });
    const book = new ExcelJS.Workbook();
    await book.xlsx.load(file.rawPayload as unknown as ExcelJS.Buffer);
    expect(book.worksheets.map(({ name }) => name)).toEqual(["Deeds", "Years", "About"]);
    expect(book.worksheets[0]?.getRow(3).getCell(6).value).toBe(4_500_000);
    const all = (await city.app.inject({ url: "/api/planning/runs" })).json();
    expect(all.runs).toMatchObject([{ id: json.id, state: "done" }]);
  }, 120_000);

  test("the front holds each sum at which more people are served, with its plan, and is kept when it is stopped", async () => {
    const years = [{ year: 2026, budgetFen: null }];
    const run = await ended((await start({ ...body, years, front: true })).json.id);
    // 30 million keep what is there for A; B is had by converting v1 (172.5 with a year's running), C by building (472.5).
    expect(run.plan).toMatchObject({
      status: "optimal",
      value: 230,
      front: {
        status: "optimal",
        isWhole: true,
        points: [
          { costFen: 30 * million, value: 100, bound: 100, isCheapest: true, kept: 2, years: [{ deeds: [] }] },
          { costFen: 202.5 * million, value: 180, years: [{ deeds: [{ site: "v1", deed: "convert" }] }] },
          { costFen: 675 * million, value: 230, years: [{ deeds: [{ site: "v1" }, { site: "new:C" }] }] },
        ],
      },
    });
    const file = await city.app.inject({
      url: `/api/planning/runs/${run.id}/plan.xlsx`,
      headers: { "accept-language": "en" },
    });
    const book = new ExcelJS.Workbook();
    await book.xlsx.load(file.rawPayload as unknown as ExcelJS.Buffer);
    const sheet = book.getWorksheet("Front");
    expect(sheet?.getRow(3).values).toEqual([undefined, 2_025_000, 180, 180, "yes", 1]);
    expect(sheet?.getRow(5).getCell(1).value).toBe("Proved: there is no other such plan");

    const fair = await ended((await start({ ...body, years, front: true, aim: "worst-street" })).json.id);
    const costs = fair.plan?.front?.points.map(({ costFen, value }) => [costFen, value]);
    expect(costs).toEqual([...(costs ?? [])].sort((a, b) => a[0]! - b[0]!));
    expect(fair.plan?.front?.points.at(-1)).toMatchObject({ value: 1, status: "optimal" });

    const poor = await ended((await start({ ...body, years: [{ year: 2026, budgetFen: 1 }], front: true })).json.id);
    expect(poor.plan).toMatchObject({ status: "infeasible", value: null, front: { points: [], isWhole: true } });
    const wrong = await start({ ...body, years, front: true, aim: "worst-first" });
    expect([wrong.status, wrong.json.code]).toEqual([400, "API-REQUEST-INVALID"]);

    const { json } = await start({ ...body, years, front: true });
    await city.post(`/planning/runs/${json.id}/stop`, {});
    const stopped = await ended(json.id);
    expect(["stopped", "done"]).toContain(stopped.state);
    expect(stopped.plan?.front === undefined || stopped.plan.front.points.length <= 3).toBe(true);
  }, 180_000);

  test("with less money C stays without one, for want of money; floor that may be added binds too", async () => {
    const years = [{ year: 2026, budgetFen: 300 * million }];
    const poor = await ended((await start({ ...body, years })).json.id);
    expect(poor.plan).toMatchObject({
      value: 180,
      unserved: [{ people: 50, byReason: [{ why: "budget", people: 50 }] }],
    });
    const free = [{ year: 2026, budgetFen: null }];
    const narrow = await ended((await start({ ...body, years: free, newFloorM2: 700 })).json.id);
    expect(narrow.plan).toMatchObject({ value: 180, unserved: [{ byReason: [{ why: "rule" }] }] });
  }, 120_000);

  test("closing is proposed only where it is allowed and nobody loses", async () => {
    const years = [{ year: 2026, budgetFen: null }];
    const { plan } = await ended((await start({ ...body, years, mayClose: true })).json.id);
    // m2 is too small to count: closing it loses nobody and saves its running costs.
    expect(plan?.years[0]?.deeds.map(({ site, deed }) => `${deed} ${site}`).sort()).toEqual([
      "build new:C",
      "close m2",
      "convert v1",
    ]);
  }, 120_000);

  test("a budget that does not even run what is there has no plan", async () => {
    const years = [{ year: 2026, budgetFen: 20 * million }];
    const { plan } = await ended((await start({ ...body, years })).json.id);
    expect(plan).toMatchObject({ status: "infeasible", value: null, years: [] });
  }, 120_000);

  test("a place that the plan makes serves no fewer people than it must, and no place more than it may", async () => {
    const years = [{ year: 2026, budgetFen: null }];
    // 50 people live in C; A has its market of today, however many it serves.
    const least = await ended((await start({ ...body, years, leastPeople: 60 })).json.id);
    expect(least.plan).toMatchObject({
      status: "optimal",
      value: 180,
      unserved: [{ byReason: [{ why: "rule", people: 50 }] }],
    });
    const today = await ended((await start({ ...body, years, leastPeople: 101 })).json.id);
    expect(today.plan).toMatchObject({ status: "optimal", value: 100 });
    // 60 of the 100 in A, where nothing new is considered; in B two places serve all 80.
    const most = await ended((await start({ ...body, years, mostPeople: 60 })).json.id);
    expect(most.plan).toMatchObject({ status: "optimal", value: 60 + 80 + 50 });
    expect((await start({ ...body, years, leastPeople: 61, mostPeople: 60 })).json.code).toBe("API-REQUEST-INVALID");
  }, 120_000);

  test("fair aims: where the money is enough for one street only, the one that has nothing comes before more people", async () => {
    // B, in the north with A, costs 172.5 million fen with a year's running, C in the south 472.5; 30 runs what is there.
    const asked = { ...body, years: [{ year: 2026, budgetFen: 520 * million }] };
    const plan = async (more: object) => (await ended((await start({ ...asked, ...more })).json.id)).plan;
    const sites = (found: PlanningRun["plan"]) => found?.years[0]?.deeds.map(({ site }) => site);
    expect(sites(await plan({}))).toEqual(["v1"]);
    // 100 of the 180 in the north, all in the south.
    const north = { value: 0.556, bound: 0.556 };
    const tail = await plan({ aim: "tail" });
    expect([sites(tail), tail]).toMatchObject([["new:C"], { status: "optimal", ...north }]);
    expect((await plan({ aim: "tail", tailShare: 1 }))?.value).toBe(Number((180 / 230).toFixed(3)));
    const first = await plan({ aim: "worst-first" });
    expect([sites(first), first?.aims[0]?.steps]).toEqual([["new:C"], [north, { value: 1, bound: 1 }]]);
    // Shares of 5/9 and 1: 180 * 50 * 4/9 of 230 * 150.
    const even = await plan({ aim: "gini" });
    expect([sites(even), even?.value]).toEqual([["new:C"], Number((4000 / 34_500).toFixed(3))]);
    // With C 150 people are served, with B 180: shares of 1 and 0.
    const most = await plan({ aim: "gini", leastShare: 0.7 });
    expect([sites(most), most?.value]).toEqual([["v1"], Number((9000 / (230 * 180)).toFixed(3))]);
    expect((await start({ ...asked, aim: "tail", tailShare: 0 })).json.code).toBe("API-REQUEST-INVALID");
  }, 120_000);

  test("a branch is made only near a main", async () => {
    const years = [{ year: 2026, budgetFen: 100 * million }];
    const two = { ...body, kinds: ["health-station", "health-centre"], years };
    // A station of 120 m2 near A costs 72 million fen and 3.6 to run; a centre of 1,700 m2 is far beyond the money.
    const free = await ended((await start(two)).json.id);
    expect(free.plan).toMatchObject({ status: "optimal", value: 100 });
    const branch = { kind: "health-station", main: "health-centre", withinMetres: 500 };
    const bound = await ended((await start({ ...two, branch })).json.id);
    expect(bound.plan).toMatchObject({ status: "optimal", value: 0, years: [{ deeds: [] }] });
    // Without a limit every block has both, and of each 230 people are served.
    const rich = await ended((await start({ ...two, branch, years: [{ year: 2026, budgetFen: null }] })).json.id);
    expect(rich.plan).toMatchObject({ status: "optimal", value: 460 });
    const headers = { "accept-language": "en" };
    const file = await city.app.inject({ url: `/api/planning/runs/${bound.id}/plan.xlsx`, headers });
    const book = new ExcelJS.Workbook();
    await book.xlsx.load(file.rawPayload as unknown as ExcelJS.Buffer);
    const about = new Map<unknown, unknown>();
    book.getWorksheet("About")?.eachRow((row) => about.set(row.getCell(1).value, row.getCell(2).value));
    expect(about.get("Branch and main")).toBe("Community health station → Community health centre (500 m)");
    expect([about.get("Value"), about.get("Status (of the sites considered)")]).toEqual([0, "optimal"]);
    const alone = await start({ ...body, years, branch: { ...branch, kind: "market" } });
    expect(alone.json.code).toBe("API-REQUEST-INVALID");
    expect((await start({ ...two, branch: { ...branch, main: branch.kind } })).json.code).toBe("API-REQUEST-INVALID");
  }, 120_000);

  test("what must be together is under one roof: several kinds, of them core ones, on at least so much floor", async () => {
    const kinds = ["health-station", "day-care", "market"];
    const together = { atLeast: 2, core: ["health-station", "day-care"], coreAtLeast: 1, floorM2: 1500 };
    const years = [{ year: 2026, budgetFen: null }];
    const centres = await ended((await start({ ...body, kinds, years, together })).json.id);
    expect(centres.plan?.status).toBe("optimal");
    const made = centres.plan?.years.flatMap(({ deeds }) => deeds).filter(({ deed }) => deed !== "extend") ?? [];
    expect(made.length).toBeGreaterThan(0);
    for (const { deed, kinds: held, costFen } of made) {
      expect(held.length).toBeGreaterThanOrEqual(2);
      expect(held.some(({ code }) => together.core.includes(code))).toBe(true);
      // The premises near B have 900 m2: too small, so every centre is built, and no smaller than 1,500 m2 at 6,000 yuan.
      expect(deed).toBe("build");
      expect(costFen).toBeGreaterThanOrEqual(1500 * 600_000);
    }
    // Without a limit to the money everybody is served, as without the rule.
    const free = await ended((await start({ ...body, kinds, years })).json.id);
    expect(centres.plan?.value).toBe(free.plan?.value);
    // A station of 120 m2 alone is not too dear, two kinds on 1,500 m2 are: nothing is made.
    const poor = { ...body, kinds, years: [{ year: 2026, budgetFen: 110 * million }] };
    expect((await ended((await start({ ...poor, together })).json.id)).plan?.years[0]?.deeds).toEqual([]);
    expect((await ended((await start(poor)).json.id)).plan?.years[0]?.deeds).toMatchObject([
      { kinds: [{ code: "health-station" }] },
    ]);
    for (const wrong of [{ atLeast: 4 }, { core: ["library"] }, { coreAtLeast: 3 }, { atLeast: 1 }]) {
      const { json } = await start({ ...body, kinds, years, together: { ...together, ...wrong } });
      expect(json.code).toBe("API-REQUEST-INVALID");
    }
  }, 120_000);

  test("a run from before a rule could be asked for is shown as one without it", async () => {
    const { json } = await start({ ...body, years: [{ year: 2026, budgetFen: null }] });
    const { leastPeople: _least, branch: _branch, together: _together, ...request } = (await ended(json.id)).request;
    const run = { ...(await ended(json.id)), request };
    await city.database
      .updateTable("planning_run")
      .set({ run: JSON.stringify(run) })
      .where("id", "=", json.id)
      .execute();
    expect((await ended(json.id)).request).toMatchObject({ leastPeople: null, branch: null, together: null });
    expect((await city.app.inject({ url: "/api/planning/runs" })).statusCode).toBe(200);
  }, 60_000);

  test("what no standard asks for, an unknown area, and years out of order are refused", async () => {
    const years = [{ year: 2026, budgetFen: null }];
    expect((await start({ ...body, years, kinds: ["library"] })).json.code).toBe("PLACES-NOT-SITABLE");
    expect((await start({ ...body, years, area: "atlantis" })).json.code).toBe("PLACES-AREA-UNKNOWN");
    const backwards = [{ year: 2027, budgetFen: 1 }, ...years];
    expect((await start({ ...body, years: backwards })).json.code).toBe("API-REQUEST-INVALID");
    const answer = await city.app.inject({ url: "/api/planning/runs/none/plan.xlsx" });
    expect(answer.json().code).toBe("PLACES-RUN-UNKNOWN");
  });
});
