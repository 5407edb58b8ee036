import { addMonths, dayFromNumber, dayNumber, maxYear, nanosecondsPerDay } from "./calendar.ts";
import { fromDigits, power10 } from "./long-number.ts";
import { digitsOf, divide, multiply } from "./numbers.ts";
import {
  type DaysTimeDuration,
  date,
  dateAndTime,
  type FeelDate,
  type FeelDateTime,
  type FeelNumber,
  type FeelTime,
  months,
  nanoseconds,
  time,
  type YearsMonthsDuration,
} from "./values.ts";
import { epochNanoseconds, offsetAt, offsetAtInstant } from "./zones.ts";

/** Every function gives null when the result leaves the calendar. */
export function addMonthsTo<T extends FeelDate | FeelDateTime>(value: T, count: number): T | null {
  const day = addMonths(value, count);
  return Math.abs(day.year) > maxYear ? null : { ...value, ...day };
}

/** A date moves by whole days: noon counts back from its midnight. */
export function addNanosecondsToDate(value: FeelDate, count: bigint): FeelDate | null {
  const days = dayNumber(value) + Number(floorDivide(count, BigInt(nanosecondsPerDay)));
  const day = dayFromNumber(days);
  return Math.abs(day.year) <= maxYear ? date(day.year, day.month, day.day) : null;
}

/** In a named zone the clock follows the zone's rules: one hour later is one hour of time. */
export function addNanosecondsToDateTime(value: FeelDateTime, count: bigint): FeelDateTime | null {
  const perDay = BigInt(nanosecondsPerDay);
  if (value.zone === null) {
    const total = BigInt(value.nanoseconds) + count;
    return dateTimeFrom(
      dayNumber(value) + Number(floorDivide(total, perDay)),
      Number(floorModulo(total, perDay)),
      value,
    );
  }
  const instant = epochNanoseconds(value) + count;
  const days = Number(floorDivide(instant, perDay));
  const rest = Number(floorModulo(instant, perDay));
  const offset = BigInt(offsetAtInstant(value.zone, dayFromNumber(days), rest)) * 1_000_000_000n;
  const local = instant + offset;
  return dateTimeFrom(Number(floorDivide(local, perDay)), Number(floorModulo(local, perDay)), value);
}

function dateTimeFrom(days: number, rest: number, place: FeelDateTime): FeelDateTime | null {
  const day = dayFromNumber(days);
  return Math.abs(day.year) <= maxYear ? dateAndTime(day, rest, place) : null;
}

/** Round the clock. */
export function addNanosecondsToTime(value: FeelTime, count: bigint): FeelTime {
  return time(Number(floorModulo(BigInt(value.nanoseconds) + count, BigInt(nanosecondsPerDay))), value);
}

/** Undefined when only one of the two says where it is: there is no duration between them. */
export function dateTimeDifference(left: FeelDate | FeelDateTime, right: FeelDate | FeelDateTime) {
  const [from, to] = [asDateTime(left), asDateTime(right)];
  if (isPlaced(from) !== isPlaced(to)) return undefined;
  return nanoseconds(epochNanoseconds(from) - epochNanoseconds(to));
}

/** A date beside a date and time counts as its midnight at Greenwich. */
function asDateTime(value: FeelDate | FeelDateTime): FeelDateTime {
  return "nanoseconds" in value ? value : dateAndTime(value, 0, { offset: 0, zone: null });
}

function isPlaced(value: FeelDateTime): boolean {
  return value.offset !== null || value.zone !== null;
}

const someDay = { year: 1970, month: 1, day: 1 };

export function timeDifference(left: FeelTime, right: FeelTime): DaysTimeDuration | undefined {
  const [a, b] = [offsetAt(left, someDay, left.nanoseconds), offsetAt(right, someDay, right.nanoseconds)];
  if ((a === null) !== (b === null)) return undefined;
  const seconds = (a ?? 0) - (b ?? 0);
  return nanoseconds(BigInt(left.nanoseconds) - BigInt(right.nanoseconds) - BigInt(seconds) * 1_000_000_000n);
}

/** Towards zero, to whole months or nanoseconds. */
export function scaleMonths(value: YearsMonthsDuration, factor: FeelNumber): YearsMonthsDuration | null {
  return wholeMonths(multiply(value.months, factor));
}

export function divideMonths(value: YearsMonthsDuration, divisor: FeelNumber): YearsMonthsDuration | null {
  return wholeMonths(divide(value.months, divisor));
}

function wholeMonths(count: FeelNumber | null): YearsMonthsDuration | null {
  if (count === null) return null;
  const whole = Math.trunc(Number(count));
  return Number.isSafeInteger(whole) ? months(whole) : null;
}

export function scaleNanoseconds(value: DaysTimeDuration, factor: FeelNumber): DaysTimeDuration | null {
  const { digits, exponent } = digitsOf(factor);
  return wholeNanoseconds(value.nanoseconds * digits, 1n, exponent);
}

export function divideNanoseconds(value: DaysTimeDuration, divisor: FeelNumber): DaysTimeDuration | null {
  const { digits, exponent } = digitsOf(divisor);
  return digits === 0n ? null : wholeNanoseconds(value.nanoseconds, digits, -exponent);
}

/** Longer than any calendar lasts. */
const maxPlaces = 100;

/** dividend / divisor times ten to the exponent, towards zero. */
function wholeNanoseconds(dividend: bigint, divisor: bigint, exponent: number): DaysTimeDuration | null {
  if (exponent > maxPlaces) return dividend === 0n ? nanoseconds(0n) : null;
  if (exponent >= 0) return nanoseconds((dividend * power10(exponent)) / divisor);
  return exponent < -maxPlaces * 2 ? nanoseconds(0n) : nanoseconds(dividend / (divisor * power10(-exponent)));
}

export function monthsRatio(left: YearsMonthsDuration, right: YearsMonthsDuration): FeelNumber | null {
  return divide(left.months, right.months);
}

export function nanosecondsRatio(left: DaysTimeDuration, right: DaysTimeDuration): FeelNumber | null {
  const [dividend, divisor] = [fromDigits(left.nanoseconds, 0), fromDigits(right.nanoseconds, 0)];
  return dividend === null || divisor === null ? null : divide(dividend, divisor);
}

/** Whole months from one day to another, towards zero; the clock does not count. */
export function monthsBetween(from: FeelDate | FeelDateTime, to: FeelDate | FeelDateTime): number {
  const count = (to.year - from.year) * 12 + (to.month - from.month);
  if (count > 0 && to.day < from.day) return count - 1;
  if (count < 0 && to.day > from.day) return count + 1;
  return count;
}

function floorDivide(value: bigint, divisor: bigint): bigint {
  return (value - floorModulo(value, divisor)) / divisor;
}

function floorModulo(value: bigint, divisor: bigint): bigint {
  return ((value % divisor) + divisor) % divisor;
}
