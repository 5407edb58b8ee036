import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import {
  addTallies,
  compileRulebook,
  type Dimension,
  districtDimension,
  finishSimulation,
  householdTypeDimension,
  incomeDecileDimension,
  loadList,
  type People,
  planReforms,
  type Reform,
  type SimulationPlan,
  type Tally,
} from "@qingdan/list";
import { readListSource } from "@qingdan/list/node";
import { benchPeople } from "./decisions/people.ts";

const date = "2024-08-01";
const rounds = 7;

/** The subsistence line raised by some yuan: what the slider of a reform does at each step. */
const reform = (yuan: number): Reform => ({
  code: "line",
  name: { zh: "提高低保标准", en: "A higher subsistence line" },
  parameters: [{ parameter: "subsistenceLine", change: { value: 1595 + yuan } }],
});

/**
 * One parameter changed on a million residents of Shanghai's list: compiling what it touches, deciding it, gainers,
 * losers and cost by payer, district, household type and tenth of income. Answers before the reform are at hand, as
 * they are while a slider is moved. On one core, and with a worker a core.
 */
export async function run(args: readonly string[]): Promise<Record<string, number | string>> {
  const at = args.indexOf("--people");
  const persons = at < 0 ? 1_000_000 : Number(args[at + 1]);
  const { list } = loadList(await readListSource(new URL("../lists/cn-31", import.meta.url).pathname));
  if (list === undefined) throw new Error("Shanghai's list has errors");
  const { rulebook: base } = compileRulebook(list, { area: "cn-31", date });
  if (base === undefined) throw new Error("Shanghai's list does not compile");
  const people = benchPeople(base, persons, 2024);
  const dimensions = [
    districtDimension(list, base, people, "residenceArea"),
    householdTypeDimension(people, date),
    incomeDecileDimension(people),
  ].map(shared);
  const plan = (yuan: number): SimulationPlan => {
    const planned = planReforms(list, base, [reform(yuan)]);
    if (planned.plan === undefined) throw new Error(JSON.stringify(planned.findings));
    return planned.plan;
  };
  const one = await timed(people, dimensions, 1, plan);
  const cores = Math.min(2, availableParallelism());
  const all = cores === 1 ? one : await timed(people, dimensions, cores, plan);
  if (one.hash !== all.hash) throw new Error("The split over cores changes the answer");
  return {
    people: persons,
    touchedItems: plan(100).reforms[0]?.touched.length ?? 0,
    cores,
    firstSeconds: all.first,
    secondsOneCore: one.best,
    seconds: all.best,
  };
}

function shared(dimension: Dimension): Dimension {
  const of = new Uint16Array(new SharedArrayBuffer(dimension.of.length * 2));
  of.set(dimension.of);
  return { ...dimension, of };
}

/** Seconds from the new value to the finished simulation, best of several values; and what the last one says. */
async function timed(
  people: People,
  dimensions: readonly Dimension[],
  cores: number,
  plan: (yuan: number) => SimulationPlan,
) {
  const borders = Array.from({ length: cores + 1 }, (_, core) =>
    border(people, Math.round((people.persons * core) / cores)),
  );
  const workers = Array.from(
    { length: cores },
    (_, core) =>
      new Worker(new URL("./reform/worker.ts", import.meta.url), {
        workerData: {
          people,
          dimensions,
          from: borders[core],
          to: borders[core + 1],
        },
      }),
  );
  const ask = async (value: SimulationPlan): Promise<Tally> => {
    const tallies = await Promise.all(
      workers.map(
        (worker) =>
          new Promise<Tally>((done, failed) => {
            worker.once("message", done).once("error", failed).postMessage(value);
          }),
      ),
    );
    return tallies.reduce(addTallies);
  };
  const times: number[] = [];
  let hash = "";
  for (let round = 0; round < rounds; round += 1) {
    const start = performance.now();
    const wanted = plan(10 * round);
    hash = JSON.stringify(finishSimulation(wanted, dimensions, await ask(wanted)));
    times.push((performance.now() - start) / 1000);
  }
  await Promise.all(workers.map((worker) => worker.terminate()));
  return { first: round3(times[0] ?? 0), best: round3(Math.min(...times.slice(1))), hash };
}

/** The first row of the household that a row is in. */
function border({ household, householdOf, persons }: People, row: number): number {
  return row >= persons ? persons : (household.start[householdOf[row] as number] as number);
}

const round3 = (value: number) => Math.round(value * 1000) / 1000;
