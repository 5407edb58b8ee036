import { refuse } from "../errors.ts";
import { normalQuantile } from "../numeric/quantile.ts";

/** Wilson's interval of a share `count / of`: inside [0,1] at any count. */
export function wilson(count: number, of: number, level = 0.95): { readonly low: number; readonly high: number } {
  if (!(count >= 0 && count <= of && of > 0)) {
    refuse("MEASURE-PARAMETER", "分子应在 0 与分母之间", "the count must be from 0 to the whole, the whole above 0");
  }
  const z = normalQuantile((1 + level) / 2);
  const middle = 2 * count + z * z;
  const reach = z * Math.sqrt(z * z + 4 * count * (1 - count / of));
  const below = 2 * (of + z * z);
  return { low: count === 0 ? 0 : (middle - reach) / below, high: count === of ? 1 : (middle + reach) / below };
}
