import type { Indicator, WarningRule } from "@qingdan/list/indicators";
import {
  type AcrossDetector,
  cusum,
  ears,
  farrington,
  glrPoisson,
  MeasureError,
  modifiedZ,
  seasonalExpected,
  standingOfShare,
} from "@qingdan/measure";

type Detector = WarningRule["detector"];

/** A watched month. */
export interface WatchedMonth {
  readonly at: number;
  /** What the rule would still have let pass; null where it has no such bound. */
  readonly upper: number | null;
  readonly alarm: boolean;
}

/** What an area shows in a year; the parts are those of a share. */
export interface Shown {
  readonly value: number;
  readonly numerator: number | null;
  readonly denominator: number | null;
}

/** Whether a rule compares areas within a year; the others watch the months of each. */
export const comparesAreas = ({ kind }: Detector): boolean => kind === "funnel" || kind === "modified-z";

/** Months of history that a rule needs before the first watched one, and at least two years to be judged on. */
export function historyOf(detector: Detector): number {
  return Math.max(24, detector.kind === "farrington" ? detector.years * 12 + detector.window : 0);
}

/** Runs a rule over months, from place `from` on; a history that is too short watches nothing. */
export function watchMonths(detector: Detector, values: Float64Array, from: number): readonly WatchedMonth[] {
  try {
    return watch(detector, values, from);
  } catch (error) {
    if (error instanceof MeasureError && error.code === "MEASURE-HISTORY") return [];
    throw error;
  }
}

function watch(detector: Detector, values: Float64Array, from: number): readonly WatchedMonth[] {
  switch (detector.kind) {
    case "ears": {
      const { method, baseline, alpha, minimumDeviation } = detector;
      return ears(values, { method, baseline, alpha, minimumDeviation, from });
    }
    case "cusum":
      return cusum(values, { slack: detector.slack, threshold: detector.threshold, from });
    case "farrington": {
      const { years, window, alpha } = detector;
      return farrington(values, { frequency: 12, years, window, alpha, from });
    }
    case "glr": {
      const { threshold, harmonics } = detector;
      const expected = seasonalExpected(values, { from, frequency: 12, harmonics });
      return glrPoisson(values, { from, threshold, expected }).map(({ at, alarm }) => ({ at, upper: null, alarm }));
    }
    default:
      return [];
  }
}

/**
 * The rule that compares the areas of a year: which of them are worse than chance or the others let expect.
 * @param average share of the whole; that of the areas together where it is not given
 */
export function acrossAreas(
  detector: Detector,
  direction: Indicator["direction"],
  average?: number | null,
): AcrossDetector<Shown> {
  if (detector.kind === "funnel") return (areas) => beyondFunnel(areas, direction, average ?? averageShare(areas));
  const limit = detector.kind === "modified-z" ? detector.limit : Number.POSITIVE_INFINITY;
  return (areas) => beyondMedian(areas, direction, limit);
}

function beyondFunnel(
  areas: readonly (Shown | null)[],
  direction: Indicator["direction"],
  average: number | null,
): boolean[] {
  const worse = direction === "up" ? "low-3" : "high-3";
  return areas.map((area) => {
    if (average === null || !isShare(area)) return false;
    return standingOfShare(area.numerator, area.denominator, average) === worse;
  });
}

/** Share of all areas together; null where there is none. */
function averageShare(areas: readonly (Shown | null)[]): number | null {
  const shares = areas.filter(isShare);
  const sum = (pick: (share: (typeof shares)[number]) => number) => shares.reduce((total, one) => total + pick(one), 0);
  const denominator = sum((one) => one.denominator);
  return denominator === 0 ? null : sum((one) => one.numerator) / denominator;
}

function isShare(area: Shown | null): area is Shown & { readonly numerator: number; readonly denominator: number } {
  if (area?.numerator == null || !area.denominator) return false;
  return area.numerator >= 0 && area.numerator <= area.denominator;
}

/** Of fewer than five areas, or where more than half have one value, no median tells what is odd. */
function beyondMedian(areas: readonly (Shown | null)[], direction: Indicator["direction"], limit: number): boolean[] {
  const none = areas.map(() => false);
  if (areas.filter((area) => area !== null).length < 5) return none;
  const sign = direction === "up" ? -1 : 1;
  try {
    return Array.from(modifiedZ(areas.map((area) => area?.value ?? null)), (z) => z * sign > limit);
  } catch (error) {
    if (error instanceof MeasureError && error.code === "MEASURE-CONSTANT") return none;
    throw error;
  }
}
