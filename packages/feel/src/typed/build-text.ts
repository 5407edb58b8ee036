import { compare as compareFeel } from "../equality.ts";
import { toFeelString } from "../format.ts";
import { divide, multiply } from "../numbers.ts";
import type { Span } from "../syntax.ts";
import { type FeelNumber, type FeelValue, isNumber } from "../values.ts";
import { bounded, constantNumber, kindNames } from "./build-number.ts";
import { keyDimension } from "./evaluate.ts";
import type { CompareOperator, Node, OneOfNode } from "./node.ts";
import { refuse } from "./refusal.ts";
import { booleanType, type EnumType, type NumberType, numberType, type Type } from "./type.ts";

/** Combinations of codes that one function is reckoned for. */
const mostCombinations = 4_096;
/** Whole numbers that may stand beside codes reach so far. */
const mostNumbers = 64;

/** A value that is known for every combination of some codes. */
interface Known {
  readonly keys: readonly Node[];
  readonly valueAt: (held: readonly number[]) => FeelValue;
}

/** The texts of a code node as they are in FEEL. */
function feelOf(type: Type, held: number): FeelValue {
  if (type.kind === "enum") return type.values[held] ?? null;
  return type.kind === "number" ? divide(held, 10 ** type.scale) : held === 1;
}

/** What a node comes to for each value of the codes below it; undefined when it has more than codes below. */
function knownOf(node: Node | null): Known | undefined {
  if (node === null) return { keys: [], valueAt: () => null };
  const { type } = node;
  if (node.op === "constant" && (type.kind === "enum" || type.kind === "number" || type.kind === "boolean")) {
    const value = feelOf(type, Number(node.value));
    return { keys: [], valueAt: () => value };
  }
  if (node.op === "map") {
    return { keys: node.keys, valueAt: (held) => feelOf(type, node.values[positionOf(node.keys, held)] ?? 0) };
  }
  const few = type.kind === "number" && type.scale === 0 && type.max - type.min < mostNumbers;
  if (type.kind !== "enum" && type.kind !== "boolean" && !few) return undefined;
  return { keys: [node], valueAt: ([held = 0]) => feelOf(type, held) };
}

function positionOf(keys: readonly Node[], held: readonly number[]): number {
  return keys.reduce((position, key, at) => {
    const { size, first } = keyDimension(key.type);
    return position * size + ((held[at] ?? 0) - first);
  }, 0);
}

const plain = (node: Node) =>
  JSON.stringify(node, (key, value: unknown) => (key === "at" || key === "name" ? undefined : value));

/**
 * A function of codes, reckoned for every combination of them when the list is loaded: a look-up of a number, of another
 * code or of yes and no. `null` stands for an argument that is left out. Refused where it has no value for some code.
 */
export function ofCodes(
  name: string,
  args: readonly (Node | null)[],
  reckon: (values: readonly FeelValue[]) => FeelValue,
  at: Span,
): Node {
  const known = args.map((arg) => knownOf(arg) ?? notOfCodes(name, arg as Node, at));
  const keys = [...new Map(known.flatMap((of) => of.keys).map((key) => [plain(key), key])).values()];
  const sizes = keys.map((key) => keyDimension(key.type));
  const total = sizes.reduce((product, { size }) => product * size, 1);
  if (total > mostCombinations) return tooMany(name, total, at);
  const names = keys.map(plain);
  const places = known.map((of) => of.keys.map((key) => names.indexOf(plain(key))));
  const results = Array.from({ length: total }, (_, combination) => {
    let rest = combination;
    const held = [...sizes].reverse().map(({ size, first }) => {
      const digit = rest % size;
      rest = (rest - digit) / size;
      return digit + first;
    });
    held.reverse();
    const values = known.map((of, arg) => of.valueAt((places[arg] ?? []).map((place) => held[place] ?? 0)));
    const result = reckon(values);
    return result === null ? noValue(name, values, at) : result;
  });
  return lookedUp(name, keys, results, at);
}

function lookedUp(name: string, keys: readonly Node[], results: readonly FeelValue[], at: Span): Node {
  const [first] = results;
  if (typeof first === "boolean") return condition(name, keys, results, at);
  if (isNumber(first as FeelValue)) return numbers(name, keys, results as readonly FeelNumber[], at);
  const texts = results as readonly string[];
  const type: EnumType = { kind: "enum", values: [...new Set(texts)] };
  const values = texts.map((text) => type.values.indexOf(text));
  if (keys.length === 0) return { op: "constant", type, value: 0, at };
  return { op: "map", name, keys, values, type, at };
}

const yesOrNo: EnumType = { kind: "enum", values: ["false", "true"] };

function condition(name: string, keys: readonly Node[], results: readonly FeelValue[], at: Span): Node {
  const values = results.map((result) => (result === true ? 1 : 0));
  if (keys.length === 0) return { op: "constant", type: booleanType, value: values[0] === 1, at };
  return oneOf({ op: "map", name, keys, values, type: yesOrNo, at }, [1], at);
}

function numbers(name: string, keys: readonly Node[], results: readonly FeelNumber[], at: Span): Node {
  const each = results.map((result) => constantNumber(toFeelString(result), at));
  const [only] = each;
  if (keys.length === 0 && only !== undefined) return only;
  const scale = Math.max(...each.map(({ type }) => (type as NumberType).scale));
  const values = results.map((result) => Number(toFeelString(multiply(result, 10 ** scale))));
  const [min, max] = [Math.min(...values), Math.max(...values)];
  bounded({ scale, min, max }, at);
  return { op: "map", name, keys, values, type: numberType(null, scale, min, max), at };
}

/** Whether a code is one of these positions; of a look-up by one code, whether that code is one of those that lead there. */
export function oneOf(of: Node, positions: readonly number[], at: Span): OneOfNode {
  const [key] = of.op === "map" ? of.keys : [];
  if (of.op === "map" && of.keys.length === 1 && key?.type.kind === "enum") {
    const values = of.values.flatMap((value, code) => (positions.includes(value) ? [code] : []));
    return { op: "one-of", of: key, values, at, type: booleanType };
  }
  return { op: "one-of", of, values: positions, at, type: booleanType };
}

/** Texts joined by `+`; undefined when neither side is a text. */
export function joined(left: Node, right: Node, at: Span): Node | undefined {
  if (left.type.kind !== "enum" && right.type.kind !== "enum") return undefined;
  for (const side of [left, right]) if (side.type.kind !== "enum") notOfCodes("+", side, at);
  return ofCodes("+", [left, right], ([a, b]) => `${a as string}${b as string}`, at);
}

const orders: Readonly<Record<CompareOperator, (sign: number) => boolean>> = {
  "=": (sign) => sign === 0,
  "!=": (sign) => sign !== 0,
  "<": (sign) => sign < 0,
  "<=": (sign) => sign <= 0,
  ">": (sign) => sign > 0,
  ">=": (sign) => sign >= 0,
};

/** Texts compared as FEEL does, character by character. */
export function compareTexts(operator: CompareOperator, left: Node, right: Node, at: Span): Node {
  const reckon = ([a = null, b = null]: readonly FeelValue[]): FeelValue => {
    const sign = compareFeel(a, b);
    return sign === null ? null : orders[operator](sign);
  };
  return ofCodes(operator, [left, right], reckon, at);
}

/** Whether the node is what a function of codes gives. */
export const isOfCodes = ({ op }: Node): boolean => op === "map";

/** Whether the node is a text, written out or given by a function, and not the code of a fact. */
export function isText(node: Node): boolean {
  return node.op === "if" ? isText(node.yes) && isText(node.no) : node.op === "constant" || isOfCodes(node);
}

function notOfCodes(name: string, arg: Node, at: Span): never {
  const kind = kindNames[arg.type.kind];
  return refuse(
    "RULE-TYPE",
    arg.at ?? at,
    { zh: `${name} 要代码或文字，不能用${kind.zh}`, en: `${name} takes codes or texts, not ${kind.en}` },
    {
      zh: '用取值有限的代码事实或写出来的文字，例如 starts with(area, "3101")',
      en: 'Use a fact with a closed list of codes, or a text that is written out, such as starts with(area, "3101")',
    },
  );
}

function tooMany(name: string, total: number, at: Span): never {
  return refuse(
    "RULE-RANGE",
    at,
    {
      zh: `${name} 要为 ${total} 种代码组合逐一求值，超过 ${mostCombinations} 种`,
      en: `${name} would be reckoned for ${total} combinations of codes, more than ${mostCombinations}`,
    },
    { zh: "分开判断各个代码，或减少取值", en: "Test the codes one by one, or use facts of fewer codes" },
  );
}

function noValue(name: string, values: readonly FeelValue[], at: Span): never {
  const written = values.map((value) => (typeof value === "string" ? `"${value}"` : toFeelString(value))).join(", ");
  return refuse(
    "RULE-NULL",
    at,
    { zh: `${name}(${written}) 没有值`, en: `${name}(${written}) has no value` },
    {
      zh: "函数对事实的每个代码都要有值；先用 if 分开",
      en: "The function needs a value for every code of the facts; tell the others apart with another fact",
    },
  );
}
