import { compileRulebook, explainAll, loadList } from "@qingdan/list";
import { readListSource } from "@qingdan/list/node";
import { couple } from "./couple.ts";

const rounds = 200;

/** One person's full explanation: the tree of every item of Shanghai's list; the middle of many times, and the first. */
export async function run(): Promise<Record<string, number | string>> {
  const { list } = loadList(await readListSource(new URL("../lists/cn-31", import.meta.url).pathname));
  if (list === undefined) throw new Error("Shanghai's list has errors");
  const { rulebook } = compileRulebook(list, { area: "cn-31", date: "2024-08-01" });
  if (rulebook === undefined) throw new Error("Shanghai's list does not compile");
  const others = new Set(list.facts.keys());
  const times: number[] = [];
  let busy = Number.POSITIVE_INFINITY;
  for (let round = 0; round < rounds; round += 1) {
    const before = process.cpuUsage();
    const start = performance.now();
    explainAll(rulebook, couple, others);
    times.push(performance.now() - start);
    busy = Math.min(busy, process.cpuUsage(before).user / 1000);
  }
  const nodes = JSON.stringify(explainAll(rulebook, couple, others)).split('"op"').length - 1;
  const first = times[0] ?? 0;
  times.sort((a, b) => a - b);
  const two = (value: number) => Math.round(value * 100) / 100;
  return {
    items: rulebook.items.length,
    nodes,
    firstMilliseconds: two(first),
    milliseconds: two(times[Math.floor(rounds / 2)] ?? 0),
    leastMilliseconds: two(times[0] ?? 0),
    leastCpuMilliseconds: two(busy),
  };
}
