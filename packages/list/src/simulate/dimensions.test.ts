import { parseDay } from "@qingdan/feel/typed";
import { expect, test } from "vitest";
import { compileRulebook } from "../compile/compile-rulebook.ts";
import type { People } from "../people.ts";
import { clubList } from "../testing/club-rules.ts";
import { districtDimension, householdTypeDimension, incomeBounds, incomeDecileDimension } from "./dimensions.ts";

const day = (text: string) => parseDay(text) ?? 0;

/** Households of these sizes, with facts by person. */
function people(sizes: readonly number[], facts: Readonly<Record<string, readonly (number | null)[]>>): People {
  const start = [0];
  for (const size of sizes) start.push((start[start.length - 1] ?? 0) + size);
  const persons = start[sizes.length] ?? 0;
  const column = (values: readonly (number | null)[]) => {
    const unknown = new Uint8Array((persons + 7) >> 3);
    values.forEach((value, row) => {
      if (value === null) unknown[row >> 3]! |= 1 << (row & 7);
    });
    return { data: Int32Array.from(values, (value) => value ?? 0), unknown };
  };
  return {
    persons,
    households: sizes.length,
    personColumns: Object.fromEntries(Object.entries(facts).map(([name, values]) => [name, column(values)])),
    householdColumns: {},
    householdOf: Int32Array.from(sizes.flatMap((size, at) => Array.from({ length: size }, () => at))),
    household: { start: Int32Array.from(start), members: Int32Array.from({ length: persons }, (_, at) => at) },
  };
}

test("household types: 18 on the day is grown, 60 on the day is older", () => {
  const births = ["1964-07-01", "1964-07-02", "2006-07-01", "2006-07-02", "1990-01-01", "1950-01-01", "2020-01-01"].map(
    day,
  );
  const alone = people([1, 1, 2, 2, 2, 1], {
    birthDate: [births[0]!, births[1]!, births[2]!, births[4]!, births[3]!, births[4]!, births[5]!, births[6]!, null],
  });
  const { of, groups } = householdTypeDimension(alone, "2024-07-01");
  expect([...of].map((at) => groups[at]?.code)).toEqual([
    "older-alone",
    "alone",
    "adults",
    "adults",
    "with-children",
    "with-children",
    "children-and-older",
    "children-and-older",
    "unknown",
  ]);
});

test("tenths of income: ten single people with ten incomes, one a tenth; whoever lives with an unknown is unknown", () => {
  const incomes = [500, 100, 300, 200, 400, 1000, 900, 800, 700, 600];
  const ten = people(
    Array.from({ length: 10 }, () => 1),
    { monthlyIncome: incomes },
  );
  const { of, groups } = incomeDecileDimension(ten);
  expect([...of].map((at) => groups[at]?.code)).toEqual(["5", "1", "3", "2", "4", "10", "9", "8", "7", "6"]);
  const pair = people([2], { monthlyIncome: [100, null] });
  expect([...incomeDecileDimension(pair, incomeBounds([ten])).of]).toEqual([10, 10]);
  // A couple shares its income: 600 between two is the 300 of the third tenth.
  expect([...incomeDecileDimension(people([2], { monthlyIncome: [600, 0] }), incomeBounds([ten])).of]).toEqual([2, 2]);
});

test("districts: the county of an area fact, elsewhere, unknown", () => {
  const list = clubList();
  const { rulebook } = compileRulebook(list, { area: "cn-31", date: "2024-07-01" });
  if (rulebook === undefined) throw new Error("The club does not compile");
  const at = (code: string) => rulebook.areas.findIndex((area) => area.code === code);
  const four = people([4], { home: [at("cn-310101"), at("cn-32"), at("cn-31"), null] });
  const { of, groups } = districtDimension(list, rulebook, four, "home");
  expect([...of].map((group) => groups[group]?.code)).toEqual(["cn-310101", "elsewhere", "cn-31", "unknown"]);
});
