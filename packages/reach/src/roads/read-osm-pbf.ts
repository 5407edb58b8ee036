import { unzlibSync } from "fflate";
import { PbfReader } from "pbf";
import { ReachRefusal } from "../refusal.ts";
import { roadKind, roadLevel } from "./road-kind.ts";
import type { RoadLine, Roads } from "./roads.ts";

interface Way {
  readonly refs: readonly number[];
  readonly tags: Readonly<Record<string, string>>;
}

interface Extract {
  readonly ids: number[];
  readonly lon: number[];
  readonly lat: number[];
  readonly ways: Way[];
}

interface Block {
  granularity: number;
  latOffset: number;
  lonOffset: number;
  strings: Uint8Array[];
  groups: Uint8Array[];
}

/**
 * Reads an OpenStreetMap extract in PBF (wiki.openstreetmap.org/wiki/PBF_Format) into roads for people on foot. Relations are
 * not read. A way is cut where a node is missing from the extract.
 */
export function readOsmPbf(bytes: Uint8Array): Roads {
  const extract: Extract = { ids: [], lon: [], lat: [], ways: [] };
  let at = 0;
  try {
    for (const { type, blob, start } of blobs(bytes)) {
      at = start;
      if (type === "OSMHeader") checkFeatures(unpackBlob(blob, start), start);
      if (type === "OSMData") readBlock(unpackBlob(blob, start), extract);
    }
  } catch (error) {
    if (error instanceof ReachRefusal) throw error;
    throw new ReachRefusal("reach.osm-pbf", `byte ${at}`, `this block is damaged: ${(error as Error).message}`);
  }
  return roadsOf(extract);
}

/** What a file may ask of its readers; with history, say, deleted nodes would be read as if they were there. */
const understood = new Set(["OsmSchema-V0.6", "DenseNodes"]);

function checkFeatures(data: Uint8Array, start: number): void {
  const required = new PbfReader(data).readFields<string[]>((tag, into, pbf) => {
    if (tag === 4) into.push(pbf.readString());
  }, []);
  const unknown = required.find((feature) => !understood.has(feature));
  if (unknown === undefined) return;
  const what = `the file needs readers to know ${unknown}; write an extract without it`;
  throw new ReachRefusal("reach.osm-pbf", `byte ${start}`, what);
}

function* blobs(bytes: Uint8Array): Generator<{ type: string; blob: Uint8Array; start: number }> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 0;
  while (at < bytes.length) {
    const headerSize = at + 4 <= bytes.length ? view.getUint32(at) : -1;
    if (headerSize < 0 || headerSize > 65_536 || at + 4 + headerSize > bytes.length) {
      throw new ReachRefusal("reach.osm-pbf", `byte ${at}`, "no OSM PBF block starts here; expected an .osm.pbf file");
    }
    const header = new PbfReader(bytes.subarray(at + 4, at + 4 + headerSize)).readFields(
      (tag, into, pbf) => {
        if (tag === 1) into.type = pbf.readString();
        else if (tag === 3) into.size = pbf.readVarint();
      },
      { type: "", size: 0 },
    );
    at += 4 + headerSize;
    if (at + header.size > bytes.length)
      throw new ReachRefusal("reach.osm-pbf", `byte ${at}`, `the file ends within a block of ${header.size} bytes`);
    yield { type: header.type, blob: bytes.subarray(at, at + header.size), start: at };
    at += header.size;
  }
}

function unpackBlob(bytes: Uint8Array, at: number): Uint8Array {
  const blob = new PbfReader(bytes).readFields<{ raw?: Uint8Array; zlib?: Uint8Array; size: number }>(
    (tag, into, pbf) => {
      if (tag === 1) into.raw = pbf.readBytes();
      else if (tag === 2) into.size = pbf.readVarint();
      else if (tag === 3) into.zlib = pbf.readBytes();
    },
    { size: 0 },
  );
  if (blob.raw) return blob.raw;
  if (blob.zlib) return unzlibSync(blob.zlib, { out: new Uint8Array(blob.size) });
  throw new ReachRefusal(
    "reach.osm-pbf-compression",
    `byte ${at}`,
    "this block is neither plain nor zlib; write the extract with zlib",
  );
}

function readBlock(data: Uint8Array, extract: Extract): void {
  const block = new PbfReader(data).readFields<Block>(
    (tag, into, pbf) => {
      if (tag === 1) into.strings = readStrings(pbf);
      else if (tag === 2) into.groups.push(pbf.readBytes());
      else if (tag === 17) into.granularity = pbf.readVarint();
      else if (tag === 19) into.latOffset = pbf.readVarint(true);
      else if (tag === 20) into.lonOffset = pbf.readVarint(true);
    },
    { granularity: 100, latOffset: 0, lonOffset: 0, strings: [], groups: [] },
  );
  const text = new TextDecoder();
  const decoded: (string | undefined)[] = [];
  const string = (i: number) => {
    decoded[i] ??= text.decode(block.strings[i]);
    return decoded[i];
  };
  for (const group of block.groups) {
    new PbfReader(group).readFields((tag, into, pbf) => {
      if (tag === 1) readNode(pbf, block, into);
      else if (tag === 2) readDenseNodes(pbf, block, into);
      else if (tag === 3) into.ways.push(readWay(pbf, string));
    }, extract);
  }
}

function readStrings(pbf: PbfReader): Uint8Array[] {
  return pbf.readMessage<Uint8Array[]>((tag, into, inner) => {
    if (tag === 1) into.push(inner.readBytes());
  }, []);
}

function readNode(pbf: PbfReader, block: Block, into: Extract): void {
  const node = pbf.readMessage(
    (tag, at, inner) => {
      if (tag === 1) at.id = inner.readSVarint();
      else if (tag === 8) at.lat = inner.readSVarint();
      else if (tag === 9) at.lon = inner.readSVarint();
    },
    { id: 0, lat: 0, lon: 0 },
  );
  addNode(node, block, into);
}

function readDenseNodes(pbf: PbfReader, block: Block, into: Extract): void {
  const dense = pbf.readMessage<{ ids: number[]; lat: number[]; lon: number[] }>(
    (tag, at, inner) => {
      if (tag === 1) inner.readPackedSVarint(at.ids);
      else if (tag === 8) inner.readPackedSVarint(at.lat);
      else if (tag === 9) inner.readPackedSVarint(at.lon);
    },
    { ids: [], lat: [], lon: [] },
  );
  const node = { id: 0, lat: 0, lon: 0 };
  for (let i = 0; i < dense.ids.length; i++) {
    node.id += dense.ids[i]!;
    node.lat += dense.lat[i]!;
    node.lon += dense.lon[i]!;
    addNode(node, block, into);
  }
}

function addNode(node: { id: number; lat: number; lon: number }, block: Block, into: Extract): void {
  into.ids.push(node.id);
  into.lon.push((block.lonOffset + block.granularity * node.lon) * 1e-9);
  into.lat.push((block.latOffset + block.granularity * node.lat) * 1e-9);
}

function readWay(pbf: PbfReader, string: (i: number) => string): Way {
  const way = pbf.readMessage<{ keys: number[]; values: number[]; refs: number[] }>(
    (tag, at, inner) => {
      if (tag === 2) inner.readPackedVarint(at.keys);
      else if (tag === 3) inner.readPackedVarint(at.values);
      else if (tag === 8) inner.readPackedSVarint(at.refs);
    },
    { keys: [], values: [], refs: [] },
  );
  let last = 0;
  const refs = way.refs.map((delta) => {
    last += delta;
    return last;
  });
  return { refs, tags: Object.fromEntries(way.keys.map((key, i) => [string(key), string(way.values[i]!)])) };
}

function roadsOf({ ids, lon, lat, ways }: Extract): Roads {
  const index = new Map<number, number>();
  for (let i = 0; i < ids.length; i++) index.set(ids[i]!, i);
  const lines: RoadLine[] = [];
  const leftOut: Record<string, number> = {};
  const counts = { walk: 0, stairs: 0, barrier: 0, broken: 0, tagged: 0 };
  for (const { refs, tags } of ways) {
    const isLine = "highway" in tags || "railway" in tags || "waterway" in tags || tags.public_transport === "platform";
    const is = isLine ? roadKind(tags) : { leftOut: "no road" };
    if ("leftOut" in is) {
      leftOut[is.leftOut] = (leftOut[is.leftOut] ?? 0) + 1;
      continue;
    }
    const parts = cutAtMissing(refs.map((ref) => index.get(ref) ?? -1));
    if (parts.length !== 1) counts.broken += 1;
    counts[is.kind] += 1;
    for (const points of parts) lines.push({ points, kind: is.kind, level: roadLevel(tags) });
  }
  return {
    lon: Float64Array.from(lon),
    lat: Float64Array.from(lat),
    lines,
    report: {
      source: "osm-pbf",
      lines: ways.length,
      walk: counts.walk,
      stairs: counts.stairs,
      barriers: counts.barrier,
      leftOut,
      broken: counts.broken,
      repeated: 0,
    },
  };
}

function cutAtMissing(points: readonly number[]): Int32Array[] {
  const parts: Int32Array[] = [];
  let part: number[] = [];
  for (const point of [...points, -1]) {
    if (point >= 0) part.push(point);
    else {
      if (part.length > 1) parts.push(Int32Array.from(part));
      part = [];
    }
  }
  return parts;
}
