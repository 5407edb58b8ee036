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

/** How far facts are from what a comparison asks, in its unit: `120.00 yuan a month too high`, or the day it is reached. */
export interface Distance extends Words {
  /** The comparison in words. */
  readonly condition: Words;
  /** How far, in decimals of the unit; null for dates that are reached by waiting, and for codes. */
  readonly by: string | null;
  readonly unit: string | null;
  /** The day an age is reached, `YYYY-MM-DD`. */
  readonly on: string | null;
}

/** The comparisons that make a condition fail, with their distances; none when it does not fail for sure. */
export function distancesOf(words: Vocabulary, node: Node, situation: Situation): readonly Distance[] {
  const found: Distance[] = [];
  collect(words, node, situation, true, found);
  return found;
}

const opposite: Readonly<Record<CompareOperator, CompareOperator>> = {
  "=": "!=",
  "!=": "=",
  "<": ">=",
  "<=": ">",
  ">": "<=",
  ">=": "<",
};

/** Walks what keeps `node` from being `wanted`. Inside loops nothing is told: which member it is about is not one. */
function collect(words: Vocabulary, node: Node, situation: Situation, wanted: boolean, found: Distance[]): void {
  const value = evaluate(node, situation);
  if (value === undefined || value === wanted) return;
  switch (node.op) {
    case "and":
    case "or":
      for (const item of node.items) collect(words, item, situation, wanted, found);
      return;
    case "not":
      collect(words, node.of, situation, !wanted, found);
      return;
    case "compare": {
      const operator = wanted ? node.operator : opposite[node.operator];
      const distance = compared(words, { ...node, operator }, situation);
      if (distance !== null) found.push(distance);
      return;
    }
    default:
      return;
  }
}

function compared(words: Vocabulary, node: Node & { op: "compare" }, situation: Situation): Distance | null {
  const condition = words.node(node);
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
