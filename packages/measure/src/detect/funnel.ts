import { refuse } from "../errors.ts";
import { normalQuantile } from "../numeric/quantile.ts";
import { countLimits, exactPoisson, type Limits } from "./count-interval.ts";
import { wilson } from "./wilson.ts";

/** Where an area stands against the average of all: beyond two or three standard deviations, or neither. */
export type FunnelStanding = "high-3" | "high-2" | "none" | "low-2" | "low-3";

/** The two levels of a funnel: 95 % (1 in 40 on each side) and 99.8 % (1 in 1000). */
export const FUNNEL_LEVELS = { two: 0.95, three: 0.998 } as const;

/** Shares between which an area of `people` is not out of line with the average share; clipped to [0,1]. */
export function shareFunnel(average: number, people: number, level: number): Limits {
  if (!(average >= 0 && average <= 1 && people > 0)) {
    refuse("MEASURE-PARAMETER", "平均比例应在 0 与 1 之间", "the average must be from 0 to 1, the people above 0");
  }
  const reach = normalQuantile((1 + level) / 2) * Math.sqrt((average * (1 - average)) / people);
  return { low: Math.max(0, average - reach), high: Math.min(1, average + reach) };
}

/** Observed over expected between which an area with `events` (above 0) is not out of line: exact Poisson. */
export function ratioFunnel(
  events: number,
  level: number,
): Limits & { readonly expectedLow: number; readonly expectedHigh: number } {
  if (!(events > 0)) refuse("MEASURE-UNDEFINED", "事件数为零时无界限", "a funnel over observed events starts above 0");
  const { low, high } = exactPoisson(events, level);
  return { low: events / high, high: events / low, expectedLow: low, expectedHigh: high };
}

/** Standing of a share `count / of` against the average share, by Wilson's interval. */
export function standingOfShare(count: number, of: number, average: number): FunnelStanding {
  return standing((level) => wilson(count, of, level), average);
}

/** Standing of a count against the count expected at the average rate, by the limits of the count. */
export function standingOfCount(count: number, expected: number): FunnelStanding {
  return standing((level) => countLimits(count, level), expected);
}

function standing(limits: (level: number) => Limits, average: number): FunnelStanding {
  for (const [level, high, low] of [
    [FUNNEL_LEVELS.three, "high-3", "low-3"],
    [FUNNEL_LEVELS.two, "high-2", "low-2"],
  ] as const) {
    const found = limits(level);
    if (found.low > average) return high;
    if (found.high < average) return low;
  }
  return "none";
}
