import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { type IndicatorSource, type LoadedIndicators, loadIndicators } from "../indicators/load-indicators.ts";
import type { List } from "../model/list.ts";

/** A catalogue that was read from files. */
interface ReadIndicators extends LoadedIndicators {
  /** SHA-256 over the files that were read. */
  readonly hash: string;
}

/** Reads the indicators beside a list and beside the lists it stands on, from the list's folder. */
export async function readIndicators(list: List, dir: string): Promise<ReadIndicators> {
  const source = await readSource(dir, []);
  const hash = createHash("sha256");
  for (let next: IndicatorSource | undefined = source; next; next = next.parent) {
    for (const [name, text] of [...next.files].toSorted(([a], [b]) => (a < b ? -1 : 1)))
      hash.update(`${name}\n${text}\n`);
  }
  return { ...loadIndicators(list, source), hash: hash.digest("hex") };
}

async function readSource(dir: string, below: readonly string[]): Promise<IndicatorSource> {
  const folder = path.join(dir, "indicators");
  const names = (await readdir(folder).catch(() => [] as string[])).filter((name) => name.endsWith(".yaml"));
  const files = new Map(
    await Promise.all(names.map(async (name) => [name, await readFile(path.join(folder, name), "utf8")] as const)),
  );
  const header = await readFile(path.join(dir, "list.yaml"), "utf8").catch(() => "");
  const parent = /^parent:\s*(\S+)/m.exec(header)?.[1];
  const parentDir = parent === undefined ? undefined : path.join(dir, parent);
  if (parentDir === undefined || below.includes(parentDir)) return { dir: folder, files };
  return { dir: folder, files, parent: await readSource(parentDir, [...below, dir]) };
}

/** The folder of a list among folders that are a list or hold one folder a list; undefined when none has the code. */
export async function folderOfList(folders: readonly string[], code: string): Promise<string | undefined> {
  for (const folder of folders) {
    const entries = await readdir(folder, { withFileTypes: true });
    const inside = entries.filter((entry) => entry.isDirectory()).map(({ name }) => path.join(folder, name));
    for (const candidate of [folder, ...inside]) {
      const header = await readFile(path.join(candidate, "list.yaml"), "utf8").catch(() => "");
      if (/^code:\s*(\S+)/m.exec(header)?.[1] === code) return candidate;
    }
  }
  return undefined;
}
