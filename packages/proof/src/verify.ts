import { emptyRoot, type Hash, hashLength, nodeHash, sameBytes, sameHash } from "./hash.ts";

const half = (value: number): number => Math.floor(value / 2);
const odd = (value: number): boolean => value % 2 === 1;
const wellFormed = (proof: readonly Hash[]): boolean => proof.every(({ length }) => length === hashLength);

export interface Inclusion {
  readonly leaf: Hash;
  readonly index: number;
  readonly size: number;
  readonly root: Hash;
  readonly proof: readonly Hash[];
}

/** Whether the proof shows that the leaf stands at `index` in the tree of `size` with this root. RFC 9162 section 2.1.3.2. */
export const verifyInclusion = ({ leaf, index, size, root, proof }: Inclusion): boolean => {
  if (!Number.isSafeInteger(size) || !Number.isSafeInteger(index) || index < 0 || index >= size) return false;
  if (leaf.length !== hashLength || !wellFormed(proof)) return false;
  let [node, last, hash] = [index, size - 1, leaf];
  for (const sibling of proof) {
    if (last === 0) return false;
    if (odd(node) || node === last) {
      hash = nodeHash(sibling, hash);
      while (!odd(node) && node !== 0) [node, last] = [half(node), half(last)];
    } else {
      hash = nodeHash(hash, sibling);
    }
    [node, last] = [half(node), half(last)];
  }
  return last === 0 && sameHash(hash, root);
};

export interface Consistency {
  readonly older: number;
  readonly newer: number;
  readonly olderRoot: Hash;
  readonly newerRoot: Hash;
  readonly proof: readonly Hash[];
}

/** Whether the proof shows that the older tree is the beginning of the newer one. RFC 9162 section 2.1.4.2. */
export const verifyConsistency = ({ older, newer, olderRoot, newerRoot, proof }: Consistency): boolean => {
  if (!Number.isSafeInteger(older) || !Number.isSafeInteger(newer) || older < 0 || older > newer) return false;
  // The empty tree begins every tree: nothing to show, and its root is fixed.
  if (older === 0) {
    if (proof.length > 0 || !sameHash(olderRoot, emptyRoot())) return false;
    return newer === 0 ? sameHash(newerRoot, olderRoot) : newerRoot.length === hashLength;
  }
  if (older === newer) return proof.length === 0 && sameBytes(olderRoot, newerRoot);
  if (olderRoot.length !== hashLength || newerRoot.length !== hashLength || !wellFormed(proof)) return false;
  let [node, last] = [older - 1, newer - 1];
  while (odd(node)) [node, last] = [half(node), half(last)];
  // A power of two is a complete subtree of the newer tree: the proof leaves its own root out.
  const [first, ...rest] = node === 0 ? [olderRoot, ...proof] : proof;
  if (first === undefined) return false;
  let [old, fresh] = [first, first];
  for (const sibling of rest) {
    if (last === 0) return false;
    if (odd(node) || node === last) {
      old = nodeHash(sibling, old);
      fresh = nodeHash(sibling, fresh);
      while (!odd(node) && node !== 0) [node, last] = [half(node), half(last)];
    } else {
      fresh = nodeHash(fresh, sibling);
    }
    [node, last] = [half(node), half(last)];
  }
  return last === 0 && sameHash(old, olderRoot) && sameHash(fresh, newerRoot);
};
