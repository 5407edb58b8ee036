import { refuse } from "../errors.ts";
import { upperBound } from "../numeric/rank.ts";

/** Where the past of a watched period is looked for. */
export interface ReferenceOptions {
  /** Periods of a year: 52, 12. */
  readonly frequency: number;
  /** First day of each period, ISO. With them a year back is the period that starts nearest to the same day, not 52 weeks. */
  readonly dates?: readonly string[];
  /** Years looked back; default 5. */
  readonly years?: number;
  /** Periods on each side of the same period in those years; default 3. */
  readonly window?: number;
  /** All of the past years in so many seasons (the watched one among them) in place of the same season alone; the last `skip` periods out. */
  readonly seasons?: { readonly count: number; readonly skip: number };
}

/** Periods of the past that a model is fitted on, each with its season: 0 the watched one. */
export interface Reference {
  readonly places: Float64Array;
  readonly seasons: Int32Array;
}

/** The reference periods of a watched place. */
export type FindReference = (at: number) => Reference;

const DAY = 86_400_000;

/** Checks the options and gives the finder for a series of `periods` periods. */
export function referenceFinder(options: ReferenceOptions, periods: number): FindReference {
  const { frequency, years = 5, window = 3, seasons } = options;
  if (!(Number.isInteger(years) && years >= 1 && Number.isInteger(window) && window >= 0 && window < frequency / 2)) {
    refuse("MEASURE-PARAMETER", "参数超出范围", "whole years from 1 and a window below half a year");
  }
  if (seasons && !(Number.isInteger(seasons.count) && seasons.count >= 2 && seasons.skip >= 0)) {
    refuse("MEASURE-PARAMETER", "季节数应为不小于 2 的整数", "there must be at least 2 seasons");
  }
  const yearBack = readCalendar(options, periods);
  return (at) => {
    const middles = Array.from({ length: years + 1 }, (_, year) => (year === 0 ? at : yearBack(at, year)));
    if (middles.at(-1)! < window) {
      refuse(
        "MEASURE-HISTORY",
        `监测前至少需要 ${years} 年历史`,
        `${years} years and ${window} periods must come before a watched one`,
      );
    }
    const found: [place: number, season: number][] = [];
    for (let year = years; year >= 1; year--) {
      const middle = middles[year]!;
      for (let shift = -window; shift <= window; shift++) found.push([middle + shift, 0]);
      if (seasons) found.push(...splitYear(middle + window + 1, middles[year - 1]! - window, seasons.count - 1));
    }
    const kept = seasons ? found.filter(([place]) => place < at - seasons.skip) : found;
    return {
      places: Float64Array.from(kept, ([place]) => place),
      seasons: Int32Array.from(kept, ([, season]) => season),
    };
  };
}

/** The periods from `start` up to `end` in `count` seasons of about equal length, the longer ones first. */
function splitYear(start: number, end: number, count: number): [number, number][] {
  const [each, rest] = [Math.floor((end - start) / count), (end - start) % count];
  if (each < 1) refuse("MEASURE-PARAMETER", "季节数过多", "there are more seasons than periods in a year");
  const found: [number, number][] = [];
  let place = start;
  for (let season = 1; season <= count; season++) {
    const length = each + (season <= rest ? 1 : 0);
    for (let i = 0; i < length; i++) found.push([place++, season]);
  }
  return found;
}

function readCalendar({ frequency, dates }: ReferenceOptions, periods: number): (at: number, years: number) => number {
  if (!dates) return (at, years) => at - frequency * years;
  const days = dates.map((date) => Date.parse(`${date}T00:00:00Z`) / DAY);
  if (days.length !== periods || days.some((day, i) => !(day > (days[i - 1] ?? Number.NEGATIVE_INFINITY)))) {
    refuse("MEASURE-LENGTH", "日期应逐期递增", "there must be one date a period, in order");
  }
  return (at, years) => {
    const date = new Date(days[at]! * DAY);
    const wanted = Date.UTC(date.getUTCFullYear() - years, date.getUTCMonth(), date.getUTCDate()) / DAY;
    const after = upperBound(days, wanted);
    if (after === 0) return -1;
    return after < periods && days[after]! - wanted < wanted - days[after - 1]! ? after : after - 1;
  };
}
