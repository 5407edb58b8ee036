import { sha256 } from "@noble/hashes/sha2.js";

/** 32 bytes of SHA-256. */
export type Hash = Uint8Array;

export const hashLength = 32;

const withPrefix = (prefix: number, ...parts: readonly Uint8Array[]): Hash => {
  const bytes = new Uint8Array(1 + parts.reduce((sum, part) => sum + part.length, 0));
  bytes[0] = prefix;
  let at = 1;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return sha256(bytes);
};

/** Leaves and nodes are hashed apart, so that no node can pass for a leaf. RFC 9162 section 2.1.1. */
export const leafHash = (data: Uint8Array): Hash => withPrefix(0, data);
export const nodeHash = (left: Hash, right: Hash): Hash => withPrefix(1, left, right);
export const emptyRoot = (): Hash => sha256(new Uint8Array(0));

export const sameBytes = (a: Uint8Array, b: Uint8Array): boolean =>
  a.length === b.length && a.every((byte, index) => byte === b[index]);

export const sameHash = (a: Hash, b: Hash): boolean => a.length === hashLength && sameBytes(a, b);
