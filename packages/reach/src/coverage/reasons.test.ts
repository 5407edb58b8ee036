import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { planeAt } from "../roads/metres.ts";
import { seeded, townNetwork } from "../testing.ts";
import { editCoverage } from "./edit-coverage.ts";
import { explainSites } from "./explain-sites.ts";
import { peopleOf } from "./gains.ts";
import { gb50180 } from "./gb-50180-2018.ts";
import { coverageOf } from "./judged-city.ts";
import { type Candidate, nextBestPlaces, siteAt } from "./next-best-places.ts";
import { coverageScene } from "./scene.ts";
import { whyUncovered } from "./why-uncovered.ts";

const plane = planeAt(30);
const at = (east: number, north: number) => ({
  lon: 120 + east / plane.metresPerLon,
  lat: 30 + north / plane.metresPerLat,
});
const standard = { ...gb50180, requirements: gb50180.requirements.filter(({ service }) => service === "market") };

// A street of 2,000 m with a block every 100 m: ten people, two of them over 60; the market at 0 m needs 750 m2, and 500 m at most.
const network = townNetwork(21, 100, () => 0.99);
const blocks = Array.from({ length: 21 }, (_, i) => ({
  code: `b${i}`,
  street: i <= 10 ? "west" : "east",
  ...at(100 * i, 0),
  people: { everyone: 10, age60up: 2 },
}));
const scene = coverageScene(network, blocks, {
  sites: [{ id: "m", service: "market", ...at(0, 0), floorM2: 800 }],
  standard,
});
const candidates: readonly Candidate[] = [
  { id: "at 1000", ...at(1000, 0), floorM2: 900, costFen: 500 },
  { id: "at 1500", ...at(1500, 0), floorM2: 1500, costFen: 900 },
  { id: "small at 1500", ...at(1500, 0), floorM2: 700, costFen: 100 },
  { id: "at 1900", ...at(1900, 0), floorM2: 1200 },
];

describe("the next best place, on a street of 2,000 m", () => {
  test("1,500 m reaches the eleven blocks from 1,000 to 2,000 m; of equal gain the cheaper comes first", () => {
    const { places, leftOut } = nextBestPlaces(scene, { service: "market", candidates });
    // From 1,000 m: blocks at 600 to 1,500 m; the one at 500 m has the market at 0 m.
    expect(places.map(({ candidate, people }) => [candidate.id, people])).toEqual([
      ["at 1500", 110],
      ["at 1000", 100],
      ["at 1900", 70],
    ]);
    expect(leftOut).toEqual([{ candidate: "small at 1500", why: "too-small" }]);
    expect(places[0]!.gains.map(({ group, street, people }) => [group, street, people])).toEqual([
      ["everyone", "east", 100],
      // At 0.8 m a second ten minutes are 480 m on either side of 1,500 m: 1,100 to 1,900 m.
      ["age60up", "east", 18],
      ["everyone", "west", 10],
    ]);
    expect(places[0]!.gains[0]).toMatchObject({
      requirement: "gb50180.market",
      clause: "GB 50180-2018, MOHURD 2018, C.0.1",
    });
  });

  test("floor and budget rule candidates out by name", () => {
    const within = nextBestPlaces(scene, { service: "market", candidates, floorM2: 850, budgetFen: 500 });
    expect(within.places.map(({ candidate }) => candidate.id)).toEqual(["at 1000"]);
    expect(within.leftOut).toEqual([
      { candidate: "at 1500", why: "over-budget" },
      { candidate: "small at 1500", why: "too-small" },
      { candidate: "at 1900", why: "cost-unknown" },
    ]);
    expect(
      nextBestPlaces(scene, { service: "market", candidates: [{ id: "lake", ...at(500, -900) }] }).leftOut,
    ).toEqual([{ candidate: "lake", why: "off-network" }]);
  });
});

describe("why a site is proposed", () => {
  test("who gains by clause, age and street; what only this site gives; what the runner-up loses", () => {
    const { reasons, scene: plan } = explainSites(scene, { proposed: [siteAt(candidates[1]!, "market")], candidates });
    expect(reasons).toHaveLength(1);
    const [reason] = reasons;
    expect(reason!.clauses.map(({ requirement }) => requirement)).toEqual(["gb50180.market"]);
    expect(peopleOf(standard, reason!.gains)).toBe(110);
    expect(reason!.onlyHere).toEqual(reason!.gains);
    expect(reason!.runnerUp).toMatchObject({ candidate: "at 1000", loses: 10 });
    expect(plan.sites.has("at 1500")).toBe(true);
  });

  test("two sites share what both reach; only what one alone reaches is lost with it", () => {
    const proposed = [candidates[0]!, candidates[1]!].map((candidate) => siteAt(candidate, "market"));
    const { reasons } = explainSites(scene, { proposed, candidates });
    // All 15 blocks beyond 500 m are gained: 600 to 1,200 m are nearer to 1,000 m, of 1,250 m on to 1,500 m.
    expect(reasons.map(({ gains }) => peopleOf(standard, gains))).toEqual([70, 80]);
    // Without the first, 600 to 900 m; without the second, 1,600 to 2,000 m.
    expect(reasons.map(({ onlyHere }) => peopleOf(standard, onlyHere))).toEqual([40, 50]);
    // 1,900 m would serve 1,600 to 2,000 m too.
    expect(reasons[1]!.runnerUp).toMatchObject({ candidate: "at 1900", loses: 0 });
  });
});

describe("why a block is not covered", () => {
  const why = (budgetFen?: number, from = candidates) =>
    new Map(
      whyUncovered(scene, { service: "market", candidates: from, ...(budgetFen === undefined ? {} : { budgetFen }) })
        .filter(({ group }) => group === "everyone")
        .map((reason) => [reason.block, reason]),
    );
  test("distance, budget, unknown cost, no candidate", () => {
    expect(why().get("b5")).toBeUndefined();
    expect(why().get("b20")).toMatchObject({
      why: "not-chosen",
      candidate: { id: "at 1900" },
      street: "east",
      people: 10,
    });
    const [near] = candidates;
    expect(why(400, [near!]).get("b6")).toMatchObject({ why: "budget", candidate: { id: "at 1000", missingFen: 100 } });
    expect(why(500, [near!]).get("b6")!.why).toBe("not-chosen");
    const far = why(undefined, [near!]).get("b20")!;
    expect(far.why).toBe("distance");
    expect(far.candidate!.metres).toBeCloseTo(1000, 0);
    expect(far.metres).toBeCloseTo(2000, 0);
    expect(why(400, [candidates[3]!]).get("b20")!.why).toBe("cost-unknown");
    expect(why(400, [candidates[2]!]).get("b20")!.why).toBe("no-candidate");
  });
});

test("on random towns every gain is that of the edit, and every reason's sum that of the plan", () => {
  fc.assert(
    fc.property(fc.nat(10_000), (seed) => {
      const random = seeded(seed);
      const spot = () => at(1000 * random(), 1000 * random());
      const town = coverageScene(
        townNetwork(6, 200, random),
        Array.from({ length: 25 }, (_, i) => ({
          code: `b${i}`,
          street: `s${i % 3}`,
          ...spot(),
          people: { everyone: 1 + Math.floor(90 * random()), age60up: 1 },
        })),
        { sites: [{ id: "m", service: "market", ...spot() }], standard },
      );
      const six = Array.from({ length: 6 }, (_, n) => ({ id: `c${n}`, ...spot() }));
      const covered = (of: typeof town) =>
        coverageOf(of).totals.find(
          ({ requirement, group, street }) => requirement && group === "everyone" && street === undefined,
        )!.people.covered;
      const { places, leftOut } = nextBestPlaces(town, { service: "market", candidates: six, most: 6 });
      expect(places.length + leftOut.length).toBe(6);
      for (const { candidate, people } of places) {
        const { scene: with_ } = editCoverage(town, [{ deed: "add", site: siteAt(candidate, "market") }]);
        expect(covered(with_) - covered(town)).toBe(people);
      }
      const proposed = places.slice(0, 2).map(({ candidate }) => siteAt(candidate, "market"));
      const { scene: plan, reasons } = explainSites(town, { proposed, candidates: six });
      expect(reasons.reduce((sum, { gains }) => sum + peopleOf(standard, gains), 0)).toBe(
        covered(plan) - covered(town),
      );
      for (const { site, runnerUp } of reasons) {
        if (!runnerUp) continue;
        const swapped = editCoverage(plan, [
          { deed: "close", site },
          { deed: "add", site: siteAt(six.find(({ id }) => id === runnerUp.candidate)!, "market") },
        ]).scene;
        expect(covered(plan) - covered(swapped)).toBe(runnerUp.loses);
      }
    }),
    { numRuns: 40 },
  );
});
