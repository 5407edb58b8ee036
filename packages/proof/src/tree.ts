import { emptyRoot, type Hash, nodeHash } from "./hash.ts";
import { consistencyRanges, inclusionRanges, isComplete, split } from "./ranges.ts";

/**
 * A growing Merkle tree: at each level the hashes of its complete subtrees, so that the root and the proofs of every
 * size it ever had can be given. RFC 9162 section 2.1.
 */
export interface Tree {
  /** `levels[k][i]` is the hash of leaves i*2^k up to (i+1)*2^k. */
  readonly levels: Hash[][];
}

export const makeTree = (): Tree => ({ levels: [[]] });

export const treeSize = (tree: Tree): number => tree.levels[0]?.length ?? 0;

/** Adds a leaf's hash; answers its index. */
export const append = (tree: Tree, leaf: Hash): number => {
  let hash = leaf;
  for (let level = 0; ; level += 1) {
    const hashes = tree.levels[level] ?? [];
    tree.levels[level] = hashes;
    hashes.push(hash);
    const left = hashes.at(-2);
    if (hashes.length % 2 === 1 || left === undefined) return treeSize(tree) - 1;
    hash = nodeHash(left, hash);
  }
};

const subtree = (tree: Tree, from: number, size: number): Hash => {
  if (isComplete(size)) {
    const hash = tree.levels[Math.log2(size)]?.[from / size];
    if (hash) return hash;
  }
  const left = split(size);
  return nodeHash(subtree(tree, from, left), subtree(tree, from + left, size - left));
};

const requireSize = (tree: Tree, size: number): void => {
  if (!Number.isInteger(size) || size < 0 || size > treeSize(tree)) {
    throw new RangeError(`The tree had no size ${size}; it has ${treeSize(tree)} leaves`);
  }
};

/** Root of the tree when it had `size` leaves. */
export const rootAt = (tree: Tree, size: number): Hash => {
  requireSize(tree, size);
  return size === 0 ? emptyRoot() : subtree(tree, 0, size);
};

/** Hashes that lead from a leaf to the root at `size`, lowest first. */
export const inclusionProof = (tree: Tree, index: number, size: number): Hash[] => {
  requireSize(tree, size);
  if (!Number.isInteger(index) || index < 0 || index >= size)
    throw new RangeError(`Leaf ${index} is not among ${size}`);
  return inclusionRanges(index, size).map((range) => subtree(tree, range.from, range.size));
};

/** Hashes that show that the tree at `older` is the beginning of the tree at `newer`. */
export const consistencyProof = (tree: Tree, older: number, newer: number): Hash[] => {
  requireSize(tree, newer);
  requireSize(tree, older);
  if (older > newer) throw new RangeError(`Size ${older} is not before size ${newer}`);
  return consistencyRanges(older, newer).map((range) => subtree(tree, range.from, range.size));
};
