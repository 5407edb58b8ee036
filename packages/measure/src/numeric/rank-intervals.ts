import { rankDescending, upperBound } from "./rank.ts";

/** A value with its interval; without one both ends are the value. */
export interface Ranged {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** A place among others; 1 is the highest value. */
export interface IntervalRank {
  /** Equal values share the best place of theirs. */
  readonly rank: number;
  /** The best and the worst place that the intervals allow: who surely is above, and who surely is below, is counted out. */
  readonly low: number;
  readonly high: number;
}

/** Ranks with the places that the intervals allow, in the order given. */
export function rankIntervals(entries: readonly Ranged[]): IntervalRank[] {
  const ranks = rankDescending(Float64Array.from(entries, ({ value }) => value));
  const lows = Float64Array.from(entries, ({ low }) => low).sort();
  // Negated, so that those below are counted as those above are.
  const highs = Float64Array.from(entries, ({ high }) => -high).sort();
  const of = entries.length;
  return entries.map(({ low, high }, i) => ({
    rank: ranks[i]!,
    low: of - upperBound(lows, high) + 1,
    high: upperBound(highs, -low),
  }));
}
