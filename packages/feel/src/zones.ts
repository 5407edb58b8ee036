import * as Instant from "temporal-polyfill/fns/Instant";
import * as PlainDateTime from "temporal-polyfill/fns/PlainDateTime";
import * as ZonedDateTime from "temporal-polyfill/fns/ZonedDateTime";
import { type Day, dayNumber, nanosecondsPerDay } from "./calendar.ts";
import type { Place } from "./values.ts";

const known = new Map<string, boolean>();
/** Zone rules are known from year -271821 to 275760; beyond, a zone is taken as in a like year within. */
const zoneYears = 270_000;
/** The calendar repeats every 400 years. */
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
    Instant.toZonedDateTimeISO(Instant.fromEpochMilliseconds(0), zone);
    return true;
  } catch {
    return false;
  }
}

/** Seconds east of Greenwich at a local time; null when the place is unknown. */
export function offsetAt(place: Place, day: Day, nanoseconds: number): number | null {
  if (place.zone === null) return place.offset;
  const second = Math.floor(nanoseconds / 1e9);
  const local = PlainDateTime.create(
    zoneYear(day.year),
    day.month,
    day.day,
    Math.floor(second / 3600),
    Math.floor(second / 60) % 60,
    second % 60,
  );
  return Math.round(ZonedDateTime.offsetNanoseconds(PlainDateTime.toZonedDateTime(local, place.zone)) / 1e9);
}

/** Seconds east of Greenwich at an instant given as days and nanoseconds of the day in UTC. */
export function offsetAtInstant(zone: string, day: Day, nanoseconds: number): number {
  const days = dayNumber({ ...day, year: zoneYear(day.year) });
  const instant = Instant.fromEpochMilliseconds(days * 86_400_000 + Math.floor(nanoseconds / 1e6));
  return Math.round(ZonedDateTime.offsetNanoseconds(Instant.toZonedDateTimeISO(instant, zone)) / 1e9);
}

function zoneYear(year: number): number {
  return Math.abs(year) <= zoneYears ? year : Math.sign(year) * (zoneYears - cycle + (Math.abs(year) % cycle));
}

/** Nanoseconds since 1970-01-01T00:00Z, taking an unknown place as Greenwich. */
export function epochNanoseconds(at: Day & Place & { readonly nanoseconds: number }): bigint {
  const offset = offsetAt(at, at, at.nanoseconds) ?? 0;
  return BigInt(dayNumber(at)) * BigInt(nanosecondsPerDay) + BigInt(at.nanoseconds) - BigInt(offset) * 1_000_000_000n;
}
