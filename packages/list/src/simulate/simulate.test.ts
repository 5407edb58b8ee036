import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compileRulebook } from "../compile/compile-rulebook.ts";
import { decideAll } from "../decide.ts";
import type { List } from "../model/list.ts";
import type { Rulebook } from "../rulebook.ts";
import { splitPayment } from "../split-payment.ts";
import { clubList } from "../testing/club-rules.ts";
import { type RandomPeople, randomPeople } from "../testing/random-people.ts";
import type { Dimension, Reform, SimulationPlan } from "./model.ts";
import { overlay, type ReformFindingCode, reformFindingCodes } from "./overlay.ts";
import { planReforms } from "./plan.ts";
import { reformSchema } from "./reform-schema.ts";
import { createSimulator } from "./simulator.ts";
import { addTallies, finishSimulation } from "./tally.ts";

const name = { zh: "方案", en: "Reform" };
const date = "2024-07-01";
const club = clubList();

function compiled(list: List, day = date): Rulebook {
  const { rulebook, findings } = compileRulebook(list, { area: "cn-31", date: day });
  if (rulebook === undefined) throw new Error(JSON.stringify(findings));
  return rulebook;
}
const base = compiled(club);

function planned(reforms: readonly Reform[], list = club): SimulationPlan {
  const { plan, findings } = planReforms(list, compiled(list), reforms);
  if (plan === undefined) throw new Error(JSON.stringify(findings));
  return plan;
}

const reforms: readonly Reform[] = [
  { code: "line", name, parameters: [{ parameter: "line", change: { value: 1300.55 } }] },
  { code: "line-less", name, parameters: [{ parameter: "line", change: { factor: 0.9 } }] },
  { code: "rates", name, parameters: [{ parameter: "courtRate", key: ["senior"], change: { value: 99 } }] },
  { code: "rent", name, parameters: [{ parameter: "rent", change: { factor: 1.005 } }] },
  { code: "discount", name, parameters: [{ parameter: "discount", change: { factor: 1.5 } }] },
  { code: "end", name, items: [{ end: "cn.court-rate" }] },
  {
    code: "younger",
    name,
    items: [{ change: { item: "cn.age-bands", conditions: { age: "age >= 66", home: null }, rows: { a70: "160" } } }],
  },
  { code: "parts", name, items: [{ change: { item: "cn.coaching", parts: { base: "120" } } }] },
  { code: "amount", name, items: [{ change: { item: "cn.means-test", amount: "line * count(members)" } }] },
  { code: "day", name, date: "2023-06-01" },
];

/** The whole list before and after, person by person, by the interpreter: what a simulation must add up to. */
function naive(reform: Reform, { people, householdFacts }: RandomPeople, dimension: Dimension) {
  const day = reform.date ?? date;
  const after = compiled(overlay(club, reform, { area: "cn-31", date: day }).list, day);
  const sides = [base, after] as const;
  const byItem = new Map<string, { fen: [number, number]; held: [number, number]; open: [number, number] }>();
  const moved = { gain: 0, lose: 0, same: 0, unknown: 0 };
  const payers = new Map<string, [number, number]>();
  const groups = dimension.groups.map(() => ({
    fen: [0, 0] as [number, number],
    gain: 0,
    lose: 0,
    same: 0,
    unknown: 0,
  }));
  const touched = new Set(planned([reform]).reforms[0]?.touched);
  for (let household = 0; household < people.households; household += 1) {
    const [first, last] = [
      people.household.start[household] as number,
      people.household.start[household + 1] as number,
    ];
    let [fen, services, open] = [0, 0, false];
    for (let row = first; row < last; row += 1) {
      const outcomes = new Map<string, [number, number]>();
      for (const [side, rulebook] of sides.entries()) {
        decideAll(rulebook, householdFacts(row)).forEach((answer, at) => {
          const item = rulebook.items[at] as Rulebook["items"][number];
          if (!touched.has(item.code) || (item.subject === "household" && row > first)) return;
          const sums = byItem.get(item.code) ?? { fen: [0, 0], held: [0, 0], open: [0, 0] };
          byItem.set(item.code, sums);
          const both = outcomes.get(item.code) ?? [0, 0];
          outcomes.set(item.code, both);
          both[side] = answer.outcome;
          const yearly = answer.fen * (item.timesPerYear ?? 0);
          sums.fen[side]! += yearly;
          sums.held[side]! += answer.outcome === 1 ? 1 : 0;
          sums.open[side]! += answer.outcome === 2 ? 1 : 0;
          groups[dimension.of[row] as number]!.fen[side]! += yearly;
          fen += side === 0 ? -yearly : yearly;
          open ||= answer.outcome === 2;
          if (answer.outcome === 1 && answer.fen > 0 && item.timesPerYear !== null) {
            for (const share of splitPayment(club, item.payer.split, { area: "cn-31", date, fen: answer.fen })) {
              const paid = payers.get(share.payer) ?? [0, 0];
              payers.set(share.payer, paid);
              paid[side]! += share.fen * item.timesPerYear;
            }
          }
        });
      }
      for (const [was, is] of outcomes.values()) services += Number(is === 1) - Number(was === 1);
    }
    const way = open
      ? "unknown"
      : fen > 0 || (fen === 0 && services > 0)
        ? "gain"
        : fen < 0 || services < 0
          ? "lose"
          : "same";
    moved[way] += 1;
    for (let row = first; row < last; row += 1) groups[dimension.of[row] as number]![way] += 1;
  }
  return { byItem, moved, payers, groups };
}

function bySize({ people }: RandomPeople): Dimension {
  const size = (household: number) =>
    (people.household.start[household + 1] as number) - (people.household.start[household] as number);
  return {
    name: "size",
    groups: [1, 2, 3, 4, 5].map((of) => ({ code: String(of), zh: String(of), en: String(of) })),
    of: Uint8Array.from(people.householdOf, (household) => size(household) - 1),
  };
}

describe("a simulation", () => {
  test.each(reforms)("adds up to what the interpreter says of each person: $code", (reform) => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 31 }), fc.constantFrom(0, 0.05), (seed, unknown) => {
        const random = randomPeople(base, seed, { households: 30, unknown });
        const dimension = bySize(random);
        const plan = planned([reform]);
        const tally = createSimulator(random.people, [dimension]).run(plan);
        const [effect] = finishSimulation(plan, [dimension], tally).reforms;
        const expected = naive(reform, random, dimension);
        expect(effect?.households).toEqual(expected.moved);
        for (const item of effect?.items ?? []) {
          const sums = expected.byItem.get(item.item);
          expect([item.item, item.beforeFen, item.afterFen]).toEqual([item.item, ...(sums?.fen ?? [0, 0])]);
          expect([item.before, item.after]).toEqual(sums?.held ?? [0, 0]);
          expect([item.undeterminedBefore, item.undeterminedAfter]).toEqual(sums?.open ?? [0, 0]);
          expect(item.before - item.left + item.entered).toBeLessThanOrEqual(item.after + item.undeterminedBefore);
        }
        for (const { payer, beforeFen, afterFen } of effect?.payers ?? []) {
          expect([beforeFen, afterFen]).toEqual(expected.payers.get(payer) ?? [0, 0]);
        }
        effect?.dimensions[0]?.groups.forEach(({ persons, beforeFen, afterFen }, at) => {
          const { fen, ...counts } = expected.groups[at] as (typeof expected.groups)[number];
          expect([persons, beforeFen, afterFen]).toEqual([counts, ...fen]);
        });
      }),
      { numRuns: 6 },
    );
  });

  test("over blocks on borders of households is the simulation of the whole, and so is a second run", () => {
    const random = randomPeople(base, 5, { households: 60, unknown: 0.05 });
    const { people } = random;
    const dimension = bySize(random);
    const plan = planned(reforms);
    const whole = createSimulator(people, [dimension]).run(plan);
    const border = people.household.start[23] as number;
    const [left, right] = [{ to: border }, { from: border }].map((rows) => createSimulator(people, [dimension], rows));
    const parts = addTallies(left!.run(plan), right!.run(plan));
    expect(finishSimulation(plan, [dimension], parts)).toEqual(finishSimulation(plan, [dimension], whole));
    expect(right!.run(plan)).toEqual(right!.run(plan));
  });

  test("of nothing moves nobody", () => {
    const { people } = randomPeople(base, 5, { households: 20 });
    const plan = planned([{ code: "none", name }]);
    const [effect] = finishSimulation(plan, [], createSimulator(people, []).run(plan)).reforms;
    expect(effect).toMatchObject({ items: [], beforeFen: 0, afterFen: 0, households: { gain: 0, lose: 0, same: 20 } });
  });
});

describe("a plan", () => {
  test("touches only what reads the parameter and what is settled with it", () => {
    const touched = (reform: Reform) => planned([reform]).reforms[0]?.touched;
    expect(touched({ code: "rent", name, parameters: [{ parameter: "rent", change: { factor: 2 } }] })).toEqual([
      "cn.lodging",
    ]);
    // The court rate is weighed against the age bands and taken off the ladder.
    expect(touched({ code: "rate", name, parameters: [{ parameter: "courtRate", change: { factor: 2 } }] })).toEqual([
      "cn.age-bands",
      "cn.court-rate",
      "cn.ladder",
    ]);
  });

  test("is named by the base and the reform, whatever the order of keys", () => {
    const [a] = planned([{ code: "x", name, parameters: [{ parameter: "line", change: { value: 1300 } }] }]).reforms;
    const [b] = planned([{ parameters: [{ change: { value: 1300 }, parameter: "line" }], name, code: "x" }]).reforms;
    const [c] = planned([{ code: "x", name, parameters: [{ parameter: "line", change: { value: 1301 } }] }]).reforms;
    expect(a?.hash).toBe(b?.hash);
    expect(a?.hash).not.toBe(c?.hash);
  });

  test("leaves the list as it was", () => {
    const before = compiled(club).hash;
    for (const reform of reforms) overlay(club, reform, { area: "cn-31", date });
    expect(compiled(club).hash).toBe(before);
  });

  test("is plain JSON", () => {
    const plan = planned(reforms);
    expect(JSON.parse(JSON.stringify(plan))).toEqual(plan);
  });

  const faults: readonly (readonly [ReformFindingCode, Partial<Reform>])[] = [
    ["REFORM-PARAMETER", { parameters: [{ parameter: "lime", change: { value: 1 } }] }],
    ["REFORM-KEY", { parameters: [{ parameter: "courtRate", key: ["master"], change: { value: 1 } }] }],
    ["REFORM-AREA", { parameters: [{ parameter: "line", area: "cn-99", change: { value: 1 } }] }],
    ["REFORM-VALUE", { parameters: [{ parameter: "line", change: { value: 1.005 } }] }],
    ["REFORM-VALUE", { parameters: [{ parameter: "line", change: { factor: -1 } }] }],
    ["REFORM-ITEM", { items: [{ end: "cn.none" }] }],
    ["REFORM-ITEM", { items: [{ change: { item: "cn.gift", conditions: { loses: "true" } } }] }],
    ["REFORM-DATE", { parameters: [{ parameter: "line", from: "2025-01-01", change: { value: 1 } }] }],
  ];
  test.each(faults)("%s is told with its place", (code, reform) => {
    const { plan, findings } = planReforms(club, base, [{ code: "x", name, ...reform }]);
    expect(plan).toBeUndefined();
    expect(findings.map((finding) => finding.code)).toEqual([code]);
    expect(findings[0]?.file).toMatch(/^reform x: (parameters|items)\.0$/);
  });

  test("REFORM-CODE: two reforms of one name; a rule that does not type is told as lists tell it", () => {
    const twice = planReforms(club, base, [
      { code: "x", name },
      { code: "x", name },
    ]);
    expect(twice.findings.map(({ code }) => code)).toEqual(["REFORM-CODE"]);
    const wrong: Reform = { code: "x", name, items: [{ change: { item: "cn.gift", amount: "gift + wins" } }] };
    expect(planReforms(club, base, [wrong]).findings.map(({ code }) => code)).toEqual(["RULE-UNIT"]);
    expect(new Set([...faults.map(([code]) => code), "REFORM-CODE"])).toEqual(new Set(reformFindingCodes));
  });
});

test("docs/errors.md tells of every finding about reforms, and of no other", () => {
  const page = readFileSync(new URL("../../../../docs/errors.md", import.meta.url), "utf8");
  const told = [...page.matchAll(/^\| `(REFORM-[A-Z]+)`/gm)].map(([, code]) => code);
  expect(told.toSorted()).toEqual(reformFindingCodes.toSorted());
});

test("the reform of docs/reform-format.md is a reform, and the one of docs/examples", () => {
  const docs = (name: string) => readFileSync(new URL(`../../../../docs/${name}`, import.meta.url), "utf8");
  const shown = /```json\n(.*?)```/s.exec(docs("reform-format.md"))?.[1] ?? "";
  expect(reformSchema.parse(JSON.parse(shown))).toEqual(JSON.parse(docs("examples/higher-line.json")));
  expect(reformSchema.safeParse({ ...JSON.parse(shown), parameter: [] }).success).toBe(false);
});

describe("a parameter change", () => {
  const valueAfter = (reform: Reform, at: { area: string; key?: readonly string[] }) => {
    const { list } = overlay(club, reform, { area: "cn-31", date });
    const [parameter] = reform.parameters ?? [];
    return list.parameters
      .get(parameter?.parameter ?? "")
      ?.values.findLast(({ area, key }) => area === at.area && key.join() === (at.key ?? []).join())?.value;
  };
  const change = (parameter: string, to: { value: number } | { factor: number }): Reform => ({
    code: "x",
    name,
    parameters: [{ parameter, change: to }],
  });

  test("multiplies exactly and rounds half up: 1200.50 x 1.0001 = 1200.62005, 12.35 x 1.5 = 18.525", () => {
    expect(valueAfter(change("line", { factor: 1.0001 }), { area: "cn-31" })).toBe(120_062);
    expect(valueAfter(change("rent", { factor: 1.5 }), { area: "cn-31" })).toBe(1853);
    expect(valueAfter(change("discount", { factor: 1.5 }), { area: "cn-31" })).toBe("0.1875");
  });

  test("reaches areas below with values of their own", () => {
    const doubled = change("courtRate", { factor: 2 });
    expect(valueAfter(doubled, { area: "cn-310104", key: ["senior"] })).toBe(13_200);
    expect(valueAfter(doubled, { area: "cn-31", key: ["senior"] })).toBe(11_000);
    expect(valueAfter(change("courtRate", { value: 70 }), { area: "cn-310104", key: ["senior"] })).toBe(7000);
  });

  test("leaves what is missing at its source missing under a factor", () => {
    expect(valueAfter(change("gift", { factor: 2 }), { area: "cn-31" })).toBeNull();
  });
});
