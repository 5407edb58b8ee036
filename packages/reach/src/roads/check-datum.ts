import Flatbush from "flatbush";
import { convertPoints, type Datum, type Points } from "./datum.ts";
import { nearestOnSegment, planeOf } from "./metres.ts";
import type { WalkNetwork } from "./walk-network.ts";

/** One way to read points and roads together, and the median distance from a point to its nearest road under it. */
export interface DatumReading {
  readonly points: Datum;
  readonly roads: Datum;
  readonly medianMetres: number;
}

export interface DatumFinding {
  /** `agree`: points and roads fit as given. `mismatch`: another reading fits better. `unclear`: too few points, or too close. */
  readonly verdict: "agree" | "mismatch" | "unclear";
  /** The reading that fits best. "wgs84" also stands for CGCS2000. */
  readonly best: DatumReading;
  /** All readings, best first. */
  readonly readings: readonly DatumReading[];
  readonly pointsUsed: number;
}

/** Two different datums out of three are told apart by their offset of 300 to 1,000 metres; equal ones look the same. */
const readingsTried: readonly (readonly [Datum, Datum])[] = [
  ["wgs84", "wgs84"],
  ["gcj02", "wgs84"],
  ["wgs84", "gcj02"],
  ["bd09", "wgs84"],
  ["bd09", "gcj02"],
  ["wgs84", "bd09"],
  ["gcj02", "bd09"],
];

/** A point farther than this from every road says nothing about the datum. */
const searchMetres = 1500;
/** Fewer points than this settle nothing. */
const fewestPoints = 20;
/** A reading must beat the one as given by this share of its median to be told as a mismatch. */
const clearShare = 0.9;

/**
 * Finds the datums in which points lie closest to the roads: facilities stand beside streets, so the right reading has the
 * smallest median distance. Points at most 5,000, evenly taken.
 */
export function checkDatum(points: Points, network: WalkNetwork): DatumFinding {
  const plane = planeOf(network.lat);
  const { from, to } = network.edges;
  const x = network.lon.map((lon) => lon * plane.metresPerLon);
  const y = network.lat.map((lat) => lat * plane.metresPerLat);
  const index = new Flatbush(Math.max(1, from.length));
  for (let e = 0; e < Math.max(1, from.length); e++) {
    const [ax, ay, bx, by] = from.length === 0 ? [0, 0, 0, 0] : [x[from[e]!]!, y[from[e]!]!, x[to[e]!]!, y[to[e]!]!];
    index.add(Math.min(ax, bx), Math.min(ay, by), Math.max(ax, bx), Math.max(ay, by));
  }
  index.finish();
  const distance = (lon: number, lat: number) => {
    const px = lon * plane.metresPerLon;
    const py = lat * plane.metresPerLat;
    let best = searchMetres * searchMetres;
    for (let reach = 50; reach < 2 * searchMetres && best > (reach / 2) ** 2; reach *= 2) {
      for (const e of index.search(px - reach, py - reach, px + reach, py + reach)) {
        const a = from[e]!;
        const b = to[e]!;
        const { squared } = nearestOnSegment(px, py, { ax: x[a]!, ay: y[a]!, bx: x[b]!, by: y[b]! });
        if (squared < best) best = squared;
      }
    }
    return Math.sqrt(best);
  };
  const sample = evenly(points, 5000);
  const readings = readingsTried
    .map(([pointDatum, roadDatum]) => {
      const moved = convertPoints(sample, pointDatum, roadDatum);
      return {
        points: pointDatum,
        roads: roadDatum,
        medianMetres: median(moved.lon, (i) => distance(moved.lon[i]!, moved.lat[i]!)),
      };
    })
    .sort((a, b) => a.medianMetres - b.medianMetres);
  const asGiven = readings.find((reading) => reading.points === reading.roads)!;
  const best = readings[0]!;
  const clear = best.medianMetres < clearShare * asGiven.medianMetres;
  const isTold = sample.lon.length >= fewestPoints && best.medianMetres < searchMetres;
  const verdict = !isTold ? "unclear" : best === asGiven ? "agree" : clear ? "mismatch" : "unclear";
  return { verdict, best, readings, pointsUsed: sample.lon.length };
}

function evenly({ lon, lat }: Points, most: number): Points {
  const step = Math.max(1, lon.length / most);
  const take = (from: Float64Array) =>
    Float64Array.from({ length: Math.min(most, from.length) }, (_, i) => from[Math.floor(i * step)]!);
  return { lon: take(lon), lat: take(lat) };
}

function median(of: Float64Array, value: (i: number) => number): number {
  const sorted = of.map((_, i) => value(i)).sort();
  return sorted.length === 0 ? Number.NaN : sorted[Math.floor(sorted.length / 2)]!;
}
