import { type Coverage, judgeCoverage } from "../coverage/judge.ts";
import type { BlockOnMap } from "../coverage/scene.ts";
import type { LayoutStandard } from "../coverage/standard.ts";
import type { Points } from "../roads/datum.ts";
import type { WalkNetwork } from "../roads/walk-network.ts";
import { type PersonGroup, personGroups } from "../travel/person-group.ts";
import type { SnapReport } from "../travel/snap.ts";
import { type Facilities, type NearestFacilities, nearestFacilities } from "./nearest-facilities.ts";

export interface CoverBlocksAnswer extends Coverage {
  readonly unsnapped: { readonly blocks: SnapReport; readonly facilities: ReadonlyMap<string, SnapReport> };
}

/** Coverage of blocks of people by a layout standard, on walking distances of each age group's own way of walking. */
export function coverBlocks(
  network: WalkNetwork,
  blocks: readonly BlockOnMap[],
  options: { readonly facilities: Facilities; readonly standard: LayoutStandard; readonly snapMetres?: number },
): CoverBlocksAnswer {
  const origins: Points = {
    lon: Float64Array.from(blocks, ({ lon }) => lon),
    lat: Float64Array.from(blocks, ({ lat }) => lat),
  };
  const wanted = new Set(options.standard.requirements.map(({ service }) => service));
  const facilities = new Map([...options.facilities].filter(([kind]) => wanted.has(kind)));
  // Groups that may use stairs walk the same ways; only their pace differs.
  const ways = new Map<boolean, NearestFacilities>();
  const nearestFor = (group: PersonGroup) => {
    const known =
      ways.get(group.stairs) ??
      nearestFacilities(network, origins, facilities, { group, snapMetres: options.snapMetres });
    ways.set(group.stairs, known);
    return known;
  };
  const coverage = judgeCoverage(
    options.standard,
    blocks,
    ({ service }, id) => nearestFor(personGroups[id]).kinds.get(service)?.metres,
  );
  const { origins: blockReport, facilities: facilityReport } = nearestFor(personGroups.adult);
  return { ...coverage, unsnapped: { blocks: blockReport, facilities: facilityReport } };
}
