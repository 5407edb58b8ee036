import { type AgeGroup, ageGroups, groupsOf, judgeCentre, type LayoutStandard } from "@qingdan/reach";
import type { CheckedFacility } from "./check-register.ts";
import { type Directory, nameOf } from "./directory.ts";
import { kinds, standards } from "./kinds.ts";
import type { DirectoryPage, DirectoryQuery, Facility, PlacesPage, StreetsPage } from "./model.ts";
import { type PlacesMap, townsOf } from "./places-map.ts";

/** A code with its name; a code that the map does not know stands for itself. */
export function townNamed(map: Pick<PlacesMap, "towns">, code: string) {
  const town = map.towns.find((one) => one.code === code);
  return { code, name: town?.name ?? { zh: code, en: code } };
}

/** The kind that the guide for embedded centres is about. */
const centreKind = "one-stop-centre";

function lackingOf(kind: string, floorM2: number | null, functions: readonly string[]): Facility["centre"] {
  if (kind !== centreKind || floorM2 === null) return null;
  return judgeCentre({ floorM2, functions }).map(({ message, clause }) => ({ text: message, clause }));
}

export function presentFacility(map: Pick<PlacesMap, "towns">, facility: CheckedFacility): Facility {
  const { code, kind, town, lon, lat } = facility;
  const functions = facility.functions === "" ? [] : facility.functions.split(";");
  return {
    code,
    kind: { code: kind, name: kinds.get(kind) ?? { zh: kind, en: kind } },
    name: nameOf(facility),
    town: townNamed(map, town),
    point: [lon, lat],
    functions,
    floorM2: facility.floor_m2,
    capacity: facility.capacity,
    capacityUnit: facility.capacity_unit,
    openingHours: facility.opening_hours,
    stepFree: facility.step_free,
    operator: facility.operator,
    state: facility.state,
    centre: lackingOf(kind, facility.floor_m2, functions),
  };
}

export function presentPlaces(map: PlacesMap, { facilities }: Directory): PlacesPage {
  const { id, name, date, fictitious, mapReview, people, blocks, roads, crossings, bounds, towns } = map;
  const districts = new Map(towns.map(({ district }) => [district.code, district]));
  const rows = [...kinds].map(([code, label]) => ({
    code,
    name: label,
    facilities: facilities.filter(({ kind }) => kind === code).length,
  }));
  return {
    id,
    name,
    date,
    fictitious,
    mapReview,
    datum: "wgs84",
    people,
    blocks: blocks.length,
    kilometres: Math.round(roads.kilometres * 10) / 10,
    crossings,
    parts: roads.components.count,
    unsnappedBlocks: map.unsnappedBlocks(),
    bounds: [...bounds],
    facilities: facilities.length,
    kinds: rows,
    districts: [...districts.values()],
    standards: standards.map((standard) => presentStandard(map, standard)),
    groups: (Object.keys(ageGroups) as AgeGroup[]).map((code) => ({ code, name: ageGroups[code] })),
  };
}

export function pointsOf(places: readonly { readonly lon: number; readonly lat: number }[]) {
  return { lon: Float64Array.from(places, ({ lon }) => lon), lat: Float64Array.from(places, ({ lat }) => lat) };
}

function presentStandard({ minutes }: PlacesMap, standard: LayoutStandard): PlacesPage["standards"][number] {
  const { id, title, source, travel, levels, requirements } = standard;
  return {
    id,
    title,
    source,
    travel,
    minutesMissing: travel === "car" && !requirements.some(({ service }) => minutes.has(service)),
    levels: levels.map((level) => {
      const own = requirements.filter((requirement) => requirement.level === level.id);
      return { id: level.id, label: level.label, minutes: level.minutes, groups: [...new Set(own.flatMap(groupsOf))] };
    }),
    requirements: requirements.map(({ code, level, service, label, group, metres, leastM2, clause, mark }) => ({
      code,
      level,
      kind: service,
      label,
      group,
      metres: metres ?? null,
      leastM2: leastM2 ?? null,
      clause,
      mark,
    })),
  };
}

/** Kinds that people know the neighbourhood by. */
const landmarkKinds = new Set(["market", "primary-school", "community-station"]);

export function presentStreets(map: PlacesMap, { facilities }: Directory): StreetsPage {
  return {
    streets: map.towns.map(({ code, name, district, point }) => ({
      code,
      name,
      district,
      point: [...point],
      people: map.blocks.reduce((sum, { street, people }) => sum + (street === code ? (people.everyone ?? 0) : 0), 0),
      landmarks: [
        { code, name },
        ...facilities
          .filter(({ town, kind, state }) => town === code && state === "open" && landmarkKinds.has(kind))
          .map((facility) => ({ code: facility.code, name: nameOf(facility) })),
      ],
    })),
  };
}

/** A page of the directory. @throws {Problem} PLACES-AREA-UNKNOWN */
export function presentDirectory(map: PlacesMap, { facilities }: Directory, query: DirectoryQuery): DirectoryPage {
  const { q, kind, area, state, stepFree, page, size } = query;
  const towns = area === undefined ? undefined : townsOf(map, area);
  const steps = stepFree === undefined ? undefined : { yes: true, no: false, unknown: null }[stepFree];
  const wanted = q?.trim().toLowerCase();
  const found = facilities.filter(
    (one) =>
      (kind === undefined || one.kind === kind) &&
      (towns === undefined || towns.has(one.town)) &&
      (state === undefined || one.state === state) &&
      (steps === undefined || one.step_free === steps) &&
      (!wanted || `${one.name_zh} ${one.name_en} ${one.code}`.toLowerCase().includes(wanted)),
  );
  return {
    total: found.length,
    page,
    size,
    facilities: found.slice((page - 1) * size, page * size).map((one) => presentFacility(map, one)),
  };
}
