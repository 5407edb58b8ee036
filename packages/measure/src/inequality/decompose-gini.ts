import { sumBy } from "../numeric/sum.ts";
import { giniOf } from "./gini.ts";
import { type Group, type GroupName, splitGroups } from "./groups.ts";
import { orderByValue, readNonNegative, type Sample, type Weighted } from "./sample.ts";

/** Pyatt's decomposition (1976): total = within + between + overlap; overlap is 0 when the groups do not overlap. */
export interface PyattDecomposition {
  readonly total: number;
  readonly within: number;
  readonly between: number;
  readonly overlap: number;
}

/** Dagum's decomposition (1997), usual in Chinese work: total = within + net between + intensity of transvariation (超变密度). */
export interface DagumDecomposition {
  readonly total: number;
  readonly within: number;
  readonly netBetween: number;
  readonly transvariation: number;
  /** Gini between each pair of groups (a group with itself: its own Gini) and its relative affluence D. */
  readonly pairs: readonly {
    readonly a: GroupName;
    readonly b: GroupName;
    readonly gini: number;
    readonly affluence: number;
  }[];
}

/** Decomposes the Gini by groups after Pyatt. */
export function decomposeGini(weighted: Weighted, groups: ArrayLike<GroupName>): PyattDecomposition {
  const sample = readNonNegative(weighted);
  const parts = splitGroups(sample, groups);
  const within = sumBy(parts.length, (g) => {
    const part = parts[g]!.sample;
    return part.total === 0 ? 0 : (part.population / sample.population) * (part.total / sample.total) * giniOf(part);
  });
  const means: Sample = {
    ...sample,
    values: Float64Array.from(parts, (part) => part.sample.mean),
    weights: Float64Array.from(parts, (part) => part.sample.population),
  };
  const total = giniOf(sample);
  const between = giniOf(means);
  return { total, within, between, overlap: total - within - between };
}

/** Decomposes the Gini by groups after Dagum. Work grows with the number of groups times the number of rows. */
export function dagum(weighted: Weighted, groups: ArrayLike<GroupName>): DagumDecomposition {
  const sample = readNonNegative(weighted);
  const parts = splitGroups(sample, groups).map((group) => ({ ...group, sample: sortSample(group.sample) }));
  const populationShare = (g: Group) => g.sample.population / sample.population;
  const totalShare = (g: Group) => g.sample.total / sample.total;
  const pairs: DagumDecomposition["pairs"][number][] = [];
  let [within, netBetween, transvariation] = [0, 0, 0];
  for (const [j, a] of parts.entries()) {
    for (const b of parts.slice(0, j + 1)) {
      const difference = meanDifference(a.sample, b.sample);
      const sumOfMeans = a.sample.mean + b.sample.mean;
      const pairGini = sumOfMeans === 0 ? 0 : difference / sumOfMeans;
      const affluence = difference === 0 ? 0 : Math.abs(a.sample.mean - b.sample.mean) / difference;
      pairs.push({ a: a.name, b: b.name, gini: pairGini, affluence: a === b ? 0 : affluence });
      if (a === b) {
        within += pairGini * populationShare(a) * totalShare(a);
        continue;
      }
      const weight = pairGini * (populationShare(a) * totalShare(b) + populationShare(b) * totalShare(a));
      netBetween += weight * affluence;
      transvariation += weight * (1 - affluence);
    }
  }
  return { total: giniOf(sample), within, netBetween, transvariation, pairs };
}

function sortSample(sample: Sample): Sample {
  const order = orderByValue(sample.values);
  return {
    ...sample,
    values: Float64Array.from(order, (i) => sample.values[i]!),
    weights: Float64Array.from(order, (i) => sample.weights[i]!),
  };
}

/** Weighted mean of |x - y| over all pairs of two sorted samples, by one walk through both. */
function meanDifference(a: Sample, b: Sample): number {
  let [j, weightBelow, totalBelow] = [0, 0, 0];
  const whole = sumBy(a.values.length, (i) => {
    const value = a.values[i]!;
    while (j < b.values.length && b.values[j]! <= value) {
      weightBelow += b.weights[j]!;
      totalBelow += b.weights[j]! * b.values[j]!;
      j++;
    }
    const above = b.total - totalBelow - value * (b.population - weightBelow);
    return a.weights[i]! * (value * weightBelow - totalBelow + above);
  });
  return whole / (a.population * b.population);
}
