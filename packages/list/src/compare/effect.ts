import { allocateDecisions, emitKernel, instantiateKernel, type RulebookDecisions } from "../kernel.ts";
import type { People } from "../people.ts";
import { unknownColumns, withFacts } from "../people-with-facts.ts";
import type { Rulebook } from "../rulebook.ts";
import { subsetRulebook } from "../simulate/subset.ts";
import type { Comparison, ComparisonEffect, MatchEffect, SideToCompare } from "./model.ts";
import { transplant } from "./transplant.ts";

/** What having the other side's items would mean for a block of people of the left side. */
export type Comparer = (people: People) => ComparisonEffect;

/**
 * Both sides' rules over the same people: who would gain if our area had theirs. Only matches in which both sides have
 * rules are weighed, each by itself; items are settled with others of their own side as they are in its whole list.
 */
export function createComparer(left: SideToCompare, right: SideToCompare, comparison: Comparison): Comparer {
  const weighed = comparison.matches.filter(
    (match) => match.left.some(({ executable }) => executable) && match.right.some(({ executable }) => executable),
  );
  const sides = [left, right].map(({ list, rulebook }, side) => {
    const wanted = weighed.flatMap((match) => (side === 0 ? match.left : match.right)).map(({ code }) => code);
    return { list, rulebook: subsetRulebook(rulebook, withPartners(rulebook, wanted)) };
  }) as [SideToCompare, SideToCompare];
  const [ours, theirs] = sides;
  return (people) => {
    const [here, there] = [withFacts(people, ours.rulebook.facts), transplant(people, ours, theirs)];
    const yearly: readonly [Yearly, Yearly] = [
      { rulebook: ours.rulebook, out: decide(ours.rulebook, here.people) },
      { rulebook: theirs.rulebook, out: decide(theirs.rulebook, there.people) },
    ];
    return {
      people: people.persons,
      missingFacts: [...new Set([...here.missing, ...there.missing])],
      matches: weighed.map((match) =>
        effectOf(
          people.persons,
          match.left.map(({ code }) => code),
          match.right.map(({ code }) => code),
          yearly,
        ),
      ),
    };
  };
}

/** Items and those they are settled with, over all steps between. */
function withPartners(rulebook: Rulebook, codes: readonly string[]): ReadonlySet<string> {
  const found = new Set(codes);
  for (let before = -1; before !== found.size; ) {
    before = found.size;
    for (const step of rulebook.interactions) {
      const touched = step.kind === "higher" ? step.members.map(({ item }) => item) : [step.item, step.other];
      const named = touched.map((at) => rulebook.items[at]?.code ?? "");
      if (named.some((code) => found.has(code))) for (const code of named) found.add(code);
    }
  }
  return found;
}

function decide(rulebook: Rulebook, people: People): RulebookDecisions {
  const out = allocateDecisions(rulebook, people.persons);
  if (rulebook.items.length > 0) {
    instantiateKernel(emitKernel(rulebook, { unknown: unknownColumns(people) }))(people, out, 0, people.persons);
  }
  return out;
}

interface Yearly {
  readonly rulebook: Rulebook;
  readonly out: RulebookDecisions;
}

function effectOf(
  persons: number,
  left: readonly string[],
  right: readonly string[],
  [ours, theirs]: readonly [Yearly, Yearly],
): MatchEffect {
  const a = sumOf(ours, left, persons);
  const b = sumOf(theirs, right, persons);
  let [gain, lose, same, unknown, leftFen, rightFen] = [0, 0, 0, 0, 0, 0];
  for (let row = 0; row < persons; row += 1) {
    if (a.open[row] === 1 || b.open[row] === 1) {
      unknown += 1;
      continue;
    }
    const [x, y] = [a.fen[row] as number, b.fen[row] as number];
    const change = y - x === 0 ? Math.sign(b.held[row] as number) - Math.sign(a.held[row] as number) : y - x;
    if (change > 0) gain += 1;
    else if (change < 0) lose += 1;
    else same += 1;
    leftFen += x;
    rightFen += y;
  }
  return { left, right, gain, lose, same, unknown, leftFen, rightFen };
}

/** Fen a year, items held and whether something is open, by row, over some items; what has no yearly sum counts as held. */
function sumOf({ rulebook, out }: Yearly, codes: readonly string[], persons: number) {
  const fen = new Float64Array(persons);
  const held = new Uint8Array(persons);
  const open = new Uint8Array(persons);
  for (const code of codes) {
    const at = rulebook.items.findIndex((item) => item.code === code);
    const item = rulebook.items[at];
    const [outcome, amount] = [out.outcome[at], out.amount[at]];
    if (item === undefined || outcome === undefined || amount === undefined) continue;
    for (let row = 0; row < persons; row += 1) {
      if (outcome[row] === 2) open[row] = 1;
      if (outcome[row] !== 1) continue;
      held[row]! += 1;
      fen[row]! += (amount[row] as number) * (item.timesPerYear ?? 0);
    }
  }
  return { fen, held, open };
}

/** The effects of two blocks together, of one comparer. */
export function addEffects(a: ComparisonEffect, b: ComparisonEffect): ComparisonEffect {
  return {
    people: a.people + b.people,
    missingFacts: [...new Set([...a.missingFacts, ...b.missingFacts])],
    matches: a.matches.map((one, at) => {
      const other = b.matches[at] as MatchEffect;
      return {
        ...one,
        gain: one.gain + other.gain,
        lose: one.lose + other.lose,
        same: one.same + other.same,
        unknown: one.unknown + other.unknown,
        leftFen: one.leftFen + other.leftFen,
        rightFen: one.rightFen + other.rightFen,
      };
    }),
  };
}
