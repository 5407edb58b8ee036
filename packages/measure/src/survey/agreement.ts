import { wilson } from "../detect/wilson.ts";
import { refuse } from "../errors.ts";

/** What an office reported against what a mystery visit found, over the same places. */
export interface Agreement {
  readonly pairs: number;
  /** Share of pairs that agree. */
  readonly agreement: number;
  /** Cohen's kappa: agreement beyond chance; null when both sides always say the same one thing. */
  readonly kappa: number | null;
  /** Of the places reported as met, the share found unmet; null when none was reported. */
  readonly overReporting: { readonly rate: number; readonly low: number; readonly high: number } | null;
}

/** Compares reports with visits; a missing side is refused, since a place not visited proves nothing. */
export function compareReports(reported: readonly boolean[], found: readonly boolean[], level = 0.95): Agreement {
  if (reported.length !== found.length || found.length === 0) {
    refuse("MEASURE-LENGTH", "上报与暗访应成对", "reports and visits must come in pairs, at least one");
  }
  const count = (test: (i: number) => boolean) => found.filter((_, i) => test(i)).length;
  const pairs = found.length;
  const claims = count((i) => reported[i]!);
  const true_ = count((i) => found[i]!);
  const agreement = count((i) => reported[i] === found[i]) / pairs;
  const chance = (claims * true_ + (pairs - claims) * (pairs - true_)) / pairs ** 2;
  const over = count((i) => reported[i]! && !found[i]!);
  return {
    pairs,
    agreement,
    kappa: chance === 1 ? null : (agreement - chance) / (1 - chance),
    overReporting: claims === 0 ? null : { rate: over / claims, ...wilson(over, claims, level) },
  };
}
