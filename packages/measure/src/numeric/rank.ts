/** Ranks with 1 for the highest; equal values share the best rank of theirs (ties = min); a missing (NaN) value has no rank (NaN). */
export function rankDescending(values: Float64Array): Float64Array {
  const sorted = values.filter((value) => !Number.isNaN(value)).sort();
  const ranks = new Float64Array(values.length).fill(Number.NaN);
  const n = sorted.length;
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (!Number.isNaN(value)) ranks[i] = n - upperBound(sorted, value) + 1;
  }
  return ranks;
}

/** Ranks with 1 for the lowest, otherwise as {@link rankDescending}. */
export function rankAscending(values: Float64Array): Float64Array {
  return rankDescending(values.map((value) => -value));
}

/** How many entries of an ascending array are at most `value`. */
export function upperBound(sorted: ArrayLike<number>, value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sorted[middle]! <= value) low = middle + 1;
    else high = middle;
  }
  return low;
}
