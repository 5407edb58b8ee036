import { ReachRefusal } from "../refusal.ts";
import { type CsvTable, parseCsv } from "./parse-csv.ts";
import { roadKind, roadLevel } from "./road-kind.ts";
import type { RoadLine, Roads } from "./roads.ts";

/**
 * Reads a road graph given as two tables: nodes (`node,lon,lat`) and edges (`from,to`, optionally `length_m`); all other
 * columns of edges are tags, see `roadKind`: `highway`, `fclass`, `foot`, `bridge`, `tunnel`, `layer`.
 * People walk both ways, so an edge and its return are one line; an edge from a node to itself is broken.
 */
export function readCsvRoads(nodesText: string, edgesText: string): Roads {
  const nodes = parseCsv(nodesText, "nodes");
  const edges = parseCsv(edgesText, "edges");
  const index = new Map<string, number>();
  const lon = numbers(nodes, "lon");
  const lat = numbers(nodes, "lat");
  nodes.column("node").forEach((id, i) => {
    const place = `nodes, row ${i + 2}`;
    if (index.has(id))
      throw new ReachRefusal("reach.node-twice", place, `node ${id} stands twice; every node needs its own`);
    if (!(Math.abs(lon[i]!) <= 180 && Math.abs(lat[i]!) <= 90))
      throw new ReachRefusal("reach.degrees", place, `${lon[i]}, ${lat[i]} are no longitude and latitude in degrees`);
    index.set(id, i);
  });
  const from = edges.column("from");
  const to = edges.column("to");
  const lengths = edges.has("length_m") ? numbers(edges, "length_m") : undefined;
  const tagsAt = tagsOf(edges);
  const lines: RoadLine[] = [];
  const seen = new Set<string>();
  const leftOut: Record<string, number> = {};
  const counts = { walk: 0, stairs: 0, barrier: 0, broken: 0, repeated: 0 };
  from.forEach((start, i) => {
    const a = index.get(start);
    const b = index.get(to[i]!);
    if (a === undefined || b === undefined) {
      const unknown = a === undefined ? start : to[i];
      throw new ReachRefusal("reach.unknown-node", `edges, row ${i + 2}`, `node ${unknown} is not in the node table`);
    }
    const tags = tagsAt(i);
    const is = roadKind(tags);
    if ("leftOut" in is) {
      leftOut[is.leftOut] = (leftOut[is.leftOut] ?? 0) + 1;
      return;
    }
    const length = lengths?.[i];
    if (length !== undefined && length < 0)
      throw new ReachRefusal("reach.length", `edges, row ${i + 2}`, `${length} m is no length; expected 0 or more`);
    if (a === b) {
      counts.broken += 1;
      return;
    }
    const key = `${Math.min(a, b)},${Math.max(a, b)},${length?.toFixed(2) ?? ""}`;
    if (seen.has(key)) {
      counts.repeated += 1;
      return;
    }
    seen.add(key);
    counts[is.kind] += 1;
    const line = { points: Int32Array.of(a, b), kind: is.kind, level: roadLevel(tags) };
    lines.push(length === undefined ? line : { ...line, length });
  });
  return {
    lon,
    lat,
    lines,
    report: {
      source: "csv",
      lines: from.length,
      walk: counts.walk,
      stairs: counts.stairs,
      barriers: counts.barrier,
      leftOut,
      broken: counts.broken,
      repeated: counts.repeated,
    },
  };
}

/** Fields of a row that are not empty, by their columns. */
function tagsOf(edges: CsvTable): (row: number) => Readonly<Record<string, string>> {
  const own = new Set(["from", "to", "length_m"]);
  const columns = edges.columns.filter((name) => !own.has(name)).map((name) => [name, edges.column(name)] as const);
  return (row) =>
    Object.fromEntries(columns.flatMap(([name, values]) => (values[row] === "" ? [] : [[name, values[row]!]])));
}

function numbers(table: CsvTable, name: string): Float64Array {
  return Float64Array.from(table.column(name), (text, i) => {
    const value = Number(text);
    if (text === "" || !Number.isFinite(value)) {
      throw new ReachRefusal(
        "reach.not-a-number",
        `${table.name}, row ${i + 2}, column ${name}`,
        `"${text}" is not a number`,
      );
    }
    return value;
  });
}
