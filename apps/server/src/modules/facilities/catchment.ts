import { nearestCatchments } from "@qingdan/reach";
import { Problem } from "../../problem.ts";
import type { Directory } from "./directory.ts";
import type { CatchmentPage } from "./model.ts";
import type { PlacesMap } from "./places-map.ts";
import { pointsOf } from "./present.ts";

/** Whom a facility serves if everybody walks to the nearest open one of its kind. @throws {Problem} PLACES-PLACE-UNKNOWN */
export function catchmentOf(map: PlacesMap, directory: Directory, code: string, stepFree: boolean): CatchmentPage {
  const facility = directory.byCode.get(code);
  if (!facility)
    throw new Problem("PLACES-PLACE-UNKNOWN", { zh: `没有设施 ${code}`, en: `There is no facility ${code}` });
  const { kind } = facility;
  const rivals = directory.facilities.filter(
    (one) => one.kind === kind && one.state === "open" && (!stepFree || one.step_free === true),
  );
  const at = rivals.indexOf(facility);
  if (at === -1) return { counted: false, blocks: 0, farthestMetres: null, groups: [] };
  const { kinds } = nearestCatchments(map.blocks, new Map([[kind, pointsOf(rivals)]]), map.ways(!stepFree));
  const { blocks, farthestMetres, groups } = kinds.get(kind)!.catchments[at]!;
  return {
    counted: true,
    blocks,
    farthestMetres: farthestMetres === undefined ? null : Math.round(farthestMetres),
    groups: groups.map(({ minutes, ...one }) => ({ ...one, minutes: Math.round(10 * minutes) / 10 })),
  };
}
