import { readFile } from "node:fs/promises";
import path from "node:path";
import { parseArgs } from "node:util";
import { highsSolver, readOrlib, type SitingAnswer, solvePCenter, solvePMedian } from "@qingdan/reach";

/**
 * The 40 p-median instances of the OR-Library, solved to proof as p-median and as p-center, and compared with the published
 * optima. `--only 1,7` takes some of them, `--seconds` is the budget of each. Processor seconds are told beside the clock.
 */
export async function run(args: readonly string[]): Promise<Record<string, number | string>> {
  const { values } = parseArgs({
    args: [...args],
    options: { only: { type: "string" }, seconds: { type: "string", default: "300" } },
  });
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
