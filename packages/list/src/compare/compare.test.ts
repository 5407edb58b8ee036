import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { compileRulebook } from "../compile/compile-rulebook.ts";
import { decideAll } from "../decide.ts";
import { itemsInForce } from "../items-in-force.ts";
import { loadList } from "../load-list.ts";
import type { Item, List } from "../model/list.ts";
import { readList } from "../node/read-list.ts";
import { clubList } from "../testing/club-rules.ts";
import { club, federation } from "../testing/federation.ts";
import { randomPeople } from "../testing/random-people.ts";
import { compareLists } from "./compare-lists.ts";
import { addEffects, createComparer } from "./effect.ts";
import { matchItems } from "./match-items.ts";
import type { ItemMatch, SideToCompare } from "./model.ts";

function sideOf(list: List, area: string, date: string): SideToCompare {
  const { rulebook, findings } = compileRulebook(list, { area, date });
  if (rulebook === undefined) throw new Error(JSON.stringify(findings));
  return { list, rulebook };
}

async function read(code: string): Promise<List> {
  const { list } = await readList(fileURLToPath(new URL(`../../../../lists/${code}`, import.meta.url)));
  if (list === undefined) throw new Error(`${code} has errors`);
  return list;
}

const codesOf = (match: ItemMatch | undefined) =>
  match && [match.left.map(({ code }) => code), match.right.map(({ code }) => code)];

describe("Shanghai beside Hangzhou", () => {
  let shanghai: SideToCompare;
  let hangzhou: SideToCompare;
  beforeAll(async () => {
    shanghai = sideOf(await read("cn-31"), "cn-31", "2025-03-01");
    hangzhou = sideOf(await read("cn-3301"), "cn-3301", "2025-03-01");
  }, 60_000);

  test("items are matched by code, by what they stand for and by name, several against several", () => {
    const { matches, onlyLeft, onlyRight } = compareLists(shanghai, hangzhou);
    const of = (code: string) => matches.find(({ left }) => left.some((item) => item.code === code));
    expect([of("cn.vaccination")?.by, codesOf(of("cn.vaccination"))]).toEqual([
      "code",
      [["cn.vaccination"], ["cn.vaccination"]],
    ]);
    expect(codesOf(of("cn-31.subsistence-allowance"))?.[1]).toEqual(["cn-3301.subsistence-allowance"]);
    expect(of("cn-31.near-threshold-household")?.by).toBe("name");
    // Shanghai splits the national item in two; Hangzhou has it whole.
    expect(codesOf(of("cn-31.disability-care-subsidy"))).toEqual([
      ["cn.disability-subsidies", "cn-31.disability-care-subsidy", "cn-31.disability-living-subsidy"],
      ["cn.disability-subsidies"],
    ]);
    const shown = [...matches.flatMap(({ left }) => left), ...onlyLeft].map(({ code }) => code);
    expect(shown.toSorted()).toEqual(
      itemsInForce(shanghai.list, "2025-03-01")
        .map(({ code }) => code)
        .toSorted(),
    );
    expect(onlyRight.every(({ list }) => list === "cn-3301")).toBe(true);
  });

  // 沪民规〔2024〕13号: 1595 yuan from July 2024; Hangzhou's notice of 24 December 2024: 1301 yuan from 23 January 2025.
  test("the subsistence line is told with its numbers and how far they are apart", () => {
    const { matches } = compareLists(shanghai, hangzhou);
    const match = matches.find(({ left }) => left[0]?.code === "cn-31.subsistence-allowance");
    const line = match?.differences.find(({ code }) => code === "subsistenceLine");
    expect(line).toMatchObject({
      element: "parameter",
      left: { en: "Subsistence line 1595.00 yuan a month" },
      right: { zh: "最低生活保障标准 1301.00 元/月" },
      distance: 130_100 - 159_500,
    });
    expect(match?.differences.find(({ element }) => element === "lead")?.words.zh).toMatch(
      /上海市民政局.*杭州市民政局/,
    );
  });

  test("a poor single person of Shanghai would get 294 yuan a month less by Hangzhou's rules", () => {
    const comparison = compareLists(shanghai, hangzhou);
    const { people } = randomPeople(shanghai.rulebook, 1, { households: 1, mostMembers: 1 });
    const put = (entity: "person" | "household", name: string, value: number) => {
      const column = (entity === "person" ? people.personColumns : people.householdColumns)[name];
      if (column !== undefined) column.data[0] = value;
    };
    const enumValue = (name: string, code: string) =>
      shanghai.rulebook.facts.find((fact) => fact.name === name)?.values.findIndex((value) => value.code === code) ?? 0;
    put(
      "person",
      "hukouArea",
      shanghai.rulebook.areas.findIndex(({ code }) => code === "cn-310101"),
    );
    put(
      "person",
      "residenceArea",
      shanghai.rulebook.areas.findIndex(({ code }) => code === "cn-310101"),
    );
    put("person", "birthDate", 5000);
    for (const [name, code] of [
      ["employmentStatus", "none"],
      ["disabilityGrade", "none"],
      ["schoolStage", "none"],
      ["workAbility", "full"],
      ["assistanceStatus", "none"],
    ] as const) {
      put("person", name, Math.max(0, enumValue(name, code)));
    }
    for (const name of ["monthlyIncome", "monthlyWage"]) put("person", name, 0);
    put("household", "householdAssets", 0);
    const effect = createComparer(shanghai, hangzhou, comparison)(people);
    const match = effect.matches.find(({ left }) => left[0] === "cn-31.subsistence-allowance");
    expect(match).toMatchObject({ gain: 0, lose: 1, leftFen: 12 * 159_500, rightFen: 12 * 130_100 });
  });
});

describe("a comparison", () => {
  const tennis = clubList();
  const side = sideOf(tennis, "cn-31", "2024-07-01");

  test("of a list with itself finds no difference and moves nobody", () => {
    const comparison = compareLists(side, side);
    expect(comparison.matches.flatMap(({ differences }) => differences)).toEqual([]);
    expect([comparison.onlyLeft, comparison.onlyRight]).toEqual([[], []]);
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 31 }), (seed) => {
        const { people } = randomPeople(side.rulebook, seed, { households: 30, unknown: 0.1 });
        for (const effect of createComparer(side, side, comparison)(people).matches) {
          expect([effect.gain, effect.lose, effect.rightFen]).toEqual([0, 0, effect.leftFen]);
        }
      }),
      { numRuns: 10 },
    );
  });

  test("of a list on two days adds up to what the interpreter says of each person", () => {
    const then = sideOf(tennis, "cn-31", "2023-07-01");
    const comparison = compareLists(side, then);
    const compare = createComparer(side, then, comparison);
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 31 }), (seed) => {
        const { people, householdFacts } = randomPeople(side.rulebook, seed, { households: 20, unknown: 0.05 });
        const effect = compare(people);
        for (const match of effect.matches) {
          const expected = { gain: 0, lose: 0, same: 0, unknown: 0, leftFen: 0, rightFen: 0 };
          for (let row = 0; row < people.persons; row += 1) {
            const facts = householdFacts(row);
            const [a, b] = [side, then].map(({ rulebook }) => {
              const at = rulebook.items.findIndex(({ code }) => code === match.left[0]);
              const item = rulebook.items[at] as (typeof rulebook.items)[number];
              if (item.subject === "household" && facts.subject !== 0) return { outcome: 0, fen: 0 };
              const answer = decideAll(rulebook, facts)[at];
              return { outcome: answer?.outcome ?? 0, fen: (answer?.fen ?? 0) * (item.timesPerYear ?? 0) };
            });
            if (a?.outcome === 2 || b?.outcome === 2) {
              expected.unknown += 1;
              continue;
            }
            const change = (b?.fen ?? 0) - (a?.fen ?? 0) || (b?.outcome ?? 0) - (a?.outcome ?? 0);
            expected[change > 0 ? "gain" : change < 0 ? "lose" : "same"] += 1;
            expected.leftFen += a?.fen ?? 0;
            expected.rightFen += b?.fen ?? 0;
          }
          expect(match).toMatchObject(expected);
        }
      }),
      { numRuns: 8 },
    );
  });

  test("blocks add up to the whole", () => {
    const then = sideOf(tennis, "cn-31", "2023-07-01");
    const compare = createComparer(side, then, compareLists(side, then));
    const [a, b] = [1, 2].map((seed) => compare(randomPeople(side.rulebook, seed, { households: 10 }).people));
    const sum = addEffects(a!, b!);
    expect(sum.people).toBe(a!.people + b!.people);
    for (const { gain, lose, same, unknown } of sum.matches) expect(gain + lose + same + unknown).toBe(sum.people);
  });

  test("a fact that the people do not have is unknown and named", () => {
    const comparison = compareLists(side, side);
    const { people } = randomPeople(side.rulebook, 3, { households: 10 });
    const { wins: _, ...rest } = people.personColumns;
    const effect = createComparer(side, side, comparison)({ ...people, personColumns: rest });
    expect(effect.missingFacts).toEqual(["wins"]);
    expect(effect.matches.find(({ left }) => left[0] === "cn.gift")?.unknown).toBeGreaterThan(0);
  });

  test("of a club with its federation matches what refines", () => {
    const [own, above] = [loadList(club()).list!, loadList(federation()).list!];
    const items = (list: List): readonly Item[] => itemsInForce(list, "2024-06-01");
    const { matches } = matchItems({ list: own, items: items(own) }, { list: above, items: items(above) });
    expect(matches.map(({ by, left, right }) => [by, left[0]?.code, right[0]?.code])).toEqual([
      ["code", "cn.ball-grant", "cn.ball-grant"],
      ["refines", "cn-99.free-court", "cn.free-court"],
    ]);
  });
});
