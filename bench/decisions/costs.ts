import { booleanType } from "@qingdan/feel/typed";
import {
  allocateDecisions,
  type Column,
  emitKernel,
  instantiateKernel,
  type People,
  type Rulebook,
  type RulebookDecisions,
} from "@qingdan/list";
import { benchPeople } from "./people.ts";

const persons = 200_000;
const rounds = 25;
/** Of each fact's values, how many are unknown for three-valued logic. */
const unknownShare = 0.02;

/**
 * What reason codes and three-valued logic cost on one core, in alternating rounds: answers with reasons against outcome and
 * amount alone, and facts of which some are unknown against facts that are all known.
 */
export function measureCosts(rulebook: Rulebook): { ratioReasons: number; ratioThreeValued: number } {
  const people = benchPeople(rulebook, persons, 7);
  const gaps = withGaps(people);
  const every = new Set(rulebook.facts.map((fact) => fact.name));
  const ways = {
    plain: way(emitKernel(withoutReasons(rulebook)).replace(/\bR\d+\[i\] = [^;]*;/g, ""), people),
    reasons: way(emitKernel(rulebook), people),
    threeValued: way(emitKernel(rulebook, { unknown: every }), gaps),
  };
  // One set of arrays for all: a fresh one would be measured too.
  const out = allocateDecisions(rulebook, persons);
  const seconds = (name: keyof typeof ways) => {
    const start = performance.now();
    ways[name](out);
    return performance.now() - start;
  };
  // Within a round the machine is the same for all: ratios are taken there, and of them the middle one.
  const reasons: number[] = [];
  const threeValued: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const [plain, told, unknown] = [seconds("plain"), seconds("reasons"), seconds("threeValued")];
    reasons.push(told / plain);
    threeValued.push(unknown / told);
  }
  checkEqual(rulebook, ways.plain, ways.reasons);
  return { ratioReasons: middle(reasons), ratioThreeValued: middle(threeValued) };
}

const middle = (values: readonly number[]) => values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;

type Way = (out: RulebookDecisions) => void;

function way(source: string, people: People): Way {
  const kernel = instantiateKernel(source);
  return (out: RulebookDecisions) => kernel(people, out, 0, people.persons);
}

/** All conditions of an item as one: which of them failed is not asked. */
function withoutReasons(rulebook: Rulebook): Rulebook {
  const items = rulebook.items.map((item) => {
    const [first, ...others] = item.conditions;
    if (first === undefined || others.length === 0) return item;
    const all = item.conditions.map((condition) => condition.test);
    const test = { op: "and", items: all, type: booleanType } as const;
    return { ...item, conditions: [{ ...first, test }] };
  });
  return { ...rulebook, items };
}

function withGaps(people: People): People {
  const personColumns = gapped(people.personColumns, people.persons);
  const householdColumns = gapped(people.householdColumns, people.households);
  return { ...people, personColumns, householdColumns };
}

/** Every fiftieth value is unknown, each column at other rows. */
function gapped(columns: Readonly<Record<string, Column>>, rows: number): Record<string, Column> {
  return Object.fromEntries(
    Object.entries(columns).map(([name, { data }], column) => {
      const unknown = new Uint8Array(Math.ceil(rows / 8));
      const step = Math.round(1 / unknownShare);
      for (let row = (column * 17) % step; row < rows; row += step)
        unknown[row >> 3] = (unknown[row >> 3] ?? 0) | (1 << (row & 7));
      return [name, { data, unknown }];
    }),
  );
}

/** Both ways give every outcome and amount alike. */
function checkEqual(rulebook: Rulebook, one: Way, other: Way): void {
  const [left, right] = [allocateDecisions(rulebook, persons), allocateDecisions(rulebook, persons)];
  one(left);
  other(right);
  for (const [at, item] of rulebook.items.entries())
    for (const part of ["outcome", "amount"] as const)
      if (left[part][at]?.some((value, row) => value !== right[part][at]?.[row]))
        throw new Error(`${item.code}: another ${part} without reasons`);
}
