import { readFile } from "node:fs/promises";
import path from "node:path";
import { datumNamed, type ImportReport, importRoads, type RoadFile, readAsciiGrid } from "@qingdan/reach";
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
    context.answer({ ...report, datum: report.datum ?? null, seconds, out }, () => textOf(context, report, out));
    return report.datum?.verdict === "mismatch" ? 1 : 0;
  },
};

function textOf(context: Context, report: ImportReport, out: string): string {
  const { nodes, edges, kilometres, components, roads, joined, datum, hills } = report;
  const { cutOff, count } = components;
  const share = (100 * components.largestShare).toFixed(1);
  const leftOut = Object.values(roads.leftOut).reduce((sum, lines) => sum + lines, 0);
  const longest = joined.longestGapMetres.toFixed(1);
  const lines = [
    context.say({
      zh: `${nodes} 个节点、${edges} 条边、${kilometres.toFixed(1)} 千米；连通部分 ${count} 个，最大者占长度 ${share} %`,
      en: `${nodes} nodes, ${edges} edges, ${kilometres.toFixed(1)} km; ${count} parts, the largest has ${share} % of the length`,
    }),
    context.say({
      zh: `读入 ${roads.lines} 条：可走 ${roads.walk}，台阶 ${roads.stairs}，屏障（快速路、铁路、河）${roads.barriers}，不是路 ${leftOut}，坏 ${roads.broken}，往返重复 ${roads.repeated}`,
      en: `${roads.lines} lines: ${roads.walk} to walk on, ${roads.stairs} stairs, ${roads.barriers} barriers (motorways, railways, rivers), ${leftOut} no roads, ${roads.broken} broken, ${roads.repeated} returns of others`,
    }),
    context.say({
      zh: `接上交叉 ${joined.crossings} 处、断头 ${joined.gaps} 处（最长 ${longest} 米）；隔着屏障没有接 ${joined.behindBarrier} 处`,
      en: `Joined: ${joined.crossings} crossings, ${joined.gaps} loose ends (at most ${longest} m); ${joined.behindBarrier} left, because only behind a barrier is a street`,
    }),
    ...cutOff.slice(0, mostTold).map(({ metres, lon, lat }) => {
      const part = `${(metres / 1000).toFixed(2)} km, ${lon.toFixed(5)}, ${lat.toFixed(5)}`;
      return context.say({ zh: `断开：${part}`, en: `Cut off: ${part}` });
    }),
  ];
  const more = cutOff.length - mostTold;
  if (more > 0)
    lines.push(context.say({ zh: `另有 ${more} 处断开，见 --json`, en: `${more} more are cut off: see --json` }));
  if (datum) {
    const finding = verdicts[datum.verdict];
    const { points, roads: streets, medianMetres } = datum.best;
    const metres = medianMetres.toFixed(1);
    lines.push(
      context.say({
        zh: `坐标系：${finding.zh}；最合的是点 ${points}、路 ${streets}(中位距离 ${metres} 米)`,
        en: `Datum: ${finding.en}; best are points in ${points} on roads in ${streets} (median ${metres} m)`,
      }),
    );
  }
  if (hills)
    lines.push(
      context.say({
        zh: `坡度：${hills.tooSteep} 条边太陡，轮椅不通；${hills.withoutElevation} 条边高程不明，按平地算`,
        en: `Slopes: ${hills.tooSteep} edges are too steep for wheelchairs; ${hills.withoutElevation} have no known height and count as flat`,
      }),
    );
  return [...lines, `→ ${out}`].join("\n");
}

/** Parts that are cut off and told one by one; JSON has all of them. */
const mostTold = 5;

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
    zh: `${file}：应为 .pbf、.geojson、.json 或 .csv 文件`,
    en: `${file}: takes a .pbf, .geojson, .json or .csv file`,
  });
}
