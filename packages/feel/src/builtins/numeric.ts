import {
  compareNumbers,
  divide,
  isEven,
  isInteger,
  multiply,
  negate,
  subtract,
  throughDecimal,
  toInteger,
} from "../numbers.ts";
import { type RoundingMode, round } from "../rounding.ts";
import {
  type DaysTimeDuration,
  type FeelNumber,
  type FeelValue,
  isNumber,
  months,
  nanoseconds,
  tag,
  type YearsMonthsDuration,
} from "../values.ts";
import { type Builtin, define, signature } from "./define.ts";

/** The scales of decimal128. */
const leastScale = -6111;
const mostScale = 6176;

function rounding(name: string, mode: RoundingMode, scale: "scale" | "scale?"): Builtin {
  const rounded = (n: FeelNumber, places: FeelNumber | null) => {
    const to = places === null ? 0 : toInteger(places);
    return to < leastScale || to > mostScale ? undefined : (round(n, to, mode) ?? undefined);
  };
  if (scale === "scale") return define(name, signature("n: number, scale: number", rounded));
  return define(
    name,
    signature("n: number", (n: FeelNumber) => rounded(n, null)),
    signature("n: number, scale: number", rounded),
  );
}

/** DMN 1.5, table 71: numeric functions. */
export const numerics: readonly Builtin[] = [
  rounding("decimal", "half even", "scale"),
  rounding("floor", "floor", "scale?"),
  rounding("ceiling", "ceiling", "scale?"),
  rounding("round up", "up", "scale"),
  rounding("round down", "down", "scale"),
  rounding("round half up", "half up", "scale"),
  rounding("round half down", "half down", "scale"),
  define(
    "abs",
    signature(
      "n: number|days and time duration|years and months duration",
      (n: FeelNumber | DaysTimeDuration | YearsMonthsDuration) => absolute(n),
    ),
  ),
  define(
    "modulo",
    signature("dividend: number, divisor: number", (dividend: FeelNumber, divisor: FeelNumber) =>
      modulo(dividend, divisor),
    ),
  ),
  define(
    "sqrt",
    signature("number: number", (number: FeelNumber) => (compareNumbers(number, 0) < 0 ? undefined : root(number))),
  ),
  define(
    "log",
    signature("number: number", (number: FeelNumber) =>
      compareNumbers(number, 0) <= 0 ? undefined : logarithm(number),
    ),
  ),
  define(
    "exp",
    signature("number: number", (number: FeelNumber) => exponential(number)),
  ),
  define(
    "odd",
    signature("number: number", (number: FeelNumber) => isInteger(number) && !isEven(number)),
  ),
  define(
    "even",
    signature("number: number", (number: FeelNumber) => isInteger(number) && isEven(number)),
  ),
];

function absolute(n: FeelNumber | DaysTimeDuration | YearsMonthsDuration): FeelValue {
  if (isNumber(n)) return compareNumbers(n, 0) < 0 ? negate(n) : n;
  if (n[tag] === "years and months duration") return months(Math.abs(n.months));
  return nanoseconds(n.nanoseconds < 0n ? -n.nanoseconds : n.nanoseconds);
}

/** dividend - divisor * floor(dividend / divisor), exact: the sign is the divisor's. */
function modulo(dividend: FeelNumber, divisor: FeelNumber): FeelNumber | undefined {
  if (compareNumbers(divisor, 0) === 0) return undefined;
  const quotient = divide(dividend, divisor);
  const whole = quotient === null ? null : round(quotient, 0, "floor");
  const product = whole === null ? null : multiply(divisor, whole);
  return product === null ? undefined : (subtract(dividend, product) ?? undefined);
}

function root(number: FeelNumber): FeelNumber | undefined {
  return throughDecimal(number, (value) => value.sqrt()) ?? undefined;
}

function logarithm(number: FeelNumber): FeelNumber | undefined {
  return throughDecimal(number, (value) => value.ln()) ?? undefined;
}

/** Beyond these the result leaves decimal128; decimal.js would take long to find out. */
const largestExponent = 14_150;

function exponential(number: FeelNumber): FeelNumber | undefined {
  if (compareNumbers(number, largestExponent) > 0) return undefined;
  if (compareNumbers(number, -largestExponent) < 0) return 0;
  return throughDecimal(number, (value) => value.exp()) ?? undefined;
}
