import { ageGroups, nearestCatchments, type Points, routeGraph, snapper } from "@qingdan/reach";
import { type Context, required, UsageError, type Verb } from "../verb.ts";
import { readGraph } from "./reach-graph.ts";
import { blocksOf, byKind, numberOf, readTable, told, toldSnap } from "./reach-tables.ts";

/** Whom each place serves if everybody walks to the nearest one of its kind. */
export const reachCatchments: Verb = {
  usage: "GRAPH --blocks BLOCKS.csv --places PLACES.csv [--snap METRES] [--step-free]",
  options: {
    blocks: { type: "string" },
    places: { type: "string" },
    snap: { type: "string" },
    "step-free": { type: "boolean" },
  },
  async run(context, values, [file]) {
    if (file === undefined) throw new UsageError({ zh: "缺少路网文件", en: "The network file is missing" });
    const [blocksFile, placesFile] = [required(values, "blocks"), required(values, "places")];
    const snapMetres = numberOf(values, "snap", 200);
    const network = await readGraph(context, file);
    const graph = routeGraph(network, { stairs: values["step-free"] !== true });
    const answer = await told(async () => {
      const blocks = blocksOf(await readTable(context, blocksFile));
      const kinds = byKind(await readTable(context, placesFile));
      const points = new Map([...kinds].map(([kind, own]): [string, Points] => [kind, own.points]));
      const found = nearestCatchments(blocks, points, { graph, snapper: snapper(graph), snapMetres });
      return {
        catchments: [...found.kinds].flatMap(([kind, { catchments }]) =>
          catchments.map(({ farthestMetres, ...own }, n) => ({
            kind,
            place: kinds.get(kind)!.names[n]!,
            ...own,
            farthestMetres: farthestMetres ?? null,
          })),
        ),
        unserved: [...found.kinds].map(([kind, { unserved }]) => ({ kind, ...unserved })),
        blocks: toldSnap(
          found.blocks,
          blocks.map(({ code }) => code),
        ),
        places: Object.fromEntries(
          [...found.kinds].map(([kind, { places }]) => [kind, toldSnap(places, kinds.get(kind)!.names)]),
        ),
      };
    });
    context.answer(answer, () => tableOf(context, answer.catchments));
    return 0;
  },
};

interface Row {
  readonly kind: string;
  readonly place: string;
  readonly blocks: number;
  readonly farthestMetres: number | null;
  readonly groups: readonly {
    readonly group: keyof typeof ageGroups;
    readonly people: number;
    readonly minutes: number;
  }[];
}

/** A line a place and age group; a place to which nobody comes stands once. */
function tableOf(context: Context, rows: readonly Row[]): string {
  const head = context.say({
    zh: "设施\t类别\t街坊\t最远米\t人群\t人数\t平均分钟",
    en: "place\tkind\tblocks\tfarthest metres\tgroup\tpeople\tmean minutes",
  });
  const lines = rows.flatMap(({ place, kind, blocks, farthestMetres, groups }) => {
    const own = [place, kind, blocks, farthestMetres?.toFixed(0) ?? "—"];
    if (groups.length === 0) return [[...own, "—", 0, "—"].join("\t")];
    return groups.map(({ group, people, minutes }) =>
      [...own, context.say(ageGroups[group]), people, minutes.toFixed(1)].join("\t"),
    );
  });
  return [head, ...lines].join("\n");
}
