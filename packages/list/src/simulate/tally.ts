import type { RulebookItem } from "../rulebook.ts";
import type {
  Dimension,
  GroupEffect,
  ItemEffect,
  Moved,
  PlannedReform,
  ReformEffect,
  ReformTally,
  Simulation,
  SimulationPlan,
  Tally,
} from "./model.ts";

/**
 * Sums of an item: holders before and after, who came and who went, whose sum rose and fell, undetermined before and
 * after, fen a year before and after.
 */
export const itemSums = 10;
/** Sums of a group: persons who gain, lose, stay and are unknown, fen a year before and after. */
export const groupSums = 6;

/** An item on one side: its position in that rulebook, and how often a year it is paid (0 where that is not told). */
interface Side {
  readonly at: number;
  readonly times: number;
  readonly item: RulebookItem;
}

export interface ItemPair {
  readonly code: string;
  readonly before: Side | null;
  readonly after: Side | null;
}

/** The items of a reform before and after it, in the order of their codes. */
export function itemPairs({ before, after }: Pick<PlannedReform, "before" | "after">): readonly ItemPair[] {
  const codes = new Set([...before.items, ...after.items].map(({ code }) => code));
  const side = (items: readonly RulebookItem[], code: string): Side | null => {
    const at = items.findIndex((item) => item.code === code);
    const item = items[at];
    return item === undefined ? null : { at, times: item.timesPerYear ?? 0, item };
  };
  return [...codes].sort().map((code) => ({ code, before: side(before.items, code), after: side(after.items, code) }));
}

export function startReformTally(
  { payers }: SimulationPlan,
  reform: PlannedReform,
  dimensions: readonly Pick<Dimension, "groups">[],
): ReformTally {
  return {
    items: new Float64Array(itemPairs(reform).length * itemSums),
    payers: new Float64Array(payers.length * 2),
    households: new Float64Array(4),
    persons: new Float64Array(4),
    dimensions: dimensions.map(({ groups }) => new Float64Array(groups.length * groupSums)),
  };
}

/** The tally of two blocks together, of one plan and the same dimensions. */
export function addTallies(a: Tally, b: Tally): Tally {
  const sum = (x: Float64Array, y: Float64Array | undefined) => x.map((value, at) => value + (y?.[at] ?? 0));
  return {
    people: a.people + b.people,
    households: a.households + b.households,
    reforms: a.reforms.map((one, at) => {
      const other = b.reforms[at];
      return {
        items: sum(one.items, other?.items),
        payers: sum(one.payers, other?.payers),
        households: sum(one.households, other?.households),
        persons: sum(one.persons, other?.persons),
        dimensions: one.dimensions.map((groups, dimension) => sum(groups, other?.dimensions[dimension])),
      };
    }),
  };
}

/** A tally as what the reforms do, in words. */
export function finishSimulation(
  plan: SimulationPlan,
  dimensions: readonly Omit<Dimension, "of">[],
  tally: Tally,
): Simulation {
  return {
    base: plan.base,
    people: tally.people,
    households: tally.households,
    reforms: plan.reforms.map((reform, at) => effectOf(plan, reform, dimensions, tally.reforms[at] as ReformTally)),
  };
}

const number = (sums: Float64Array, at: number) => sums[at] ?? 0;

function movedOf(sums: Float64Array, offset = 0): Moved {
  const [gain, lose, same, unknown] = [0, 1, 2, 3].map((at) => number(sums, offset + at));
  return { gain: gain ?? 0, lose: lose ?? 0, same: same ?? 0, unknown: unknown ?? 0 };
}

function effectOf(
  plan: SimulationPlan,
  reform: PlannedReform,
  dimensions: readonly Omit<Dimension, "of">[],
  tally: ReformTally,
): ReformEffect {
  const items = itemPairs(reform).map((pair, at) => itemEffect(pair, tally.items, at * itemSums));
  const count = plan.payers.length;
  return {
    code: reform.code,
    name: reform.name,
    hash: reform.hash,
    beforeFen: items.reduce((sum, item) => sum + item.beforeFen, 0),
    afterFen: items.reduce((sum, item) => sum + item.afterFen, 0),
    households: movedOf(tally.households),
    persons: movedOf(tally.persons),
    items,
    payers: plan.payers.map((payer, at) => ({
      payer,
      beforeFen: number(tally.payers, at),
      afterFen: number(tally.payers, count + at),
    })),
    dimensions: dimensions.map(({ name, groups }, dimension) => ({
      dimension: name,
      groups: groups.map(({ code, zh, en }, at): GroupEffect => {
        const sums = tally.dimensions[dimension] as Float64Array;
        const offset = at * groupSums;
        return {
          group: code,
          name: { zh, en },
          persons: movedOf(sums, offset),
          beforeFen: number(sums, offset + 4),
          afterFen: number(sums, offset + 5),
        };
      }),
    })),
  };
}

function itemEffect({ code, before, after }: ItemPair, sums: Float64Array, offset: number): ItemEffect {
  const of = (at: number) => number(sums, offset + at);
  const named = after ?? before;
  return {
    item: code,
    name: named?.item.name ?? { zh: code, en: code },
    yearly: [before, after].every((side) => side === null || side.item.timesPerYear !== null),
    before: of(0),
    after: of(1),
    entered: of(2),
    left: of(3),
    more: of(4),
    less: of(5),
    undeterminedBefore: of(6),
    undeterminedAfter: of(7),
    beforeFen: of(8),
    afterFen: of(9),
  };
}
