import { ReachRefusal } from "../refusal.ts";
import { checkDatum, type DatumFinding } from "../roads/check-datum.ts";
import { type Component, components } from "../roads/components.ts";
import { convertPoints, type Datum, type Points } from "../roads/datum.ts";
import { type ElevationGrid, elevationOfNodes } from "../roads/elevation.ts";
import { type HillyReport, hillyNetwork } from "../roads/hilly-network.ts";
import { type JoinReport, joinRoads } from "../roads/join-roads.ts";
import { readCsvRoads } from "../roads/read-csv-roads.ts";
import { readGeojsonRoads } from "../roads/read-geojson-roads.ts";
import { readOsmPbf } from "../roads/read-osm-pbf.ts";
import type { Roads, RoadsReport } from "../roads/roads.ts";
import { type WalkNetwork, walkNetwork } from "../roads/walk-network.ts";

/** A road file as bytes or text. */
export type RoadFile =
  | { readonly format: "osm-pbf"; readonly bytes: Uint8Array }
  | { readonly format: "geojson"; readonly text: string }
  | { readonly format: "csv"; readonly nodes: string; readonly edges: string };

export interface ImportOptions {
  /** Datum of the file's degrees; WGS 84 unless said otherwise. The network is always in WGS 84. */
  readonly datum?: Datum;
  /** Facilities or addresses that should lie beside streets, to check the datum with. */
  readonly points?: Points;
  /** Joins loose ends and crossings; GeoJSON is joined within 20 m unless said otherwise, other formats are not. */
  readonly gapMetres?: number;
  /** Heights, in WGS 84: then a length is the metres on the flat that take as long, and steep ways are closed to wheelchairs. */
  readonly elevation?: ElevationGrid;
}

export interface ImportReport {
  readonly roads: RoadsReport;
  readonly joined: JoinReport;
  readonly nodes: number;
  readonly edges: number;
  readonly kilometres: number;
  readonly barriers: number;
  readonly components: { readonly count: number; readonly largestShare: number; readonly cutOff: readonly Component[] };
  /** Absent where no heights were given. */
  readonly hills?: HillyReport;
  /** Absent where no points were given to check with. */
  readonly datum?: DatumFinding;
}

/** Cut-off parts are listed down to these metres; shorter ones are counted in `components.count`. */
const listedMetres = 100;

/** Reads roads into a network for walking, and reports what was read, joined, cut off, and in which datum it seems to be. */
export function importRoads(
  file: RoadFile,
  options: ImportOptions = {},
): { readonly network: WalkNetwork; readonly report: ImportReport } {
  const read = convertPoints(readRoads(file), options.datum ?? "wgs84", "wgs84");
  const gapMetres = options.gapMetres ?? (file.format === "geojson" ? 20 : 0);
  const { roads, report: joined } = joinRoads(read, { gapMetres, crossings: gapMetres > 0 });
  const flat = walkNetwork(roads);
  if (flat.edges.from.length === 0) {
    const { lines, barriers, broken } = roads.report;
    const what = `of ${lines} lines none is a street to walk on: ${barriers} are barriers, ${broken} broken; degrees are needed`;
    throw new ReachRefusal("reach.no-streets", "lines", what);
  }
  const parts = components(flat);
  const hilly = options.elevation && hillyNetwork(flat, elevationOfNodes(flat, options.elevation));
  const network = hilly?.network ?? flat;
  return {
    network,
    report: {
      roads: roads.report,
      joined,
      nodes: network.lon.length,
      edges: network.edges.from.length,
      kilometres: flat.edges.length.reduce((sum, metres) => sum + metres, 0) / 1000,
      barriers: network.barriers.length,
      components: {
        count: parts.list.length,
        largestShare: parts.largestShare,
        cutOff: parts.list.slice(1).filter(({ metres }) => metres >= listedMetres),
      },
      ...(hilly ? { hills: hilly.report } : {}),
      ...(options.points ? { datum: checkDatum(options.points, network) } : {}),
    },
  };
}

function readRoads(file: RoadFile): Roads {
  if (file.format === "osm-pbf") return readOsmPbf(file.bytes);
  return file.format === "geojson" ? readGeojsonRoads(file.text) : readCsvRoads(file.nodes, file.edges);
}
