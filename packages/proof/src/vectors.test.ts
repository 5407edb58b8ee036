import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { leafHash } from "./hash.ts";
import { append, consistencyProof, inclusionProof, makeTree, rootAt, type Tree } from "./tree.ts";
import { verifyConsistency, verifyInclusion } from "./verify.ts";

const shared = resolve(process.env.QINGDAN_SHARED ?? "../shared", "standards/merkle-rfc6962");
const read = <T>(name: string): T => JSON.parse(readFileSync(resolve(shared, name), "utf8")) as T;
const base64 = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, "base64"));
const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");

interface InclusionCase {
  name: string;
  leafIdx: number;
  treeSize: number;
  root: string;
  leafHash: string;
  proof: string[] | null;
  wantErr: boolean;
}

interface ConsistencyCase {
  name: string;
  size1: number;
  size2: number;
  root1: string;
  root2: string;
  proof: string[] | null;
  wantErr: boolean;
}

describe.skipIf(!existsSync(shared))("the public vectors", () => {
  it("98 of 98 inclusion proofs are judged right", () => {
    const cases = read<InclusionCase[]>("inclusion.json");
    expect(cases).toHaveLength(98);
    for (const { name, leafIdx, treeSize, root, leafHash: leaf, proof, wantErr } of cases) {
      const inclusion = {
        leaf: base64(leaf),
        index: leafIdx,
        size: treeSize,
        root: base64(root),
        proof: (proof ?? []).map(base64),
      };
      expect([name, verifyInclusion(inclusion)]).toEqual([name, !wantErr]);
    }
  });
  it("98 of 98 consistency proofs are judged right", () => {
    const cases = read<ConsistencyCase[]>("consistency.json");
    expect(cases).toHaveLength(98);
    for (const { name, size1, size2, root1, root2, proof, wantErr } of cases) {
      const consistency = {
        older: size1,
        newer: size2,
        olderRoot: base64(root1),
        newerRoot: base64(root2),
        proof: (proof ?? []).map(base64),
      };
      expect([name, verifyConsistency(consistency)]).toEqual([name, !wantErr]);
    }
  });
  it("the roots of sizes 0 to 8 are the published ones", () => {
    const { leafInputsHex, rootHashesHexByTreeSize } = read<{
      leafInputsHex: string[];
      rootHashesHexByTreeSize: string[];
    }>("tree.json");
    const tree = makeTree();
    for (const input of leafInputsHex) append(tree, leafHash(Uint8Array.from(Buffer.from(input, "hex"))));
    expect(rootHashesHexByTreeSize.map((_, size) => hex(rootAt(tree, size)))).toEqual(rootHashesHexByTreeSize);
  });
  it("a tile log's leaves lead to the root of each of its checkpoints", () => {
    const tree = makeTree();
    const leaves = Uint8Array.from(readFileSync(resolve(shared, "tessera-log/tile/0/000.p/15")));
    for (let size = 0; size <= 15; size += 1) {
      const [, written, root = ""] = readFileSync(resolve(shared, `tessera-log/checkpoint.${size}`), "utf8").split(
        "\n",
      );
      expect([written, hex(rootAt(tree, size))]).toEqual([String(size), hex(base64(root))]);
      if (size < 15) append(tree, leaves.slice(size * 32, size * 32 + 32));
    }
  });
});

const grow = (size: number): Tree => {
  const tree = makeTree();
  for (let index = 0; index < size; index += 1) append(tree, leafHash(Uint8Array.of(index % 251, index >> 8)));
  return tree;
};

it("every leaf of every size is shown to be in, and in no other place", () => {
  const tree = grow(150);
  const sizes = fc
    .integer({ min: 1, max: 150 })
    .chain((size) => fc.tuple(fc.constant(size), fc.nat(size - 1), fc.nat(size - 1)));
  fc.assert(
    fc.property(sizes, ([size, index, other]) => {
      const leaf = leafHash(Uint8Array.of(index % 251, index >> 8));
      const shown = { leaf, index, size, root: rootAt(tree, size), proof: inclusionProof(tree, index, size) };
      expect(verifyInclusion(shown)).toBe(true);
      if (other !== index) expect(verifyInclusion({ ...shown, index: other })).toBe(false);
    }),
  );
});

it("every older size is shown to begin every newer one, and a changed root is refused", () => {
  const tree = grow(150);
  const pairs = fc.integer({ min: 1, max: 150 }).chain((newer) => fc.tuple(fc.nat(newer), fc.constant(newer)));
  fc.assert(
    fc.property(pairs, ([older, newer]) => {
      const shown = {
        older,
        newer,
        olderRoot: rootAt(tree, older),
        newerRoot: rootAt(tree, newer),
        proof: consistencyProof(tree, older, newer),
      };
      expect(verifyConsistency(shown)).toBe(true);
      if (older > 0) expect(verifyConsistency({ ...shown, olderRoot: leafHash(shown.olderRoot) })).toBe(false);
    }),
  );
});

it("sizes that the tree never had are refused", () => {
  const tree = grow(3);
  expect(() => rootAt(tree, 4)).toThrow(RangeError);
  expect(() => inclusionProof(tree, 3, 3)).toThrow(RangeError);
  expect(() => consistencyProof(tree, 3, 2)).toThrow(RangeError);
});
