import { readFile } from "node:fs/promises";
import path from "node:path";
import { datumNamed, importRoads, type RoadFile, readAsciiGrid } from "@qingdan/reach";
import { type Context, required, UsageError, type Values, type Verb } from "../verb.ts";
import { writeGraph } from "./reach-graph.ts";
import { numberOf, pointsOf, readTable, told } from "./reach-tables.ts";

const verdicts = {
  agree: { zh: "点与路一致", en: "points and roads agree" },
  mismatch: { zh: "点与路不一致", en: "points and roads do not fit" },
  unclear: { zh: "看不出", en: "cannot be told" },
};

/** Reads roads into a network for walking, and tells what was read, joined and cut off, and whether the datum fits. */
export const reachImport: Verb = {
  usage:
    "FILE --out GRAPH [--nodes NODES.csv] [--points POINTS.csv] [--datum wgs84|cgcs2000|gcj02|bd09] [--gap METRES] [--elevation GRID.asc]",
  options: {
    out: { type: "string" },
    nodes: { type: "string" },
    points: { type: "string" },
    datum: { type: "string" },
    gap: { type: "string" },
    elevation: { type: "string" },
  },
  async run(context, values, positionals) {
    const out = path.resolve(context.cwd, required(values, "out"));
    const started = performance.now();
    const { network, report } = await told(async () => {
      const file = await readRoads(context, values, positionals[0]);
      const points = typeof values.points === "string" ? pointsOf(await readTable(context, values.points)) : undefined;
      const heights =
        typeof values.elevation === "string"
          ? readAsciiGrid(await readFile(path.resolve(context.cwd, values.elevation), "utf8"))
          : undefined;
      return importRoads(file, {
        ...(heights ? { elevation: heights } : {}),
        ...(typeof values.datum === "string" ? { datum: datumNamed(values.datum) } : {}),
        ...(points ? { points } : {}),
        ...(values.gap === undefined ? {} : { gapMetres: numberOf(values, "gap", 0) }),
      });
    });
    await writeGraph(out, network);
    const seconds = (performance.now() - started) / 1000;
    const { nodes, edges, kilometres, components, datum, hills } = report;
    context.answer({ ...report, datum: datum ?? null, seconds, out }, () => {
      const share = (100 * components.largestShare).toFixed(1);
      const finding = datum && context.say(verdicts[datum.verdict]);
      const slopes = hills
        ? context.say({
            zh: `\n坡度:${hills.tooSteep} 条边太陡,轮椅不通;${hills.withoutElevation} 条边高程不明,按平地算`,
            en: `\nSlopes: ${hills.tooSteep} edges are too steep for wheelchairs; ${hills.withoutElevation} have no known height and count as flat`,
          })
        : "";
      const best = datum && `${datum.best.points} / ${datum.best.roads}, ${datum.best.medianMetres.toFixed(1)} m`;
      return context.say({
        zh: `${nodes} 个节点、${edges} 条边、${kilometres.toFixed(1)} 千米;连通部分 ${components.count} 个,最大者占长度 ${share} %${datum ? `\n坐标系:${finding}(最合:${best})` : ""}${slopes}\n→ ${out}`,
        en: `${nodes} nodes, ${edges} edges, ${kilometres.toFixed(1)} km; ${components.count} parts, the largest has ${share} % of the length${datum ? `\nDatum: ${finding} (best: ${best})` : ""}${slopes}\n→ ${out}`,
      });
    });
    return report.datum?.verdict === "mismatch" ? 1 : 0;
  },
};

async function readRoads(context: Context, values: Values, file: string | undefined): Promise<RoadFile> {
  if (file === undefined) throw new UsageError({ zh: "缺少道路文件", en: "The road file is missing" });
  const at = path.resolve(context.cwd, file);
  if (/\.pbf$/i.test(file)) return { format: "osm-pbf", bytes: await readFile(at) };
  if (/\.(geo)?json$/i.test(file)) return { format: "geojson", text: await readFile(at, "utf8") };
  if (/\.csv$/i.test(file)) {
    const nodes = await readFile(path.resolve(context.cwd, required(values, "nodes")), "utf8");
    return { format: "csv", nodes, edges: await readFile(at, "utf8") };
  }
  throw new UsageError({
    zh: `${file}:应为 .pbf、.geojson、.json 或 .csv 文件`,
    en: `${file}: takes a .pbf, .geojson, .json or .csv file`,
  });
}
