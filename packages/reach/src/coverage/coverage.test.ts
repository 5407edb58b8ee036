import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readMinutes } from "../commands/read-minutes.ts";
import { parseCsv } from "../roads/parse-csv.ts";
import { personGroups } from "../travel/person-group.ts";
import { completeCommunities } from "./complete-communities-2020.ts";
import { judgeCentre } from "./embedded-facilities-2023.ts";
import { gb50180 } from "./gb-50180-2018.ts";
import { type Block, judgeCoverage, placesThatCount, verdictOf } from "./judge.ts";
import { judgeMinutes } from "./judge-minutes.ts";
import { coverageOf } from "./judged-city.ts";
import { levelOfBlocks } from "./level-of-blocks.ts";
import { medicalCircles } from "./medical-circles.ts";
import { serviceCircles } from "./service-circles.ts";
import { shanghai2024 } from "./shanghai-2024.ts";
import type { LayoutStandard } from "./standard.ts";
import { tdt1062 } from "./td-t-1062-2021.ts";

const standards = [gb50180, tdt1062, completeCommunities, shanghai2024, serviceCircles, medicalCircles];
const requirement = (code: string) => gb50180.requirements.find((one) => one.code === `gb50180.${code}`)!;
const level = (id: string) => gb50180.levels.find((one) => one.id === id)!;
const { adult, senior } = personGroups;

describe("standards as data", () => {
  test.each(standards.map((standard) => [standard.id, standard] as const))(
    "%s: every requirement has a level, a clause and a mark",
    (_, standard) => {
      const levels = new Set(standard.levels.map(({ id }) => id));
      for (const one of standard.requirements) {
        expect(levels.has(one.level)).toBe(true);
        expect(one.clause).not.toBe("");
        expect(["read", "unchecked"]).toContain(one.mark);
      }
      expect(new Set(standard.requirements.map(({ code }) => code)).size).toBe(standard.requirements.length);
    },
  );

  test("GB 50180-2018: 800 to 1,000 m for 50,000 to 100,000 people, 500 m for 15,000 to 25,000, 300 m for 5,000 to 12,000", () => {
    expect(gb50180.levels.map(({ metres, people }) => [metres?.from, metres?.to, people?.from, people?.to])).toEqual([
      [800, 1000, 50_000, 100_000],
      [500, 500, 15_000, 25_000],
      [300, 300, 5000, 12_000],
    ]);
  });
});

describe("verdicts", () => {
  test("at the limit is covered, beyond it not; nothing reachable is uncovered, no place on the network unknown", () => {
    const kindergarten = requirement("kindergarten");
    expect(
      [300, 300.1, Infinity, Number.NaN, undefined].map((metres) => verdictOf(kindergarten, level("5"), metres, adult)),
    ).toEqual(["covered", "uncovered", "uncovered", "unknown", "unknown"]);
  });

  test("a health centre at 900 m is covered for adults; at 0.8 m a second older people need 18.75 minutes: at risk", () => {
    const centre = requirement("health-centre");
    expect(verdictOf(centre, level("15"), 900, adult)).toBe("covered");
    expect(verdictOf(centre, level("15"), 900, senior)).toBe("at-risk");
    expect(verdictOf(centre, level("15"), 720, senior)).toBe("covered");
    expect(verdictOf(centre, level("15"), 1001, senior)).toBe("uncovered");
  });

  test("given minutes are judged alike for every age: at 45 minutes the outer medical circle is met, beyond it not", () => {
    const blocks = [30, 45, 46].map((_, i) => ({ code: `b${i}`, street: "s", people: { everyone: 10, age60up: 2 } }));
    const ways = { minutes: Float64Array.of(30, 45, 46), nearest: ["a", "a", undefined] };
    const city = judgeMinutes(medicalCircles, blocks, new Map([["hospital", ways]]));
    const { blocks: verdicts } = coverageOf(city);
    const of = (requirement: string, group: string) =>
      verdicts.filter((one) => one.requirement === requirement && one.group === group).map(({ verdict }) => verdict);
    for (const group of ["everyone", "age60up"]) {
      expect(of("medical.hospital-30", group)).toEqual(["covered", "uncovered", "uncovered"]);
      expect(of("medical.hospital-45", group)).toEqual(["covered", "covered", "uncovered"]);
    }
    expect(verdicts.map(({ minutes }) => minutes).slice(0, 6)).toEqual([30, 30, 45, 45, 46, 46]);
    expect(verdicts.some((one) => "metres" in one)).toBe(false);
    // 10 of 30 people are within 30 minutes, 20 within 45.
    expect(city.index.value).toBeCloseTo(50, 12);
    expect(levelOfBlocks(city, { level: "drive-45", group: "age60up" })).toEqual([
      { block: "b0", verdict: "covered", requirement: "medical.hospital-45", minutes: 30, site: "a" },
      { block: "b1", verdict: "covered", requirement: "medical.hospital-45", minutes: 45, site: "a" },
      { block: "b2", verdict: "uncovered", requirement: "medical.hospital-45", minutes: 46 },
    ]);
    expect(coverageOf(judgeMinutes(medicalCircles, blocks, new Map())).blocks[0]?.verdict).toBe("unknown");
  });

  test("a table of minutes: the nearest row of a block counts, no minutes are no way, no row is not known", () => {
    const blocks = [{ code: "b1" }, { code: "b2" }, { code: "b3" }];
    const read = (...rows: string[]) =>
      readMinutes(parseCsv(["block,kind,place,minutes", ...rows].join("\n"), "m.csv"), blocks);
    const ways = read("b1,hospital,far,44", "b1,hospital,near,30.5", "b2,hospital,far,").get("hospital");
    expect([...ways!.minutes]).toEqual([30.5, Infinity, Number.NaN]);
    expect(ways!.nearest).toEqual(["near", undefined, undefined]);
    expect(() => read("moon,hospital,far,5")).toThrow("m.csv, row 2: there is no block moon");
    expect(() => read("b1,hospital,far,-5")).toThrow("row 2, column minutes");
  });

  test("a requirement in minutes is held to the pace of the group: 15 minutes are 900 m for adults", () => {
    const centre = tdt1062.requirements.find(({ code }) => code === "tdt1062.health-centre")!;
    expect([900, 901].map((metres) => verdictOf(centre, tdt1062.levels[0]!, metres, adult))).toEqual([
      "covered",
      "uncovered",
    ]);
    expect([720, 721].map((metres) => verdictOf(centre, tdt1062.levels[0]!, metres, senior))).toEqual([
      "covered",
      "uncovered",
    ]);
  });
});

describe("coverage of blocks", () => {
  const blocks: readonly Block[] = [
    { code: "b1", street: "A", people: { everyone: 100, age3to5: 4, age60up: 20 } },
    { code: "b2", street: "A", people: { everyone: 50, age3to5: 2, age60up: 10 } },
    { code: "b3", street: "B", people: { everyone: 30, age60up: 5 } },
  ];
  const two: LayoutStandard = {
    ...gb50180,
    requirements: [requirement("health-centre"), requirement("kindergarten"), requirement("health-station")],
  };
  const metres: Record<string, number[]> = {
    "health-centre": [600, 900, Number.NaN],
    kindergarten: [200, 400, 100],
    "health-station": [100, 290, 700],
  };
  const coverage = judgeCoverage(two, blocks, ({ service }) =>
    metres[service] ? Float64Array.from(metres[service]) : undefined,
  );
  const people = (at: object) =>
    coverage.totals.find((total) =>
      Object.entries({ requirement: undefined, street: undefined, ...at }).every(
        ([key, value]) => total[key as keyof typeof total] === value,
      ),
    )?.people;

  test("people are counted by verdict, level, age group and street", () => {
    expect(people({ level: "15", requirement: "gb50180.health-centre", group: "everyone" })).toEqual({
      covered: 150,
      "at-risk": 0,
      uncovered: 0,
      unknown: 30,
    });
    expect(people({ level: "15", requirement: "gb50180.health-centre", group: "age60up" })).toEqual({
      covered: 20,
      "at-risk": 10,
      uncovered: 0,
      unknown: 5,
    });
    expect(people({ level: "5", requirement: "gb50180.kindergarten", group: "age3to5", street: "A" })).toEqual({
      covered: 4,
      "at-risk": 0,
      uncovered: 2,
      unknown: 0,
    });
  });

  test("levels are not nested: the health centre within 15 minutes does not replace the station within 5", () => {
    expect(people({ level: "5", group: "everyone" })).toEqual({
      covered: 150,
      "at-risk": 0,
      uncovered: 30,
      unknown: 0,
    });
    expect(people({ level: "15", group: "everyone" })).toEqual({
      covered: 150,
      "at-risk": 0,
      uncovered: 0,
      unknown: 30,
    });
  });

  test("a kind of which no place is known is unknown, not uncovered", () => {
    const none = judgeCoverage(two, blocks, () => undefined);
    expect(new Set(none.blocks.map(({ verdict }) => verdict))).toEqual(new Set(["unknown"]));
  });

  test("adding a place never lowers what is covered", () => {
    const distances = fc.array(fc.integer({ min: 0, max: 1500 }), { minLength: 3, maxLength: 3 });
    const covered = (far: readonly number[]) =>
      judgeCoverage(two, blocks, () => Float64Array.from(far)).totals.map((total) => total.people.covered);
    fc.assert(
      fc.property(distances, distances, (before, place) => {
        const after = covered(before.map((metres, i) => Math.min(metres, place[i]!)));
        covered(before).forEach((people, n) => {
          expect(after[n]).toBeGreaterThanOrEqual(people);
        });
      }),
    );
  });
});

test("places under the least size are named and do not count; of unknown size they count", () => {
  const places = [
    { service: "health-station", floorM2: 100 },
    { service: "health-station", floorM2: 120 },
    { service: "health-station" },
    { service: "market", floorM2: 900 },
  ];
  expect(placesThatCount(requirement("health-station"), places)).toEqual({
    count: [places[1], places[2]],
    tooSmall: [places[0]],
  });
});

test("embedded centres of 2023: 600 m2, three functions, two of four kinds", () => {
  expect(judgeCentre({ floorM2: 600, functions: ["meals", "nursery", "library"] })).toEqual([]);
  expect(judgeCentre({ floorM2: 599, functions: ["meals", "meals", "library"] }).map(({ code }) => code)).toEqual([
    "embedded.too-small",
    "embedded.too-few-functions",
    "embedded.core-functions-missing",
  ]);
});
