import { ReachRefusal } from "../refusal.ts";
import type { WalkNetwork } from "./walk-network.ts";

/** Heights on a regular grid of degrees; row 0 is the northernmost. NaN where none is known. */
export interface ElevationGrid {
  readonly columns: number;
  readonly rows: number;
  /** Middle of the cell in the north-west. */
  readonly lon: number;
  readonly lat: number;
  /** Degrees between cells. */
  readonly step: number;
  /** Metres above the sea, row by row. */
  readonly metres: Float64Array;
}

/** Reads an Esri ASCII grid: a header of ncols, nrows, xllcorner (or xllcenter), yllcorner, cellsize, NODATA_value; then rows from the north. */
export function readAsciiGrid(text: string): ElevationGrid {
  const words = text.trim().split(/\s+/);
  const header = new Map<string, number>();
  let at = 0;
  while (at + 1 < words.length && /^[a-z]/i.test(words[at]!) && words[at]!.toLowerCase() !== "nan") {
    header.set(words[at]!.toLowerCase(), Number(words[at + 1]));
    at += 2;
  }
  const need = (name: string) => {
    const value = header.get(name);
    if (value !== undefined && Number.isFinite(value)) return value;
    throw new ReachRefusal("reach.ascii-grid", "header", `${name} is missing or not a number`);
  };
  const [columns, rows, step] = [need("ncols"), need("nrows"), need("cellsize")];
  const nothing = header.get("nodata_value") ?? -9999;
  const values = words.slice(at).map(Number);
  if (values.length !== columns * rows) {
    throw new ReachRefusal(
      "reach.ascii-grid",
      "values",
      `${values.length} heights; ${columns} columns by ${rows} rows need ${columns * rows}`,
    );
  }
  const half = header.has("xllcenter") ? 0 : step / 2;
  return {
    columns,
    rows,
    lon: need(half === 0 ? "xllcenter" : "xllcorner") + half,
    lat: need(half === 0 ? "yllcenter" : "yllcorner") + half + (rows - 1) * step,
    step,
    metres: Float64Array.from(values, (value) => (value === nothing ? Number.NaN : value)),
  };
}

/** Heights of the nodes of a network, between the four cells around each; NaN outside the grid and next to unknown cells. */
export function elevationOfNodes({ lon, lat }: WalkNetwork, grid: ElevationGrid): Float64Array {
  const { columns, rows, step, metres } = grid;
  return lon.map((east, v) => {
    const x = (east - grid.lon) / step;
    const y = (grid.lat - lat[v]!) / step;
    if (!(x >= 0 && y >= 0 && x <= columns - 1 && y <= rows - 1)) return Number.NaN;
    const left = Math.min(Math.floor(x), Math.max(0, columns - 2));
    const top = Math.min(Math.floor(y), Math.max(0, rows - 2));
    const at = (row: number, column: number) =>
      metres[Math.min(row, rows - 1) * columns + Math.min(column, columns - 1)]!;
    const [dx, dy] = [x - left, y - top];
    return between(
      between(at(top, left), at(top, left + 1), dx),
      between(at(top + 1, left), at(top + 1, left + 1), dx),
      dy,
    );
  });
}

/** The value at a share of the way from a to b; an unknown end does not touch the other. */
function between(a: number, b: number, share: number): number {
  if (share === 0) return a;
  return share === 1 ? b : a + share * (b - a);
}
