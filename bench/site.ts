import { readFile } from "node:fs/promises";
import path from "node:path";
import { parseArgs } from "node:util";
import {
  costsOf,
  highsSolver,
  importRoads,
  manyToMany,
  parseCsv,
  personGroups,
  readOrlib,
  readTsplibPoints,
  routeGraph,
  type SitingAnswer,
  snapper,
  solveMaxCover,
  solvePCenter,
  solvePMedian,
  solvePMedianOfPoints,
} from "@qingdan/reach";

/**
 * Siting against published figures: the 40 p-median instances of the OR-Library, solved to proof as p-median and as p-center;
 * TSPLIB point sets against best known values; Zhengzhou's 1,312 blocks on road distances. `--part orlib|points|zhengzhou`
 * runs one of them, `--only 1,7` some OR-Library instances, `--seconds` is the budget of each of these. The others have 30
 * (points), 60 (the largest set, and Zhengzhou's p-medians) and 10 (its covers) processor seconds.
 */
export async function run(args: readonly string[]): Promise<Record<string, number | string>> {
  const { values } = parseArgs({
    args: [...args],
    options: { only: { type: "string" }, seconds: { type: "string", default: "300" }, part: { type: "string" } },
  });
  const parts = {
    orlib: () =>
      runOrlib(
        values.only?.split(",").map((number) => `pmed${number}`),
        Number(values.seconds),
      ),
    points: runPoints,
    zhengzhou: runZhengzhou,
  };
  const rows: Record<string, number | string> = {};
  for (const [name, part] of Object.entries(parts)) {
    if (values.part === undefined || values.part === name) Object.assign(rows, await part());
  }
  return rows;
}

const data = path.resolve(process.env.QINGDAN_SHARED ?? "../shared", "data");
const read = (file: string) => readFile(path.join(data, file), "utf8");
/** Processor milliseconds, which a busy machine does not stretch. */
const cpuNow = () => process.cpuUsage().user / 1000;

async function runOrlib(only: readonly string[] | undefined, seconds: number) {
  const solver = await highsSolver();
  const rows = (await read("orlib-pmed/optima.tsv"))
    .trim()
    .split("\n")
    .slice(1)
    .map((line) => line.split("\t"));
  const median = tally();
  const center = tally();
  for (const [name = "", , , , medianOptimum, , centerOptimum] of rows.filter(
    ([name]) => only?.includes(name!) ?? true,
  )) {
    const { costs, p } = readOrlib(await read(`orlib-pmed/${name}.txt`));
    const effort = () => ({ p, now: () => performance.now(), seconds, random: numbers(1) });
    median.add(name, Number(medianOptimum), () => solvePMedian(costs, effort()));
    center.add(name, Number(centerOptimum), () => solvePCenter(costs, { ...effort(), solver }));
  }
  return {
    instances: median.instances,
    pmedProved: median.proved,
    pmedSeconds: median.seconds,
    pmedCpuSeconds: median.cpu,
    pmedSlowest: median.slowest,
    pcenterProved: center.proved,
    pcenterSeconds: center.seconds,
    pcenterCpuSeconds: center.cpu,
    pcenterSlowest: center.slowest,
  };
}

/** Best known values of the literature (Hansen and Mladenovic 2001, Resende and Werneck 2004); none is at hand for the largest set. */
const pointSets = [
  { name: "fl1400", p: 10, seconds: 30, best: 101_249.55 },
  { name: "fl1400", p: 100, seconds: 30, best: 16_551.2 },
  { name: "pcb3038", p: 10, seconds: 30, best: 1_213_082.03 },
  { name: "pcb3038", p: 100, seconds: 30, best: 352_628.35 },
  { name: "usa13509", p: 1000, seconds: 60 },
];

async function runPoints(): Promise<Record<string, number>> {
  const rows: Record<string, number> = {};
  for (const { name, p, seconds, best } of pointSets) {
    const points = readTsplibPoints(await read(`tsplib-pmedian/${name}.tsp`));
    const found = solvePMedianOfPoints(points, { p, now: cpuNow, seconds, random: numbers(1) });
    rows[`${name}p${p}Value`] = found.value;
    rows[`${name}p${p}GapPercent`] = 100 * found.gap;
    // Without a best known value the bound stands for it: no plan is cheaper, so this is the most it can be above the best.
    if (best === undefined) rows[`${name}p${p}AboveBestAtMostPercent`] = 100 * (found.value / found.bound - 1);
    else rows[`${name}p${p}AboveBestPercent`] = 100 * (found.value / best - 1);
    rows[`${name}p${p}CpuSeconds`] = found.seconds;
  }
  return rows;
}

/** Blocks as clients and sites, whole metres on roads; the few that lie on cut-off roads are left out and counted. */
async function runZhengzhou(): Promise<Record<string, number | string>> {
  const table = parseCsv(await read("zhengzhou-hulatang/demand_1312.csv"), "demand");
  const column = (name: string) => Float64Array.from(table.column(name), Number);
  const { network } = importRoads({ format: "geojson", text: await read("zhengzhou-hulatang/roads.geojson") });
  const graph = routeGraph(network, personGroups.adult);
  const { places } = snapper(graph).snap({ lon: column("lon"), lat: column("lat") }, 1500);
  const { metres, rows: count } = manyToMany(graph, places, places);
  const reached = (i: number) => metres.subarray(i * count, (i + 1) * count).filter(Number.isFinite).length;
  const kept = [...Array(count).keys()].filter((i) => reached(i) > count / 2);
  const cost = Float64Array.from(kept.flatMap((i) => kept.map((j) => Math.round(metres[i * count + j]!))));
  const costs = (weight: (i: number) => number) =>
    costsOf({ clients: kept.length, sites: kept.length, cost, weight: Float64Array.from(kept, weight) });
  const [people, share] = [column("cell_pop"), column("rate_60")];
  const [everyone, older] = [costs((i) => people[i]!), costs((i) => Math.round(people[i]! * share[i]!))];
  const solver = await highsSolver();
  const rows: Record<string, number | string> = { zhengzhouBlocks: kept.length, zhengzhouLeftOut: count - kept.length };
  for (const p of [20, 50, 100, 200]) {
    const found = solvePMedian(older, { p, now: cpuNow, seconds: 60, random: numbers(1) });
    rows[`zhengzhouMedian${p}GapPercent`] = 100 * found.gap;
    rows[`zhengzhouMedian${p}CpuSeconds`] = found.seconds;
  }
  for (const p of [50, 100, 200]) {
    const effort = { p, limit: 1000, now: cpuNow, seconds: 10, random: numbers(1) };
    const found = solveMaxCover(everyone, { ...effort, solver });
    rows[`zhengzhouCover${p}Status`] = found.status;
    rows[`zhengzhouCover${p}CpuSeconds`] = found.seconds;
  }
  return rows;
}

/** Counts answers that are proved and equal the published optimum. */
function tally() {
  const total = { instances: 0, proved: 0, seconds: 0, cpu: 0, slowest: "", most: 0 };
  return Object.assign(total, {
    add(name: string, optimum: number, solve: () => SitingAnswer) {
      const before = process.cpuUsage();
      const found = solve();
      const { user, system } = process.cpuUsage(before);
      total.instances += 1;
      total.seconds += found.seconds;
      total.cpu += (user + system) / 1e6;
      if (found.status === "optimal" && found.value === optimum) total.proved += 1;
      process.stderr.write(
        `${name} ${found.status} ${found.value} (published ${optimum}) ${found.seconds.toFixed(2)} s\n`,
      );
      if (found.seconds <= total.most) return;
      total.most = found.seconds;
      total.slowest = `${name} ${found.seconds.toFixed(1)} s`;
    },
  });
}

/** The same numbers in [0, 1) in every run (a linear congruential generator). */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 4_294_967_296;
  };
}
