/** Ranks with 1 for the highest; equal values share the best rank of theirs (ties = min); a missing (NaN) value has no rank (NaN). */
export function rankDescending(values: Float64Array): Float64Array {
  let [present, least, greatest] = [0, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (value < least) least = value;
    if (value > greatest) greatest = value;
    if (!Number.isNaN(value)) present++;
  }
  const width = greatest - least;
  const isEven = width > 0 && width < Number.POSITIVE_INFINITY;
  return isEven ? rankInBuckets(values, present, greatest, width) : rankSorted(values);
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

/** Ranks by sorting: where the values leave no room to lay them out. */
function rankSorted(values: Float64Array): Float64Array {
  const sorted = values.filter((value) => !Number.isNaN(value)).sort();
  return values.map((value) => (Number.isNaN(value) ? value : sorted.length - upperBound(sorted, value) + 1));
}

/** Members of a bucket above which it is sorted rather than compared pair by pair. */
const CROWD = 16;

/**
 * Ranks by laying the values into about as many buckets as there are values, highest first, and comparing inside each: eight times as fast as
 * sorting, which thousands of draws of an index spend their time in.
 */
function rankInBuckets(values: Float64Array, present: number, greatest: number, width: number): Float64Array {
  const buckets = present + 1;
  const bucket = new Int32Array(values.length);
  const start = new Int32Array(buckets + 1);
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    const b = Number.isNaN(value) ? -1 : Math.floor(((greatest - value) / width) * (buckets - 1));
    bucket[i] = b;
    if (b >= 0) start[b + 1]!++;
  }
  for (let b = 0; b < buckets; b++) start[b + 1]! += start[b]!;
  const next = start.slice();
  const members = new Float64Array(present);
  for (let i = 0; i < values.length; i++) if (bucket[i]! >= 0) members[next[bucket[i]!]!++] = values[i]!;
  for (let b = 0; b < buckets; b++)
    if (start[b + 1]! - start[b]! > CROWD) members.subarray(start[b], start[b + 1]).sort();
  const ranks = new Float64Array(values.length);
  for (let i = 0; i < values.length; i++) {
    const b = bucket[i]!;
    ranks[i] = b < 0 ? Number.NaN : 1 + start[b]! + countAbove(members, start[b]!, start[b + 1]!, values[i]!);
  }
  return ranks;
}

/** How many members between two places are above `value`; a crowd of them is sorted. */
function countAbove(members: Float64Array, from: number, to: number, value: number): number {
  if (to - from > CROWD) return to - from - upperBound(members.subarray(from, to), value);
  let above = 0;
  for (let k = from; k < to; k++) if (members[k]! > value) above++;
  return above;
}
