import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { planeAt } from "../roads/metres.ts";
import { seeded, townNetwork } from "../testing.ts";
import { type CoverageChange, editCoverage, type SiteEdit } from "./edit-coverage.ts";
import { gb50180 } from "./gb-50180-2018.ts";
import { coverageOf, totalsOf } from "./judged-city.ts";
import { levelOfBlocks } from "./level-of-blocks.ts";
import { type BlockOnMap, type CoverageScene, coverageScene, type SiteOnMap } from "./scene.ts";
import type { LayoutStandard } from "./standard.ts";

const plane = planeAt(30);
const at = (east: number, north: number) => ({
  lon: 120 + east / plane.metresPerLon,
  lat: 30 + north / plane.metresPerLat,
});
const needs = (...codes: string[]): LayoutStandard => ({
  ...gb50180,
  requirements: gb50180.requirements.filter(({ service }) => codes.includes(service)),
});

/** Streets 200 m apart, 8 by 8, of which a third are missing; a block beside each second corner. */
function town(seed: number) {
  const random = seeded(seed);
  const network = townNetwork(8, 200, random);
  const blocks: BlockOnMap[] = Array.from({ length: 32 }, (_, i) => ({
    code: `b${i}`,
    street: `s${i % 3}`,
    ...at(((2 * i) % 8) * 200 + 20 * random(), Math.floor(i / 4) * 200 + 15 * random()),
    people: {
      everyone: Math.floor(200 * random()),
      age60up: Math.floor(40 * random()),
      ...(i % 5 ? { age3to5: i } : {}),
    },
  }));
  const site = (id: string): SiteOnMap => ({
    id,
    service: ["market", "kindergarten", "health-station"][Math.floor(3 * random())]!,
    ...at(1400 * random(), 1400 * random()),
    ...(random() < 0.7 ? { floorM2: Math.floor(4000 * random()) } : {}),
  });
  return { network, blocks, random, site, sites: Array.from({ length: 7 }, (_, i) => site(`f${i}`)) };
}

/** The same verdicts and totals as a judgement of everything from nothing. */
function expectAsFromNothing(scene: CoverageScene, { network, blocks }: ReturnType<typeof town>) {
  const fresh = coverageScene(network, blocks, {
    sites: [...scene.sites.values()],
    services: scene.services,
    standard: scene.standard,
  });
  expect(coverageOf(scene)).toEqual(coverageOf(fresh));
  expect(scene.index).toEqual(fresh.index);
  const key = ({ level, requirement, group, street }: ReturnType<typeof totalsOf>[number]) =>
    [level, requirement, group, street].join();
  const sorted = (totals: ReturnType<typeof totalsOf>) => [...totals].sort((a, b) => (key(a) < key(b) ? -1 : 1));
  expect(sorted(totalsOf(scene.cells))).toEqual(sorted(coverageOf(fresh).totals));
}

describe("edits of sites, on random towns", () => {
  const deeds = fc.array(fc.constantFrom("add", "move", "close"), { minLength: 1, maxLength: 8 });
  const standard = needs("market", "kindergarten", "health-station");

  test("any row of edits leaves the coverage of a judgement from nothing, and what it says changed did change", () => {
    fc.assert(
      fc.property(fc.nat(10_000), deeds, (seed, row) => {
        const place = town(seed);
        const { random, sites } = place;
        const start = coverageScene(place.network, place.blocks, { sites, standard });
        let scene = start;
        row.forEach((deed, n) => {
          const there = [...scene.sites.keys()];
          const one = there[Math.floor(random() * there.length)];
          const edit: SiteEdit | undefined =
            deed === "add" || one === undefined
              ? { deed: "add", site: place.site(`new${n}`) }
              : deed === "move"
                ? { deed, site: one, ...at(1400 * random(), 1400 * random()) }
                : { deed: "close", site: one };
          const before = coverageOf(scene);
          const { scene: next, change } = editCoverage(scene, [edit]);
          expect(coverageOf(scene)).toEqual(before);
          expectAsFromNothing(next, place);
          expectTold(change, before.totals, coverageOf(next).totals);
          scene = next;
        });
      }),
      { numRuns: 25 },
    );
  });

  test("all edits at once are as one after the other, and adding a site never uncovers anybody", () => {
    fc.assert(
      fc.property(fc.nat(10_000), (seed) => {
        const place = town(seed);
        const scene = coverageScene(place.network, place.blocks, { sites: place.sites, standard });
        const edits: SiteEdit[] = [
          { deed: "add", site: place.site("x") },
          { deed: "close", site: "f1" },
          { deed: "move", site: "x", ...at(700, 700) },
        ];
        const together = editCoverage(scene, edits).scene;
        const apart = edits.reduce((so, edit) => editCoverage(so, [edit]).scene, scene);
        expect(coverageOf(together)).toEqual(coverageOf(apart));
        const { change } = editCoverage(scene, [edits[0]!]);
        for (const { lose } of change.people) expect(lose).toBe(0);
      }),
      { numRuns: 60 },
    );
  });
});

function expectTold(change: CoverageChange, before: ReturnType<typeof totalsOf>, after: ReturnType<typeof totalsOf>) {
  const same = (a: object, b: object) =>
    (["level", "requirement", "group", "street"] as const).every(
      (key) => a[key as keyof typeof a] === b[key as keyof typeof b],
    );
  for (const total of after) {
    const was = before.find((one) => same(one, total))!.people;
    const told = change.totals.find((one) => same(one, total));
    if (told) expect([told.before, told.after]).toEqual([was, total.people]);
    else expect(total.people).toEqual(was);
  }
  for (const { requirement, group, street, gain, lose } of change.people) {
    const of = (totals: typeof before) =>
      totals.find((one) => same(one, { ...one, requirement, group, street }))!.people.covered;
    expect(of(after) - of(before)).toBe(gain - lose);
  }
}

describe("a street of 1,000 m with a block every 100 m and one market", () => {
  const network = townNetwork(11, 100, () => 0.99);
  const blocks = Array.from({ length: 11 }, (_, i) => ({
    code: `b${i}`,
    street: i < 6 ? "west" : "east",
    ...at(100 * i, 0),
    people: { everyone: 10, age60up: 2 },
  }));
  const market = { id: "m", service: "market", ...at(0, 0), floorM2: 800 };
  const scene = coverageScene(network, blocks, { sites: [market], standard: needs("market") });

  test("a second market 900 m away covers the five blocks beyond 500 m; older people reach 400 m in the time", () => {
    const { change } = editCoverage(scene, [{ deed: "add", site: { id: "n", service: "market", ...at(900, 0) } }]);
    expect(change.people).toEqual([
      { requirement: "gb50180.market", group: "everyone", street: "east", gain: 50, lose: 0 },
      { requirement: "gb50180.market", group: "age60up", street: "west", gain: 2, lose: 0 },
      { requirement: "gb50180.market", group: "age60up", street: "east", gain: 10, lose: 0 },
    ]);
    expect(change.index.before.value).toBeCloseTo((100 * 6) / 11, 9);
    expect(change.index.after.value).toBe(100);
    const b10 = change.blocks.find(({ block, group }) => block === "b10" && group === "everyone")!;
    expect([b10.before.verdict, b10.after.verdict, b10.after.site]).toEqual(["uncovered", "covered", "n"]);
    expect(b10.before.metres).toBeCloseTo(1000, 0);
    expect(b10.after.metres).toBeCloseTo(100, 0);
  });

  test("closing the last market leaves nobody covered, which is not the same as unknown", () => {
    const { change } = editCoverage(scene, [{ deed: "close", site: "m" }]);
    const whole = change.totals.find(
      ({ requirement, group, street }) => requirement && group === "everyone" && street === undefined,
    );
    expect(whole).toMatchObject({ before: { covered: 60 }, after: { covered: 0, uncovered: 110, unknown: 0 } });
    expect(change.index.after.value).toBe(0);
  });

  test("the level of each block has the requirement that decides it", () => {
    const both = coverageScene(network, blocks, {
      sites: [market, { id: "p", service: "primary-school", ...at(500, 0) }],
      standard: {
        ...gb50180,
        requirements: needs("market", "primary-school").requirements.map((one) => ({ ...one, group: "everyone" })),
      },
    });
    const level = levelOfBlocks(both, { level: "10", group: "everyone" });
    const told = (i: number) => [level[i]?.verdict, level[i]?.requirement, level[i]?.site];
    expect(told(0)).toEqual(["covered", "gb50180.primary-school", "p"]);
    expect(told(5)).toEqual(["covered", "gb50180.market", "m"]);
    expect(told(10)).toEqual(["uncovered", "gb50180.market", "m"]);
    expect(level[10]!.minutes).toBeCloseTo(1000 / 60, 1);
    expect(levelOfBlocks(both, { level: "10", group: "age0to2" })[0]).toBeUndefined();
  });

  test("a market below the least size of 750 m2 does not count", () => {
    const site = { id: "n", service: "market", ...at(900, 0), floorM2: 749 };
    expect(editCoverage(scene, [{ deed: "add", site }]).change).toMatchObject({ blocks: [], totals: [], people: [] });
  });

  test("edits that cannot be done are refused with their place", () => {
    expect(() => editCoverage(scene, [{ deed: "close", site: "x" }])).toThrow("edit 1: there is no site x");
    expect(() => editCoverage(scene, [{ deed: "add", site: market }])).toThrow("is there already");
    expect(() => editCoverage(scene, [{ deed: "move", site: "m", ...at(0, -900) }])).toThrow("within 200 m");
    expect(() => coverageScene(network, blocks, { sites: [market, { ...market }], standard: needs("market") })).toThrow(
      "site m",
    );
  });
});
