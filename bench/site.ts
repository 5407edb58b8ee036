import { readFile } from "node:fs/promises";
import path from "node:path";
import { parseArgs } from "node:util";
import {
  highsSolver,
  readOrlib,
  readTsplibPoints,
  type SitingAnswer,
  solvePCenter,
  solvePMedian,
  solvePMedianOfPoints,
} from "@qingdan/reach";

/**
 * The 40 p-median instances of the OR-Library, solved to proof as p-median and as p-center, and compared with the published
 * optima. `--only 1,7` takes some of them, `--seconds` is the budget of each. Processor seconds are told beside the clock.
 * `--points` solves TSPLIB point sets instead: 30 processor seconds each, 100 for the largest.
 */
export async function run(args: readonly string[]): Promise<Record<string, number | string>> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      only: { type: "string" },
      seconds: { type: "string", default: "300" },
      points: { type: "boolean", default: false },
    },
  });
  if (values.points) return runPoints();
  const data = path.resolve(process.env.QINGDAN_SHARED ?? "../shared", "data/orlib-pmed");
  const solver = await highsSolver();
  const rows = (await readFile(path.join(data, "optima.tsv"), "utf8"))
    .trim()
    .split("\n")
    .slice(1)
    .map((line) => line.split("\t"));
  const only = values.only?.split(",").map((number) => `pmed${number}`);
  const median = tally();
  const center = tally();
  for (const [name = "", , , , medianOptimum, , centerOptimum] of rows.filter(
    ([name]) => only?.includes(name!) ?? true,
  )) {
    const { costs, p } = readOrlib(await readFile(path.join(data, `${name}.txt`), "utf8"));
    const effort = () => ({ p, now: () => performance.now(), seconds: Number(values.seconds), random: numbers(1) });
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
  { name: "pcb3038", p: 10, seconds: 30, best: 1_213_082.03 },
  { name: "pcb3038", p: 100, seconds: 30, best: 352_628.35 },
  { name: "usa13509", p: 1000, seconds: 100 },
];

async function runPoints(): Promise<Record<string, number | string>> {
  const data = path.resolve(process.env.QINGDAN_SHARED ?? "../shared", "data/tsplib-pmedian");
  const rows: Record<string, number | string> = {};
  for (const { name, p, seconds, best } of pointSets) {
    const points = readTsplibPoints(await readFile(path.join(data, `${name}.tsp`), "utf8"));
    const now = () => process.cpuUsage().user / 1000;
    const found = solvePMedianOfPoints(points, { p, now, seconds, random: numbers(1) });
    rows[`${name}p${p}Value`] = found.value;
    rows[`${name}p${p}GapPercent`] = 100 * found.gap;
    if (best !== undefined) rows[`${name}p${p}AboveBestPercent`] = 100 * (found.value / best - 1);
    rows[`${name}p${p}CpuSeconds`] = found.seconds;
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
