import {
  ageGroups,
  type BlockOnMap,
  type CoverageScene,
  type CsvTable,
  completeCommunities,
  coverageOf,
  coverageScene,
  gb50180,
  judgeMinutes,
  medicalCircles,
  readMinutes,
  serviceCircles,
  shanghai2024,
  tdt1062,
} from "@qingdan/reach";
import { type Context, required, UsageError, type Values, type Verb } from "../verb.ts";
import { readGraph } from "./reach-graph.ts";
import { blocksOf, namesOf, numberOf, pointsOf, readTable, told } from "./reach-tables.ts";

const standards = [gb50180, tdt1062, shanghai2024, completeCommunities, serviceCircles];

/**
 * Coverage of blocks of people by a layout standard: level by level, by age group and street. With `--minutes` circles are
 * judged by minutes that a table gives (by car, by bus), and no network is walked.
 */
export const reachCover: Verb = {
  usage: `(GRAPH --places PLACES.csv [--standard ${standards.map(({ id }) => id).join("|")}] [--snap METRES] [--step-free] | --minutes MINUTES.csv) --blocks BLOCKS.csv`,
  options: {
    blocks: { type: "string" },
    places: { type: "string" },
    minutes: { type: "string" },
    standard: { type: "string" },
    snap: { type: "string" },
    "step-free": { type: "boolean" },
  },
  async run(context, values, [graph]) {
    const blocksFile = required(values, "blocks");
    if (typeof values.minutes === "string") return byMinutes(context, blocksFile, values.minutes);
    if (graph === undefined) throw new UsageError({ zh: "缺少路网文件", en: "The network file is missing" });
    const placesFile = required(values, "places");
    const standard = standardOf(values);
    const network = await readGraph(context, graph);
    const answer = await told(async () => {
      const blocks = blocksOf(await readTable(context, blocksFile));
      const sites = sitesOf(await readTable(context, placesFile));
      const snapMetres = numberOf(values, "snap", 200);
      const stepFree = values["step-free"] === true;
      return judged(coverageScene(network, blocks, { sites, standard, snapMetres, stepFree }), blocks);
    });
    context.answer(answer, () => tableOf(context, answer));
    return 0;
  },
};

/** Medical circles by minutes by car that a table gives. */
async function byMinutes(context: Context, blocksFile: string, minutesFile: string): Promise<number> {
  const answer = await told(async () => {
    const blocks = blocksOf(await readTable(context, blocksFile));
    const city = judgeMinutes(medicalCircles, blocks, readMinutes(await readTable(context, minutesFile), blocks));
    const { totals, blocks: verdicts, standard } = coverageOf(city);
    return { standard, index: city.index, totals, verdicts };
  });
  context.answer(answer, () => tableOf(context, answer));
  return 0;
}

function judged(scene: CoverageScene, blocks: readonly BlockOnMap[]) {
  const { totals, blocks: verdicts } = coverageOf(scene);
  const { points, snapped, unsnapped } = scene.unsnapped.blocks;
  return {
    standard: scene.standard.id,
    index: scene.index,
    totals,
    verdicts,
    blocks: {
      points,
      snapped,
      unsnapped: unsnapped.map(({ point, ...why }) => ({ block: blocks[point]!.code, ...why })),
    },
    places: { points: scene.sites.size, unsnapped: scene.unsnapped.sites },
  };
}

/** Requirements of the whole area, one a line, and the index. */
function tableOf(context: Context, { totals, index }: Pick<ReturnType<typeof judged>, "totals" | "index">): string {
  const lines = totals
    .filter(({ street, requirement }) => street === undefined && requirement !== undefined)
    .map(({ level, requirement, group, people }) =>
      [
        level,
        requirement,
        context.say(ageGroups[group]),
        people.covered,
        people["at-risk"],
        people.uncovered,
        people.unknown,
      ].join("\t"),
    );
  const head = context.say({
    zh: "层级\t要求\t人群\t覆盖\t临界\t未覆盖\t不明",
    en: "level\trequirement\tgroup\tcovered\tat risk\tuncovered\tunknown",
  });
  const value = index.value?.toFixed(1) ?? "—";
  return [head, ...lines, context.say({ zh: `指数 ${value}`, en: `Index ${value}` })].join("\n");
}

function standardOf(values: Values) {
  const name = typeof values.standard === "string" ? values.standard : gb50180.id;
  const standard = standards.find(({ id }) => id === name);
  if (standard) return standard;
  const known = standards.map(({ id }) => id).join(", ");
  throw new UsageError({ zh: `--standard 应为 ${known} 之一`, en: `--standard takes one of ${known}` });
}

function sitesOf(table: CsvTable) {
  const { lon, lat } = pointsOf(table);
  const kinds = table.column("kind");
  const floors = table.has("floor_m2") ? table.column("floor_m2") : undefined;
  return namesOf(table).map((id, i) => {
    const floor = floors?.[i] ?? "";
    const site = { id, service: kinds[i]!, lon: lon[i]!, lat: lat[i]! };
    return floor === "" ? site : { ...site, floorM2: Number(floor) };
  });
}
