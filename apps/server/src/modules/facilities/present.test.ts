import { expect, test } from "vitest";
import type { CheckedFacility } from "./check-register.ts";
import { presentFacility } from "./present.ts";

const centre: CheckedFacility = {
  code: "c1",
  kind: "one-stop-centre",
  name_zh: "综合体",
  name_en: "Centre",
  town: "t1",
  lon: 123.3,
  lat: 30.3,
  functions: "elder-care;nursery;culture",
  floor_m2: 600,
  capacity: null,
  capacity_unit: null,
  opening_hours: null,
  step_free: null,
  operator: null,
  state: "open",
};
const lacks = (more: Partial<CheckedFacility>) =>
  presentFacility({ towns: [] }, { ...centre, ...more }).centre?.map(({ text }) => text.en);

// Guide for embedded community services (2023): at least 600 m2 and three functions, two of them of the four core ones.
test("a centre of several services is held to the guide of 2023", () => {
  expect(lacks({})).toEqual([]);
  expect(lacks({ floor_m2: 599, functions: "elder-care;meals" })).toEqual([
    "599 m² of floor; at least 600 m² are needed",
    "2 functions; at least 3 are needed",
  ]);
  expect(lacks({ functions: "culture;clinic;nursery" })?.[0]).toMatch(/^1 of /);
});

test("what is no such centre, or has no known floor, is not judged", () => {
  expect(lacks({ kind: "market" })).toBeUndefined();
  expect(lacks({ floor_m2: null })).toBeUndefined();
});
