/** Leaves `from` up to `from + size`: a subtree whose hash stands in a proof. */
export interface LeafRange {
  readonly from: number;
  readonly size: number;
}

/** The largest power of two below `size`, for size of 2 and more. */
export const split = (size: number): number => 2 ** Math.ceil(Math.log2(size) - 1);

/** Whether a subtree of so many leaves is complete. */
export const isComplete = (size: number): boolean => Number.isInteger(Math.log2(size));

/** The subtrees whose hashes lead from a leaf to the root at `size`, lowest first. RFC 9162 section 2.1.3.1. */
export const inclusionRanges = (index: number, size: number): LeafRange[] => {
  const path = (at: number, from: number, count: number): LeafRange[] => {
    if (count === 1) return [];
    const left = split(count);
    return at < left
      ? [...path(at, from, left), { from: from + left, size: count - left }]
      : [...path(at - left, from + left, count - left), { from, size: left }];
  };
  return path(index, 0, size);
};

/** The subtrees whose hashes show that the tree at `older` begins the tree at `newer`. RFC 9162 section 2.1.4.1. */
export const consistencyRanges = (older: number, newer: number): LeafRange[] => {
  if (older === 0 || older === newer) return [];
  const path = (old: number, from: number, count: number, whole: boolean): LeafRange[] => {
    if (old === count) return whole ? [] : [{ from, size: count }];
    const left = split(count);
    return old <= left
      ? [...path(old, from, left, whole), { from: from + left, size: count - left }]
      : [...path(old - left, from + left, count - left, false), { from, size: left }];
  };
  return path(older, 0, newer, true);
};

/** The complete subtrees that a subtree is made of, largest first. */
export const completeParts = ({ from, size }: LeafRange): LeafRange[] => {
  if (isComplete(size)) return [{ from, size }];
  const left = split(size);
  return [{ from, size: left }, ...completeParts({ from: from + left, size: size - left })];
};
