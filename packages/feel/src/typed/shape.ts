import type { Span } from "../syntax.ts";
import { compare, junction } from "./build-logic.ts";
import type { Node } from "./node.ts";
import { refuse } from "./refusal.ts";
import { booleanType } from "./type.ts";

/** A list whose items are known one by one when it is loaded; at run time only they are left. */
export interface ListShape {
  readonly kind: "list";
  readonly items: readonly Shape[];
}

/** A context whose entries are known by name when it is loaded. */
export interface ContextShape {
  readonly kind: "context";
  readonly entries: ReadonlyMap<string, Shape>;
}

/** A range that is written out. */
export interface RangeShape {
  readonly kind: "range";
  readonly low: Node;
  readonly high: Node;
  readonly lowIncluded: boolean;
  readonly highIncluded: boolean;
}

/** What an expression comes to when a list is loaded: a value of a rule, or lists and contexts of such. */
export type Shape = Node | ListShape | ContextShape | RangeShape;

export const isNode = (shape: Shape): shape is Node => "op" in shape;

export const listOf = (items: readonly Shape[]): ListShape => ({ kind: "list", items });

/** The items of a list; a single value is a list of itself. */
export const itemsIn = (shape: Shape): readonly Shape[] =>
  !isNode(shape) && shape.kind === "list" ? shape.items : [shape];

/** A value that a rule can hold. */
export function nodeOf(shape: Shape, at: Span): Node {
  if (isNode(shape)) return shape;
  const names = {
    list: { zh: "列表", en: "A list" },
    context: { zh: "上下文", en: "A context" },
    range: { zh: "区间", en: "A range" },
  } as const;
  const name = names[shape.kind];
  return refuse(
    "RULE-NOT-COMPILABLE",
    at,
    { zh: `${name.zh}本身不是规则的值`, en: `${name.en} is no value of a rule` },
    {
      zh: "取其中一项，例如 [a, b][1]、{a: x}.a，或用 sum、max 等汇总",
      en: "Take one value of it, as in [a, b][1] or {a: x}.a, or aggregate it by sum, max, ...",
    },
  );
}

const truth = (value: boolean, at: Span): Node => ({ op: "constant", type: booleanType, value, at });

/** Equality, element by element; null where two values of unlike kinds would be compared. */
export function sameShape(left: Shape, right: Shape, at: Span): Node | null {
  if (isNode(left) && isNode(right)) {
    const numbers = ["number", "ratio"];
    const [a, b] = [left.type.kind, right.type.kind];
    return a === b || (numbers.includes(a) && numbers.includes(b)) ? compare("=", left, right, at) : null;
  }
  if (isNode(left) || isNode(right) || left.kind !== right.kind) return null;
  if (left.kind === "list" && right.kind === "list") {
    if (left.items.length !== right.items.length) return truth(false, at);
    return allSame(left.items, right.items, at);
  }
  if (left.kind === "context" && right.kind === "context") {
    const names = [...left.entries.keys()];
    if (names.length !== right.entries.size || names.some((name) => !right.entries.has(name))) return truth(false, at);
    return allSame(
      [...left.entries.values()],
      names.map((name) => right.entries.get(name) as Shape),
      at,
    );
  }
  if (left.kind !== "range" || right.kind !== "range") return null;
  const same = left.lowIncluded === right.lowIncluded && left.highIncluded === right.highIncluded;
  return same ? allSame([left.low, left.high], [right.low, right.high], at) : truth(false, at);
}

function allSame(left: readonly Shape[], right: readonly Shape[], at: Span): Node | null {
  const items = left.map((item, position) => sameShape(item, right[position] as Shape, at));
  if (items.length === 0) return truth(true, at);
  return items.every((item) => item !== null) ? junction("and", items, at) : null;
}

/** Equality of lists, contexts and ranges; of unlike kinds it is refused. */
export function equalShapes(left: Shape, right: Shape, at: Span): Node {
  return sameShape(left, right, at) ?? unlike(at);
}

/** Whether a value is one of those of a list. */
export function containedIn({ items }: ListShape, value: Shape, at: Span): Node {
  return anyOf(
    items.map((item) => sameShape(item, value, at)),
    at,
  );
}

/** `value in test`: whether it is the test, or one of those of a list. */
export function amongShapes(value: Shape, test: Shape, at: Span): Node {
  const items = isNode(test) || test.kind !== "list" ? [] : test.items;
  return anyOf(
    [test, ...items].map((item) => sameShape(value, item, at)),
    at,
  );
}

/** A value is none of those that are of another kind; when all are, it is refused. */
function anyOf(equalities: readonly (Node | null)[], at: Span): Node {
  const found = equalities.filter((item) => item !== null);
  return found.length === 0 ? unlike(at) : junction("or", found, at);
}

function unlike(at: Span): never {
  return refuse(
    "RULE-TYPE",
    at,
    { zh: "不同种类的值不能比较", en: "Values of unlike kinds cannot be compared" },
    { zh: "两边应为同样的列表、上下文或值", en: "Both sides should be lists, contexts or values of one kind" },
  );
}

/** An entry of a context, or of each context of a list. */
export function entryOf(of: Shape, name: string, at: Span): Shape {
  if (!isNode(of) && of.kind === "list") return listOf(of.items.map((item) => entryOf(item, name, at)));
  const found = !isNode(of) && of.kind === "context" ? of.entries.get(name) : undefined;
  if (found !== undefined) return found;
  const known = !isNode(of) && of.kind === "context" ? [...of.entries.keys()] : [];
  return refuse(
    "RULE-UNKNOWN-NAME",
    at,
    { zh: `没有名为 ${name} 的项`, en: `There is no entry named ${name}` },
    { zh: `有：${known.join("、")}`, en: `There are: ${known.join(", ")}` },
  );
}

/** The item at a position, from 1 or, from the end, from -1. */
export function itemAt(items: readonly Shape[], position: number, at: Span): Shape {
  const found = position === 0 ? undefined : items.at(position > 0 ? position - 1 : position);
  if (found !== undefined) return found;
  return refuse(
    "RULE-RANGE",
    { from: at.from, to: at.to },
    {
      zh: `列表有 ${items.length} 项，没有第 ${position} 项`,
      en: `The list has ${items.length} items, none at ${position}`,
    },
    { zh: "从 1 数起，或从末尾 -1 数起", en: "Count from 1, or from the end from -1" },
  );
}

export function twice(name: string, at: Span): never {
  return refuse(
    "RULE-ARGUMENTS",
    at,
    { zh: `上下文里有两个 ${name}`, en: `The context has ${name} twice` },
    { zh: "改名或删去一个", en: "Rename or remove one" },
  );
}
