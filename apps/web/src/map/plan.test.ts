import { expect, test } from "vitest";
import type { Facility } from "./map-api.ts";
import { countPeople, rowsOf } from "./minute-classes.ts";
import { editsOf, type PlanStep, shownWith } from "./plan.ts";

const step = (edit: PlanStep["edit"]): PlanStep => ({ edit, kind: "market", name: "x" });
const add = step({ deed: "add", code: "n", kind: "market", point: [1, 2], floorM2: 900 });

test("a new place that is dragged is new elsewhere; one that is closed was never there", () => {
  expect(editsOf([add, step({ deed: "move", code: "n", point: [3, 4] })])).toEqual([
    { deed: "add", code: "n", kind: "market", point: [3, 4], floorM2: 900 },
  ]);
  expect(editsOf([add, step({ deed: "close", code: "n" })])).toEqual([]);
});

test("of a place of today the last edit counts", () => {
  const moves = [step({ deed: "move", code: "m", point: [1, 1] }), step({ deed: "move", code: "m", point: [2, 2] })];
  expect(editsOf(moves)).toEqual([{ deed: "move", code: "m", point: [2, 2] }]);
  expect(editsOf([...moves, step({ deed: "close", code: "m" })])).toEqual([{ deed: "close", code: "m" }]);
});

test("the map shows new, moved and closed places by their look, and no planned ones", () => {
  const facility = (code: string, state: Facility["state"]) =>
    ({ code, kind: { code: "market", name: { zh: "", en: "" } }, point: [0, 0], state }) as unknown as Facility;
  const today = [facility("a", "open"), facility("b", "open"), facility("c", "planned")];
  const shown = shownWith(today, "market", [
    add,
    step({ deed: "close", code: "a" }),
    step({ deed: "move", code: "b", point: [5, 6] }),
  ]);
  expect(shown.map(({ code, look, point }) => [code, look, point])).toEqual([
    ["a", "closed", [0, 0]],
    ["b", "new", [5, 6]],
    ["n", "new", [1, 2]],
  ]);
});

test("classes of minutes hold their upper ends; a block without a way is in none, and is not counted as zero minutes", () => {
  const shades = (travel: "foot" | "car", ...minutes: (number | null)[]) => {
    const code = minutes.map((_, i) => `b${i}`);
    const [people, verdict] = [minutes.map(() => 1), minutes.map(() => "covered" as const)];
    return rowsOf({ level: "", group: "everyone", code, people, verdict, minutes }, travel).map(({ shade }) => shade);
  };
  expect(shades("foot", 5, 5.1, 10, 15, 30, 31, null)).toEqual(["m1", "m2", "m2", "m3", "m4", "m5", "none"]);
  // By car classes end where the circles of 30 and 45 minutes do.
  expect(shades("car", 10, 30, 30.1, 45, 45.1)).toEqual(["m1", "m3", "m4", "m4", "m5"]);
});

test("a plan's changed blocks stand over those of today; people are counted once, those of another group not at all", () => {
  const page = {
    level: "10",
    group: "everyone" as const,
    code: ["A", "B", "C"],
    people: [100, 80, 0],
    verdict: ["covered" as const, "uncovered" as const, null],
    minutes: [4, 27, null],
  };
  const rows = rowsOf(page, "foot", { code: ["B"], verdict: ["covered"], minutes: [2] });
  expect(rows[1]).toEqual({ code: "B", people: 80, verdict: "covered", minutes: 2, shade: "m1" });
  const { byClass, byVerdict, people } = countPeople(rows);
  expect([people, byClass.get("m1"), byVerdict.get("covered"), byVerdict.get("uncovered")]).toEqual([
    180,
    180,
    180,
    undefined,
  ]);
});
