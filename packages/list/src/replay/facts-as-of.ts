import type { FactsFile } from "../facts-file.ts";
import type { FactPeriod, FactsHistory, MembershipPeriod } from "./model.ts";

/** A day of effect, and the day of what was known of it. */
export interface AsOf {
  readonly date: string;
  readonly knownOn: string;
}

/**
 * The facts of the subject's household as they were known on a day to hold on a day. Of several statements about one day
 * the one that was known last counts, of those the one that begins last; what is known to be unknown is left out.
 */
export function factsAsOf(history: FactsHistory, asOf: AsOf): FactsFile {
  const { subject } = history;
  const home = lastKnown(
    history.households.filter(({ members }) => members.includes(subject)),
    asOf,
  );
  const members = home?.members ?? [subject];
  const persons = Object.fromEntries(members.map((person) => [person, factsOf(history.facts, { person }, asOf)]));
  if (home === undefined) return { persons, households: {}, subject };
  const own = factsOf(history.facts, { household: home.household }, asOf);
  return { persons, households: { [home.household]: { ...own, members } }, subject };
}

function factsOf(all: readonly FactPeriod[], of: FactPeriod["of"], asOf: AsOf) {
  const own = all.filter((period) => JSON.stringify(period.of) === JSON.stringify(of));
  const names = new Set(own.map(({ fact }) => fact));
  return Object.fromEntries(
    [...names].flatMap((name) => {
      const value = lastKnown(
        own.filter(({ fact }) => fact === name),
        asOf,
      )?.value;
      return value == null ? [] : [[name, value] as const];
    }),
  );
}

function lastKnown<T extends FactPeriod | MembershipPeriod>(
  periods: readonly T[],
  { date, knownOn }: AsOf,
): T | undefined {
  const holding = periods.filter(
    ({ from, until, knownFrom }) => from <= date && (until === undefined || date < until) && knownFrom <= knownOn,
  );
  return holding.reduce<T | undefined>(
    (last, next) =>
      last === undefined ||
      next.knownFrom > last.knownFrom ||
      (next.knownFrom === last.knownFrom && next.from >= last.from)
        ? next
        : last,
    undefined,
  );
}
