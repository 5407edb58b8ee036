import { ReachRefusal } from "../refusal.ts";
import { type CsvTable, parseCsv } from "./parse-csv.ts";
import { roadKind } from "./road-kind.ts";
import type { RoadLine, Roads } from "./roads.ts";

/**
 * Reads a road graph given as two tables: nodes (`node,lon,lat`) and edges (`from,to`, optionally `length_m`, `highway`).
 * People walk both ways, so an edge and its return are one line.
 */
export function readCsvRoads(nodesText: string, edgesText: string): Roads {
  const nodes = parseCsv(nodesText, "nodes");
  const edges = parseCsv(edgesText, "edges");
  const index = new Map<string, number>();
  const lon = numbers(nodes, "lon");
  const lat = numbers(nodes, "lat");
  nodes.column("node").forEach((id, i) => {
    index.set(id, i);
  });
  const from = edges.column("from");
  const to = edges.column("to");
  const lengths = edges.has("length_m") ? numbers(edges, "length_m") : undefined;
  const highways = edges.has("highway") ? edges.column("highway") : undefined;
  const lines: RoadLine[] = [];
  const seen = new Map<string, number>();
  const leftOut: Record<string, number> = {};
  const counts = { walk: 0, stairs: 0, barrier: 0, broken: 0 };
  from.forEach((start, i) => {
    const a = index.get(start);
    const b = index.get(to[i]!);
    if (a === undefined || b === undefined) {
      const unknown = a === undefined ? start : to[i];
      throw new ReachRefusal("reach.unknown-node", `edges, row ${i + 2}`, `node ${unknown} is not in the node table`);
    }
    const is = roadKind(highways ? { highway: highways[i]! } : {});
    if ("leftOut" in is) {
      leftOut[is.leftOut] = (leftOut[is.leftOut] ?? 0) + 1;
      return;
    }
    const length = lengths?.[i];
    const key = `${Math.min(a, b)},${Math.max(a, b)},${length?.toFixed(2) ?? ""}`;
    if (a === b || seen.has(key)) return;
    seen.set(key, i);
    counts[is.kind] += 1;
    lines.push({ points: Int32Array.of(a, b), kind: is.kind, level: 0, ...(length === undefined ? {} : { length }) });
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
      broken: 0,
    },
  };
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
