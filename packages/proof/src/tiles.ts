import { emptyRoot, type Hash, hashLength, nodeHash } from "./hash.ts";
import { completeParts, consistencyRanges, inclusionRanges, type LeafRange } from "./ranges.ts";

/** Hashes of 256 neighbours of one level, the unit in which a log is stored and fetched. https://c2sp.org/tlog-tiles */
export interface TileName {
  /** Level 0 holds leaf hashes; each hash of level 1 and above is the root of a full tile below. */
  readonly level: number;
  readonly n: number;
}

export const tileWidth = 256;
const tileHeight = 8;

/** Gives the hashes of a tile one after the other, at least as many as the tree in question has there. */
export type TileReader = (tile: TileName) => Promise<Uint8Array>;

/** How many hashes a tile has in a tree of `size` leaves; 0: none. */
export const widthAt = ({ level, n }: TileName, size: number): number => {
  const hashes = Math.floor(size / tileWidth ** level);
  return Math.max(0, Math.min(tileWidth, hashes - n * tileWidth));
};

/** `tile/0/x001/x234/067`, with `.p/<width>` for a partial tile. */
export const tilePath = (level: number | "entries", n: number, width: number = tileWidth): string =>
  `tile/${level}/${indexPath(n)}${width === tileWidth ? "" : `.p/${width}`}`;

const indexPath = (n: number): string => {
  const groups = String(n)
    .padStart(Math.ceil(String(n).length / 3) * 3, "0")
    .match(/.{3}/g)!;
  return groups.map((group, at) => (at === groups.length - 1 ? group : `x${group}`)).join("/");
};

/** The index written in a tile's path; undefined where it is not the one way of writing it. */
export const readTileIndex = (path: string): number | undefined => {
  if (!/^(x\d{3}\/)*\d{3}$/.test(path)) return undefined;
  const n = Number(path.replace(/[x/]/g, ""));
  return Number.isSafeInteger(n) && indexPath(n) === path ? n : undefined;
};

const rootOf = (hashes: readonly Hash[]): Hash => {
  if (hashes.length === 1) return hashes[0]!;
  const above: Hash[] = [];
  for (let at = 0; at < hashes.length; at += 2) above.push(nodeHash(hashes[at]!, hashes[at + 1]!));
  return rootOf(above);
};

/** What the hashes of a tile join to, level by level from the hashes themselves up; kept as long as the tile's bytes are. */
const joinedByTile = new WeakMap<Uint8Array, readonly Uint8Array[]>();

const hashAt = (level: Uint8Array, at: number): Hash => level.subarray(at * hashLength, (at + 1) * hashLength);

const levelsOf = (tile: Uint8Array): readonly Uint8Array[] => {
  const known = joinedByTile.get(tile);
  if (known) return known;
  const levels = [tile];
  for (let below = tile; below.length >= 2 * hashLength; ) {
    const above = new Uint8Array(Math.floor(below.length / (2 * hashLength)) * hashLength);
    for (let at = 0; at * hashLength < above.length; at += 1) {
      above.set(nodeHash(hashAt(below, 2 * at), hashAt(below, 2 * at + 1)), at * hashLength);
    }
    levels.push(above);
    below = above;
  }
  joinedByTile.set(tile, levels);
  return levels;
};

/** Hash of a complete subtree, out of the tile that holds its lowest stored level. */
const completeHash = async ({ from, size }: LeafRange, read: TileReader): Promise<Hash> => {
  const level = Math.floor(Math.log2(size) / tileHeight);
  const each = tileWidth ** level;
  const first = from / each;
  const n = Math.floor(first / tileWidth);
  const hashes = size / each;
  const at = (first - n * tileWidth) / hashes;
  const found = levelsOf(await read({ level, n }))[Math.log2(hashes)] ?? new Uint8Array(0);
  const hash = found.slice(at * hashLength, (at + 1) * hashLength);
  if (hash.length !== hashLength)
    throw new RangeError(`Tile ${level}/${n} lacks the hashes ${at * hashes} to ${(at + 1) * hashes}`);
  return hash;
};

const rangeHash = async (range: LeafRange, read: TileReader): Promise<Hash> => {
  const parts = await Promise.all(completeParts(range).map((part) => completeHash(part, read)));
  return parts.reduceRight((right, left) => nodeHash(left, right));
};

/** Root of the tree when it had `size` leaves, from its tiles. */
export const rootFromTiles = async (size: number, read: TileReader): Promise<Hash> =>
  size === 0 ? emptyRoot() : rangeHash({ from: 0, size }, read);

/** The inclusion proof of a leaf in the tree of `size`, from its tiles. */
export const inclusionFromTiles = async (index: number, size: number, read: TileReader): Promise<Hash[]> => {
  if (index < 0 || index >= size) throw new RangeError(`Leaf ${index} is not among ${size}`);
  return Promise.all(inclusionRanges(index, size).map((range) => rangeHash(range, read)));
};

/** The proof that the tree at `older` begins the tree at `newer`, from its tiles. */
export const consistencyFromTiles = async (older: number, newer: number, read: TileReader): Promise<Hash[]> => {
  if (older < 0 || older > newer) throw new RangeError(`Size ${older} is not before size ${newer}`);
  return Promise.all(consistencyRanges(older, newer).map((range) => rangeHash(range, read)));
};

/** The right edge of a growing tree: the last tile of each level. */
export interface TileEdge {
  size: number;
  /** By level: hashes of the tile that is being filled, fewer than 256. */
  readonly open: Hash[][];
}

/** Adds leaves to the edge and gives every tile that changed, whole. */
export const growTiles = (edge: TileEdge, leaves: readonly Hash[]): (TileName & { readonly hashes: Uint8Array })[] => {
  const changed = new Map<string, TileName & { readonly hashes: Uint8Array }>();
  const touched = new Set<number>();
  const note = (level: number, size: number, hashes: readonly Hash[]) => {
    const n = Math.ceil(Math.floor(size / tileWidth ** level) / tileWidth) - 1;
    changed.set(`${level}/${n}`, { level, n, hashes: joined(hashes) });
  };
  const add = (level: number, hash: Hash): void => {
    const open = edge.open[level] ?? [];
    edge.open[level] = open;
    open.push(hash);
    touched.add(level);
    if (open.length < tileWidth) return;
    note(level, edge.size, open);
    edge.open[level] = [];
    touched.delete(level);
    add(level + 1, rootOf(open));
  };
  for (const leaf of leaves) {
    edge.size += 1;
    add(0, leaf);
  }
  for (const level of touched) note(level, edge.size, edge.open[level]!);
  return [...changed.values()];
};

/** The edge of a tree of `size`, from its stored tiles. */
export const edgeFromTiles = async (size: number, read: TileReader): Promise<TileEdge> => {
  const open: Hash[][] = [];
  for (let level = 0; tileWidth ** level <= size; level += 1) {
    const hashes = Math.floor(size / tileWidth ** level);
    const width = hashes % tileWidth;
    const bytes = width === 0 ? new Uint8Array(0) : await read({ level, n: Math.floor(hashes / tileWidth) });
    open.push(Array.from({ length: width }, (_, at) => bytes.slice(at * hashLength, (at + 1) * hashLength)));
  }
  return { size, open };
};

const joined = (hashes: readonly Hash[]): Uint8Array => {
  const bytes = new Uint8Array(hashes.length * hashLength);
  hashes.forEach((hash, at) => {
    bytes.set(hash, at * hashLength);
  });
  return bytes;
};
