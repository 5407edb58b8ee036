import gcoord from "gcoord";
import { ReachRefusal } from "../refusal.ts";

/**
 * Geodetic datums of Chinese data. `wgs84`: GPS and OpenStreetMap. `cgcs2000`: surveying authorities; within a decimetre of
 * WGS 84, so its degrees are taken as they are. `gcj02`: Chinese web maps (Amap, Tencent). `bd09`: Baidu.
 */
export type Datum = "wgs84" | "cgcs2000" | "gcj02" | "bd09";

export const datums: readonly Datum[] = ["wgs84", "cgcs2000", "gcj02", "bd09"];

const systems = { wgs84: gcoord.WGS84, cgcs2000: gcoord.WGS84, gcj02: gcoord.GCJ02, bd09: gcoord.BD09 } as const;

export interface Points {
  readonly lon: Float64Array;
  readonly lat: Float64Array;
}

/** The same points with their degrees in another datum. Outside mainland China all datums agree. */
export function convertPoints<T extends Points>(points: T, from: Datum, to: Datum): T {
  if (systems[from] === systems[to]) return points;
  const lon = new Float64Array(points.lon.length);
  const lat = new Float64Array(points.lat.length);
  for (let i = 0; i < lon.length; i++) {
    const [x, y] = gcoord.transform([points.lon[i]!, points.lat[i]!], systems[from], systems[to]);
    lon[i] = x!;
    lat[i] = y!;
  }
  return { ...points, lon, lat };
}

/** The datum of a name as people write it: "GCJ-02", "WGS 84", "CGCS2000", "BD-09". */
export function datumNamed(name: string): Datum {
  const plain = name.toLowerCase().replaceAll(/[^a-z0-9]/g, "");
  const datum = datums.find((known) => known === plain);
  if (!datum)
    throw new ReachRefusal("reach.datum", "datum", `"${name}" is no datum known here; use one of ${datums.join(", ")}`);
  return datum;
}
