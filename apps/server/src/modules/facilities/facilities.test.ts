import { writeFile } from "node:fs/promises";
import path from "node:path";
import { convertPoints } from "@qingdan/reach";
import ExcelJS from "exceljs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type FacilitiesApp, openFacilitiesApp } from "../../testing/facilities-app.ts";
import { at, registerOf, smallMap } from "../../testing/small-map.ts";
import { createFacilities } from "./index.ts";
import type { SitingRun } from "./siting-model.ts";

const office = "Mo-Fr 08:00-17:00; PH off";
const register = registerOf(
  ["m1", "market", 400, 10],
  ["m2", "market", 2000, 10, "100"],
  ["h1", "health-station", 1100, -190, "200", office, "no"],
  ["h2", "health-station", 2900, 10, "200", office, "yes"],
  ["h3", "health-station", 1500, 10, "200", "", ""],
  ["v1", "vacant-premises", 2100, 10, "900", "", "", "vacant"],
  // What must not be taken: a code twice, an unknown kind, hours that nobody can read, a point in a field.
  ["m1", "market", 500, 10],
  ["x1", "teahouse", 500, 10],
  ["x2", "market", 500, 10, "900", "周一到周五"],
  ["x3", "market", 500, 900],
);

let city: FacilitiesApp;
beforeAll(async () => {
  city = await openFacilitiesApp(register);
});
afterAll(() => city?.close());

const get: FacilitiesApp["get"] = (path, headers) => city.get(path, headers);
const post: FacilitiesApp["post"] = (path, body, headers) => city.post(path, body, headers);
const importText = (text: string, query: string, actor?: string) => {
  const headers = { "content-type": "text/plain", ...(actor ? { "x-test-actor": actor } : {}) };
  return post(`/facilities/imports?${query}`, text, headers);
};

describe("the map and its directory", () => {
  test("says what it is and what it is not", async () => {
    const { json } = await get("/places");
    expect(json).toMatchObject({ people: 230, blocks: 3, parts: 1, crossings: 2, fictitious: true, mapReview: null });
    // Two streets of 3,000 m and two crossings of 200 m.
    expect(json.kilometres).toBeCloseTo(6.4, 2);
    expect(json.unsnappedBlocks).toBe(0);
  });

  test("its first register is taken in: rows are accepted, or quarantined with a reason; none is lost", async () => {
    const { imports } = (await get("/facilities/imports")).json;
    expect(imports).toMatchObject([{ rows: 10, accepted: 6, quarantined: 4, importedBy: "system" }]);
    expect(
      Object.fromEntries(imports[0].byReason.map((one: { reason: string; rows: number }) => [one.reason, one.rows])),
    ).toEqual({
      "code-repeated": 1,
      "kind-unknown": 1,
      "hours-unreadable": 1,
      "off-the-streets": 1,
    });
    const page = (await get(`/facilities/imports/${imports[0].id}/quarantine?size=2&page=2`)).json;
    expect(page).toMatchObject({ total: 4, page: 2, rows: [{ row: 10, value: "周一到周五" }, { row: 11 }] });
    expect(JSON.parse(page.rows[0].record)).toMatchObject({ code: "x2", kind: "market" });
    expect((await get("/facilities/imports/none/quarantine")).json).toMatchObject({ code: "PLACES-IMPORT-UNKNOWN" });
  });

  test("is asked by kind, area, state, steps and name, page by page", async () => {
    expect((await get("/facilities?kind=health-station&size=2")).json).toMatchObject({
      total: 3,
      facilities: [{ code: "h1" }, { code: "h2" }],
    });
    expect((await get("/facilities?kind=health-station&size=2&page=2")).json.facilities).toHaveLength(1);
    expect((await get("/facilities?stepFree=unknown&state=open")).json).toMatchObject({
      total: 1,
      facilities: [{ stepFree: null, openingHours: null }],
    });
    expect((await get("/facilities?area=t2")).json.total).toBe(0);
    expect((await get("/facilities?q=M1")).json.total).toBe(1);
    expect((await get("/facilities?area=atlantis")).json).toMatchObject({ code: "PLACES-AREA-UNKNOWN", status: 404 });
  });

  test("its files come zipped and are not sent twice", async () => {
    const answer = await city.app.inject("/api/places/files/blocks.geojson");
    expect(answer.headers["content-encoding"]).toBe("gzip");
    const again = await city.app.inject({
      url: "/api/places/files/blocks.geojson",
      headers: { "if-none-match": String(answer.headers.etag) },
    });
    expect(again.statusCode).toBe(304);
  });
});

describe("nearest, open now, without steps", () => {
  const nearest = async (query: string) => (await get(`/facilities/nearest?kind=health-station&from=A&${query}`)).json;

  test("over the steps for who can, round by the bridge for a wheelchair", async () => {
    // 20 to the street, 1,000 along it, 200 down the steps, 100 on, 10 to the door; by the bridge 3,000 + 200 + 1,900.
    const answer = await nearest("openNow=false&size=3");
    const station = answer.places.find((place: { facility: { code: string } }) => place.facility.code === "h1");
    expect(station).toMatchObject({ metres: 1330, minutesByWalker: { adult: 22.2, senior: 27.7, wheelchair: 106.9 } });
    expect(answer.places.map((place: { facility: { code: string } }) => place.facility.code)).toEqual([
      "h1",
      "h3",
      "h2",
    ]);
  });

  test("on a Tuesday morning open until five; what is closed or not known is counted, not hidden", async () => {
    const answer = await nearest("at=2025-06-03T10:00:00%2B08:00");
    expect(answer).toMatchObject({ at: "2025-06-03T10:00", reachable: 3, leftOut: { closed: 0, hoursUnknown: 1 } });
    expect(answer.places[0].open).toEqual({ state: "open", until: "2025-06-03T17:00" });
  });

  test("on National Day, a public holiday, they are closed", async () => {
    const answer = await nearest("at=2025-10-01T10:00:00%2B08:00");
    expect(answer).toMatchObject({ places: [], leftOut: { closed: 2, hoursUnknown: 1 } });
  });

  test("without steps: who has some, and of whom nobody knows, are left out", async () => {
    const answer = await nearest("stepFree=true");
    expect(answer.places.map((place: { facility: { code: string } }) => place.facility.code)).toEqual(["h2"]);
    expect(answer.leftOut).toMatchObject({ notStepFree: 1, stepsUnknown: 1 });
  });

  test("an unknown kind or place is refused", async () => {
    expect((await get("/facilities/nearest?kind=bar&from=A")).json.code).toBe("PLACES-KIND-UNKNOWN");
    expect((await get("/facilities/nearest?kind=market&from=Z")).json.code).toBe("PLACES-PLACE-UNKNOWN");
  });
});

interface Total {
  readonly requirement: string | null;
  readonly street: string | null;
  readonly group: string;
  readonly people: object;
}
const market = "gb50180.market";

describe("coverage", () => {
  test("the market within 500 m covers A alone: m2 is below 750 m²", async () => {
    const { totals, index, inputs } = (await get("/coverage")).json;
    const of = (street: string | null) =>
      totals.find(
        (total: Total) => total.requirement === market && total.group === "everyone" && total.street === street,
      )?.people;
    expect(of(null)).toEqual({ covered: 100, "at-risk": 0, uncovered: 130, unknown: 0 });
    expect(of("t2")).toEqual({ covered: 0, "at-risk": 0, uncovered: 50, unknown: 0 });
    expect(inputs).toMatchObject({ map: "small", standard: "gb-50180-2018" });
    // Markets and health stations are known; nothing else is judged, and unknown is not zero.
    expect(index).toMatchObject({ judged: 2 });
    expect(index.notJudged).toHaveLength(12);
  });

  test("every block with its minutes, and why", async () => {
    const blocks = (await get("/coverage/blocks?level=10")).json;
    // 20 to the street, 400 along it, 10 to the door, at 60 m a minute.
    expect(blocks).toMatchObject({
      code: ["A", "B", "C"],
      verdict: ["covered", "uncovered", "uncovered"],
      people: [100, 80, 50],
    });
    expect(blocks.minutes[0]).toBeCloseTo(430 / 60, 1);
    const { reasons } = (await get("/coverage/blocks/B")).json;
    const why = reasons.find(
      (one: { requirement: string; group: string }) => one.requirement === market && one.group === "everyone",
    );
    expect(why).toMatchObject({ verdict: "uncovered", metres: 1630, limitMetres: 500, facility: { code: "m1" } });
    expect((await get("/coverage/blocks/Z")).json.code).toBe("PLACES-PLACE-UNKNOWN");
    expect((await get("/coverage/blocks?level=99")).json.code).toBe("PLACES-LEVEL-UNKNOWN");
    expect((await get("/coverage?standard=none")).json.code).toBe("PLACES-STANDARD-UNKNOWN");
  });

  test("a run is kept with the hashes of what went in; the same again is the same run", async () => {
    const one = (await post("/coverage/runs", {})).json;
    const two = (await post("/coverage/runs", { standard: "gb-50180-2018" })).json;
    expect(two.id).toBe(one.id);
    expect(one).toMatchObject({ current: true, index: { judged: 2 } });
    expect((await get("/coverage/runs")).json.runs).toHaveLength(1);
    expect((await get(`/coverage/runs/${one.id}`)).json.totals).toEqual((await get("/coverage")).json.totals);
    expect((await get("/coverage/runs/none")).json.code).toBe("PLACES-RUN-UNKNOWN");
  });
});

describe("what if", () => {
  const ask = (edits: readonly object[]) => post("/coverage/what-if", { level: "10", edits });
  const add = { deed: "add", code: "new", kind: "market", point: at(2100, 10), floorM2: 900 };

  test("one market more covers B and nobody loses; nothing is kept", async () => {
    const { json } = await ask([add]);
    const everyone = json.people.filter((one: { group: string }) => one.group === "everyone");
    expect(everyone).toMatchObject([{ requirement: market, street: { code: "t1" }, gain: 80, lose: 0 }]);
    expect(json.blocks).toMatchObject({ code: ["B"], verdict: ["covered"] });
    expect(json.index.after.value).toBeGreaterThan(json.index.before.value);
    const totals = (await get("/coverage")).json.totals;
    expect(
      totals.find((total: Total) => total.requirement === market && total.street === null && total.group === "everyone")
        .people.covered,
    ).toBe(100);
  });

  test("closing and moving: A loses its market; moved to B it gains there", async () => {
    const closed = (await ask([{ deed: "close", code: "m1" }])).json;
    expect(closed.people.filter((one: { group: string }) => one.group === "everyone")).toMatchObject([
      { gain: 0, lose: 100 },
    ]);
    const moved = (await ask([{ deed: "move", code: "m1", point: at(2000, 10) }])).json;
    expect(moved.people.filter((one: { group: string }) => one.group === "everyone")).toMatchObject([
      { gain: 80, lose: 100 },
    ]);
  });

  test("a place off the streets, an unknown or doubled one is refused", async () => {
    for (const edit of [
      { ...add, point: at(2000, 900) },
      { deed: "close", code: "none" },
      { ...add, code: "m1" },
    ]) {
      expect((await ask([edit])).json).toMatchObject({ code: "PLACES-EDIT-REFUSED", status: 422 });
    }
    expect((await ask([])).json.code).toBe("API-REQUEST-INVALID");
  });
});

describe("siting", () => {
  const ended = (id: string) => city.ended<SitingRun>(`/siting/runs/${id}`);

  test("one market more: B has most people who lack one, and it is proved; the plan can be taken away", async () => {
    const { status, json } = await post("/siting/runs", { kind: "market", sites: 1, seconds: 10 });
    expect(status).toBe(202);
    const { plan, state } = await ended(json.id);
    expect(state).toBe("done");
    expect(plan).toMatchObject({
      status: "optimal",
      value: 80,
      bound: 80,
      covered: { before: 100, after: 180, of: 230 },
      candidates: { considered: 3, of: 3 },
      sites: [{ code: "new:B", people: 80, runnerUp: { loses: 30 } }],
      // A place in C itself would do, but one was asked for.
      uncovered: { people: 50, largest: [{ block: { code: "C" }, people: 50, why: "not-chosen" }] },
    });
    const geojson = (await get(`/siting/runs/${json.id}/plan.geojson`)).json;
    expect(geojson.features).toMatchObject([{ properties: { people_gained: 80 }, geometry: { type: "Point" } }]);
    const answer = await city.app.inject({
      url: `/api/siting/runs/${json.id}/plan.xlsx`,
      headers: { "accept-language": "en" },
    });
    const book = new ExcelJS.Workbook();
    await book.xlsx.load(answer.rawPayload as unknown as ExcelJS.Buffer);
    expect(book.worksheets.map(({ name }) => name)).toEqual(["Sites", "Who gains", "Still uncovered", "About"]);
    expect(book.getWorksheet("Still uncovered")?.getRow(2).getCell(4).value).toMatch(/number is used up/);
    expect(book.worksheets[0]?.getRow(2).getCell(6).value).toBe(80);
  }, 120_000);

  test("vacant premises only, and a run that is stopped while it waits", async () => {
    const first = (
      await post("/siting/runs", { kind: "market", model: "median", candidates: "vacant", sites: 1, seconds: 10 })
    ).json;
    const second = (await post("/siting/runs", { kind: "market", sites: 1, seconds: 10 })).json;
    expect((await post(`/siting/runs/${second.id}/stop`, {})).json).toMatchObject({ state: "stopped", plan: null });
    expect((await get(`/siting/runs/${second.id}/plan.xlsx`)).json.code).toBe("PLACES-RUN-NOT-ENDED");
    const { plan } = await ended(first.id);
    // Today A walks 430 m, B 1,630, C 1,850 (20 + 1,000 + 200 + 600 + 10); v1 brings B to 130, and C stays.
    expect(plan).toMatchObject({
      status: "optimal",
      value: 100 * 430 + 80 * 130 + 50 * 1830,
      sites: [{ code: "new:v1" }],
    });
    expect((await get("/siting/runs")).json.runs.length).toBeGreaterThanOrEqual(3);
  }, 120_000);

  test("what no standard asks for, an unknown area or run is refused", async () => {
    expect((await post("/siting/runs", { kind: "library" })).json.code).toBe("PLACES-NOT-SITABLE");
    expect((await post("/siting/runs", { kind: "market", area: "atlantis" })).json.code).toBe("PLACES-AREA-UNKNOWN");
    expect((await get("/siting/runs/none")).json.code).toBe("PLACES-RUN-UNKNOWN");
    expect((await post("/siting/runs", { kind: "market", sites: 0 })).json.code).toBe("API-REQUEST-INVALID");
  });
});

describe("a register is imported", () => {
  const doors = Array.from({ length: 24 }, (_, n) => ["f", "fitness-ground", 100 + 120 * n, 8] as const);
  const rows = (points: readonly (readonly [number, number])[]) =>
    JSON.stringify({
      type: "FeatureCollection",
      features: points.map((coordinates, n) => ({
        type: "Feature",
        properties: { code: `f${n}`, kind: "fitness-ground", name_zh: `健身${n}`, step_free: true },
        geometry: { type: "Point", coordinates },
      })),
    });
  const wgs84 = doors.map(([, , east, north]) => at(east, north));
  const shifted = convertPoints(
    { lon: Float64Array.from(wgs84, ([lon]) => lon), lat: Float64Array.from(wgs84, ([, lat]) => lat) },
    "wgs84",
    "gcj02",
  );
  const gcj02 = [...shifted.lon].map((lon, n) => [lon, shifted.lat[n]!] as const);

  test("by a planner of the area only", async () => {
    expect((await importText(rows(wgs84), "format=geojson&source=test")).json.code).toBe("AUTH-SIGN-IN-NEEDED");
    expect((await importText(rows(wgs84), "format=geojson&source=test", "clerk")).json.code).toBe("AUTH-NOT-PERMITTED");
  });

  test("points in GCJ-02 that are said to be WGS 84 are told, and moved nowhere", async () => {
    const { json } = await importText(rows(gcj02), "format=geojson&source=amap", "planner");
    expect(json).toMatchObject({ datum: { verdict: "mismatch", given: "wgs84", best: "gcj02", points: 24 } });
    expect(json.datum.medianMetres).toBeLessThan(10);
    const [found] = (await get("/facilities?kind=fitness-ground&q=f5")).json.facilities;
    expect(found.point[0]).toBeCloseTo(gcj02[5]![0], 7);
  });

  test("said rightly they are accepted where they are; other kinds stay; kept coverage is no longer of today", async () => {
    const { status, json } = await importText(rows(gcj02), "format=geojson&source=amap&datum=gcj02", "planner");
    expect(status).toBe(201);
    expect(json).toMatchObject({
      accepted: 24,
      quarantined: 0,
      kinds: ["fitness-ground"],
      datum: { verdict: "agree" },
    });
    const { facilities: found } = (await get("/facilities?kind=fitness-ground&q=f0")).json;
    expect(found[0].point[0]).toBeCloseTo(wgs84[0]![0], 5);
    expect((await get("/facilities?kind=market")).json.total).toBe(2);
    expect((await get("/coverage/runs")).json.runs).toMatchObject([{ current: false }]);
  });

  test("a file that is none is refused as a whole and changes nothing", async () => {
    for (const [text, format] of [
      ["{", "geojson"],
      ["{}", "geojson"],
      ["name\nx", "csv"],
      ['code,kind,name_zh,lon,lat\n"a', "csv"],
    ]) {
      expect((await importText(text!, `format=${format}&source=x`, "planner")).json).toMatchObject({
        code: "PLACES-REGISTER-FAULTY",
        status: 422,
      });
    }
    expect((await get("/facilities")).json.total).toBe(30);
  });
});

test("without a map every question is refused with one code", async () => {
  const none = createFacilities({ folder: undefined, database: city.database, now: () => new Date() });
  await expect(none.open()).rejects.toMatchObject({ code: "PLACES-MAP-MISSING" });
  const broken = createFacilities({ folder: "/nowhere", database: city.database, now: () => new Date() });
  await expect(broken.open()).rejects.toMatchObject({ code: "PLACES-MAP-FAULTY" });
});

test("a map whose manifest is no JSON, or whose roads are none, is refused and says which file", async () => {
  const refusal = async (file: string, text: string) => {
    const folder = await smallMap(register);
    await writeFile(path.join(folder, file), text);
    const broken = createFacilities({ folder, database: city.database, now: () => new Date() });
    return broken.open().catch((error: unknown) => error);
  };
  const code = "PLACES-MAP-FAULTY";
  expect(await refusal("places.json", "{")).toMatchObject({ code, message: expect.stringContaining("places.json") });
  const empty = JSON.stringify({ type: "FeatureCollection", features: [] });
  expect(await refusal("roads.geojson", empty)).toMatchObject({
    code,
    message: expect.stringContaining("roads.geojson"),
  });
});
