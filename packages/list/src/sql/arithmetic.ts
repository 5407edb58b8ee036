import { civilDate, type RoundingMode } from "@qingdan/feel/typed";
import type { SqlEngine } from "./engine.ts";
import { choice, integer, junction, negative, sum, type Term, term, times, writtenInteger } from "./term.ts";

/** Keeps a term under a name where it is read more than once. */
export type Keep = (of: Term) => Term;

/** Integer arithmetic of one engine; nothing here depends on what it does with negative numbers or with dates. */
export interface Arithmetic {
  /** Quotient cut towards zero; the divisor is positive. */
  readonly quotient: (a: Term, b: Term) => Term;
  /** `a - b * floor(a / b)` */
  readonly modulo: (a: Term, b: Term, mayBeNegative: boolean) => Term;
  readonly round: (mode: RoundingMode, num: Term, den: Term, mayBeNegative: boolean) => Term;
  readonly monthsBetween: (from: Term, to: Term) => Term;
  readonly addMonths: (day: Term, months: Term) => Term;
  readonly year: (day: Term) => Term;
  readonly month: (day: Term) => Term;
  readonly day: (day: Term) => Term;
}

const one = integer(1);
const minus = (a: Term, b: Term) => sum(a, b, "-");
const test = (a: Term, operator: string, b: Term) => term(`(${a.text} ${operator} ${b.text})`, a, b);
const number = (a: Term, by: number) => times(integer(by), a);

export function arithmetic(engine: SqlEngine, keep: Keep): Arithmetic {
  const quotient = (a: Term, b: Term): Term => {
    const [x, y] = [writtenInteger(a), writtenInteger(b)];
    if (x !== null && y !== null) return integer(Math.trunc(x / y) + 0);
    return y === 1 ? a : term(engine.quotient(a.text, b.text), a, b);
  };
  const by = (a: Term, divisor: number) => quotient(a, integer(divisor));
  const isNegative = (a: Term) => test(a, "<", integer(0));
  /** The quotient rounded away from zero. */
  const above = (a: Term, b: Term) => quotient(minus(sum(a, b), one), b);
  const floor = (a: Term, b: Term, mayBeNegative: boolean) =>
    mayBeNegative ? choice([[isNegative(a), negative(above(negative(a), b))]], quotient(a, b)) : quotient(a, b);
  /** A rounding that treats a negative number as its mirror image. */
  const mirrored = (a: Term, mayBeNegative: boolean, of: (size: Term) => Term) =>
    mayBeNegative ? choice([[isNegative(a), negative(of(negative(a)))]], of(a)) : of(a);

  const round: Arithmetic["round"] = (mode, numerator, denominator, mayBeNegative) => {
    const [num, den] = [keep(numerator), keep(denominator)];
    switch (mode) {
      case "floor":
        return floor(num, den, mayBeNegative);
      case "ceiling":
        return mayBeNegative
          ? choice([[isNegative(num), negative(quotient(negative(num), den))]], above(num, den))
          : above(num, den);
      case "up":
        return mirrored(num, mayBeNegative, (size) => above(size, den));
      case "down":
        return mirrored(num, mayBeNegative, (size) => quotient(size, den));
      case "half up":
        return mirrored(num, mayBeNegative, (size) => quotient(sum(number(size, 2), den), number(den, 2)));
      case "half down":
        return mirrored(num, mayBeNegative, (size) => quotient(minus(sum(number(size, 2), den), one), number(den, 2)));
      case "half even": {
        const down = keep(floor(num, den, mayBeNegative));
        const rest = keep(minus(number(minus(num, times(down, den)), 2), den));
        const odd = test(down, "<>", number(keep(floor(down, integer(2), mayBeNegative)), 2));
        const up = junction("OR", [test(rest, ">", integer(0)), junction("AND", [test(rest, "=", integer(0)), odd])]);
        return choice([[up, sum(down, one)]], down);
      }
    }
  };

  /** Months since the year 0 (year * 12 + month) and day of the month: "civil from days" by Howard Hinnant. */
  const civil = (of: Term): { months: Term; day: Term } => {
    const written = writtenInteger(of);
    if (written !== null) {
      const { year, month, day } = civilDate(written);
      return { months: integer(year * 12 + month), day: integer(day) };
    }
    const z = keep(sum(of, integer(719_468)));
    const era = keep(by(z, 146_097));
    const doe = keep(minus(z, number(era, 146_097)));
    const leaps = sum(minus(by(doe, 36_524), by(doe, 1_460)), by(doe, 146_096), "-");
    const yoe = keep(by(sum(doe, leaps), 365));
    const doy = keep(minus(doe, sum(number(yoe, 365), minus(by(yoe, 4), by(yoe, 100)))));
    const mp = keep(by(sum(number(doy, 5), integer(2)), 153));
    const months = keep(sum(number(sum(yoe, number(era, 400)), 12), sum(mp, integer(3))));
    const start = by(sum(number(mp, 153), integer(2)), 5);
    return { months, day: keep(sum(minus(doy, start), one)) };
  };
  /** Day number of the first of a month, counted as `civil` counts. */
  const firstOf = (months: Term): Term => {
    const m = keep(minus(months, integer(3)));
    const year = keep(by(m, 12));
    const era = keep(by(year, 400));
    const yoe = keep(minus(year, number(era, 400)));
    const doy = by(sum(number(minus(m, number(year, 12)), 153), integer(2)), 5);
    const days = sum(sum(number(era, 146_097), number(yoe, 365)), minus(by(yoe, 4), by(yoe, 100)));
    return keep(minus(sum(days, doy), integer(719_468)));
  };

  return {
    quotient,
    modulo: (a, b, mayBeNegative) => {
      const [x, y] = [keep(a), keep(b)];
      return minus(x, times(y, floor(x, y, mayBeNegative)));
    },
    round,
    monthsBetween: (from, to) => {
      const [a, b] = [civil(from), civil(to)];
      const months = keep(minus(b.months, a.months));
      const past = junction("AND", [test(months, ">", integer(0)), test(b.day, "<", a.day)]);
      const before = junction("AND", [test(months, "<", integer(0)), test(b.day, ">", a.day)]);
      return choice(
        [
          [past, minus(months, one)],
          [before, sum(months, one)],
        ],
        months,
      );
    },
    addMonths: (day, by) => {
      const from = civil(day);
      const months = keep(sum(from.months, by));
      const first = firstOf(months);
      const length = keep(minus(firstOf(keep(sum(months, one))), first));
      const within = choice([[test(from.day, "<=", length), from.day]], length);
      return minus(sum(first, term(`(${within.text})`, within)), one);
    },
    year: (day) => by(minus(civil(day).months, one), 12),
    month: (day) => {
      const months = keep(minus(civil(day).months, one));
      return sum(minus(months, number(by(months, 12), 12)), one);
    },
    day: (day) => civil(day).day,
  };
}
