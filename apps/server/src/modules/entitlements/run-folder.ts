import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { type PartRecord, partName } from "./run-part.ts";

/** Answers of a run are the same wherever this is the same. */
export interface RunKey {
  readonly rulebookHash: string;
  readonly snapshotHash: string;
}

/**
 * The folder that a run is written in before it is whole: `<out>.partial`. What an interrupted run has finished stays there
 * and the next run with the same key goes on from it; with another key it starts afresh.
 */
export interface PartialRun {
  readonly folder: string;
  /** Records of the parts that are done. */
  readonly done: ReadonlyMap<number, PartRecord>;
  /** Moves the whole folder to its place, in one step. */
  finish(): Promise<void>;
}

export async function openPartialRun(outDir: string, key: RunKey, parts: number): Promise<PartialRun> {
  const folder = `${outDir}.partial`;
  const keyFile = path.join(folder, "key.json");
  const text = JSON.stringify(key);
  if ((await readFile(keyFile, "utf8").catch(() => "")) !== text) {
    await rm(folder, { recursive: true, force: true });
    await mkdir(folder, { recursive: true });
    await writeFile(keyFile, text);
  }
  const done = new Map<number, PartRecord>();
  for (let part = 0; part < parts; part++) {
    const record = await readFile(path.join(folder, `${partName(part)}.json`), "utf8").catch(() => undefined);
    if (record !== undefined) done.set(part, JSON.parse(record));
  }
  return {
    folder,
    done,
    async finish() {
      for (let part = 0; part < parts; part++) await rm(path.join(folder, `${partName(part)}.json`), { force: true });
      await rm(keyFile);
      const old = `${outDir}.old`;
      await rm(old, { recursive: true, force: true });
      await rename(outDir, old).catch((error: NodeJS.ErrnoException) => {
        if (error.code !== "ENOENT") throw error;
      });
      await rename(folder, outDir);
      await rm(old, { recursive: true, force: true });
    },
  };
}
