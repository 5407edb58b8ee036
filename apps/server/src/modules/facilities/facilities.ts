import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import { gb50180 } from "@qingdan/reach";
import { Problem } from "../../problem.ts";
import type { Database } from "../../store/database.ts";
import { type DirectoryStore, directoryStore } from "./directory.ts";
import { importRegister } from "./import-register.ts";
import { openPlacesMap, type PlacesMap } from "./places-map.ts";
import { createPlanningRuns, type PlanningRuns } from "./planning-runs.ts";
import { createScenes, type Scenes } from "./scenes.ts";
import { createSitingRuns, type SitingRuns } from "./siting-runs.ts";

export interface FacilitiesOptions {
  /** Folder of the city's map; undefined: the city has none. */
  readonly folder: string | undefined;
  readonly database: Database;
  readonly now: () => Date;
}

/** A city's map with its directory, scenes and runs. */
export interface OpenFacilities {
  readonly map: PlacesMap;
  readonly directory: DirectoryStore;
  readonly scenes: Scenes;
  readonly sitings: SitingRuns;
  readonly plannings: PlanningRuns;
  readonly database: Database;
  readonly now: () => Date;
  /** A file of the map's folder, gzipped. */
  zipped(file: MapFile): Promise<Buffer>;
}

export const mapFiles = ["roads.geojson", "ground.geojson", "blocks.geojson"] as const;
export type MapFile = (typeof mapFiles)[number];

/** The facilities of a server: opened when first asked for, once. */
export interface Facilities {
  /** @throws {Problem} PLACES-MAP-MISSING, PLACES-MAP-FAULTY */
  open(): Promise<OpenFacilities>;
  /** Opens what there is, so that the first reader need not wait. */
  warm(): Promise<void>;
  close(): Promise<void>;
}

export function createFacilities(options: FacilitiesOptions): Facilities {
  let opened: Promise<OpenFacilities> | undefined;
  return {
    open() {
      opened ??= openFacilities(options);
      return opened;
    },
    async warm() {
      if (options.folder === undefined) return;
      const { scenes, directory } = await this.open();
      scenes.of(gb50180, false, await directory.now());
    },
    async close() {
      const facilities = await opened?.catch(() => undefined);
      await facilities?.sitings.close();
      await facilities?.plannings.close();
    },
  };
}

const zip = promisify(gzip);

async function openFacilities({ folder, database, now }: FacilitiesOptions): Promise<OpenFacilities> {
  if (folder === undefined) {
    throw new Problem("PLACES-MAP-MISSING", {
      zh: "运行 npm start 会生成示范城市的地图",
      en: "npm start makes the demo city's map",
    });
  }
  const map = await openPlacesMap(folder);
  await importFirst({ map, database, now });
  const files = new Map<MapFile, Promise<Buffer>>();
  return {
    map,
    database,
    now,
    directory: directoryStore(database, map),
    scenes: createScenes(map),
    sitings: createSitingRuns({ map, database, now }),
    plannings: createPlanningRuns({ map, database, now }),
    zipped(file) {
      const known = files.get(file) ?? readFile(path.join(folder, file)).then((bytes) => zip(bytes));
      files.set(file, known);
      return known;
    },
  };
}

/** A map brings its first register, which is taken in like any other, once. */
async function importFirst({
  map,
  database,
  now,
}: {
  map: PlacesMap;
  database: Database;
  now: () => Date;
}): Promise<void> {
  const file = path.join(map.folder, "facilities.csv");
  const known = await database.selectFrom("facility_import").select("id").where("map", "=", map.id).executeTakeFirst();
  if (known || !existsSync(file)) return;
  const text = await readFile(file, "utf8");
  const register = { text, format: "csv", source: "facilities.csv", datum: "wgs84", by: "system" } as const;
  await importRegister(register, { database, map, now });
}
