import { readFile } from "node:fs/promises";
import path from "node:path";
import {
  addTallies,
  createSimulator,
  type Dimension,
  districtDimension,
  faultLine,
  finishSimulation,
  householdTypeDimension,
  incomeBounds,
  incomeDecileDimension,
  type List,
  type People,
  planReforms,
  type Reform,
  type ReformEffect,
  type Rulebook,
  readValue,
  reformSchema,
  type Simulation,
  type SimulationPlan,
  type Tally,
  type Words,
} from "@qingdan/list";
import { openSnapshot } from "@qingdan/server/intake";
import { compileList, openList } from "../list-folder.ts";
import { type Context, day, Refusal, required, type Verb } from "../verb.ts";

/** Facts that people are told apart by, beside those that the rules read. */
const dimensionFacts = ["birthDate", "monthlyIncome", "residenceArea"];

export const simulateVerb: Verb = {
  usage: "--list <dir> --people <dir> --date YYYY-MM-DD --reform F.json [--area CODE]",
  options: {
    list: { type: "string" },
    people: { type: "string" },
    date: { type: "string" },
    reform: { type: "string" },
    area: { type: "string" },
  },
  async run(context, values) {
    const date = day(values, "date");
    const peopleDir = path.resolve(context.cwd, required(values, "people"));
    const reforms = await readReforms(context, required(values, "reform"));
    const list = await openList(context, required(values, "list"));
    const base = compileList(list, values.area as string | undefined, date);
    const { plan, findings } = planReforms(list, base, reforms);
    if (plan === undefined) {
      const [first] = findings;
      const tell = (language: "zh" | "en") =>
        findings.map(({ file, code, message }) => `${file}: ${code} ${message[language]}`).join("\n");
      throw new Refusal(first?.code ?? "REFORM-CODE", { zh: tell("zh"), en: tell("en") }, first?.hint);
    }
    const simulation = await simulatePeople(context, list, base, plan, peopleDir);
    context.answer(simulation, () => simulation.reforms.map((reform) => reformText(context, reform)).join("\n\n"));
    return 0;
  },
};

/** The reforms of a file: one, or a list of them. @throws Refusal `CLI-REFORM-FAULTY` with every fault and its path */
async function readReforms(context: Context, file: string): Promise<readonly Reform[]> {
  const text = await readFile(path.resolve(context.cwd, file), "utf8");
  const faulty = ({ zh, en }: Words) =>
    new Refusal(
      "CLI-REFORM-FAULTY",
      { zh: `${file} 不是改革方案：${zh}`, en: `${file} is no reform: ${en}` },
      { zh: "写法见 docs/reform-format.md", en: "docs/reform-format.md says how to write one" },
    );
  let written: unknown;
  try {
    written = JSON.parse(text);
  } catch (error) {
    const why = (error as Error).message;
    throw faulty({ zh: `不是“JSON”：${why}`, en: `not JSON: ${why}` });
  }
  const all = Array.isArray(written) ? written : [written];
  return all.map((one, at) => {
    const read = readValue(reformSchema, one);
    if (read.ok) return read.value as Reform;
    throw faulty(faultLine(read.faults.map(({ path: keys, words }) => ({ path: [at, ...keys], words }))));
  });
}

/** Every block of a snapshot in turn; the tenths of income are those of all its people. */
async function simulatePeople(
  context: Context,
  list: List,
  base: Rulebook,
  plan: SimulationPlan,
  peopleDir: string,
): Promise<Simulation> {
  const snapshot = await openSnapshot(peopleDir);
  const areas = base.areas.map(({ code }) => code);
  const read = new Set([
    ...dimensionFacts,
    ...plan.reforms.flatMap(({ before, after }) => [...before.facts, ...after.facts].map(({ name }) => name)),
  ]);
  const facts = [...read].flatMap((name) => list.facts.get(name) ?? []);
  const incomes: People[] = [];
  const onlyIncome = facts.filter(({ name }) => name === "monthlyIncome");
  for await (const { people } of snapshot.blocks({ facts: onlyIncome, areas }, { signal: context.signal })) {
    incomes.push(people);
  }
  const bounds = incomeBounds(incomes);
  const task = context.progress.task(context.say({ zh: "模拟", en: "Simulating" }));
  let tally: Tally | undefined;
  let dimensions: readonly Dimension[] = [];
  for await (const { people } of snapshot.blocks({ facts, areas }, { signal: context.signal })) {
    dimensions = [
      districtDimension(list, base, people, "residenceArea"),
      householdTypeDimension(people, base.date),
      incomeDecileDimension(people, bounds),
    ];
    const block = createSimulator(people, dimensions).run(plan);
    tally = tally === undefined ? block : addTallies(tally, block);
    task.update(tally.people, snapshot.manifest.people);
  }
  task.finish();
  if (tally === undefined)
    throw new Refusal("CLI-PEOPLE-NONE", { zh: "快照里没有人", en: "The snapshot holds nobody" });
  return finishSimulation(plan, dimensions, tally);
}

function reformText(context: Context, reform: ReformEffect): string {
  const yuan = (fen: number) => (fen / 100).toFixed(2);
  const change = ({ beforeFen, afterFen }: { beforeFen: number; afterFen: number }) =>
    `¥${yuan(beforeFen)} → ¥${yuan(afterFen)} (${afterFen >= beforeFen ? "+" : ""}${yuan(afterFen - beforeFen)})`;
  const { gain, lose, same, unknown } = reform.households;
  return [
    `${context.say(reform.name)} ${reform.hash.slice(0, 12)}`,
    context.say({
      zh: `家庭：${gain} 受益，${lose} 受损，${same} 不变，${unknown} 无法确定；每年 ${change(reform)}`,
      en: `Households: ${gain} gain, ${lose} lose, ${same} stay, ${unknown} cannot be told; a year ${change(reform)}`,
    }),
    ...reform.items.map(
      (item) =>
        `  ${context.say(item.name)}: ${item.before} → ${item.after} (+${item.entered} −${item.left})  ${change(item)}`,
    ),
    ...reform.payers.map((payer) => `  ${payer.payer}: ${change(payer)}`),
    ...reform.dimensions.flatMap(({ dimension, groups }) => [
      `  ${dimension}`,
      ...groups
        .filter(({ persons }) => persons.gain + persons.lose + persons.same + persons.unknown > 0)
        .map(
          (group) => `    ${context.say(group.name)}: +${group.persons.gain} −${group.persons.lose}  ${change(group)}`,
        ),
    ]),
  ].join("\n");
}
