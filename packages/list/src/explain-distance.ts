import {
  type CompareOperator,
  crossScales,
  evaluate,
  formatDay,
  monthsBetween,
  type Node,
  type NumberType,
  quotientOf,
  type RatioType,
  type Situation,
} from "@qingdan/feel/typed";
import { decimalText, unitOf, type Vocabulary } from "./explain-words.ts";
import type { Words } from "./model/words.ts";

/** What is wrong with a comparison: how far the facts are from it in its unit, or the day it is reached. */
export interface Distance extends Words {
  /** The comparison in words. */
  readonly condition: Words;
  /** How far, in decimals of the unit; null for dates that are reached by waiting, for codes and for yes or no. */
  readonly by: string | null;
  readonly unit: string | null;
  /** The day an age is reached, `YYYY-MM-DD`. */
  readonly on: string | null;
}

/**
 * The fewest comparisons that would have to turn out otherwise for a failed condition to hold, with their distances: of
 * alternatives the one that asks least, the first of equals. None when it does not fail for sure, or when the condition
 * is a single yes or no, which its own statement tells.
 */
export function distancesOf(words: Vocabulary, node: Node, situation: Situation): readonly Distance[] {
  const failing = failingOf(words, node, situation, true) ?? [];
  const [only] = failing;
  if (failing.length > 1) return failing.map(named);
  return only === undefined || (only.plain && only.whole === withoutNot(node)) ? [] : [only.distance];
}

const withoutNot = (node: Node): Node => (node.op === "not" ? withoutNot(node.of) : node);

interface Failing {
  readonly distance: Distance;
  /** Nothing to measure: the words say what is asked. */
  readonly plain: boolean;
  readonly whole: Node;
}

/** Of several, each says which comparison it is about. */
function named({ distance, plain }: Failing): Distance {
  if (plain) return distance;
  const { condition, zh, en } = distance;
  return { ...distance, zh: `${condition.zh}：${zh}`, en: `${condition.en}: ${en}` };
}

const opposite: Readonly<Record<CompareOperator, CompareOperator>> = {
  "=": "!=",
  "!=": "=",
  "<": ">=",
  "<=": ">",
  ">": "<=",
  ">=": "<",
};

/** What keeps `node` from being `wanted`; null when it is so, or may be. */
function failingOf(words: Vocabulary, node: Node, situation: Situation, wanted: boolean): readonly Failing[] | null {
  const value = evaluate(node, situation);
  if (value === undefined || value === wanted) return null;
  switch (node.op) {
    case "and":
    case "or": {
      const sets = node.items.flatMap((item) => {
        const failing = failingOf(words, item, situation, wanted);
        return failing === null ? [] : [failing];
      });
      if ((node.op === "and") === wanted) return sets.flat();
      // Any one of them would do; none is unknown, or the value would be.
      return sets.reduce((least, set) => (set.length < least.length ? set : least));
    }
    case "not":
      return failingOf(words, node.of, situation, !wanted);
    case "compare": {
      const operator = wanted ? node.operator : opposite[node.operator];
      const distance = compared(words, { ...node, operator }, situation);
      return [distance === null ? plainly(words, node, wanted) : { distance, plain: false, whole: node }];
    }
    default:
      // Inside loops nothing is told: which member it is about is not one.
      return [plainly(words, node, wanted)];
  }
}

function plainly(words: Vocabulary, node: Node, wanted: boolean): Failing {
  const condition = words.node(node);
  const zh = wanted ? `要求：${condition.zh}` : `要求不是：${condition.zh}`;
  const en = wanted ? `asked for: ${condition.en}` : `asked for: not ${condition.en}`;
  return { distance: { condition, by: null, unit: null, on: null, zh, en }, plain: true, whole: node };
}

function compared(words: Vocabulary, node: Node & { op: "compare" }, situation: Situation): Distance | null {
  const condition = words.comparison(node);
  const reached = dayReached(node, situation);
  if (reached !== null) {
    const on = formatDay(reached);
    return { condition, by: null, unit: null, on, zh: `到 ${on} 符合`, en: `holds from ${on}` };
  }
  const { left, right } = node;
  if (left.type.kind !== "number" && left.type.kind !== "ratio") return null;
  const [a, b] = [quotientOf(left, situation), quotientOf(right, situation)];
  if (a === undefined || b === undefined) return null;
  const types = [left.type, right.type as NumberType | RatioType] as const;
  const scales = crossScales(types[0], types[1]);
  const gap =
    a.num * b.den * 10 ** (scales.scale - scales.leftScale) - b.num * a.den * 10 ** (scales.scale - scales.rightScale);
  const unit = types[0].unit ?? types[1].unit;
  const decimals = unit?.startsWith("CNY") === true ? 2 : Math.min(2, scales.scale);
  // Shown to the fen or to two decimals, away from zero: what is missing is never shown as nothing.
  const size = Math.ceil((Math.abs(gap) * 10 ** decimals) / (10 ** scales.scale * a.den * b.den));
  const by = decimalText(size, decimals, unit);
  const named = unitOf(unit);
  const high = gap > 0;
  if (gap === 0) return { condition, by, unit, on: null, zh: "恰好在界线上", en: "exactly at the bound" };
  return {
    condition,
    by,
    unit,
    on: null,
    zh: `${high ? "高出" : "还差"} ${by} ${named.zh}`.trim(),
    en: `${by} ${named.en} too ${high ? "high" : "low"}`.replace("  ", " "),
  };
}

/** The first day on which an age that is too low will do; null for other comparisons and ages that are too high. */
function dayReached(node: Node & { op: "compare" }, situation: Situation): number | null {
  const { left, right, operator } = node;
  if (left.op !== "part" || left.of.op !== "months-between" || (operator !== ">=" && operator !== ">")) return null;
  if (left.part !== "years" && left.part !== "total-months") return null;
  const [from, to, bound] = [left.of.from, left.of.to, right].map((of) => evaluate(of, situation));
  if (typeof from !== "number" || typeof to !== "number" || typeof bound !== "number" || right.type.kind !== "number")
    return null;
  if (right.type.scale !== 0) return null;
  const months = (bound + (operator === ">" ? 1 : 0)) * (left.part === "years" ? 12 : 1);
  let day = Math.max(to, from + Math.floor((months - 1) * 30));
  while (monthsBetween(from, day) < months) day += 1;
  return day;
}
