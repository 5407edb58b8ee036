/** What a line of a road file is to somebody on foot. */
export type RoadKind = "walk" | "stairs" | "barrier";

export interface RoadLine {
  /** Indexes of points, in order. */
  readonly points: Int32Array;
  readonly kind: RoadKind;
  /** Level of a bridge or tunnel; lines of different levels cross without meeting. */
  readonly level: number;
  /** Length in metres where the source states it, for a line of two points. */
  readonly length?: number;
}

/** Roads as read from a file: points in degrees, and lines over them. A point shared by two lines is where they meet. */
export interface Roads {
  readonly lon: Float64Array;
  readonly lat: Float64Array;
  readonly lines: readonly RoadLine[];
  readonly report: RoadsReport;
}

/** What was read, and what was left out and why. */
export interface RoadsReport {
  readonly source: "osm-pbf" | "geojson" | "csv";
  readonly lines: number;
  readonly walk: number;
  readonly stairs: number;
  readonly barriers: number;
  /** Lines that are neither walked on nor in the way, by the tag that says so. */
  readonly leftOut: Readonly<Record<string, number>>;
  /** Lines whose points are missing or fewer than two. */
  readonly broken: number;
  /** Edges that stand once more, as their own return does; people walk both ways. */
  readonly repeated: number;
}
