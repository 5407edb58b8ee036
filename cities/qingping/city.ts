import type { SnapshotFact } from "../../apps/server/src/modules/intake/index.ts";
import { dayOf, demoDate, packedDate } from "./calendar.ts";
import { createFormHousehold, type FormHousehold } from "./household-members.ts";
import type { Marginals } from "./marginals.ts";
import type { Places } from "./places.ts";
import { createRandom, type Random } from "./random.ts";
import { type Barriers, openBarriers } from "./roads-barriers.ts";

/** All that the parts of a city share. */
export interface City {
  readonly marginals: Marginals;
  readonly places: Places;
  readonly barriers: Barriers;
  readonly facts: readonly SnapshotFact[];
  readonly random: Random;
  readonly formHousehold: FormHousehold;
  /** Running sums of the weights of the household cells, ending at 1. */
  readonly cellSums: Float64Array;
  /** Area codes by stored number: the towns, then the provinces other people come from. */
  readonly areas: readonly string[];
  /** The day described, as y * 10000 + m * 100 + d. */
  readonly today: number;
}

/** What a city is made from: plain data, read once and handed to the workers. */
export interface CityPlan {
  readonly seed: number;
  readonly marginals: Marginals;
  readonly places: Places;
  readonly facts: readonly SnapshotFact[];
  /** Of the household cells, from `rakeHouseholds`. */
  readonly weights: Float64Array;
}

export function openCity({ seed, marginals, places, facts, weights }: CityPlan): City {
  const random = createRandom(seed);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  let sum = 0;
  return {
    marginals,
    places,
    barriers: openBarriers(places.barriers),
    facts,
    random,
    formHousehold: createFormHousehold(marginals, random),
    cellSums: weights.map((weight) => {
      sum += weight / total;
      return sum;
    }),
    areas: [...places.towns.map(({ code }) => code), ...Object.keys(marginals.provinces)],
    today: packedDate(dayOf(demoDate)),
  };
}

/** Stored numbers of the values of an enum fact, by code. */
export function codesOf<const C extends string>(city: City, fact: string, ...codes: readonly C[]): Record<C, number> {
  const values = city.facts.find(({ name }) => name === fact)?.values ?? [];
  const numbers = codes.map((code) => {
    const number = values.findIndex((value) => value.code === code);
    if (number < 0) throw new Error(`The fact dictionary has no value ${code} of ${fact}`);
    return [code, number] as const;
  });
  return Object.fromEntries(numbers) as Record<C, number>;
}
