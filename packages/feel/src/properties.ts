import { weekday } from "./calendar.ts";
import { add, divide } from "./numbers.ts";
import {
  type DaysTimeDuration,
  type FeelDate,
  type FeelDateTime,
  type FeelRange,
  type FeelTime,
  type FeelValue,
  kindOf,
  nanoseconds,
  type Place,
  type YearsMonthsDuration,
} from "./values.ts";
import { offsetAt } from "./zones.ts";

type Properties<T> = Readonly<Record<string, (value: T) => FeelValue>>;

const ofDay: Properties<FeelDate | FeelDateTime> = {
  year: (value) => value.year,
  month: (value) => value.month,
  day: (value) => value.day,
  weekday: (value) => weekday(value),
};

const ofClock: Properties<FeelTime | FeelDateTime> = {
  hour: (value) => Math.floor(value.nanoseconds / 3_600e9),
  minute: (value) => Math.floor(value.nanoseconds / 60e9) % 60,
  second: (value) => secondOf(value.nanoseconds),
  "time offset": (value) => offsetOf(value),
  timezone: (value) => value.zone,
};

const ofMonths: Properties<YearsMonthsDuration> = {
  years: (value) => Math.trunc(value.months / 12) + 0,
  months: (value) => (value.months % 12) + 0,
};

const ofTime: Properties<DaysTimeDuration> = {
  days: (value) => Number(value.nanoseconds / 86_400_000_000_000n),
  hours: (value) => Number((value.nanoseconds / 3_600_000_000_000n) % 24n),
  minutes: (value) => Number((value.nanoseconds / 60_000_000_000n) % 60n),
  seconds: (value) => {
    const rest = value.nanoseconds % 60_000_000_000n;
    return withFraction(Number(rest / 1_000_000_000n), Number(rest % 1_000_000_000n));
  },
};

const ofRange: Properties<FeelRange> = {
  start: (value) => value.low ?? null,
  end: (value) => value.high ?? null,
  "start included": (value) => value.lowIncluded,
  "end included": (value) => value.highIncluded,
};

/** DMN 1.5, table 65. Undefined when values of that kind have no such property. */
export function property(value: FeelValue, name: string): FeelValue | undefined {
  switch (kindOf(value)) {
    case "date":
      return read(ofDay, value as FeelDate, name);
    case "time":
      return read(ofClock, value as FeelTime, name);
    case "date and time": {
      const at = value as FeelDateTime;
      return Object.hasOwn(ofDay, name) ? read(ofDay, at, name) : read(ofClock, at, name);
    }
    case "years and months duration":
      return read(ofMonths, value as YearsMonthsDuration, name);
    case "days and time duration":
      return read(ofTime, value as DaysTimeDuration, name);
    case "range":
      return read(ofRange, value as FeelRange, name);
    default:
      return undefined;
  }
}

function read<T>(properties: Properties<T>, value: T, name: string): FeelValue | undefined {
  return Object.hasOwn(properties, name) ? properties[name]?.(value) : undefined;
}

function secondOf(elapsed: number): FeelValue {
  const second = Math.floor(elapsed / 1e9);
  return withFraction(second % 60, elapsed - second * 1e9);
}

function withFraction(second: number, part: number): FeelValue {
  return part === 0 ? second : add(second, divide(part, 1_000_000_000) ?? 0);
}

const someDay = { year: 1970, month: 1, day: 1 };

function offsetOf(value: Place & { readonly nanoseconds: number; readonly year?: number }): FeelValue {
  const day = "year" in value ? (value as FeelDateTime) : someDay;
  const offset = offsetAt(value, day, value.nanoseconds);
  return offset === null ? null : nanoseconds(BigInt(offset) * 1_000_000_000n);
}
