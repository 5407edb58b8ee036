import { manyToMany, minutesFor, type Places, personGroups } from "@qingdan/reach";
import { Problem, type Words } from "../../problem.ts";
import type { CheckedFacility } from "./check-register.ts";
import { type Directory, nameOf } from "./directory.ts";
import { kindNamed } from "./kinds.ts";
import type { NearestPage, NearestQuery } from "./model.ts";
import { type OpenState, openAt, shanghaiMinute } from "./opening.ts";
import type { PlacesMap } from "./places-map.ts";
import { pointsOf, presentFacility } from "./present.ts";

/** A place of the middle of a town or village may lie off the streets: so far it is looked for. */
const snapMetres = 600;

/**
 * The nearest places of a kind on foot, open at a moment and without steps where that is asked. What is left out, because it is
 * closed or because nobody knows, is counted.
 *
 * @throws {Problem} PLACES-KIND-UNKNOWN, PLACES-PLACE-UNKNOWN
 */
export function nearestOpen(map: PlacesMap, directory: Directory, query: NearestQuery, now: Date): NearestPage {
  const kind = kindNamed(query.kind);
  const from = placeNamed(map, directory, query.from);
  const moment = query.at === undefined ? now : new Date(query.at);
  const facilities = directory.facilities.filter((one) => one.kind === kind.code && one.state === "open");
  const metres = metresFrom(map, from.point, facilities, true);
  const stepFreeMetres = metresFrom(map, from.point, facilities, false);
  const needsNoSteps = query.stepFree || query.walker === "wheelchair";
  const own = needsNoSteps ? stepFreeMetres : metres;
  const leftOut = { closed: 0, hoursUnknown: 0, notStepFree: 0, stepsUnknown: 0 };
  const found: { facility: CheckedFacility; at: number; open: OpenState }[] = [];
  facilities.forEach((facility, at) => {
    if (!Number.isFinite(own[at])) return;
    const open = openAt(facility.opening_hours, moment);
    if (needsNoSteps && facility.step_free !== true)
      leftOut[facility.step_free === false ? "notStepFree" : "stepsUnknown"] += 1;
    else if (query.openNow && open.state !== "open") leftOut[open.state === "closed" ? "closed" : "hoursUnknown"] += 1;
    else found.push({ facility, at, open });
  });
  found.sort((a, b) => own[a.at]! - own[b.at]! || (a.facility.code < b.facility.code ? -1 : 1));
  const minutes = (walker: keyof typeof personGroups, far: number) =>
    Math.round(minutesFor(personGroups[walker], far) * 10) / 10;
  return {
    from: { ...from, point: [...from.point] },
    kind,
    at: shanghaiMinute(moment),
    reachable: facilities.filter((_, at) => Number.isFinite(own[at])).length,
    leftOut,
    places: found.slice(0, query.size).map(({ facility, at, open }) => {
      const withoutSteps = stepFreeMetres[at]!;
      return {
        facility: presentFacility(map, facility),
        open,
        metres: Math.round(own[at]!),
        minutes: minutes(query.walker, own[at]!),
        minutesByWalker: {
          adult: minutes("adult", metres[at]!),
          child: minutes("child", metres[at]!),
          senior: minutes("senior", metres[at]!),
          wheelchair: Number.isFinite(withoutSteps) ? minutes("wheelchair", withoutSteps) : null,
        },
      };
    }),
  };
}

interface NamedPlace {
  readonly code: string;
  readonly name: Words;
  readonly point: readonly [number, number];
}

/** A town's middle, a block or a facility by its code. @throws {Problem} PLACES-PLACE-UNKNOWN */
function placeNamed(map: PlacesMap, directory: Directory, code: string): NamedPlace {
  const town = map.towns.find((one) => one.code === code);
  if (town) return { code, name: town.name, point: town.point };
  const facility = directory.byCode.get(code);
  if (facility) return { code, name: nameOf(facility), point: [facility.lon, facility.lat] };
  const block = map.blocks.find((one) => one.code === code);
  if (block) return { code, name: map.blockNames.get(code) ?? { zh: code, en: code }, point: [block.lon, block.lat] };
  throw new Problem("PLACES-PLACE-UNKNOWN", {
    zh: `没有 ${code}；应为街镇、街坊或设施的编码`,
    en: `There is no ${code}; give the code of a street office, a block or a facility`,
  });
}

function metresFrom(
  map: PlacesMap,
  [lon, lat]: readonly [number, number],
  facilities: readonly CheckedFacility[],
  stairs: boolean,
): Float64Array {
  const { graph, snapper } = map.ways(stairs);
  const origin: Places = snapper.snap(pointsOf([{ lon, lat }]), snapMetres).places;
  return manyToMany(graph, origin, snapper.snap(pointsOf(facilities), 200).places).metres;
}
