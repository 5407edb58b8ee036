import Flatbush from "flatbush";
import { crosses, nearestOnSegment, type PlanePiece, planeOf } from "./metres.ts";
import type { RoadLine, Roads } from "./roads.ts";

export interface JoinOptions {
  /** Loose ends at most this many metres from another line are joined to it; the end of a bridge meets the ground. */
  readonly gapMetres: number;
  /** Whether lines of one level that cross without a common point meet there. */
  readonly crossings: boolean;
}

/** What was joined, so that it can be checked on a map. */
export interface JoinReport {
  readonly crossings: number;
  readonly gaps: number;
  readonly longestGapMetres: number;
  /** Loose ends that stay so because everything near lies behind a motorway, railway or river. */
  readonly behindBarrier: number;
}

/** A piece of a line between two of its points, in metres on a plane. */
interface Piece extends PlanePiece {
  readonly line: number;
  readonly at: number;
}

/** A point to be put into a piece, at a share of its length. */
interface Cut {
  readonly share: number;
  readonly point: number;
}

/**
 * Joins roads that were drawn without common points: crossings of lines on one level, and loose ends that stop short of
 * another line. Files from surveys and from Chinese web maps need it; OpenStreetMap extracts do not.
 */
export function joinRoads(roads: Roads, options: JoinOptions): { readonly roads: Roads; readonly report: JoinReport } {
  const plane = planeOf(roads.lat);
  const x = roads.lon.map((lon) => lon * plane.metresPerLon);
  const y = roads.lat.map((lat) => lat * plane.metresPerLat);
  const pieces = piecesOf(roads, { x, y }, ({ kind }) => kind !== "barrier");
  const draft: Draft = { lon: [...roads.lon], lat: [...roads.lat], cuts: new Map(), extra: [] };
  const report = { crossings: 0, gaps: 0, longestGapMetres: 0, behindBarrier: 0 };
  if (pieces.length > 0) {
    const index = indexOf(pieces);
    const add = (px: number, py: number) => {
      draft.lat.push(py / plane.metresPerLat);
      return draft.lon.push(px / plane.metresPerLon) - 1;
    };
    if (options.crossings) report.crossings = cutCrossings({ roads, pieces, index, draft, add });
    if (options.gapMetres > 0)
      Object.assign(
        report,
        joinGaps({ roads, pieces, index, draft, add }, options.gapMetres, { x, y }, barred(roads, { x, y })),
      );
  }
  const lines = roads.lines.map((line, i) => withCuts(line, i, draft.cuts)).concat(draft.extra);
  return { roads: { ...roads, lon: Float64Array.from(draft.lon), lat: Float64Array.from(draft.lat), lines }, report };
}

interface Draft {
  readonly lon: number[];
  readonly lat: number[];
  readonly cuts: Map<string, Cut[]>;
  readonly extra: RoadLine[];
}

interface Work {
  readonly roads: Roads;
  readonly pieces: readonly Piece[];
  readonly index: Flatbush;
  readonly draft: Draft;
  readonly add: (x: number, y: number) => number;
}

interface OnPlane {
  readonly x: Float64Array;
  readonly y: Float64Array;
}

function piecesOf(roads: Roads, { x, y }: OnPlane, isWanted: (line: RoadLine) => boolean): Piece[] {
  const pieces: Piece[] = [];
  roads.lines.forEach((one, line) => {
    if (!isWanted(one)) return;
    const { points } = one;
    for (let at = 1; at < points.length; at++) {
      const a = points[at - 1]!;
      const b = points[at]!;
      pieces.push({ line, at, ax: x[a]!, ay: y[a]!, bx: x[b]!, by: y[b]! });
    }
  });
  return pieces;
}

function indexOf(pieces: readonly Piece[]): Flatbush {
  const index = new Flatbush(pieces.length);
  for (const { ax, ay, bx, by } of pieces)
    index.add(Math.min(ax, bx), Math.min(ay, by), Math.max(ax, bx), Math.max(ay, by));
  index.finish();
  return index;
}

/** Whether a straight way crosses a barrier on the ground. */
function barred(roads: Roads, at: OnPlane): (way: PlanePiece) => boolean {
  const walls = piecesOf(roads, at, ({ kind, level }) => kind === "barrier" && level === 0);
  if (walls.length === 0) return () => false;
  const index = indexOf(walls);
  return (way) =>
    index
      .search(Math.min(way.ax, way.bx), Math.min(way.ay, way.by), Math.max(way.ax, way.bx), Math.max(way.ay, way.by))
      .some((i) => crosses(way, walls[i]!));
}

function cutCrossings({ roads, pieces, index, draft, add }: Work): number {
  let found = 0;
  pieces.forEach((one, i) => {
    const { ax, ay, bx, by } = one;
    const near = index.search(Math.min(ax, bx), Math.min(ay, by), Math.max(ax, bx), Math.max(ay, by), (j) => j > i);
    for (const j of near) {
      const other = pieces[j]!;
      if (roads.lines[one.line]!.level !== roads.lines[other.line]!.level) continue;
      const shares = crossing(one, other);
      if (!shares) continue;
      const point = add(ax + shares[0] * (bx - ax), ay + shares[0] * (by - ay));
      addCut(draft, one, { share: shares[0], point });
      addCut(draft, other, { share: shares[1], point });
      found += 1;
    }
  });
  return found;
}

/** Shares at which two pieces cross strictly inside both; a millimetre from an end is no crossing. */
function crossing(p: Piece, q: Piece): readonly [number, number] | undefined {
  const px = p.bx - p.ax;
  const py = p.by - p.ay;
  const qx = q.bx - q.ax;
  const qy = q.by - q.ay;
  const turn = px * qy - py * qx;
  if (Math.abs(turn) < 1e-9) return undefined;
  const s = ((q.ax - p.ax) * qy - (q.ay - p.ay) * qx) / turn;
  const t = ((q.ax - p.ax) * py - (q.ay - p.ay) * px) / turn;
  const sEnd = 0.001 / Math.hypot(px, py);
  const tEnd = 0.001 / Math.hypot(qx, qy);
  return s > sEnd && s < 1 - sEnd && t > tEnd && t < 1 - tEnd ? [s, t] : undefined;
}

function joinGaps(
  work: Work,
  gapMetres: number,
  plane: OnPlane,
  isBarred: (way: PlanePiece) => boolean,
): Omit<JoinReport, "crossings"> {
  const { roads, draft, add } = work;
  const uses = new Int32Array(roads.lon.length);
  for (const { points, kind } of roads.lines) if (kind !== "barrier") for (const point of points) uses[point]! += 1;
  const report = { gaps: 0, longestGapMetres: 0, behindBarrier: 0 };
  roads.lines.forEach(({ points, kind, level }, line) => {
    if (kind === "barrier") return;
    for (const end of [points[0]!, points.at(-1)!]) {
      if (uses[end] !== 1) continue;
      const near = piecesNear(work, { x: plane.x[end]!, y: plane.y[end]! }, gapMetres).filter(
        ({ piece }) => piece.line !== line,
      );
      const best = near.find(({ way }) => !isBarred(way));
      if (!best) {
        report.behindBarrier += near.length > 0 ? 1 : 0;
        continue;
      }
      const { piece, share, way, metres } = best;
      const ends = roads.lines[piece.line]!.points;
      let point = share === 0 ? ends[piece.at - 1]! : ends[piece.at]!;
      if (share > 0 && share < 1) {
        point = add(way.bx, way.by);
        addCut(draft, piece, { share, point });
      }
      draft.extra.push({ points: Int32Array.of(end, point), kind: "walk", level });
      report.gaps += 1;
      report.longestGapMetres = Math.max(report.longestGapMetres, metres);
    }
  });
  return report;
}

interface Near {
  readonly piece: Piece;
  readonly share: number;
  /** From the point to the piece. */
  readonly way: PlanePiece;
  readonly metres: number;
}

/** Pieces within some metres of a point, nearest first. */
function piecesNear({ pieces, index }: Work, { x, y }: { x: number; y: number }, within: number): Near[] {
  return index
    .search(x - within, y - within, x + within, y + within)
    .flatMap((i): Near[] => {
      const piece = pieces[i]!;
      const { share, squared } = nearestOnSegment(x, y, piece);
      if (squared > within * within) return [];
      const way = {
        ax: x,
        ay: y,
        bx: piece.ax + share * (piece.bx - piece.ax),
        by: piece.ay + share * (piece.by - piece.ay),
      };
      return [{ piece, share, way, metres: Math.sqrt(squared) }];
    })
    .sort((a, b) => a.metres - b.metres);
}

function addCut(draft: Draft, { line, at }: Piece, cut: Cut): void {
  const key = `${line},${at}`;
  const cuts = draft.cuts.get(key);
  if (cuts) cuts.push(cut);
  else draft.cuts.set(key, [cut]);
}

function withCuts(line: RoadLine, number: number, cuts: ReadonlyMap<string, Cut[]>): RoadLine {
  const points = [line.points[0]!];
  for (let at = 1; at < line.points.length; at++) {
    const here = cuts.get(`${number},${at}`);
    if (here) for (const { point } of here.sort((a, b) => a.share - b.share)) points.push(point);
    points.push(line.points[at]!);
  }
  if (points.length === line.points.length) return line;
  const { length: _stated, ...rest } = line;
  return { ...rest, points: Int32Array.from(points) };
}
