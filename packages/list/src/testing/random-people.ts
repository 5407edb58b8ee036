import { firstDay, lastDay, type Value } from "@qingdan/feel/typed";
import type { HouseholdFacts } from "../decide.ts";
import { columnOf } from "../facts-file.ts";
import type { People } from "../people.ts";
import type { Rulebook, RulebookFact } from "../rulebook.ts";

/** A seeded stream of numbers from 0 (included) to 1 (not included): mulberry32. */
export function randomNumbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const integer = (random: () => number, min: number, max: number) => min + Math.floor(random() * (max - min + 1));

/** A value of a fact that a rule might turn on: bounds, small numbers and ages around birthdays are frequent. */
export function randomValue(rulebook: Rulebook, fact: RulebookFact, random: () => number): number | boolean {
  const { type } = fact;
  switch (type.kind) {
    case "boolean":
      return random() < 0.5;
    case "enum":
      return integer(random, 0, type.values.length - 1);
    case "area":
      return integer(random, 0, rulebook.areas.length - 1);
    case "date":
      return random() < 0.02 ? integer(random, firstDay, lastDay) : integer(random, -14_000, 20_500);
    case "number": {
      if (random() < 0.1) return random() < 0.5 ? type.min : type.max;
      const small = Math.min(type.max, type.min + 10 ** type.scale * 10 ** integer(random, 1, 4));
      return integer(random, type.min, small);
    }
    default:
      throw new Error(`A fact is no ${type.kind}`);
  }
}

export interface RandomPeople {
  readonly people: People;
  /** Facts of the household of a person, with that person as the subject. */
  readonly householdFacts: (person: number) => HouseholdFacts;
}

export interface RandomOptions {
  readonly households: number;
  readonly mostMembers?: number;
  /** Share of values that are unknown. */
  readonly unknown?: number;
}

/** Households of 1 to 5 people with any values; members of a household are adjacent, the householder first. */
export function randomPeople(rulebook: Rulebook, seed: number, options: RandomOptions): RandomPeople {
  const random = randomNumbers(seed);
  const start = [0];
  for (let at = 0; at < options.households; at += 1)
    start.push((start[at] ?? 0) + integer(random, 1, options.mostMembers ?? 5));
  const persons = start[options.households] ?? 0;
  const values = new Map<string, readonly Value[]>();
  for (const fact of rulebook.facts) {
    const rows = fact.entity === "person" ? persons : options.households;
    const one = () => (random() < (options.unknown ?? 0) ? undefined : randomValue(rulebook, fact, random));
    values.set(fact.name, Array.from({ length: rows }, one));
  }
  return peopleOf(rulebook, start, values);
}

/** People of given values by fact; `start` is where each household begins, and one more for the end. */
export function peopleOf(
  rulebook: Rulebook,
  start: readonly number[],
  values: ReadonlyMap<string, readonly Value[]>,
): RandomPeople {
  const households = start.length - 1;
  const persons = start[households] ?? 0;
  const householdOf = Int32Array.from({ length: persons }, (_, row) => start.findIndex((first) => first > row) - 1);
  const columns = (entity: "person" | "household") =>
    Object.fromEntries(
      rulebook.facts
        .filter((fact) => fact.entity === entity)
        .map((fact) => [fact.name, columnOf(fact, values.get(fact.name) ?? [])]),
    );
  const people: People = {
    persons,
    households: households,
    personColumns: columns("person"),
    householdColumns: columns("household"),
    householdOf,
    household: { start: Int32Array.from(start), members: Int32Array.from({ length: persons }, (_, row) => row) },
  };
  const householdFacts = (person: number): HouseholdFacts => {
    const household = householdOf[person] ?? 0;
    const first = start[household] ?? 0;
    return {
      members: (start[household + 1] ?? 0) - first,
      subject: person - first,
      fact: (name, entity, member) => values.get(name)?.[entity === "household" ? household : first + member],
    };
  };
  return { people, householdFacts };
}

/** Names of the columns that hold unknown values. */
export function unknownColumns(people: People): ReadonlySet<string> {
  const all = [...Object.entries(people.personColumns), ...Object.entries(people.householdColumns)];
  return new Set(all.filter(([, column]) => column.unknown !== undefined).map(([name]) => name));
}
