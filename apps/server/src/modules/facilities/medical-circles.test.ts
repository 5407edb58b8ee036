import { writeFile } from "node:fs/promises";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type FacilitiesApp, openFacilitiesApp } from "../../testing/facilities-app.ts";
import { registerOf } from "../../testing/small-map.ts";

const register = registerOf(["h1", "hospital", 400, 10], ["m1", "market", 400, 10]);
const circles = "standard=medical-circles";

let city: FacilitiesApp;
let bare: FacilitiesApp;

beforeAll(async () => {
  // A: 30 minutes, at the inner limit; B: 45.1, beyond the outer one; nobody measured C.
  const rows = ["block,kind,place,minutes", "A,hospital,h1,30", "B,hospital,h1,45.1"];
  city = await openFacilitiesApp(register, (folder) => writeFile(path.join(folder, "minutes.csv"), rows.join("\n")));
  bare = await openFacilitiesApp(register);
});
afterAll(async () => {
  await city?.close();
  await bare?.close();
});

test("blocks are painted by the minutes that the map brings; who was not measured is not known", async () => {
  const { json } = await city.get(`/coverage/blocks?${circles}&level=drive-30`);
  expect(json).toMatchObject({
    code: ["A", "B", "C"],
    verdict: ["covered", "uncovered", "unknown"],
    minutes: [30, 45.1, null],
  });
  expect((await city.get(`/coverage/blocks?${circles}&level=drive-45&group=age60up`)).json.verdict).toEqual([
    "covered",
    "uncovered",
    "unknown",
  ]);
  // 100 of the 180 people who could be judged are within both circles.
  const coverage = (await city.get(`/coverage?${circles}`)).json;
  expect(coverage.index.value).toBeCloseTo((100 * 100) / 180, 3);
  expect(coverage.unsnapped).toEqual({ blocks: 0, facilities: [] });
  const kept = await city.post("/coverage/runs", { standard: "medical-circles" });
  expect(kept.json).toMatchObject({ hash: coverage.hash, current: true });
});

test("a block tells why: the hospital, the minutes and the limit, without metres", async () => {
  const { json } = await city.get(`/coverage/blocks/B?${circles}`);
  expect(json.reasons.filter(({ group }: { group: string }) => group === "everyone")).toMatchObject([
    {
      verdict: "uncovered",
      metres: null,
      minutes: 45.1,
      limitMetres: null,
      limitMinutes: 30,
      facility: { code: "h1" },
    },
    { verdict: "uncovered", minutes: 45.1, limitMinutes: 45, clause: "医疗服务圈" },
  ]);
});

test("the standard says how people come, and a city without minutes says that they are missing", async () => {
  const of = async ({ get }: FacilitiesApp) =>
    (await get("/places")).json.standards.map(({ id, travel, minutesMissing }: Record<string, unknown>) => [
      id,
      travel,
      minutesMissing,
    ]);
  expect(await of(city)).toContainEqual(["medical-circles", "car", false]);
  expect(await of(city)).toContainEqual(["gb-50180-2018", "foot", false]);
  expect(await of(bare)).toContainEqual(["medical-circles", "car", true]);
  expect((await bare.get(`/coverage/blocks?${circles}&level=drive-30`)).json.verdict).toEqual(Array(3).fill("unknown"));
});

test("plans, which are measured on foot, are refused", async () => {
  const standard = "medical-circles";
  const deed = { deed: "close", code: "h1" };
  const years = [{ year: 2026, budgetFen: null }];
  const refused = [
    city.post("/coverage/what-if", { standard, level: "drive-30", edits: [deed] }),
    city.post("/coverage/next-best", { standard, kind: "hospital", floorM2: 500 }),
    city.post("/siting/runs", { standard, kind: "hospital" }),
    city.post("/planning/runs", { standard, kinds: ["hospital"], area: "d1", years, costs: {} }),
  ];
  for (const { status, json } of await Promise.all(refused))
    expect([status, json.code]).toEqual([422, "PLACES-MINUTES-GIVEN"]);
});

test("minutes of a block that is not there are no map", async () => {
  const moon = (folder: string) => writeFile(path.join(folder, "minutes.csv"), "block,kind,minutes\nmoon,hospital,5\n");
  const faulty = await openFacilitiesApp(register, moon);
  const { status, json } = await faulty.get("/places");
  expect([status, json.code]).toEqual([409, "PLACES-MAP-FAULTY"]);
  expect(json.detail).toContain("minutes.csv, row 2");
  await faulty.close();
});
