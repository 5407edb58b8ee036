import { type Expression, parseDuration } from "@qingdan/feel";
import { booleanType, dateType, type EnumType, numberType, parseDay, type Type } from "@qingdan/feel/typed";
import { type TextRole, textRoles, textsLike } from "./lift-texts.ts";

/** A literal of an expression that became a column. */
export interface LiftedLiteral {
  readonly name: string;
  readonly type: Type;
  /** As it stood: scaled integer, day, boolean or position of a code; undefined for a null. */
  readonly written: number | boolean | undefined;
}

export interface LiftedExpression {
  /** The expression with a name in place of each literal. */
  readonly text: string;
  readonly literals: readonly LiftedLiteral[];
}

export interface LiftOptions {
  /** Numbers vary up to this, on their side of zero: what divides stays positive. */
  readonly most: number;
  /**
   * Which strings become columns of codes: all, those but what a text is looked for by (patterns, separators), or none, which
   * stay as the codes of a rule do.
   */
  readonly codes: "all" | "subjects" | "none";
  /** What the nulls stand for, in their order; by default none becomes a column. */
  readonly nulls: readonly NullKind[];
}

/** What a null is an unknown value of. */
export const nullKinds = ["number", "boolean", "date", "months", "days"] as const;
export type NullKind = (typeof nullKinds)[number];

interface Found {
  readonly from: number;
  readonly to: number;
  readonly type: Type;
  readonly written: LiftedLiteral["written"];
  /** Written before and after the name of the column. */
  readonly around?: readonly [string, string];
}

/** Where a literal stands. */
interface Place {
  /** Whether a null here makes the whole null, or is `and`, `or` or `not` of what else there is. */
  readonly strict: boolean;
  /** What a string is for the function of texts whose argument it is; absent where it is a code among others. */
  readonly text?: TextRole;
}

/**
 * Literals of a FEEL expression as columns named `prefix0`, `prefix1`, ...: numbers, booleans, dates, strings as codes, and
 * durations as a number of months or days times one of them. What a rule writes out stays: decimals to round to, exponents, ends of
 * loops. A null is lifted where FEEL's null and an unknown fact mean the same: where it passes through operators that give null.
 */
export function liftLiterals(text: string, tree: Expression, prefix: string, options: LiftOptions): LiftedExpression {
  const strings = new Set<string>();
  const nulls = [...options.nulls];
  const found = literalsIn(tree, { strict: true }, options, nulls, strings).sort((a, b) => a.from - b.from);
  const codes: EnumType = { kind: "enum", values: [...strings, "something else"] };
  let lifted = "";
  let last = 0;
  const literals = found.map(({ from, to, type, written, around = ["", ""] }, at) => {
    const name = `${prefix}${at}`;
    lifted += text.slice(last, from) + around[0] + name + around[1];
    last = to;
    return { name, type: type.kind === "enum" && type.values.length === 0 ? codes : type, written };
  });
  return { text: lifted + text.slice(last), literals };
}

/** How many nulls of an expression can become columns. */
export function nullsIn(tree: Expression): number {
  const nulls: NullKind[] = Array.from({ length: 9 }, () => "number");
  literalsIn(tree, { strict: true }, { most: 1, codes: "none", nulls: [] }, nulls, new Set());
  return 9 - nulls.length;
}

const rounders = new Set(["floor", "ceiling", "decimal", "round up", "round down", "round half up", "round half down"]);
/** Functions that give null when an argument is null. */
const strictCalls = new Set([
  ...rounders,
  ...["abs", "not", "even", "odd", "modulo", "date", "years and months duration", "day of week", "day of year"],
  ...["month of year", "sum", "mean", "product", "min", "max", "all", "any"],
]);

function literalsIn(
  node: Expression,
  place: Place,
  options: LiftOptions,
  nulls: NullKind[],
  strings: Set<string>,
): Found[] {
  const literal = literalOf(node, place, options, nulls, strings);
  if (literal !== undefined) return literal;
  const inside = (child: Expression, strict = false, text?: TextRole) =>
    literalsIn(child, { strict: place.strict && strict, ...(text && { text }) }, options, nulls, strings);
  switch (node.kind) {
    case "negation":
      return inside(node.operand, true);
    case "arithmetic":
      return [...inside(node.left, true), ...(node.operator === "**" ? [] : inside(node.right, true))];
    case "comparison": {
      const isOrder = node.operator !== "=" && node.operator !== "!=";
      return [...inside(node.left, isOrder), ...inside(node.right, isOrder)];
    }
    case "and":
    case "or":
      return [...inside(node.left, true), ...inside(node.right, true)];
    case "between":
      return [node.value, node.low, node.high].flatMap((child) => inside(child, true));
    case "in":
      return [node.value, ...node.tests].flatMap((child) => inside(child));
    case "comparisonTest":
      return inside(node.operand);
    case "range":
      return [...inside(node.low), ...inside(node.high)];
    case "if":
      return [...inside(node.condition), ...inside(node.consequence, true), ...inside(node.alternative, true)];
    case "list":
      return node.items.flatMap((item) => inside(item, true));
    case "path":
      return inside(node.source, true);
    case "context":
      return node.entries.flatMap(({ value }) => inside(value));
    case "filter":
      // A position stays.
      return [...inside(node.source), ...(isPosition(node.condition) ? [] : inside(node.condition))];
    case "for":
    case "quantified": {
      const sources = node.iterators.flatMap(({ source, end }) => (end === null ? inside(source) : []));
      return [...sources, ...inside(node.kind === "for" ? node.result : node.condition)];
    }
    case "call":
      return callLiterals(node, inside);
    default:
      return [];
  }
}

type Inside = (child: Expression, strict?: boolean, text?: TextRole) => Found[];

function callLiterals(node: Expression & { kind: "call" }, inside: Inside) {
  const name = node.callee.kind === "name" ? node.callee.name : "";
  const values =
    node.arguments.kind === "positional"
      ? node.arguments.values.map((value, at) => ({ value, isScale: at === 1, role: textRoles.get(name)?.[at]?.[1] }))
      : node.arguments.values.map((argument) => ({
          value: argument.value,
          isScale: argument.name === "scale",
          role: textRoles.get(name)?.find(([parameter]) => parameter === argument.name)?.[1],
        }));
  const stays = writtenArguments.get(name);
  if (stays !== undefined) {
    const named = node.arguments.kind === "named" ? node.arguments.values.map((argument) => argument.name) : null;
    return values.flatMap(({ value }, at) =>
      stays.some((parameter) => (named === null ? parameter === at : parameter === named[at]))
        ? []
        : shaped(value, inside),
    );
  }
  if (textRoles.has(name)) {
    // Positions in a text stay, as the decimals to round to do.
    return values.flatMap(({ value, role = "subject" }) =>
      value.kind === "number" || value.kind === "null"
        ? []
        : value.kind === "list"
          ? value.items.flatMap((item) => (item.kind === "null" ? [] : inside(item, false, role)))
          : inside(value, false, role),
    );
  }
  if (name === "date" && values.length === 3) {
    const parts = values.map(({ value }) => value);
    return [...dayLiterals(parts), ...parts.flatMap((part) => (part.kind === "null" ? inside(part, true) : []))];
  }
  return values.flatMap(({ value, isScale }) =>
    rounders.has(name) && isScale ? [] : inside(value, strictCalls.has(name)),
  );
}

const isPosition = (node: Expression) =>
  node.kind === "number" || (node.kind === "negation" && node.operand.kind === "number");

/** Positions in lists and names of entries, by place and by name: what is settled when a list is loaded is written out. */
const writtenArguments: ReadonlyMap<string, readonly (number | string)[]> = new Map<
  string,
  readonly (number | string)[]
>([
  ["remove", [1, "position"]],
  ["insert before", [1, "position"]],
  ["list replace", [1, "position"]],
  ["sublist", [1, 2, "start position", "length"]],
  ["get value", [1, "key"]],
  ["context put", [1, "key", "keys"]],
  ["context", []],
]);

/** Literals of an argument; the names that `context([{key: "a", value: 1}])` gives its entries stay. */
function shaped(node: Expression, inside: Inside): Found[] {
  if (node.kind === "list") return node.items.flatMap((item) => shaped(item, inside));
  if (node.kind !== "context") return inside(node);
  return node.entries.flatMap(({ name, value }) => (name === "key" ? [] : inside(value)));
}

/** `date(2017, 12, 31)`: each part varies as far as there surely is such a day. */
function dayLiterals(parts: readonly Expression[]): Found[] {
  const [year, month, day] = parts.map((part) => (part.kind === "number" ? Number(part.text) : Number.NaN));
  const free = (day ?? 0) <= 28;
  const ranges = [
    year && year >= 1900 && year <= 2100 ? [1900, 2100] : null,
    free ? [1, 12] : null,
    free ? [1, 28] : null,
  ];
  return parts.flatMap((part, at) => {
    const written = [year, month, day][at] ?? Number.NaN;
    const [min, max] = ranges[at] ?? [];
    if (min === undefined || max === undefined || !(written >= min && written <= max)) return [];
    return [{ from: part.from, to: part.to, type: numberType(null, 0, min, max), written }];
  });
}

/** The literal as a column; empty where it stays, undefined where there is none. */
function literalOf(
  node: Expression,
  { strict, text }: Place,
  options: LiftOptions,
  nulls: NullKind[],
  strings: Set<string>,
): Found[] | undefined {
  const { from, to } = node;
  switch (node.kind) {
    case "number":
      return numberLiteral(from, to, node.text, options.most);
    case "boolean":
      return [{ from, to, type: booleanType, written: node.value }];
    case "string": {
      const stays =
        options.codes === "none" || (options.codes === "subjects" && text !== undefined && text !== "subject");
      if (stays) return [];
      if (text !== undefined)
        return [{ from, to, type: { kind: "enum", values: textsLike(node.value, text) }, written: 0 }];
      strings.add(node.value);
      const type: EnumType = { kind: "enum", values: [] };
      return [{ from, to, type, written: [...strings].indexOf(node.value) }];
    }
    case "null": {
      const kind = strict ? nulls.shift() : undefined;
      return kind === undefined ? [] : [{ from, to, ...nullOf(kind), written: undefined }];
    }
    case "at":
      return dayLiteral(from, to, node.text);
    case "call": {
      const name = node.callee.kind === "name" ? node.callee.name : "";
      const [only, more] =
        node.arguments.kind === "positional" ? node.arguments.values : node.arguments.values.map(({ value }) => value);
      if ((name !== "date" && name !== "duration") || only?.kind !== "string" || more !== undefined) return undefined;
      return dayLiteral(from, to, only.value);
    }
    default:
      return undefined;
  }
}

const monthOfNumber: readonly [string, string] = ['(@"P1M" * ', ")"];
const dayOfNumber: readonly [string, string] = ['(@"P1D" * ', ")"];
const fewTimes = numberType(null, 0, 1, 12);

function nullOf(kind: NullKind): Pick<Found, "type" | "around"> {
  switch (kind) {
    case "number":
      return { type: fewTimes };
    case "boolean":
      return { type: booleanType };
    case "date":
      return { type: dateType };
    case "months":
      return { type: fewTimes, around: monthOfNumber };
    case "days":
      return { type: fewTimes, around: dayOfNumber };
  }
}

function numberLiteral(from: number, to: number, text: string, most: number): Found[] {
  const [match, decimals = ""] = /^-?\d*(?:\.(\d+))?$/.exec(text) ?? [];
  if (match === undefined || decimals.length > 12) return [];
  const scale = decimals.length;
  const written = Math.round(Number(text) * 10 ** scale);
  const end = Math.max(most * 10 ** scale, Math.abs(written));
  if (!Number.isSafeInteger(end)) return [];
  return [{ from, to, written, type: numberType(null, scale, written > 0 ? 1 : -end, written < 0 ? -1 : end) }];
}

/** Months and days of durations vary up to these. */
const mostMonths = 600;
const mostDays = 20_000;
const nanosecondsPerDay = 86_400e9;

/** A date, or a duration as its number of months or days. */
function dayLiteral(from: number, to: number, text: string): Found[] {
  const day = parseDay(text);
  if (day !== null) return [{ from, to, type: dateType, written: day }];
  const length = parseDuration(text);
  if (length === null) return [];
  const months = "months" in length;
  const written = months ? length.months : Number(length.nanoseconds) / nanosecondsPerDay;
  const end = months ? mostMonths : mostDays;
  if (!Number.isInteger(written) || Math.abs(written) > end) return [];
  const type = numberType(null, 0, written > 0 ? 1 : -end, written < 0 ? -1 : end);
  return [{ from, to, written, type, around: months ? monthOfNumber : dayOfNumber }];
}
