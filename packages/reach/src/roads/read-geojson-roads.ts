import { ReachRefusal } from "../refusal.ts";
import { roadKind, roadLevel } from "./road-kind.ts";
import type { RoadLine, Roads } from "./roads.ts";

interface Feature {
  readonly properties?: Readonly<Record<string, unknown>> | null;
  readonly geometry?: { readonly type: string; readonly coordinates: unknown } | null;
}

/**
 * Reads LineString and MultiLineString features of GeoJSON (RFC 7946) as roads. Vertices that agree to seven decimals of a
 * degree (a centimetre) are one point. Properties are read as tags, see `roadKind`.
 */
export function readGeojsonRoads(text: string): Roads {
  const features = featuresOf(text);
  const index = new Map<string, number>();
  const lon: number[] = [];
  const lat: number[] = [];
  const lines: RoadLine[] = [];
  const leftOut: Record<string, number> = {};
  const counts = { walk: 0, stairs: 0, barrier: 0, broken: 0 };
  const pointOf = (position: unknown): number => {
    const [x, y] = Array.isArray(position) ? position : [];
    if (typeof x !== "number" || typeof y !== "number" || !(Math.abs(x) <= 180) || !(Math.abs(y) <= 90)) return -1;
    const key = `${Math.round(x * 1e7)},${Math.round(y * 1e7)}`;
    const known = index.get(key);
    if (known !== undefined) return known;
    index.set(key, lon.length);
    lat.push(y);
    return lon.push(x) - 1;
  };
  features.forEach((feature) => {
    const { geometry, properties } = feature ?? {};
    const parts = partsOf(geometry);
    const tags = tagsOf(properties);
    const is = parts ? roadKind(tags) : { leftOut: `geometry ${geometry?.type ?? "none"}` };
    if ("leftOut" in is) {
      leftOut[is.leftOut] = (leftOut[is.leftOut] ?? 0) + 1;
      return;
    }
    const before = lines.length;
    for (const part of parts ?? []) {
      const points = (Array.isArray(part) ? part : []).map(pointOf).filter((point, i, all) => point !== all[i - 1]);
      if (points.length < 2 || points.includes(-1)) counts.broken += 1;
      else lines.push({ points: Int32Array.from(points), kind: is.kind, level: roadLevel(tags) });
    }
    if (lines.length > before) counts[is.kind] += 1;
  });
  return {
    lon: Float64Array.from(lon),
    lat: Float64Array.from(lat),
    lines,
    report: {
      source: "geojson",
      lines: features.length,
      walk: counts.walk,
      stairs: counts.stairs,
      barriers: counts.barrier,
      leftOut,
      broken: counts.broken,
      repeated: 0,
    },
  };
}

function featuresOf(text: string): readonly (Feature | null)[] {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch (error) {
    throw new ReachRefusal("reach.geojson", "line 1", `not JSON: ${(error as Error).message}`);
  }
  const features = (parsed as { features?: unknown } | null)?.features;
  if (!Array.isArray(features))
    throw new ReachRefusal("reach.geojson", "features", "expected a GeoJSON FeatureCollection");
  return features;
}

/** Lists of positions, as far as the geometry has any. */
function partsOf(geometry: Feature["geometry"]): readonly unknown[] | undefined {
  if (geometry?.type === "LineString") return [geometry.coordinates];
  if (geometry?.type !== "MultiLineString") return undefined;
  return Array.isArray(geometry.coordinates) ? geometry.coordinates : [undefined];
}

function tagsOf(properties: Feature["properties"]): Record<string, string> {
  const tags: Record<string, string> = {};
  for (const [key, value] of Object.entries(properties ?? {})) {
    if (value !== null && value !== undefined && value !== "") tags[key] = String(value);
  }
  return tags;
}
