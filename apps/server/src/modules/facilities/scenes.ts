import { createHash } from "node:crypto";
import {
  type CoverageScene,
  coverageScene,
  type JudgedCity,
  judgeMinutes,
  type LayoutStandard,
  type SiteOnMap,
} from "@qingdan/reach";
import type { CheckedFacility } from "./check-register.ts";
import type { Directory } from "./directory.ts";
import type { PlacesMap } from "./places-map.ts";

/** The city under a standard. */
export interface Scenes {
  /** Under a standard that is walked: its scene over the directory of today, which plans can change. */
  of(standard: LayoutStandard, stepFree: boolean, directory: Directory): CoverageScene;
  /** Under any standard; one of minutes by car is judged by those that the map brings. */
  judged(standard: LayoutStandard, stepFree: boolean, directory: Directory): JudgedCity;
}

/** Scenes are built when first asked for and kept while the directory stays the same. */
export function createScenes(map: PlacesMap): Scenes {
  const known = new Map<string, { readonly hash: string; readonly scene: CoverageScene }>();
  const byCar = new Map<string, JudgedCity>();
  const scenes: Scenes = {
    of(standard, stepFree, directory) {
      const key = `${standard.id} ${stepFree}`;
      const kept = known.get(key);
      if (kept?.hash === directory.hash) return kept.scene;
      const scene = sceneOf(map, directory.facilities, standard, stepFree);
      known.set(key, { hash: directory.hash, scene });
      return scene;
    },
    judged(standard, stepFree, directory) {
      if (standard.travel === "foot") return scenes.of(standard, stepFree, directory);
      const city = byCar.get(standard.id) ?? judgeMinutes(standard, map.blocks, map.minutes);
      byCar.set(standard.id, city);
      return city;
    },
  };
  return scenes;
}

/** Places that are open count; without steps only those that are known to have none. */
export function sceneOf(
  map: Pick<PlacesMap, "network" | "blocks">,
  facilities: readonly CheckedFacility[],
  standard: LayoutStandard,
  stepFree: boolean,
): CoverageScene {
  const sites = facilities
    .filter(({ state, step_free }) => state === "open" && (!stepFree || step_free === true))
    .map(({ code: id, kind: service, lon, lat, floor_m2 }): SiteOnMap => {
      const site = { id, service, lon, lat };
      return floor_m2 === null ? site : { ...site, floorM2: floor_m2 };
    });
  return coverageScene(map.network, map.blocks, { sites, standard, stepFree });
}

/** SHA-256 of every block's verdict on every requirement, in the order of the map and the standard. */
export function verdictHash({ cells, ground }: JudgedCity): string {
  const hash = createHash("sha256");
  for (const { level, requirement, group, verdicts } of cells) {
    hash.update(`${level.id} ${requirement?.code ?? ""} ${group}\n`);
    hash.update(ground.blocks.map(({ code }, i) => `${code} ${verdicts[i] ?? "-"}\n`).join(""));
  }
  return hash.digest("hex");
}
