import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parse } from "yaml";
import { z } from "zod";

const words = z.strictObject({ zh: z.string(), en: z.string() });
const file = z.strictObject({
  barriers: z.array(
    z.strictObject({
      id: z.string(),
      kind: z.enum(["river", "railway", "expressway"]),
      name: words,
      /** Metres from bank to bank. */
      width: z.number().positive(),
      /** Metres between two ways across. */
      crossings: z.number().positive(),
      closed: z.boolean().default(false),
      course: z.array(z.tuple([z.number(), z.number()])).min(2),
    }),
  ),
});

/** A point of the city's grid in metres. */
export type Spot = readonly [x: number, y: number];

/** What nobody crosses on foot outside a bridge or underpass, as a smooth course. */
export interface Barrier {
  readonly id: string;
  readonly kind: "river" | "railway" | "expressway";
  readonly name: { readonly zh: string; readonly en: string };
  readonly width: number;
  readonly crossings: number;
  readonly course: readonly Spot[];
}

/** A piece of a barrier, and the metres along the barrier at its start. */
interface Piece {
  readonly barrier: number;
  readonly a: Spot;
  readonly b: Spot;
  readonly along: number;
}

/** Where a straight way crosses a barrier. */
export interface Meeting {
  readonly barrier: number;
  /** Metres along the barrier. */
  readonly along: number;
}

/** Pieces of barriers by the square kilometre that they touch. */
export interface Barriers {
  readonly list: readonly Barrier[];
  /** Barriers that the straight way from a to b crosses. */
  meetings(a: Spot, b: Spot): readonly Meeting[];
  /** Whether a point lies in water, or within `margin` metres of it. */
  isWet(at: Spot, margin: number): boolean;
  /** The point itself, or the nearest point 20 m off the bank where it lies in water. */
  ashore(at: Spot): Spot;
  /** The nearest piece of each barrier within `reach` (at most 400) metres, as a line with the side of it that the point is on. */
  sides(at: Spot, reach: number): readonly Side[];
}

/** On which side of a barrier a point lies: `left` of the line from a to b, `off` metres from it. */
export interface Side {
  readonly barrier: number;
  readonly a: Spot;
  readonly b: Spot;
  readonly left: boolean;
  readonly off: number;
}

const bucketMetres = 500;
/** Metres from which a barrier is seen. */
const farthest = 400;
/** Metres between two points of a smooth course. */
const stepMetres = 120;

export function readBarriers(): Barrier[] {
  const { barriers } = file.parse(parse(readFileSync(fileURLToPath(new URL("roads.yaml", import.meta.url)), "utf8")));
  return barriers.map(({ closed, course, ...barrier }) => ({ ...barrier, course: smooth(course, closed) }));
}

export function openBarriers(list: readonly Barrier[]): Barriers {
  const buckets = new Map<number, Piece[]>();
  for (const piece of list.flatMap(piecesOf)) {
    for (const key of bucketsOf(piece.a, piece.b, farthest)) {
      const known = buckets.get(key);
      if (known) known.push(piece);
      else buckets.set(key, [piece]);
    }
  }
  const near = (a: Spot, b: Spot): Set<Piece> => {
    const found = new Set<Piece>();
    // Buckets know pieces from 400 m off, so points half a bucket apart miss none.
    const steps = Math.ceil((2 * distance(a, b)) / bucketMetres);
    for (let n = 0; n <= steps; n++) {
      const share = n / Math.max(1, steps);
      const key = bucketOf(a[0] + share * (b[0] - a[0]), a[1] + share * (b[1] - a[1]));
      for (const piece of buckets.get(key) ?? []) found.add(piece);
    }
    return found;
  };
  const sides = (at: Spot, reach: number): Side[] => {
    const here = buckets.get(bucketOf(at[0], at[1]));
    if (!here) return [];
    const best = new Map<number, Side>();
    for (const piece of here) {
      const { off, left } = measure(at, piece);
      if (off > reach || off >= (best.get(piece.barrier)?.off ?? Infinity)) continue;
      best.set(piece.barrier, { barrier: piece.barrier, a: piece.a, b: piece.b, left, off });
    }
    return [...best.values()].sort((p, q) => p.barrier - q.barrier);
  };
  const wetSide = (at: Spot, margin: number) =>
    sides(at, farthest).find(({ barrier, off }) => {
      const { kind, width } = list[barrier]!;
      return kind === "river" && off < width / 2 + margin;
    });
  return {
    list,
    sides,
    meetings(a, b) {
      const found: Meeting[] = [];
      for (const piece of near(a, b)) {
        const share = crossing(piece.a, piece.b, a, b);
        if (share === undefined) continue;
        found.push({ barrier: piece.barrier, along: piece.along + share * distance(piece.a, piece.b) });
      }
      return found.sort((p, q) => p.barrier - q.barrier || p.along - q.along);
    },
    isWet: (at, margin) => wetSide(at, margin) !== undefined,
    ashore(at) {
      let [x, y] = at;
      // At the mouth of a creek the way out of one water may lead into the other.
      for (let again = 0; again < 4; again++) {
        const wet = wetSide([x, y], 20);
        if (!wet) break;
        const length = distance(wet.a, wet.b);
        const push = list[wet.barrier]!.width / 2 + 21 - wet.off;
        const turn = wet.left ? 1 : -1;
        x -= (turn * push * (wet.b[1] - wet.a[1])) / length;
        y += (turn * push * (wet.b[0] - wet.a[0])) / length;
      }
      return [x, y];
    },
  };
}

export function distance(a: Spot, b: Spot): number {
  return Math.hypot(a[0] - b[0], a[1] - b[1]);
}

function piecesOf({ course }: Barrier, barrier: number): Piece[] {
  let along = 0;
  return course.slice(1).map((b, i) => {
    const a = course[i]!;
    const piece = { barrier, a, b, along };
    along += distance(a, b);
    return piece;
  });
}

function bucketOf(x: number, y: number): number {
  return Math.floor(x / bucketMetres) * 4096 + Math.floor(y / bucketMetres);
}

/** Buckets that the box around a-b, widened by `reach`, touches. */
function* bucketsOf(a: Spot, b: Spot, reach: number): Generator<number> {
  const from = (axis: 0 | 1) => Math.floor((Math.min(a[axis], b[axis]) - reach) / bucketMetres);
  const to = (axis: 0 | 1) => Math.floor((Math.max(a[axis], b[axis]) + reach) / bucketMetres);
  for (let i = from(0); i <= to(0); i++) for (let j = from(1); j <= to(1); j++) yield i * 4096 + j;
}

function measure(at: Spot, { a, b }: Piece): { off: number; left: boolean } {
  const dx = b[0] - a[0];
  const dy = b[1] - a[1];
  const share = Math.min(1, Math.max(0, ((at[0] - a[0]) * dx + (at[1] - a[1]) * dy) / (dx * dx + dy * dy)));
  const off = Math.hypot(at[0] - a[0] - share * dx, at[1] - a[1] - share * dy);
  return { off, left: dx * (at[1] - a[1]) - dy * (at[0] - a[0]) > 0 };
}

/** Share of a-b at which c-d crosses it. */
function crossing(a: Spot, b: Spot, c: Spot, d: Spot): number | undefined {
  const px = b[0] - a[0];
  const py = b[1] - a[1];
  const qx = d[0] - c[0];
  const qy = d[1] - c[1];
  const turn = px * qy - py * qx;
  if (turn === 0) return undefined;
  const s = ((c[0] - a[0]) * qy - (c[1] - a[1]) * qx) / turn;
  const t = ((c[0] - a[0]) * py - (c[1] - a[1]) * px) / turn;
  return s >= 0 && s < 1 && t >= 0 && t <= 1 ? s : undefined;
}

/** A Catmull-Rom spline through the points of a course. */
function smooth(course: readonly Spot[], closed: boolean): Spot[] {
  const last = course.length - 1;
  const at = (i: number): Spot =>
    closed ? course[(i + course.length) % course.length]! : course[Math.min(last, Math.max(0, i))]!;
  const points: Spot[] = [at(0)];
  for (let i = 0; i < (closed ? course.length : last); i++) {
    const steps = Math.max(1, Math.round(distance(at(i), at(i + 1)) / stepMetres));
    for (let n = 1; n <= steps; n++) {
      const t = n / steps;
      const mix = (axis: 0 | 1) => {
        const [p, q, r, s] = [at(i - 1)[axis], at(i)[axis], at(i + 1)[axis], at(i + 2)[axis]];
        return q + (t / 2) * (r - p + t * (2 * p - 5 * q + 4 * r - s + t * (3 * q - p - 3 * r + s)));
      };
      points.push([Math.round(mix(0)), Math.round(mix(1))]);
    }
  }
  return points;
}
