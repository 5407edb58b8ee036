import { readFile } from "node:fs/promises";
import path from "node:path";
import type { Rulebook } from "@qingdan/list";
import { Problem } from "../../problem.ts";
import type { Database } from "../../store/database.ts";
import { openSnapshot, type Snapshot } from "../intake/index.ts";
import type { RunRecord } from "./run-record.ts";

/** A finished run with everything that is needed to look into it. */
export interface StoredRun {
  readonly record: RunRecord;
  /** Folder of its Parquet files. */
  readonly folder: string;
  readonly snapshot: Snapshot;
  readonly rulebook: Rulebook;
  /** Code of the list. */
  readonly list: string;
}

/** A finished run that stands in a folder. */
export interface RunToRecord {
  readonly folder: string;
  readonly peopleDir: string;
}

/** Runs as the operational store knows them. */
export interface RunStore {
  /** Publishes a run's rulebook and records the run; of a run that is recorded already only where it stands is. */
  record(run: RunToRecord): Promise<string>;
  /** Newest first. */
  all(): Promise<readonly StoredRun[]>;
  /** @throws {Problem} API-RUN-UNKNOWN */
  one(id: string): Promise<StoredRun>;
}

/** Folders inside of the data folder are recorded as they stand in it: it may be moved, or restored elsewhere. */
export function createRunStore(database: Database, now: () => Date, dataDir?: string): RunStore {
  const recorded = (folder: string) => {
    const inside = dataDir === undefined ? ".." : path.relative(dataDir, folder);
    return inside.startsWith("..") || path.isAbsolute(inside) ? path.resolve(folder) : inside;
  };
  const standing = (folder: string) => path.resolve(dataDir ?? "", folder);
  const opened = new Map<string, Promise<StoredRun>>();
  const rows = () => database.selectFrom("run").selectAll().orderBy("finished_at", "desc").execute();
  const openOnce = (row: { id: string; folder: string; people_folder: string }) => {
    const run = opened.get(row.id) ?? openRun(standing(row.folder), standing(row.people_folder));
    opened.set(row.id, run);
    return run;
  };
  return {
    async record({ folder, peopleDir }) {
      const { record, rulebook } = await openRun(folder, peopleDir);
      const { id, rulebookHash, snapshotHash, hash, finishedAt, list, area, date } = record.run;
      const stands = { folder: recorded(folder), people_folder: recorded(peopleDir) };
      await database.transaction().execute(async (tx) => {
        await tx
          .insertInto("list_publication")
          .values({
            rulebook_hash: rulebookHash,
            list: list.code,
            area: area.code,
            date,
            rulebook: JSON.stringify(rulebook),
            published_at: now(),
          })
          .onConflict((conflict) => conflict.doNothing())
          .execute();
        await tx
          .insertInto("run")
          .values({
            id,
            rulebook_hash: rulebookHash,
            snapshot_hash: snapshotHash,
            hash,
            ...stands,
            finished_at: new Date(finishedAt),
          })
          .onConflict((conflict) => conflict.column("id").doUpdateSet(stands))
          .execute();
      });
      return id;
    },
    all: async () => Promise.all((await rows()).map(openOnce)),
    async one(id) {
      const row = (await rows()).find((candidate) => candidate.id === id);
      if (row) return openOnce(row);
      throw new Problem("API-RUN-UNKNOWN", { zh: `没有测算 ${id}`, en: `There is no run ${id}` });
    },
  };
}

async function openRun(folder: string, peopleDir: string): Promise<StoredRun> {
  const read = async (file: string) => JSON.parse(await readFile(path.join(folder, file), "utf8"));
  const record: RunRecord = await read("run.json");
  const rulebook: Rulebook = await read("rulebook.json");
  return { record, folder, rulebook, snapshot: await openSnapshot(peopleDir), list: record.run.list.code };
}
