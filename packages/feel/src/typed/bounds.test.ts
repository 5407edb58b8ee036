import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { boundOf, withEarlyDecisions } from "./bounds.ts";
import type { FactDeclaration } from "./environment.ts";
import { evaluate, type Situation } from "./evaluate.ts";
import { household, type Row, rulesOver } from "./testing/rules-over.ts";
import { booleanType, numberType } from "./type.ts";

/** A fishing crew: how many fish each caught and lost, and whether they count; and how many the boat can carry. */
const facts: readonly FactDeclaration[] = [
  { name: "caught", entity: "person", type: numberType("1", 0, 0, 3) },
  { name: "lost", entity: "person", type: numberType("1", 0, -2, 1) },
  { name: "counts", entity: "person", type: booleanType },
  { name: "room", entity: "household", type: numberType("1", 0, 0, 5) },
];
const line = { name: "line", type: numberType("1", 0, 0, 4), keys: [] };
const { node } = rulesOver({ facts, parameters: [line] });

const crew = (members: readonly Row[], room?: number): Situation => household(members, { room });

describe("a comparison is decided as soon as it comes out alike whatever is unknown", () => {
  const oneKnown = crew([{ caught: 3 }, {}, {}]);
  test.each<[string, Situation, boolean | undefined]>([
    // Three are caught already, and nobody catches less than none.
    ["sum(members.caught) < 3", oneKnown, false],
    ["sum(members.caught) >= 3", oneKnown, true],
    ["sum(members.caught) = 2", oneKnown, false],
    ["sum(members.caught) != 2", oneKnown, true],
    // Two others can bring six more, and no more.
    ["sum(members.caught) > 9", oneKnown, false],
    ["sum(members.caught) <= 9", oneKnown, true],
    ["sum(members.caught) <= 8", oneKnown, undefined],
    ["sum(members.caught) = 5", oneKnown, undefined],
    ["sum(members.caught) / count(members) >= 1", oneKnown, true],
    ["sum(members.caught) / count(members) > 1", oneKnown, undefined],
    // Whoever may not count is left out of the least.
    ["sum(members[counts].caught) < 3", oneKnown, undefined],
    ["sum(members[counts].caught) < 3", crew([{ caught: 3, counts: true }, {}]), false],
    ["count(members[counts]) >= 2", crew([{ counts: true }, { counts: true }, {}]), true],
    ["count(members[counts]) >= 2", crew([{ counts: true }, { counts: false }, {}]), undefined],
    ["count(members[counts]) >= 2", crew([{ counts: false }, { counts: false }, {}]), false],
    // Losses go both ways.
    ["caught - lost > 1", crew([{ caught: 3 }]), true],
    ["caught - lost > 2", crew([{ caught: 3 }]), undefined],
    ["caught + room > 2", crew([{ caught: 3 }]), true],
    ["caught * room >= 1", crew([{ caught: 0 }]), false],
    ["(if counts then caught else room) > 3", crew([{ caught: 3 }], 2), false],
    ["(if counts then caught else room) > 2", crew([{ caught: 3 }], 2), undefined],
    ["max(caught, room) >= 3", crew([{ caught: 3 }]), true],
    ["min(caught, room) >= 3", crew([{ caught: 2 }]), false],
    ["round up((caught + room) / 2, 0) >= 2", crew([{ caught: 3 }]), true],
    ["some m in members satisfies m.caught + room > 7", crew([{ caught: 2 }, { caught: 1 }]), false],
  ])("%s", (text, situation, decided) => {
    expect(evaluate(node(text), situation)).toBe(decided);
  });

  test("a parameter that is missing at its source has no range: nothing is decided by it", () => {
    const rule = node("sum(members.caught) <= line");
    const missing = { ...rule, right: { op: "lookup", parameter: "line", area: null, keys: [], values: [null] } };
    const read = { ...missing, right: { ...missing.right, type: line.type } } as typeof rule;
    expect(evaluate(read, crew([{ caught: 3 }, { caught: 3 }, {}]))).toBeUndefined();
    expect(boundOf(read.op === "compare" ? read.right : read, "least")).toBeNull();
  });

  test("a single fact that is unknown decides nothing, and its comparison stays as it is", () => {
    const rule = node("caught >= 0 and room > 2");
    expect(withEarlyDecisions(rule)).toEqual(rule);
  });
});

describe("what was decided early stays so, whatever the facts turn out to be", () => {
  const number: fc.Arbitrary<string> = fc.letrec<{ number: string }>((tie) => ({
    number: fc.oneof(
      { maxDepth: 3 },
      fc.constantFrom("caught", "lost", "room", "2"),
      fc.constantFrom(
        "sum(members.caught)",
        "sum(members.lost)",
        "sum(members[counts].caught)",
        "count(members[counts])",
      ),
      fc.tuple(tie("number"), fc.constantFrom("+", "-", "*"), tie("number")).map(([a, op, b]) => `(${a} ${op} ${b})`),
      fc.tuple(tie("number"), tie("number")).map(([a, b]) => `(if counts then ${a} else ${b})`),
      fc.tuple(fc.constantFrom("min", "max"), tie("number"), tie("number")).map(([f, a, b]) => `${f}(${a}, ${b})`),
      tie("number").map((a) => `round down((${a}) / 2, 0)`),
      tie("number").map((a) => `(-${a})`),
      tie("number").map((a) => `abs(${a})`),
    ),
  })).number;
  const rule = fc
    .tuple(number, fc.constantFrom("<", "<=", ">", ">=", "=", "!="), fc.integer({ min: -4, max: 9 }))
    .map(([a, operator, b]) => `${a} ${operator} ${b}`);
  const orUnknown = <T>(of: fc.Arbitrary<T>) => fc.option(of, { nil: undefined });
  const person = fc.record({
    caught: orUnknown(fc.integer({ min: 0, max: 3 })),
    lost: orUnknown(fc.integer({ min: -2, max: 1 })),
    counts: orUnknown(fc.boolean()),
  });
  const people = fc.tuple(fc.array(person, { minLength: 1, maxLength: 2 }), orUnknown(fc.integer({ min: 0, max: 5 })));

  /** Every household that a partly known one can turn out to be. */
  function* completions(members: readonly Row[], room: number | undefined): Generator<Situation> {
    const ranges = { caught: [0, 1, 2, 3], lost: [-2, -1, 0, 1], counts: [false, true] } as const;
    const open = members.flatMap((member, at) =>
      Object.entries(ranges).flatMap(([name, values]) => (member[name] === undefined ? [{ at, name, values }] : [])),
    );
    const fill = function* (index: number, filled: readonly Row[]): Generator<readonly Row[]> {
      const next = open[index];
      if (next === undefined) yield filled;
      else
        for (const value of next.values)
          yield* fill(
            index + 1,
            filled.map((row, at) => (at === next.at ? { ...row, [next.name]: value } : row)),
          );
    };
    for (const whole of fill(0, members))
      for (const held of room === undefined ? [0, 1, 2, 3, 4, 5] : [room]) yield crew(whole, held);
  }

  test("by trying everything", () => {
    let early = 0;
    fc.assert(
      fc.property(rule, people, (text, [members, room]) => {
        const typed = node(text);
        const decided = evaluate(typed, crew(members, room));
        // The rule as engines of three-valued logic get it says the same.
        expect(evaluate(withEarlyDecisions(typed), crew(members, room))).toBe(decided);
        if (decided === undefined) return;
        for (const whole of completions(members, room)) {
          early += 1;
          expect(evaluate(typed, whole)).toBe(decided);
        }
      }),
      { numRuns: 400 },
    );
    expect(early).toBeGreaterThan(1_000);
  });

  test("and nothing is left open that sums of what each is known of once would decide", () => {
    const sums = fc.tuple(
      fc.constantFrom(
        "sum(members.caught)",
        "sum(members.caught) - lost",
        "sum(members.caught) + room",
        "count(members[counts])",
      ),
      fc.constantFrom("<", "<=", ">", ">="),
      fc.integer({ min: -2, max: 12 }),
    );
    fc.assert(
      fc.property(sums, people, ([sum, operator, bound], [members, room]) => {
        const typed = node(`${sum} ${operator} ${bound}`);
        const outcomes = new Set([...completions(members, room)].map((whole) => evaluate(typed, whole)));
        const [only] = outcomes;
        expect(evaluate(typed, crew(members, room))).toBe(outcomes.size === 1 ? only : undefined);
      }),
      { numRuns: 300 },
    );
  });
});
