import { readdir, rename, rm } from "node:fs/promises";
import { IntakeError } from "./intake-error.ts";

/**
 * Refuses a target folder that holds anything but a snapshot, so that making one never deletes other files.
 * @throws IntakeError `SNAPSHOT-TARGET`
 */
export async function checkTarget(target: string): Promise<void> {
  const entries = await readdir(target).catch(() => [] as string[]);
  if (entries.length === 0 || entries.includes("manifest.json")) return;
  throw new IntakeError({
    code: "SNAPSHOT-TARGET",
    place: target,
    words: {
      zh: "目标文件夹里有别的文件，不是人口快照。",
      en: "The target folder holds other files and is not a people snapshot.",
    },
    hint: { zh: "请给一个新的或空的文件夹。", en: "Name a new or an empty folder." },
  });
}

/** Puts the finished folder in the place of the target. */
export async function replaceSnapshot(made: string, target: string): Promise<void> {
  await checkTarget(target);
  await rm(target, { recursive: true, force: true });
  await rename(made, target);
}
