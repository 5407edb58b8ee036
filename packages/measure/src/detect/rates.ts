import { refuse } from "../errors.ts";
import { byar, countLimits, type Limits } from "./count-interval.ts";

/** A rate with its limits and how they were taken. */
export interface Rate extends Limits {
  readonly value: number;
  readonly method: "exact" | "byar" | "dobson";
}

/** Events over people at risk, times `per` (per 100,000). */
export function crudeRate(
  events: number,
  atRisk: number,
  { per, level = 0.95 }: { per: number; level?: number },
): Rate {
  if (!(atRisk > 0)) refuse("MEASURE-PARAMETER", "分母应大于零", "the denominator must be above 0");
  const { low, high, method } = countLimits(events, level);
  return { value: (events / atRisk) * per, low: (low / atRisk) * per, high: (high / atRisk) * per, method };
}

/** An age band: events, people, and the people of the standard population. */
export interface AgeBand {
  readonly events: number;
  readonly people: number;
  readonly standard: number;
}

/** Directly standardised rate with Dobson's limits (Dobson and others 1991). Refused below 10 events: the limits would mean nothing. */
export function standardisedRate(
  bands: readonly AgeBand[],
  { per, level = 0.95 }: { per: number; level?: number },
): Rate {
  for (const { events, people, standard } of bands) {
    if (!(events >= 0 && people > 0 && standard >= 0)) {
      refuse(
        "MEASURE-PARAMETER",
        "各年龄组应有事件数和人数",
        "every band needs events of 0 or more and people above 0",
      );
    }
  }
  const sum = (term: (band: AgeBand) => number) => bands.reduce((total, band) => total + term(band), 0);
  const events = sum((band) => band.events);
  if (events < 10)
    refuse("MEASURE-UNDEFINED", "事件数少于 10，不作标准化", `${events} events: a standardised rate needs at least 10`);
  const standard = sum((band) => band.standard);
  const value = sum((band) => (band.standard * band.events) / band.people) / standard;
  const variance = sum((band) => (band.standard ** 2 * band.events) / band.people ** 2) / standard ** 2;
  const { low, high } = byar(events, level);
  const limit = (bound: number) => (value + Math.sqrt(variance / events) * (bound - events)) * per;
  return { value: value * per, low: limit(low), high: limit(high), method: "dobson" };
}
