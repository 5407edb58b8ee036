import { allocateDecisions, emitKernel, instantiateKernel, type RulebookDecisions } from "../kernel.ts";
import type { Column, People } from "../people.ts";
import { unknownColumns, withFacts } from "../people-with-facts.ts";
import type { Rulebook, RulebookItem } from "../rulebook.ts";
import type { Dimension, PlannedReform, ReformTally, SimulationPlan, Tally } from "./model.ts";
import { type SplitInto, splitInto } from "./split-sums.ts";
import { groupSums, itemPairs, itemSums, startReformTally } from "./tally.ts";

export interface SimulatorOptions {
  /** Rows that this simulator answers for, on borders of households; all of them when absent. */
  readonly from?: number;
  readonly to?: number;
}

/** A block of people on which one reform after another is tried. */
export interface Simulator {
  /** What the reforms of a plan do to the block. Answers before a reform are kept for the next run. */
  readonly run: (plan: SimulationPlan) => Tally;
}

/** Whose money and services move: per row of the block. */
interface Moves {
  /** Fen a year before and after. */
  readonly before: Float64Array;
  readonly after: Float64Array;
  /** Services gained less services lost. */
  readonly services: Int8Array;
  readonly unknown: Uint8Array;
}

/** Positions of the four counts of a `Moved`. */
const moved = { gain: 0, lose: 1, same: 2, unknown: 3 } as const;

/** Answers before a reform that are kept: enough for two sliders used in turn. */
const mostKept = 2;

/**
 * Makes a simulator of a block of people, which must hold all members of each household, adjacent. Dimensions tell the
 * people apart; positions of their groups stand by person.
 */
export function createSimulator(
  people: People,
  dimensions: readonly Dimension[],
  { from = 0, to = people.persons }: SimulatorOptions = {},
): Simulator {
  const kept = new Map<string, RulebookDecisions>();
  const rows = to - from;
  const moves: Moves = {
    before: new Float64Array(rows),
    after: new Float64Array(rows),
    services: new Int8Array(rows),
    unknown: new Uint8Array(rows),
  };
  const classes = new Uint8Array(rows);

  const decide = (rulebook: Rulebook): RulebookDecisions => {
    const out = allocateDecisions(rulebook, people.persons);
    const known = withFacts(people, rulebook.facts).people;
    const kernel = instantiateKernel(emitKernel(rulebook, { unknown: unknownColumns(known) }));
    if (rulebook.items.length > 0) kernel(known, out, from, to);
    return out;
  };
  const before = ({ before: rulebook }: PlannedReform): RulebookDecisions => {
    const found = kept.get(rulebook.hash);
    if (found !== undefined) return found;
    const decided = decide(rulebook);
    const [oldest] = kept.keys();
    if (kept.size >= mostKept && oldest !== undefined) kept.delete(oldest);
    kept.set(rulebook.hash, decided);
    return decided;
  };

  const runReform = (plan: SimulationPlan, reform: PlannedReform): ReformTally => {
    const tally = startReformTally(plan, reform, dimensions);
    const answers = [before(reform), decide(reform.after)] as const;
    for (const column of Object.values(moves)) column.fill(0);
    for (const [at, pair] of itemPairs(reform).entries()) {
      countItem({ people, from, to, pair, answers, sums: tally.items, offset: at * itemSums, moves });
      for (const side of [0, 1] as const) {
        const item = side === 0 ? pair.before : pair.after;
        if (item !== null) payItem(plan, people, from, to, item, answers[side], side, tally.payers);
      }
    }
    classify(people, from, to, moves, classes, tally);
    for (const [at, dimension] of dimensions.entries()) {
      countGroups(dimension, from, moves, classes, tally.dimensions[at] as Float64Array);
    }
    return tally;
  };

  return {
    run: (plan) => ({
      people: rows,
      households: householdsIn(people, from, to),
      reforms: plan.reforms.map((reform) => runReform(plan, reform)),
    }),
  };
}

function householdsIn({ householdOf }: People, from: number, to: number): number {
  let count = 0;
  for (let row = from; row < to; row += 1) if (row === from || householdOf[row] !== householdOf[row - 1]) count += 1;
  return count;
}

interface ItemCount {
  readonly people: People;
  readonly from: number;
  readonly to: number;
  readonly pair: ReturnType<typeof itemPairs>[number];
  readonly answers: readonly [RulebookDecisions, RulebookDecisions];
  readonly sums: Float64Array;
  readonly offset: number;
  readonly moves: Moves;
}

/** One item before and after: who holds it, who came and went, whose sum moved, and the fen a year of each row. */
function countItem({ people, from, to, pair, answers, sums, offset, moves }: ItemCount): void {
  const none = new Uint8Array(people.persons);
  const [oldOut, newOut] = answers;
  const [b, a] = [pair.before?.at ?? -1, pair.after?.at ?? -1];
  const oldOutcome = oldOut.outcome[b] ?? none;
  const newOutcome = newOut.outcome[a] ?? none;
  const oldAmount = oldOut.amount[b] ?? none;
  const newAmount = newOut.amount[a] ?? none;
  const oldTimes = pair.before?.times ?? 0;
  const newTimes = pair.after?.times ?? 0;
  const counts = new Float64Array(itemSums);
  for (let row = from, at = 0; row < to; row += 1, at += 1) {
    const [was, is] = [oldOutcome[row] as number, newOutcome[row] as number];
    if (was === 0 && is === 0) continue;
    const [oldFen, newFen] = [(oldAmount[row] as number) * oldTimes, (newAmount[row] as number) * newTimes];
    if (was === 1) {
      counts[0]! += 1;
      counts[8]! += oldFen;
      moves.before[at]! += oldFen;
    } else if (was === 2) counts[6]! += 1;
    if (is === 1) {
      counts[1]! += 1;
      counts[9]! += newFen;
      moves.after[at]! += newFen;
    } else if (is === 2) counts[7]! += 1;
    if (was === 2 || is === 2) moves.unknown[at] = 1;
    else if (was !== is) {
      counts[is === 1 ? 2 : 3]! += 1;
      moves.services[at]! += is === 1 ? 1 : -1;
    } else if (newFen !== oldFen) counts[newFen > oldFen ? 4 : 5]! += 1;
  }
  for (let at = 0; at < itemSums; at += 1) sums[offset + at]! += counts[at] as number;
}

/** What each payer pays in a year for one item: every payment split once and taken as often as it is paid. */
function payItem(
  plan: SimulationPlan,
  people: People,
  from: number,
  to: number,
  { at, times, item }: PairSide,
  out: RulebookDecisions,
  side: 0 | 1,
  sums: Float64Array,
): void {
  if (times === 0 || item.amount.kind === "service") return;
  const area = people.personColumns[item.area];
  const outcome = out.outcome[at] as Uint8Array;
  const offset = side * plan.payers.length;
  for (const { split, amounts } of paymentsOf(plan, item, at, out)) {
    for (let row = from; row < to; row += 1) {
      if (outcome[row] !== 1) continue;
      const fen = amounts[row] as number;
      if (fen > 0) split(fen, tierOf(plan, area, row), times, sums, offset);
    }
  }
}

type PairSide = NonNullable<ReturnType<typeof itemPairs>[number]["before"]>;

function paymentsOf(
  plan: SimulationPlan,
  item: RulebookItem,
  at: number,
  out: RulebookDecisions,
): readonly { split: SplitInto; amounts: ArrayLike<number> }[] {
  const into = (code: string) => {
    const split = plan.splits[code];
    if (split === undefined) throw new RangeError(`no payer split "${code}"`);
    return splitInto(split, plan.payers);
  };
  if (item.amount.kind !== "parts") return [{ split: into(item.payer.split), amounts: out.amount[at] ?? [] }];
  return item.amount.parts.map((part, number) => ({
    split: into(part.split),
    amounts: out.parts[at]?.[number] ?? [],
  }));
}

function tierOf({ tiers }: SimulationPlan, area: Column | undefined, row: number): number {
  if (area === undefined || isUnknown(area, row)) return 0;
  return tiers[area.data[row] as number] ?? 0;
}

function isUnknown({ unknown }: Column, row: number): boolean {
  return unknown !== undefined && (((unknown[row >> 3] as number) >> (row & 7)) & 1) === 1;
}

/** A household gains or loses by its money, or by its services where the money stays; all its members go with it. */
function classify(
  { householdOf }: People,
  from: number,
  to: number,
  { before, after, services, unknown }: Moves,
  classes: Uint8Array,
  tally: ReformTally,
): void {
  let first = from;
  while (first < to) {
    const household = householdOf[first];
    let [fen, gained, open, last] = [0, 0, 0, first];
    while (last < to && householdOf[last] === household) {
      const at = last - from;
      fen += (after[at] as number) - (before[at] as number);
      gained += services[at] as number;
      open |= unknown[at] as number;
      last += 1;
    }
    const way = open === 1 ? moved.unknown : movedBy(fen !== 0 ? fen : gained);
    classes.fill(way, first - from, last - from);
    tally.households[way]! += 1;
    tally.persons[way]! += last - first;
    first = last;
  }
}

function movedBy(change: number): number {
  return change > 0 ? moved.gain : change < 0 ? moved.lose : moved.same;
}

function countGroups(
  { of }: Dimension,
  from: number,
  { before, after }: Moves,
  classes: Uint8Array,
  sums: Float64Array,
): void {
  for (let at = 0; at < classes.length; at += 1) {
    const offset = (of[from + at] as number) * groupSums;
    sums[offset + (classes[at] as number)]! += 1;
    sums[offset + 4]! += before[at] as number;
    sums[offset + 5]! += after[at] as number;
  }
}
