import { type Candidate, type CoverageScene, nextBestPlaces } from "@qingdan/reach";
import { Problem, type Words } from "../../problem.ts";
import { type Directory, nameOf } from "./directory.ts";
import { kindNamed } from "./kinds.ts";
import type { NextBestBody, NextBestPage } from "./next-best-model.ts";
import { type PlacesMap, townsOf } from "./places-map.ts";
import { townNamed } from "./present.ts";

interface Setting {
  readonly map: PlacesMap;
  readonly directory: Directory;
  readonly scene: CoverageScene;
}

/** A candidate where it stands: a block to build in, or vacant premises to convert. */
interface Spot {
  readonly candidate: Candidate;
  readonly deed: "build" | "convert";
  readonly name: Words;
  readonly town: string;
}

/**
 * The best places for one more of a kind with so much floor within so much money: every block and all vacant premises of the
 * area are weighed, at once.
 *
 * @throws {Problem} PLACES-KIND-UNKNOWN, PLACES-NOT-SITABLE, PLACES-AREA-UNKNOWN
 */
export function nextBest({ map, directory, scene }: Setting, body: NextBestBody): NextBestPage {
  const { standard } = scene;
  const { name } = kindNamed(body.kind);
  if (!standard.requirements.some(({ service }) => service === body.kind)) {
    throw new Problem("PLACES-NOT-SITABLE", {
      zh: `${standard.title.zh}没有对${name.zh}的要求`,
      en: `${standard.title.en} asks for no ${name.en}`,
    });
  }
  const started = performance.now();
  const spots = spotsOf(map, directory, body);
  const byId = new Map(spots.map((spot) => [spot.candidate.id, spot]));
  const { places, leftOut } = nextBestPlaces(scene, {
    service: body.kind,
    candidates: spots.map(({ candidate }) => candidate),
    floorM2: body.floorM2,
    most: body.most,
    ...(body.budgetFen === null ? {} : { budgetFen: body.budgetFen }),
  });
  const labels = new Map(standard.requirements.map(({ code, label }) => [code, label]));
  const counts = new Map<NextBestPage["leftOut"][number]["why"], number>();
  for (const { why } of leftOut) counts.set(why, (counts.get(why) ?? 0) + 1);
  return {
    weighed: spots.length - leftOut.length,
    leftOut: [...counts].map(([why, candidates]) => ({ why, candidates })),
    places: places.map(({ candidate, people, gains }) => {
      const { id, lon, lat, costFen = 0 } = candidate;
      const { deed, name: spot, town } = byId.get(id)!;
      return {
        code: id,
        name: spot,
        street: townNamed(map, town),
        point: [lon, lat],
        deed,
        costFen,
        people,
        gains: gains.map((gain) => ({
          ...gain,
          label: labels.get(gain.requirement)!,
          street: townNamed(map, gain.street),
        })),
      };
    }),
    milliseconds: Math.round((performance.now() - started) * 10) / 10,
  };
}

function spotsOf(map: PlacesMap, { facilities }: Directory, body: NextBestBody): readonly Spot[] {
  const { floorM2, area } = body;
  const towns = area === undefined ? undefined : townsOf(map, area);
  const isIn = (town: string) => towns?.has(town) ?? true;
  const vacant = facilities.filter(({ state, town }) => state === "vacant" && isIn(town));
  return [
    ...vacant.map((facility): Spot => {
      const { code: id, lon, lat, town, floor_m2: floor } = facility;
      const costFen = floorM2 * body.convertFenPerM2;
      const candidate = { id, lon, lat, costFen, ...(floor === null ? {} : { floorM2: floor }) };
      return { candidate, deed: "convert", name: nameOf(facility), town };
    }),
    ...map.blocks
      .filter(({ street }) => isIn(street))
      .map(({ code, street, lon, lat }): Spot => {
        const candidate = { id: `new:${code}`, lon, lat, floorM2, costFen: floorM2 * body.buildFenPerM2 };
        return { candidate, deed: "build", name: map.blockNames.get(code) ?? { zh: code, en: code }, town: street };
      }),
  ];
}
