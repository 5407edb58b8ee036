import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { checkRegister } from "../../apps/server/src/modules/facilities/check-register.ts";
import type { Directory } from "../../apps/server/src/modules/facilities/directory.ts";
import type { SiteEdit } from "../../apps/server/src/modules/facilities/model.ts";
import { openPlacesMap } from "../../apps/server/src/modules/facilities/places-map.ts";
import { readRegister } from "../../apps/server/src/modules/facilities/register-rows.ts";
import { createScenes } from "../../apps/server/src/modules/facilities/scenes.ts";
import { whatIf } from "../../apps/server/src/modules/facilities/what-if.ts";
import { makeCity, makePlaces } from "../../cities/qingping/index.ts";

const standard = "gb-50180-2018";

/**
 * What the map page waits for when one site is added, moved or closed on the demo city: changed people, coverage, index and the
 * blocks to paint, over all levels of the layout standard. `city` is a people snapshot that is there already.
 */
export async function cityEdits(people: number, city?: string): Promise<Record<string, number>> {
  const folder = await mkdtemp(path.join(tmpdir(), "qingdan-bench-"));
  try {
    const peopleDir = city ?? path.join(folder, "people");
    if (city === undefined) await makeCity({ people, seed: 1, out: peopleDir });
    const out = path.join(folder, "places");
    await makePlaces({ peopleDir, seed: 1, out });
    const map = await openPlacesMap(out);
    const rows = readRegister("csv", await readFile(path.join(out, "facilities.csv"), "utf8"));
    const { accepted: facilities } = checkRegister(rows, { map, datum: "wgs84", firstRow: 2 });
    const byCode = new Map(facilities.map((facility) => [facility.code, facility]));
    const directory: Directory = { facilities, byCode, hash: "bench" };
    const scenes = createScenes(map);
    const times = editsOf(map.blocks, facilities).map((edit) => {
      const body = { standard, stepFree: false, level: "15", group: "everyone" as const, edits: [edit] };
      const before = process.cpuUsage();
      const { milliseconds } = whatIf({ map, scenes, directory }, body);
      const { user, system } = process.cpuUsage(before);
      return { milliseconds, cpu: (user + system) / 1000 };
    });
    // The first builds the scene.
    const timed = times.slice(1);
    const sorted = timed.map(({ milliseconds }) => milliseconds).sort((a, b) => a - b);
    return {
      cityPeople: map.people,
      cityBlocks: map.blocks.length,
      cityFacilities: facilities.length,
      cityEditMilliseconds: sorted[Math.floor(sorted.length / 2)]!,
      cityEditSlowestMilliseconds: sorted.at(-1)!,
      cpuCityEditMilliseconds: timed.reduce((sum, { cpu }) => sum + cpu, 0) / timed.length,
      cpuCityEditSlowestMilliseconds: Math.max(...timed.map(({ cpu }) => cpu)),
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** 91 edits over the whole city: sites of every kind added, moved to a block elsewhere, and closed, in turn. */
function editsOf(
  blocks: readonly { readonly lon: number; readonly lat: number }[],
  facilities: Directory["facilities"],
): SiteEdit[] {
  const open = facilities.filter(({ state }) => state === "open");
  const blockAt = (n: number): [number, number] => {
    const { lon, lat } = blocks[Math.floor(((n * 0.618_033_988_75) % 1) * blocks.length)]!;
    return [lon, lat];
  };
  return Array.from({ length: 91 }, (_, n): SiteEdit => {
    const { code, kind } = open[Math.floor((n * open.length) / 91)]!;
    if (n % 3 === 0) return { deed: "add", code: `plan-${n}`, kind, point: blockAt(n), floorM2: 2000 };
    return n % 3 === 1 ? { deed: "move", code, point: blockAt(n) } : { deed: "close", code };
  });
}
