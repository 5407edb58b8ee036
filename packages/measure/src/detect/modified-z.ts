import { refuse } from "../errors.ts";
import { medianOf } from "../numeric/moments.ts";

/** Distance from the median in robust standard deviations: .6745 (x - median) / MAD (Iglewicz and Hoaglin 1993); above 3.5 is odd. */
export function modifiedZ(values: ArrayLike<number | null>): Float64Array {
  const given = Float64Array.from(values, (value) => (value === null ? Number.NaN : (value as number)));
  const median = medianOf(given);
  const spread = medianOf(given.map((value) => Math.abs(value - median)));
  if (Number.isNaN(median)) refuse("MEASURE-EMPTY", "没有数值", "no values");
  if (spread === 0) {
    refuse(
      "MEASURE-CONSTANT",
      "半数以上数值相同，无法判断离群",
      "more than half of the values are equal: no spread to judge by",
    );
  }
  return given.map((value) => (0.6745 * (value - median)) / spread);
}
