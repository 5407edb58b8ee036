/**
 * A day of the walks' own, whatever day it is: working days can be counted in years whose holidays are arranged, and no walk may
 * depend on the day or the hour at which it is made. A Tuesday morning in China.
 */
const ahead = Date.parse("2026-09-08T10:00:00+08:00") - Date.now();

/** What the site and the pages hold for now. */
export const walkNow = (): Date => new Date(Date.now() + ahead);

const clock = (ahead: number): string => `{
  const now = Date.now;
  Date.now = () => now() + ${ahead};
  globalThis.Date = new Proxy(Date, {
    construct: (made, given, as) => Reflect.construct(made, given.length === 0 ? [made.now()] : given, as),
    apply: (made) => String(new made(made.now())),
  });
}`;

/** A script that sets the clock of the program or page that runs it first. Timers run on as they do. */
export const setClock = clock(ahead);

/** The same for what is made before the walks: nothing of it lies in their future. An hour is longer than making takes. */
export const setClockEarlier = clock(ahead - 3_600_000);
