import {
  type AccessMeasure,
  type AgeGroup,
  accessScores,
  type Decay,
  exponentialDecay,
  linearDecay,
  logisticDecay,
  personGroups,
  powerDecay,
  walkers,
} from "@qingdan/reach";
import { required, UsageError, type Values, type Verb, wholeNumber } from "../verb.ts";
import { readGraph } from "./reach-graph.ts";
import { groupOf, namesOf, numberOf, numbers, pointsOf, readTable, told, toldSnap } from "./reach-tables.ts";

const measures: readonly AccessMeasure[] = [
  "nearest",
  "cumulative",
  "2sfca",
  "e2sfca",
  "m2sfca",
  "3sfca",
  "bfca",
  "availability",
  "raam",
];

/** Access scores of origins with demand (an age group's people, say), to sites with supply (m2, beds or places). */
export const reachAccess: Verb = {
  usage: `GRAPH --origins ORIGINS.csv --sites SITES.csv --measure ${measures.join("|")} [--minutes M] [--group G] [--demand COLUMN] [--supply COLUMN] [--decay linear|exponential|logistic|power] [--rank N] [--tau M] [--snap METRES]`,
  options: {
    origins: { type: "string" },
    sites: { type: "string" },
    measure: { type: "string" },
    minutes: { type: "string" },
    group: { type: "string" },
    demand: { type: "string" },
    supply: { type: "string" },
    tau: { type: "string" },
    decay: { type: "string" },
    rank: { type: "string" },
    snap: { type: "string" },
  },
  async run(context, values, [graph]) {
    if (graph === undefined) throw new UsageError({ zh: "缺少路网文件", en: "The network file is missing" });
    const [originsFile, sitesFile] = [required(values, "origins"), required(values, "sites")];
    const measure = measures.find((one) => one === required(values, "measure"));
    if (!measure) {
      const known = measures.join(", ");
      throw new UsageError({ zh: `--measure 应为 ${known} 之一`, en: `--measure takes one of ${known}` });
    }
    const minutes = numberOf(values, "minutes", 15);
    const demand = typeof values.demand === "string" ? values.demand : "demand";
    const supply = typeof values.supply === "string" ? values.supply : "supply";
    // People of an age group walk at their own pace.
    const walker = Object.hasOwn(walkers, demand) ? walkers[demand as AgeGroup] : undefined;
    const group = values.group === undefined && walker ? personGroups[walker] : groupOf(values);
    const tau = values.tau === undefined ? {} : { tau: positive(values, "tau") };
    const decay = decayOf(values, minutes);
    const rank = Math.max(1, wholeNumber(values, "rank", 1));
    const network = await readGraph(context, graph);
    const answer = await told(async () => {
      const origins = await readTable(context, originsFile);
      const sites = await readTable(context, sitesFile);
      const names = namesOf(origins);
      const found = accessScores(
        network,
        { ...pointsOf(origins), demand: numbers(origins, demand) },
        { ...pointsOf(sites), supply: numbers(sites, supply) },
        {
          measure,
          group,
          minutes,
          rank,
          snapMetres: numberOf(values, "snap", 200),
          ...(decay ? { decay } : {}),
          ...tau,
        },
      );
      return {
        measure,
        demand,
        supply,
        group: group.id,
        minutes,
        pairs: found.pairs,
        origins: toldSnap(found.origins, names),
        sites: toldSnap(found.sites, namesOf(sites)),
        // JSON has no infinity: an origin that reaches nothing has no score.
        scores: [...found.scores].map((score, i) => ({
          origin: names[i]!,
          score: Number.isFinite(score) ? score : null,
        })),
      };
    });
    context.answer(answer, () => answer.scores.map(({ origin, score }) => `${origin}\t${score ?? "—"}`).join("\n"));
    return 0;
  },
};

function positive(values: Values, name: string): number {
  const value = numberOf(values, name, 0);
  if (value > 0) return value;
  throw new UsageError({ zh: `--${name} 应为大于 0 的数`, en: `--${name} takes a number above 0` });
}

/** Decays that fall to little at the limit: to a tenth where they never reach zero. */
function decayOf(values: Values, minutes: number): Decay | undefined {
  switch (values.decay) {
    case undefined:
      return undefined;
    case "linear":
      return linearDecay(minutes);
    case "exponential":
      return exponentialDecay(Math.LN10 / minutes);
    case "logistic":
      return logisticDecay(minutes / 2, minutes / 8);
    case "power":
      return powerDecay(1);
    default:
      throw new UsageError({
        zh: "--decay 应为 linear、exponential、logistic、power 之一",
        en: "--decay takes linear, exponential, logistic or power",
      });
  }
}
