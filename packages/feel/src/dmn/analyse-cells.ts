import { Decimal } from "decimal.js";
import { dayFromNumber, dayNumber } from "../calendar.ts";
import { FeelSyntaxError } from "../errors.ts";
import { toFeelString } from "../format.ts";
import type { Names } from "../names.ts";
import { parseExpression, parseUnaryTests } from "../parse.ts";
import type { ComparisonOperator, Expression, UnaryTests } from "../syntax.ts";
import { parseTemporal } from "../temporal-parse.ts";
import {
  type DaysTimeDuration,
  date,
  dateAndTime,
  type FeelDate,
  type FeelDateTime,
  type FeelTime,
  type FeelValue,
  kindOf,
  months,
  nanoseconds,
  type Place,
  time,
  type YearsMonthsDuration,
} from "../values.ts";

/** Families whose values lie on a line; of dates and of whole months every value is named by an integer. */
export type OrderedFamily =
  | "number"
  | "date"
  | "time"
  | "date and time"
  | "years and months duration"
  | "days and time duration";
export type Family = OrderedFamily | "string" | "boolean";

/** A constant: its place on the line of its family (seconds, days, months, or the number), or the value itself. */
export type Constant =
  | { readonly family: OrderedFamily; readonly key: Decimal }
  | { readonly family: "string"; readonly key: string }
  | { readonly family: "boolean"; readonly key: boolean }
  | { readonly family: "null" };

export interface Bound {
  readonly key: Decimal;
  readonly included: boolean;
}

/** One test of a cell as a set of values. */
export type Test =
  | { readonly kind: "point"; readonly value: Constant }
  | { readonly kind: "interval"; readonly family: OrderedFamily; readonly low?: Bound; readonly high?: Bound }
  | { readonly kind: "not point"; readonly value: Constant };

export type Cell =
  | { readonly kind: "any" }
  | { readonly kind: "oneOf" | "noneOf"; readonly tests: readonly Test[] }
  /** Not a set of constants: what it holds for depends on more than the value under test. */
  | { readonly kind: "opaque"; readonly reason: string };

/** Names whose value is known while the table is analysed, such as parameters at a date, as FEEL literals. */
export type Constants = Readonly<Record<string, string>>;

/** Wide enough that a place between two literals is never rounded onto one of them. */
const Exact = Decimal.clone({ precision: 200 });

/** Reads a cell of unary tests as a set of values: the commonest forms of literals at once, all others by the grammar. */
export function readCell(text: string, constants: Constants): Cell {
  return readShort(text) ?? readByGrammar(text, constants);
}

const shortForm =
  /^(?:(-?\d+(?:\.\d+)?)|(<=|<|>=|>)\s*(-?\d+(?:\.\d+)?)|([[(])(-?\d+(?:\.\d+)?)\.\.(-?\d+(?:\.\d+)?)([\])])|"([^"\\\n]*)")$/u;

/** `-`, a number, a comparison with one, a range of two, or a string without escapes; undefined for anything else. */
export function readShort(text: string): Cell | undefined {
  if (text === "-") return { kind: "any" };
  const match = shortForm.exec(text);
  if (match === null) return undefined;
  const [, number, operator, bound, open, low, high, close, word] = match;
  const tests: Test[] | undefined =
    word !== undefined
      ? [{ kind: "point", value: { family: "string", key: word } }]
      : number !== undefined
        ? [{ kind: "point", value: { family: "number", key: new Exact(number) } }]
        : operator !== undefined
          ? readComparison(operator as ComparisonOperator, { family: "number", key: new Exact(bound as string) })
          : [
              {
                kind: "interval",
                family: "number",
                low: { key: new Exact(low as string), included: open === "[" },
                high: { key: new Exact(high as string), included: close === "]" },
              },
            ];
  return tests && { kind: "oneOf", tests };
}

export function readByGrammar(text: string, constants: Constants): Cell {
  let tests: UnaryTests;
  try {
    tests = parseUnaryTests(text, { names: Object.keys(constants) satisfies Names });
  } catch (error) {
    if (error instanceof FeelSyntaxError) return { kind: "opaque", reason: error.message };
    throw error;
  }
  if (tests.kind === "any") return { kind: "any" };
  const read: Test[] = [];
  for (const test of tests.tests) {
    const sets = readTest(test, constants);
    if (sets === undefined)
      return { kind: "opaque", reason: `${text.slice(test.from, test.to)} is not a constant test` };
    read.push(...sets);
  }
  return { kind: tests.kind, tests: read };
}

function readTest(test: Expression, constants: Constants): Test[] | undefined {
  switch (test.kind) {
    case "range": {
      const low = constantOf(test.low, constants);
      const high = constantOf(test.high, constants);
      if (low === undefined || high === undefined || !isOrdered(low) || low.family !== high.family) return undefined;
      return [
        {
          kind: "interval",
          family: low.family,
          low: { key: low.key, included: test.lowIncluded },
          high: { key: (high as { key: Decimal }).key, included: test.highIncluded },
        },
      ];
    }
    case "comparisonTest":
      return readComparison(test.operator, constantOf(test.operand, constants));
    case "comparison":
      return test.left.kind === "input" ? readComparison(test.operator, constantOf(test.right, constants)) : undefined;
    case "list": {
      const items = test.items.map((item) => readTest(item, constants));
      return items.every((item) => item !== undefined) ? items.flat() : undefined;
    }
    default: {
      const value = constantOf(test, constants);
      return value && [{ kind: "point", value }];
    }
  }
}

function readComparison(operator: ComparisonOperator, value: Constant | undefined): Test[] | undefined {
  if (value === undefined) return undefined;
  if (operator === "=") return [{ kind: "point", value }];
  if (operator === "!=") return [{ kind: "not point", value }];
  if (!isOrdered(value)) return undefined;
  const bound = { key: value.key, included: operator === "<=" || operator === ">=" };
  const side = operator.startsWith("<") ? { high: bound } : { low: bound };
  return [{ kind: "interval", family: value.family, ...side }];
}

export function isOrdered(value: Constant): value is Extract<Constant, { family: OrderedFamily }> {
  return value.family !== "string" && value.family !== "boolean" && value.family !== "null";
}

/** The constant that an expression writes down, undefined when it is not one. */
function constantOf(expression: Expression, constants: Constants): Constant | undefined {
  switch (expression.kind) {
    case "number":
      return { family: "number", key: new Exact(expression.text) };
    case "negation": {
      const operand = constantOf(expression.operand, constants);
      return operand?.family === "number" ? { family: "number", key: operand.key.negated() } : undefined;
    }
    case "string":
      return { family: "string", key: expression.value };
    case "boolean":
      return { family: "boolean", key: expression.value };
    case "null":
      return { family: "null" };
    case "at":
      return temporalConstant(expression.text);
    case "name": {
      const known = Object.hasOwn(constants, expression.name) ? constants[expression.name] : undefined;
      return known === undefined ? undefined : constantOf(parseExpression(known), {});
    }
    case "call":
      return calledConstant(expression);
    default:
      return undefined;
  }
}

const constructors: Readonly<Record<string, readonly Family[]>> = {
  date: ["date"],
  time: ["time"],
  "date and time": ["date and time"],
  duration: ["years and months duration", "days and time duration"],
};

function calledConstant(call: Extract<Expression, { kind: "call" }>): Constant | undefined {
  const families = call.callee.kind === "name" ? constructors[call.callee.name] : undefined;
  const [argument] = call.arguments.kind === "positional" ? call.arguments.values : [];
  if (families === undefined || argument?.kind !== "string" || call.arguments.values.length !== 1) return undefined;
  const value = temporalConstant(argument.value);
  return value !== undefined && families.some((family) => family === value.family) ? value : undefined;
}

/** Dates, times and durations without a zone; a zoned time has no fixed place among local ones. */
function temporalConstant(text: string): Constant | undefined {
  const value = parseTemporal(text);
  switch (kindOf(value)) {
    case "date":
      return { family: "date", key: new Exact(dayNumber(value as FeelDate)) };
    case "time":
      return isLocal(value as FeelTime) ? { family: "time", key: seconds((value as FeelTime).nanoseconds) } : undefined;
    case "date and time": {
      const at = value as FeelDateTime;
      const key = new Exact(dayNumber(at)).times(secondsOfDay).plus(seconds(at.nanoseconds));
      return isLocal(at) ? { family: "date and time", key } : undefined;
    }
    case "years and months duration":
      return { family: "years and months duration", key: new Exact((value as YearsMonthsDuration).months) };
    case "days and time duration":
      return { family: "days and time duration", key: seconds((value as DaysTimeDuration).nanoseconds) };
    default:
      return undefined;
  }
}

const secondsOfDay = 86_400;

function seconds(nanoseconds: number | bigint): Decimal {
  return new Exact(nanoseconds.toString()).div(1e9);
}

function isLocal({ offset, zone }: Place): boolean {
  return offset === null && zone === null;
}

/** The FEEL literal of a place on a family's line. */
export function literalOf(family: OrderedFamily, key: Decimal): string {
  if (family === "number") return key.toFixed();
  const name = family.endsWith("duration") ? "duration" : family;
  return `${name}("${toFeelString(temporalOf(family, key))}")`;
}

function temporalOf(family: Exclude<OrderedFamily, "number">, key: Decimal): FeelValue {
  const nanosecondsOf = (part: Decimal) => part.times(1e9).round();
  switch (family) {
    case "date": {
      const { year, month, day } = dayFromNumber(key.floor().toNumber());
      return date(year, month, day);
    }
    case "time":
      return time(nanosecondsOf(key).toNumber());
    case "date and time": {
      const days = key.div(secondsOfDay).floor();
      return dateAndTime(dayFromNumber(days.toNumber()), nanosecondsOf(key.minus(days.times(secondsOfDay))).toNumber());
    }
    case "years and months duration":
      return months(key.floor().toNumber());
    case "days and time duration":
      return nanoseconds(BigInt(nanosecondsOf(key).toFixed()));
  }
}
