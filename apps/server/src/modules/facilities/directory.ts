import { createHash } from "node:crypto";
import type { Words } from "../../problem.ts";
import type { Database } from "../../store/database.ts";
import type { CheckedFacility } from "./check-register.ts";
import type { PlacesMap } from "./places-map.ts";

/** The facilities of a map as they stand now. */
export interface Directory {
  readonly facilities: readonly CheckedFacility[];
  readonly byCode: ReadonlyMap<string, CheckedFacility>;
  /** SHA-256 of all of them. */
  readonly hash: string;
}

/** Reads the directory from the store, once until `renew` is called. */
export interface DirectoryStore {
  now(): Promise<Directory>;
  /** After an import. */
  renew(): void;
}

export function directoryStore(database: Database, map: PlacesMap): DirectoryStore {
  let read: Promise<Directory> | undefined;
  return {
    now() {
      read ??= readDirectory(database, map);
      return read;
    },
    renew() {
      read = undefined;
    },
  };
}

async function readDirectory(database: Database, map: PlacesMap): Promise<Directory> {
  const rows = await database.selectFrom("facility").selectAll().where("map", "=", map.id).orderBy("code").execute();
  const facilities = rows.map(({ map: _, import: __, ...facility }): CheckedFacility => facility);
  const hash = createHash("sha256").update(JSON.stringify(facilities)).digest("hex");
  return { facilities, byCode: new Map(facilities.map((facility) => [facility.code, facility])), hash };
}

export const nameOf = ({ name_zh: zh, name_en: en }: CheckedFacility): Words => ({ zh, en });
