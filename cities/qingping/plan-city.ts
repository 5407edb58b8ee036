import type { CityPlan } from "./city.ts";
import { readFacts } from "./dictionary.ts";
import { readMarginals } from "./marginals.ts";
import { readPlaces } from "./places.ts";
import { rakeHouseholds } from "./rake.ts";

/** Reads the figures, the places and the fact dictionary, and weights the households. */
export function planCity(seed: number): CityPlan {
  const marginals = readMarginals();
  return { seed, marginals, places: readPlaces(), facts: readFacts(), weights: rakeHouseholds(marginals) };
}
