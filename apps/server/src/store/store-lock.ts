import { open, readFile, rm } from "node:fs/promises";
import path from "node:path";
import type { Words } from "../problem.ts";

/** The embedded store is open already: two processes that write one folder would spoil it. */
export class StoreInUseError extends Error {
  override readonly name = "StoreInUseError";
  readonly code = "STORE-IN-USE";
  readonly words: Words;
  readonly hint: Words = {
    zh: "先停下那个进程，或用 QINGDAN_DATA 换一个数据文件夹；要几个进程共用，用 DATABASE_URL",
    en: "Stop that process first, or take another data folder by QINGDAN_DATA; several processes share a store by DATABASE_URL",
  };

  constructor(folder: string, pid: number) {
    super(`${folder} is in use by process ${pid}`);
    this.words = {
      zh: `存储 ${folder} 正由进程 ${pid} 使用`,
      en: `The store ${folder} is in use by process ${pid}`,
    };
  }
}

/** Files of this process's own locks. */
const held = new Set<string>();

/**
 * Takes a folder for this process alone; gives what lets go of it. As in PostgreSQL, a file beside the folder names the process,
 * and one that names a process that is gone counts for nothing. @throws {StoreInUseError}
 */
export async function lockStore(folder: string): Promise<() => Promise<void>> {
  const file = `${path.resolve(folder)}.pid`;
  const owner = await ownerOf(file);
  if (owner !== undefined) throw new StoreInUseError(folder, owner);
  await rm(file, { force: true });
  const handle = await open(file, "wx").catch(async (error) => {
    // Another took it at the same moment.
    if (error.code === "EEXIST") throw new StoreInUseError(folder, (await ownerOf(file)) ?? 0);
    throw error;
  });
  await handle.writeFile(`${process.pid}\n`);
  await handle.close();
  held.add(file);
  return async () => {
    held.delete(file);
    await rm(file, { force: true });
  };
}

/** The living process that a lock names; after a restart this process may have the number that the last one had. */
async function ownerOf(file: string): Promise<number | undefined> {
  const pid = Number(await readFile(file, "utf8").catch(() => ""));
  if (!Number.isInteger(pid) || pid <= 0) return undefined;
  if (pid === process.pid) return held.has(file) ? pid : undefined;
  try {
    process.kill(pid, 0);
    return pid;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM" ? pid : undefined;
  }
}
