import { refuse } from "../errors.ts";
import { sumBy } from "../numeric/sum.ts";
import { giniOf } from "./gini.ts";
import type { GroupName } from "./groups.ts";
import { readNonNegative } from "./sample.ts";

/** The Gini of unweighted areas split by who lies near whom (Rey and Smith 2013): `gini` = `near` + `far`. */
export interface SpatialGini {
  readonly gini: number;
  /** Part of the Gini that pairs of areas of one neighbourhood make, and that all other pairs make. */
  readonly near: number;
  readonly far: number;
  /** Sums of |difference| over those pairs, each pair both ways (a to b, b to a), as PySAL prints them. */
  readonly nearSum: number;
  readonly farSum: number;
}

/** Splits the Gini over pairs of areas of the same neighbourhood and all others. Work grows with the square of the areas. */
export function spatialGini(values: ArrayLike<number>, neighbourhoods: ArrayLike<GroupName>): SpatialGini {
  const sample = readNonNegative({ values });
  const n = sample.values.length;
  if (neighbourhoods.length !== n)
    refuse("MEASURE-LENGTH", "邻域个数不对", `${neighbourhoods.length} neighbourhoods for ${n} areas`);
  const pairs = (isNear: boolean) =>
    sumBy(n, (i) =>
      sumBy(i, (j) =>
        (neighbourhoods[i] === neighbourhoods[j]) === isNear ? Math.abs(sample.values[i]! - sample.values[j]!) : 0,
      ),
    );
  const [nearSum, farSum] = [2 * pairs(true), 2 * pairs(false)];
  const scale = 2 * n * sample.total;
  return { gini: giniOf(sample), near: nearSum / scale, far: farSum / scale, nearSum, farSum };
}
