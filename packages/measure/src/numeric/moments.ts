/** Mean of the present (not NaN) values; NaN when none is present. */
export function meanOf(values: ArrayLike<number>): number {
  let total = 0;
  let count = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (!Number.isNaN(value)) {
      total += value;
      count++;
    }
  }
  return total / count;
}

/** Standard deviation (divisor n - 1) of the present values. */
export function deviationOf(values: ArrayLike<number>): number {
  const mean = meanOf(values);
  let total = 0;
  let count = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (!Number.isNaN(value)) {
      total += (value - mean) ** 2;
      count++;
    }
  }
  return Math.sqrt(total / (count - 1));
}

/** Least and greatest of the present values; NaN when none is present. */
export function rangeOf(values: ArrayLike<number>): { readonly least: number; readonly greatest: number } {
  let least = Number.NaN;
  let greatest = Number.NaN;
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (!(value >= least)) least = !Number.isNaN(value) ? value : least;
    if (!(value <= greatest)) greatest = !Number.isNaN(value) ? value : greatest;
  }
  return { least, greatest };
}

/** Middle of the present values, or the mean of the two middle ones; NaN when none is present. */
export function medianOf(values: ArrayLike<number>): number {
  const present = Float64Array.from(values)
    .filter((value) => !Number.isNaN(value))
    .sort();
  const n = present.length;
  return n === 0 ? Number.NaN : (present[Math.floor((n - 1) / 2)]! + present[Math.floor(n / 2)]!) / 2;
}

/** Sample skewness and excess kurtosis (type 2 of Joanes and Gill 1998, as SAS, SPSS and R's e1071). */
export function shapeOf(values: ArrayLike<number>): { readonly skewness: number; readonly kurtosis: number } {
  const mean = meanOf(values);
  let [n, second, third, fourth] = [0, 0, 0, 0];
  for (let i = 0; i < values.length; i++) {
    const e = values[i]! - mean;
    if (Number.isNaN(e)) continue;
    const square = e * e;
    n++;
    second += square;
    third += square * e;
    fourth += square * square;
  }
  const skewness = ((Math.sqrt(n) * third) / second ** 1.5) * (Math.sqrt(n * (n - 1)) / (n - 2));
  const excess = (n * fourth) / (second * second) - 3;
  return { skewness, kurtosis: (((n + 1) * excess + 6) * (n - 1)) / ((n - 2) * (n - 3)) };
}

/** Pearson correlation over the pairs where both are present; NaN where one of them does not vary. */
export function correlation(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let [n, meanA, meanB, aa, bb, ab] = [0, 0, 0, 0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    const x = a[i]!;
    const y = b[i]!;
    if (Number.isNaN(x) || Number.isNaN(y)) continue;
    n++;
    const dx = x - meanA;
    const dy = y - meanB;
    meanA += dx / n;
    meanB += dy / n;
    aa += dx * (x - meanA);
    bb += dy * (y - meanB);
    ab += dx * (y - meanB);
  }
  return ab / Math.sqrt(aa * bb);
}

/** Quantile by linear interpolation (type 7) of values without gaps, in any order. */
export function quantileOf(values: ArrayLike<number>, share: number): number {
  return sortedQuantile(Float64Array.from(values).sort(), share);
}

/** The same of values in ascending order. */
export function sortedQuantile(sorted: Float64Array, share: number): number {
  const at = (sorted.length - 1) * share;
  const low = sorted[Math.floor(at)]!;
  return low + (at - Math.floor(at)) * (sorted[Math.ceil(at)]! - low);
}
