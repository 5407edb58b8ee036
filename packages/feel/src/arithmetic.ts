import { add, divide, multiply, power, subtract } from "./numbers.ts";
import type { Run } from "./run.ts";
import type { ArithmeticOperator } from "./syntax.ts";
import {
  addMonthsTo,
  addNanosecondsToDate,
  addNanosecondsToDateTime,
  addNanosecondsToTime,
  dateTimeDifference,
  divideMonths,
  divideNanoseconds,
  monthsRatio,
  nanosecondsRatio,
  scaleMonths,
  scaleNanoseconds,
  timeDifference,
} from "./temporal-arithmetic.ts";
import {
  type CallSite,
  type DaysTimeDuration,
  type FeelDate,
  type FeelDateTime,
  type FeelNumber,
  type FeelTime,
  type FeelValue,
  kindOf,
  months,
  nanoseconds,
  type ValueKind,
  type YearsMonthsDuration,
} from "./values.ts";

interface ValueOf {
  number: FeelNumber;
  string: string;
  date: FeelDate;
  time: FeelTime;
  "date and time": FeelDateTime;
  "years and months duration": YearsMonthsDuration;
  "days and time duration": DaysTimeDuration;
}

type Kind = keyof ValueOf;
/** Undefined: the operator has no meaning for these two values. Null: the result is out of range. */
type Operation = (left: FeelValue, right: FeelValue) => FeelValue | undefined;

/** One row of tables 55 to 60 of DMN 1.5: an operator between two kinds. */
function row<L extends Kind, R extends Kind>(
  operator: ArithmeticOperator,
  left: L,
  right: R,
  operation: (left: ValueOf[L], right: ValueOf[R]) => FeelValue | undefined,
): readonly [string, Operation] {
  return [key(operator, left, right), operation as unknown as Operation];
}

function key(operator: ArithmeticOperator, left: ValueKind, right: ValueKind): string {
  return `${operator} ${left} ${right}`;
}

const yearsMonths = "years and months duration";
const daysTime = "days and time duration";
const dateTime = "date and time";

const operations: ReadonlyMap<string, Operation> = new Map([
  row("+", "number", "number", add),
  row("-", "number", "number", subtract),
  row("*", "number", "number", multiply),
  row("/", "number", "number", divide),
  row("**", "number", "number", power),
  row("+", "string", "string", (a, b) => a + b),
  row("+", yearsMonths, yearsMonths, (a, b) => months(a.months + b.months)),
  row("-", yearsMonths, yearsMonths, (a, b) => months(a.months - b.months)),
  row("*", yearsMonths, "number", scaleMonths),
  row("*", "number", yearsMonths, (a, b) => scaleMonths(b, a)),
  row("/", yearsMonths, "number", divideMonths),
  row("/", yearsMonths, yearsMonths, monthsRatio),
  row("+", daysTime, daysTime, (a, b) => nanoseconds(a.nanoseconds + b.nanoseconds)),
  row("-", daysTime, daysTime, (a, b) => nanoseconds(a.nanoseconds - b.nanoseconds)),
  row("*", daysTime, "number", scaleNanoseconds),
  row("*", "number", daysTime, (a, b) => scaleNanoseconds(b, a)),
  row("/", daysTime, "number", divideNanoseconds),
  row("/", daysTime, daysTime, nanosecondsRatio),
  row("+", "date", yearsMonths, (a, b) => addMonthsTo(a, b.months)),
  row("+", yearsMonths, "date", (a, b) => addMonthsTo(b, a.months)),
  row("-", "date", yearsMonths, (a, b) => addMonthsTo(a, -b.months)),
  row("+", "date", daysTime, (a, b) => addNanosecondsToDate(a, b.nanoseconds)),
  row("+", daysTime, "date", (a, b) => addNanosecondsToDate(b, a.nanoseconds)),
  row("-", "date", daysTime, (a, b) => addNanosecondsToDate(a, -b.nanoseconds)),
  row("-", "date", "date", dateTimeDifference),
  row("-", "date", dateTime, dateTimeDifference),
  row("-", dateTime, "date", dateTimeDifference),
  row("-", dateTime, dateTime, dateTimeDifference),
  row("+", dateTime, yearsMonths, (a, b) => addMonthsTo(a, b.months)),
  row("+", yearsMonths, dateTime, (a, b) => addMonthsTo(b, a.months)),
  row("-", dateTime, yearsMonths, (a, b) => addMonthsTo(a, -b.months)),
  row("+", dateTime, daysTime, (a, b) => addNanosecondsToDateTime(a, b.nanoseconds)),
  row("+", daysTime, dateTime, (a, b) => addNanosecondsToDateTime(b, a.nanoseconds)),
  row("-", dateTime, daysTime, (a, b) => addNanosecondsToDateTime(a, -b.nanoseconds)),
  row("+", "time", daysTime, (a, b) => addNanosecondsToTime(a, b.nanoseconds)),
  row("+", daysTime, "time", (a, b) => addNanosecondsToTime(b, a.nanoseconds)),
  row("-", "time", daysTime, (a, b) => addNanosecondsToTime(a, -b.nanoseconds)),
  row("-", "time", "time", timeDifference),
]);

/** `left operator right`, null with a reported cause when it has no value. */
export function applyOperator(
  operator: ArithmeticOperator,
  left: FeelValue,
  right: FeelValue,
  run: Run,
  site: CallSite,
) {
  const [leftKind, rightKind] = [kindOf(left), kindOf(right)];
  if (left === null || right === null) return run.error("NULL_OPERAND", site, [operator]);
  const result = operations.get(key(operator, leftKind, rightKind))?.(left, right);
  if (result === undefined) return run.error("TYPE_MISMATCH", site, [operator, leftKind, rightKind]);
  if (result !== null) return result;
  return run.error(operator === "/" && isZero(right) ? "DIVISION_BY_ZERO" : "OUT_OF_RANGE", site, [operator]);
}

function isZero(value: FeelValue): boolean {
  switch (kindOf(value)) {
    case "number":
      return Number(value as FeelNumber) === 0;
    case yearsMonths:
      return (value as YearsMonthsDuration).months === 0;
    case daysTime:
      return (value as DaysTimeDuration).nanoseconds === 0n;
    default:
      return false;
  }
}
