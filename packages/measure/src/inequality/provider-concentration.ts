import { sumBy } from "../numeric/sum.ts";
import { orderByValue, readNonNegative } from "./sample.ts";

/** How much of a service a few providers deliver (places by institution, cases by office). */
export interface ProviderConcentration {
  /** Sum of squared shares: 1 for a single provider, 1/n for n equal ones. */
  readonly herfindahl: number;
  /** 1 / (2 x sum of rank x share - 1), the largest first (Rosenbluth, Hall and Tideman): the tail of small providers counts more. */
  readonly rosenbluth: number;
}

/** Concentration of amounts over the units that deliver them, one row a provider; a provider of nothing counts in the ranks alone. */
export function providerConcentration(amounts: ArrayLike<number>): ProviderConcentration {
  const { values, total } = readNonNegative({ values: amounts });
  const falling = orderByValue(values).reverse();
  const ranked = sumBy(falling.length, (k) => ((k + 1) * values[falling[k]!]!) / total);
  return {
    herfindahl: sumBy(values.length, (i) => (values[i]! / total) ** 2),
    rosenbluth: 1 / (2 * ranked - 1),
  };
}
