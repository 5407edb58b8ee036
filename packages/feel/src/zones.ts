import { Temporal } from "temporal-polyfill";
import { type Day, dayNumber, nanosecondsPerDay } from "./calendar.ts";
import type { Place } from "./values.ts";

const known = new Map<string, boolean>();
/** Temporal knows zone rules from -271821 to 275760; beyond, a zone is taken as it stands at that end. */
const zoneYears = 270_000;
const cycle = 400;

/** Whether a name such as `Europe/Paris` is in the time zone database. */
export function isZone(zone: string): boolean {
  let found = known.get(zone);
  if (found === undefined) {
    found = /^[A-Za-z]/u.test(zone) && accepts(zone);
    if (known.size < 2_000) known.set(zone, found);
  }
  return found;
}

function accepts(zone: string): boolean {
  try {
    Temporal.PlainDateTime.from("2000-01-01T00:00").toZonedDateTime(zone);
    return true;
  } catch {
    return false;
  }
}

/** Seconds east of Greenwich at a local time; null when the place is unknown. */
export function offsetAt(place: Place, day: Day, nanoseconds: number): number | null {
  if (place.zone === null) return place.offset;
  return Math.round(localTime(day, nanoseconds).toZonedDateTime(place.zone).offsetNanoseconds / 1e9);
}

/** Seconds east of Greenwich at an instant given as days and nanoseconds of the day in UTC. */
export function offsetAtInstant(zone: string, day: Day, nanoseconds: number): number {
  const instant = localTime(day, nanoseconds).toZonedDateTime("UTC").toInstant();
  return Math.round(instant.toZonedDateTimeISO(zone).offsetNanoseconds / 1e9);
}

function localTime(day: Day, nanoseconds: number): Temporal.PlainDateTime {
  const year =
    Math.abs(day.year) <= zoneYears ? day.year : Math.sign(day.year) * (zoneYears + (Math.abs(day.year) % cycle));
  const second = Math.floor(nanoseconds / 1e9);
  return Temporal.PlainDateTime.from({
    year,
    month: day.month,
    day: day.day,
    hour: Math.floor(second / 3600),
    minute: Math.floor(second / 60) % 60,
    second: second % 60,
  });
}

/** Nanoseconds since 1970-01-01T00:00Z, taking an unknown place as Greenwich. */
export function epochNanoseconds(at: Day & Place & { readonly nanoseconds: number }): bigint {
  const offset = offsetAt(at, at, at.nanoseconds) ?? 0;
  return BigInt(dayNumber(at)) * BigInt(nanosecondsPerDay) + BigInt(at.nanoseconds) - BigInt(offset) * 1_000_000_000n;
}
