import { dayFromNumber, dayNumber } from "../calendar.ts";
import { compareNumbers, isInteger, toInteger } from "../numbers.ts";
import type { Run } from "../run.ts";
import type { Iterator } from "../syntax.ts";
import {
  type CallSite,
  date,
  type FeelDate,
  type FeelList,
  type FeelNumber,
  type FeelRange,
  type FeelValue,
  kindOf,
} from "../values.ts";
import { type Code, type Compile, type Compiler, type Frame, type Scope, variables } from "./code.ts";

/** The items an iterator goes through; null, with the cause reported, when there are none to go through. */
type Items = (frame: Frame | null, run: Run) => FeelList | null;

/** Calls `visit` with a frame for every combination, the last iterator fastest; false when it could not or was stopped. */
type Loop = (frame: Frame | null, run: Run, visit: (frame: Frame) => boolean) => boolean;

function compileLoop(
  iterators: readonly Iterator[],
  scope: Scope | null,
  compiler: Compiler,
): { loop: Loop; scope: Scope } {
  const [first, ...others] = iterators;
  if (first === undefined) throw new Error("an iteration without an iterator");
  const items = compileItems(first, scope, compiler);
  const inner = variables(scope, [first.name]);
  const next = others.length === 0 ? null : compileLoop(others, inner, compiler);
  const loop: Loop = (frame, run, visit) => {
    const list = items(frame, run);
    if (list === null || !run.allow(list.length, first, first.name)) return false;
    for (const item of list) {
      const bound = { parent: frame, values: [item] };
      if (next === null ? !visit(bound) : !next.loop(bound, run, visit)) return false;
    }
    return true;
  };
  return { loop, scope: next?.scope ?? inner };
}

function compileItems(iterator: Iterator, scope: Scope | null, compiler: Compiler): Items {
  const source = compiler.expression(iterator.source, scope);
  if (iterator.end === null) {
    return (frame, run) => itemsOf(source(frame, run), run, iterator);
  }
  const end = compiler.expression(iterator.end, scope);
  return (frame, run) => between(source(frame, run), end(frame, run), run, iterator);
}

function itemsOf(value: FeelValue, run: Run, site: CallSite): FeelList | null {
  switch (kindOf(value)) {
    case "list":
      return value as FeelList;
    case "null":
      return run.error("NOT_ITERABLE", site, ["null"]);
    case "range": {
      const { low, high, lowIncluded, highIncluded } = value as FeelRange;
      const items = between(low ?? null, high ?? null, run, site, true);
      return items === null ? null : items.slice(lowIncluded ? 0 : 1, highIncluded ? undefined : -1);
    }
    default:
      return [value];
  }
}

/** Whole numbers or days from one end to the other; a range value never counts down. */
function between(low: FeelValue, high: FeelValue, run: Run, site: CallSite, ascending = false): FeelList | null {
  const kind = kindOf(low);
  if (kind === "number" && kindOf(high) === "number") {
    const [from, to] = [low as FeelNumber, high as FeelNumber];
    const descending = compareNumbers(from, to) > 0;
    if (isInteger(from) && isInteger(to) && !(ascending && descending)) {
      return steps(toInteger(from), toInteger(to), run, site, (number) => number);
    }
  }
  if (kind === "date" && kindOf(high) === "date") {
    const [from, to] = [dayNumber(low as FeelDate), dayNumber(high as FeelDate)];
    if (!(ascending && from > to)) {
      return steps(from, to, run, site, (number) => {
        const { year, month, day } = dayFromNumber(number);
        return date(year, month, day);
      });
    }
  }
  return run.error("NOT_ITERABLE", site, [`${kind}..${kindOf(high)}`]);
}

function steps(from: number, to: number, run: Run, site: CallSite, item: (at: number) => FeelValue): FeelList | null {
  const length = Math.abs(to - from) + 1;
  if (!run.allow(length, site, "..")) return null;
  const direction = from <= to ? 1 : -1;
  return Array.from({ length }, (_, index) => item(from + index * direction));
}

export const compileFor: Compile<"for"> = (node, scope, compiler) => {
  const outer = variables(scope, ["partial"]);
  const { loop, scope: inner } = compileLoop(node.iterators, outer, compiler);
  const result = compiler.expression(node.result, inner);
  return (frame, run) => {
    const results: FeelValue[] = [];
    const complete = loop({ parent: frame, values: [results] }, run, (bound) => {
      results.push(result(bound, run));
      return true;
    });
    return complete ? results : null;
  };
};

/** `some` is an or over the items, `every` an and: null when no item settles it and one is not a boolean. */
export const compileQuantified: Compile<"quantified"> = (node, scope, compiler) => {
  const { loop, scope: inner } = compileLoop(node.iterators, scope, compiler);
  const condition: Code = compiler.expression(node.condition, inner);
  const settles = node.quantifier === "some";
  return (frame, run) => {
    let outcome: FeelValue = !settles;
    let settled = false;
    const complete = loop(frame, run, (bound) => {
      const met = condition(bound, run);
      settled = met === settles;
      if (typeof met !== "boolean") outcome = run.warn("NOT_BOOLEAN", node.condition, [node.quantifier, kindOf(met)]);
      return !settled;
    });
    if (settled) return settles;
    return complete ? outcome : null;
  };
};
