import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readCheckpoint } from "./checkpoint.ts";
import { leafHash, sameHash } from "./hash.ts";
import { openNote, readVerifierKey, verifierKey } from "./note.ts";
import {
  consistencyFromTiles,
  edgeFromTiles,
  growTiles,
  inclusionFromTiles,
  readTileIndex,
  rootFromTiles,
  type TileEdge,
  type TileReader,
  tilePath,
  widthAt,
} from "./tiles.ts";
import { append, consistencyProof, inclusionProof, makeTree, rootAt } from "./tree.ts";

const leaf = (index: number) => leafHash(Uint8Array.of(index % 256, (index >> 8) % 256, index >> 16));

/** A store that keeps what `growTiles` gives, as a server does. */
const tileStore = () => {
  const tiles = new Map<string, Uint8Array>();
  const read: TileReader = async ({ level, n }) => tiles.get(`${level}/${n}`) ?? new Uint8Array(0);
  return {
    read,
    keep: (changed: ReturnType<typeof growTiles>) => {
      for (const { level, n, hashes } of changed) tiles.set(`${level}/${n}`, hashes);
    },
  };
};

it("paths are those of the specification", () => {
  // The example of c2sp.org/tlog-tiles.
  expect(tilePath(0, 1234067)).toBe("tile/0/x001/x234/067");
  expect(tilePath("entries", 0, 15)).toBe("tile/entries/000.p/15");
  expect(readTileIndex("x001/x234/067")).toBe(1234067);
  for (const wrong of ["1", "x000/001", "001/002", "x001/x234/67", "-01", "x001/"])
    expect(readTileIndex(wrong)).toBeUndefined();
});

it("tiles that grow by any batches give the roots and proofs of the tree itself", async () => {
  const batches = fc.array(fc.integer({ min: 1, max: 300 }), { minLength: 1, maxLength: 6 });
  await fc.assert(
    fc.asyncProperty(batches, fc.nat(), fc.nat(), async (sizes, some, other) => {
      const tree = makeTree();
      const store = tileStore();
      let edge: TileEdge = { size: 0, open: [] };
      for (const size of sizes) {
        const leaves = Array.from({ length: size }, (_, at) => leaf(edge.size + at));
        for (const hash of leaves) append(tree, hash);
        store.keep(growTiles(edge, leaves));
        // What a server does that was stopped in between.
        edge = await edgeFromTiles(edge.size, store.read);
      }
      const index = some % edge.size;
      const older = other % (edge.size + 1);
      expect(await rootFromTiles(edge.size, store.read)).toEqual(rootAt(tree, edge.size));
      expect(await rootFromTiles(older, store.read)).toEqual(rootAt(tree, older));
      expect(await inclusionFromTiles(index, edge.size, store.read)).toEqual(inclusionProof(tree, index, edge.size));
      expect(await consistencyFromTiles(older, edge.size, store.read)).toEqual(
        consistencyProof(tree, older, edge.size),
      );
    }),
    { numRuns: 40 },
  );
});

it("three levels of tiles agree with the tree", async () => {
  const tree = makeTree();
  const store = tileStore();
  const edge: TileEdge = { size: 0, open: [] };
  const leaves = Array.from({ length: 66_000 }, (_, at) => leaf(at));
  for (const hash of leaves) append(tree, hash);
  store.keep(growTiles(edge, leaves));
  expect(await rootFromTiles(66_000, store.read)).toEqual(rootAt(tree, 66_000));
  for (const index of [0, 255, 256, 65_535, 65_536, 65_999]) {
    expect(await inclusionFromTiles(index, 66_000, store.read)).toEqual(inclusionProof(tree, index, 66_000));
  }
});

it("a tile that lacks a hash is an error, never a wrong proof", async () => {
  const store = tileStore();
  store.keep(growTiles({ size: 0, open: [] }, [leaf(0), leaf(1)]));
  await expect(inclusionFromTiles(0, 3, store.read)).rejects.toThrow(RangeError);
  await expect(inclusionFromTiles(3, 3, store.read)).rejects.toThrow(RangeError);
});

it("the widths of tiles add up to the leaves", () => {
  expect([0, 1, 2].map((n) => widthAt({ level: 0, n }, 300))).toEqual([256, 44, 0]);
  expect(widthAt({ level: 1, n: 0 }, 300)).toBe(1);
});

// From the text of c2sp.org/signed-note.
const exampleKey = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k";
const exampleNote =
  "This is an example message.\n\n— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n";

describe("signed notes", () => {
  it("the specification's example is signed by its key", async () => {
    const key = readVerifierKey(exampleKey)!;
    expect(verifierKey(key)).toBe(exampleKey);
    expect(await openNote(exampleNote, [key])).toBe("This is an example message.\n");
  });

  it("a changed text, an unknown key and a damaged note are refused", async () => {
    const key = readVerifierKey(exampleKey)!;
    expect(await openNote(exampleNote.replace("example message", "other message"), [key])).toBeUndefined();
    expect(await openNote(exampleNote, [])).toBeUndefined();
    expect(await openNote(exampleNote.slice(0, -1), [key])).toBeUndefined();
    expect(await openNote(exampleNote.replace("This", "This\t"), [key])).toBeUndefined();
    expect(readVerifierKey(exampleKey.replace("530d903a", "530d903b"))).toBeUndefined();
  });
});

const shared = resolve(process.env.QINGDAN_SHARED ?? "../shared", "standards/merkle-rfc6962/tessera-log");

describe.skipIf(!existsSync(shared))("a log that other software wrote", () => {
  it("is read: every checkpoint's root follows from the partial tile of its size", async () => {
    for (let size = 1; size <= 15; size += 1) {
      const note = readFileSync(resolve(shared, `checkpoint.${size}`), "utf8");
      const checkpoint = readCheckpoint(note);
      const bytes = Uint8Array.from(readFileSync(resolve(shared, tilePath(0, 0, size))));
      expect(checkpoint?.size).toBe(size);
      expect(sameHash(await rootFromTiles(size, async () => bytes), checkpoint!.root)).toBe(true);
    }
  });
});
