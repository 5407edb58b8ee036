import { Decimal } from "decimal.js";
import { Temporal } from "temporal-polyfill";
import { FeelSyntaxError } from "../errors.ts";
import type { Names } from "../names.ts";
import { parseExpression, parseUnaryTests } from "../parse.ts";
import type { ComparisonOperator, Expression, UnaryTests } from "../syntax.ts";

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

const epoch = Temporal.PlainDate.from("1970-01-01");

/** Dates, times and durations without a zone; a zoned time has no fixed place among local ones. */
function temporalConstant(text: string): Constant | undefined {
  try {
    if (/^-?P/u.test(text)) return durationConstant(Temporal.Duration.from(text));
    if (/^-?\d{4,9}-\d\d-\d\d$/u.test(text)) {
      return { family: "date", key: new Exact(dayNumber(Temporal.PlainDate.from(text))) };
    }
    if (/^\d\d:\d\d:\d\d(\.\d+)?$/u.test(text))
      return { family: "time", key: secondsOf(Temporal.PlainTime.from(text)) };
    if (/^-?\d{4,9}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?$/u.test(text)) {
      const local = Temporal.PlainDateTime.from(text);
      const days = new Exact(dayNumber(local.toPlainDate())).times(86_400);
      return { family: "date and time", key: days.plus(secondsOf(local.toPlainTime())) };
    }
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
  }
  return undefined;
}

function dayNumber(date: Temporal.PlainDate): number {
  return date.since(epoch, { largestUnit: "days" }).days;
}

function secondsOf(time: Temporal.PlainTime): Decimal {
  const nanoseconds = (time.millisecond * 1000 + time.microsecond) * 1000 + time.nanosecond;
  return new Exact(nanoseconds).div(1e9).plus((time.hour * 60 + time.minute) * 60 + time.second);
}

function durationConstant(duration: Temporal.Duration): Constant | undefined {
  const { years, months, weeks } = duration;
  const days = duration.with({ years: 0, months: 0, weeks: 0 });
  if (years === 0 && months === 0 && weeks === 0) {
    return { family: "days and time duration", key: new Exact(days.total("seconds")) };
  }
  return days.blank && weeks === 0
    ? { family: "years and months duration", key: new Exact(years * 12 + months) }
    : undefined;
}

/** The FEEL literal of a place on a family's line. */
export function literalOf(family: OrderedFamily, key: Decimal): string {
  const whole = key.floor().toNumber();
  switch (family) {
    case "number":
      return key.toFixed();
    case "date":
      return `date("${epoch.add({ days: whole }).toString()}")`;
    case "time":
      return `time("${clock(key)}")`;
    case "date and time": {
      const day = key.div(86_400).floor();
      return `date and time("${epoch.add({ days: day.toNumber() }).toString()}T${clock(key.minus(day.times(86_400)))}")`;
    }
    case "years and months duration":
      return `duration("${whole < 0 ? "-" : ""}P${Math.abs(whole)}M")`;
    default:
      return `duration("${key.isNegative() ? "-" : ""}PT${key.abs().toFixed()}S")`;
  }
}

function clock(seconds: Decimal): string {
  const whole = seconds.floor();
  const [hour, minute, second] = [whole.div(3600).floor(), whole.div(60).floor().mod(60), whole.mod(60)];
  const two = (part: Decimal) => part.toFixed().padStart(2, "0");
  const rest = seconds.minus(whole);
  return `${two(hour)}:${two(minute)}:${two(second)}${rest.isZero() ? "" : rest.toFixed().slice(1)}`;
}
