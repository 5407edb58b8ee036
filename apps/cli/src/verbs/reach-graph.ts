import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import type { WalkNetwork } from "@qingdan/reach";
import { type Context, Refusal } from "../verb.ts";

const format = "qingdan-walk-network";

/** Writes a network as one JSON document: coordinates to a centimetre, lengths to a millimetre. */
export async function writeGraph(file: string, { lon, lat, edges, barriers }: WalkNetwork): Promise<void> {
  const degrees = (values: Float64Array) => Array.from(values, (value) => Math.round(value * 1e7) / 1e7);
  const document = {
    format,
    version: 1,
    lon: degrees(lon),
    lat: degrees(lat),
    from: [...edges.from],
    to: [...edges.to],
    millimetres: Array.from(edges.length, (metres) => Math.round(metres * 1000)),
    stairs: [...edges.stairs.keys()].filter((edge) => edges.stairs[edge] === 1),
    barriers: barriers.map(({ lon1, lat1, lon2, lat2 }) => [lon1, lat1, lon2, lat2]),
  };
  await writeFile(file, JSON.stringify(document));
}

/** Reads what `reach import` wrote. @throws Refusal `CLI-REACH-GRAPH` */
export async function readGraph(context: Context, file: string): Promise<WalkNetwork> {
  const text = await readFile(path.resolve(context.cwd, file), "utf8");
  const graph = parsed(text);
  if (!graph) {
    throw new Refusal(
      "CLI-REACH-GRAPH",
      { zh: `${file} 不是路网文件`, en: `${file} is no walking network` },
      { zh: "先用 qingdan reach import 生成", en: "Make one with qingdan reach import" },
    );
  }
  const stairs = new Uint8Array(graph.from.length);
  for (const edge of graph.stairs) stairs[edge] = 1;
  return {
    lon: Float64Array.from(graph.lon),
    lat: Float64Array.from(graph.lat),
    edges: {
      from: Int32Array.from(graph.from),
      to: Int32Array.from(graph.to),
      length: Float64Array.from(graph.millimetres, (millimetres) => millimetres / 1000),
      stairs,
    },
    barriers: graph.barriers.map(([lon1, lat1, lon2, lat2]) => ({ lon1, lat1, lon2, lat2 })),
  };
}

interface Graph {
  readonly lon: readonly number[];
  readonly lat: readonly number[];
  readonly from: readonly number[];
  readonly to: readonly number[];
  readonly millimetres: readonly number[];
  readonly stairs: readonly number[];
  readonly barriers: readonly (readonly [number, number, number, number])[];
}

function parsed(text: string): Graph | undefined {
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch {
    return undefined;
  }
  const isOurs =
    typeof document === "object" && document !== null && "format" in document && document.format === format;
  return isOurs ? (document as unknown as Graph) : undefined;
}
