import { existsSync } from "node:fs";
import { mkdir, rename, rm } from "node:fs/promises";
import path from "node:path";
import { setTimeout } from "node:timers/promises";
import { inject } from "vitest";

/**
 * The folder of this name, made by the first test file of a run that asks for it and not again: for what takes seconds and is
 * the same for many files. Whoever asks meanwhile waits. It is there whole or not at all, and it is for copying: nobody writes
 * in it. `make` fills an empty folder, which it may not move.
 */
export async function onceARun(name: string, make: (folder: string) => Promise<void>): Promise<string> {
  const folder = path.join(inject("runFolder"), name);
  // Of those that ask at once, the one that makes this folder makes the rest.
  const aside = `${folder}.making`;
  while (!(await isMine(aside))) await setTimeout(100);
  try {
    if (!existsSync(folder)) {
      await make(aside);
      await rename(aside, folder);
    }
  } finally {
    await rm(aside, { recursive: true, force: true });
  }
  return folder;
}

const isMine = (folder: string): Promise<boolean> =>
  mkdir(folder).then(
    () => true,
    (error) => {
      if (error.code === "EEXIST") return false;
      throw error;
    },
  );
