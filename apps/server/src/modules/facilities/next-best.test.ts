import { afterAll, beforeAll, expect, test } from "vitest";
import { type FacilitiesApp, openFacilitiesApp } from "../../testing/facilities-app.ts";
import { registerOf } from "../../testing/small-map.ts";

// A market near A (100 people); one near B (80) that is too small to count; vacant premises near B; nothing near C (50).
const register = registerOf(
  ["m1", "market", 400, 10],
  ["m2", "market", 2000, 10, "100"],
  ["v1", "vacant-premises", 2100, 10, "900", "", "", "vacant"],
);

let city: FacilitiesApp;
beforeAll(async () => {
  city = await openFacilitiesApp(register);
});
afterAll(() => city?.close());

const ask = (body: object) => city.post("/coverage/next-best", body);
const market = { kind: "market", floorM2: 750 };
const million = 1_000_000;

test("most people first, of equal ones the cheaper: converting near B, building in B, in C, and in A where nobody gains", async () => {
  const { status, json } = await ask(market);
  expect(status).toBe(200);
  expect(json).toMatchObject({ weighed: 4, leftOut: [] });
  expect(json.places.map((one: Record<string, unknown>) => [one.code, one.deed, one.people, one.costFen])).toEqual([
    ["v1", "convert", 80, 150 * million],
    ["new:B", "build", 80, 450 * million],
    ["new:C", "build", 50, 450 * million],
    ["new:A", "build", 0, 450 * million],
  ]);
  expect(json.places[0].gains[0]).toMatchObject({ group: "everyone", street: { code: "t1" }, people: 80 });
  expect(json.places[0].gains[0].clause).toContain("GB 50180-2018");
});

test("what is beyond the budget, too small for the wish, or too small for the standard is left out and counted", async () => {
  const poor = (await ask({ ...market, budgetFen: 200 * million })).json;
  expect(poor).toMatchObject({ weighed: 1, leftOut: [{ why: "over-budget", candidates: 3 }] });
  const wide = (await ask({ ...market, floorM2: 1000 })).json;
  expect(wide).toMatchObject({ weighed: 3, leftOut: [{ why: "too-small", candidates: 1 }] });
  // 500 m2 make no market; the premises have 900.
  const narrow = (await ask({ ...market, floorM2: 500 })).json;
  expect(narrow).toMatchObject({ weighed: 1, leftOut: [{ why: "too-small", candidates: 3 }] });
});

test("only an area is looked at; an unknown one, and what the standard does not ask for, are refused", async () => {
  const south = (await ask({ ...market, area: "t2" })).json;
  expect(south.places.map(({ code }: { code: string }) => code)).toEqual(["new:C"]);
  expect((await ask({ ...market, area: "atlantis" })).json.code).toBe("PLACES-AREA-UNKNOWN");
  expect((await ask({ ...market, kind: "library" })).json.code).toBe("PLACES-NOT-SITABLE");
  expect((await ask({ ...market, kind: "tavern" })).json.code).toBe("PLACES-KIND-UNKNOWN");
  expect((await ask({ kind: "market", floorM2: 0 })).json.code).toBe("API-REQUEST-INVALID");
});
