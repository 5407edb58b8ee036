import { availableParallelism } from "node:os";
import { decideOnCores } from "./decisions/cores.ts";
import { benchPeople } from "./decisions/people.ts";
import { templateRulebook } from "./template/list.ts";

/** The month of OpenFisca's country template for a million persons, with reason codes, on one core and on two. */
export async function run(args: readonly string[]): Promise<Record<string, number>> {
  const at = args.indexOf("--people");
  const persons = at < 0 ? 1_000_000 : Number(args[at + 1]);
  const rulebook = templateRulebook("2016-06-01");
  const people = benchPeople(rulebook, persons, 8);
  const cores = Math.min(2, availableParallelism());
  const one = await decideOnCores(rulebook, people, 1);
  const two = await decideOnCores(rulebook, people, cores);
  return {
    people: persons,
    items: rulebook.items.length,
    personsPerSecondOneCore: Math.round(persons / one),
    speedupTwoCores: Math.round((one / two) * 100) / 100,
    rssMiB: Math.round(process.memoryUsage.rss() / 2 ** 20),
    cores,
  };
}
