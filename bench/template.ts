import { availableParallelism } from "node:os";
import { roundsOnCores } from "./decisions/cores.ts";
import { benchPeople } from "./decisions/people.ts";
import { templateRulebook } from "./template/list.ts";

/** The month of OpenFisca's country template for a million persons, with reason codes, on one core and on two. */
export async function run(args: readonly string[]): Promise<Record<string, number>> {
  const at = args.indexOf("--people");
  const persons = at < 0 ? 1_000_000 : Number(args[at + 1]);
  const rulebook = templateRulebook("2016-06-01");
  const people = benchPeople(rulebook, persons, 8);
  const cores = Math.min(2, availableParallelism());
  const [one = [], two = []] = await roundsOnCores(rulebook, people, [1, cores]);
  const speedups = one.map((seconds, round) => seconds / (two[round] ?? Number.NaN)).sort((a, b) => a - b);
  return {
    people: persons,
    items: rulebook.items.length,
    personsPerSecondOneCore: Math.round(persons / Math.min(...one)),
    speedupTwoCores: Math.round((speedups[speedups.length >> 1] ?? Number.NaN) * 100) / 100,
    rssMiB: Math.round(process.memoryUsage.rss() / 2 ** 20),
    cores,
  };
}
