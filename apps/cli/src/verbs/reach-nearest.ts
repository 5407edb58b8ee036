import { nearestFacilities } from "@qingdan/reach";
import { required, UsageError, type Verb, wholeNumber } from "../verb.ts";
import { readGraph } from "./reach-graph.ts";
import { byKind, groupOf, namesOf, numberOf, pointsOf, readTable, told, toldSnap } from "./reach-tables.ts";

/** One line of the answer; a kind of which an origin reaches none stands once, without a place. */
interface NearestRow {
  readonly origin: string;
  readonly kind: string;
  readonly rank: number;
  readonly place: string | null;
  readonly metres: number | null;
  readonly minutes: number | null;
}

/** The nearest places of each kind for every origin, by walking minutes of a group. */
export const reachNearest: Verb = {
  usage: "GRAPH --from ORIGINS.csv --to PLACES.csv [--group adult|child|senior|wheelchair] [--k N] [--snap METRES]",
  options: {
    from: { type: "string" },
    to: { type: "string" },
    group: { type: "string" },
    k: { type: "string" },
    snap: { type: "string" },
  },
  async run(context, values, [graph]) {
    if (graph === undefined) throw new UsageError({ zh: "缺少路网文件", en: "The network file is missing" });
    const [from, to] = [required(values, "from"), required(values, "to")];
    const group = groupOf(values);
    const k = Math.max(1, wholeNumber(values, "k", 1));
    const snapMetres = numberOf(values, "snap", 200);
    const network = await readGraph(context, graph);
    const answer = await told(async () => {
      const origins = await readTable(context, from);
      const places = await readTable(context, to);
      const names = namesOf(origins);
      const kinds = byKind(places);
      const found = nearestFacilities(
        network,
        pointsOf(origins),
        new Map([...kinds].map(([kind, { points }]) => [kind, points])),
        { group, k, snapMetres },
      );
      const nearest = [...found.kinds].flatMap(([kind, { metres, minutes, facility }]) =>
        [...facility].flatMap((place, at): NearestRow[] => {
          const rank = (at % k) + 1;
          const origin = names[Math.floor(at / k)]!;
          if (place === -1) return rank === 1 ? [{ origin, kind, rank, place: null, metres: null, minutes: null }] : [];
          return [
            { origin, kind, rank, place: kinds.get(kind)!.names[place]!, metres: metres[at]!, minutes: minutes[at]! },
          ];
        }),
      );
      return {
        group: group.id,
        origins: toldSnap(found.origins, names),
        places: Object.fromEntries(
          [...found.facilities].map(([kind, report]) => [kind, toldSnap(report, kinds.get(kind)!.names)]),
        ),
        nearest,
      };
    });
    context.answer(answer, () =>
      answer.nearest
        .map(({ origin, kind, place, metres, minutes }) =>
          [origin, kind, place ?? "—", metres?.toFixed(0) ?? "—", minutes?.toFixed(1) ?? "—"].join("\t"),
        )
        .join("\n"),
    );
    return 0;
  },
};
