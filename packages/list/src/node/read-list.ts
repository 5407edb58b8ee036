import { existsSync, statSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { join, normalize, relative, sep } from "node:path";
import { type KnownLists, type LoadedList, loadList } from "../load-list.ts";
import type { ListSource } from "../reading.ts";
import { readYaml } from "../yaml-file.ts";

/** Folders whose files belong to a list; other folders beside them are not part of it. */
const FOLDERS = ["", "items", "parameters"];

/** Reads the YAML files of a list's folder and of the folders that it stands on. */
export async function readListSource(dir: string): Promise<ListSource> {
  return createListReader().source(dir);
}

/** Reads lists that share parents: each folder is read, and each list checked, once. */
export interface ListReader {
  source(dir: string): Promise<ListSource>;
  /** Reads and checks a list, given by its folder or by its files. */
  load(list: string | ListSource): Promise<LoadedList>;
}

export function createListReader(): ListReader {
  const read = new Map<string, Promise<ReadonlyMap<string, string>>>();
  const whole = new Map<string, ListSource>();
  const known: KnownLists = new WeakMap();
  const source = async (folder: string, below: readonly string[]): Promise<ListSource> => {
    if (below.includes(folder)) return { dir: folder, files: new Map() };
    const before = whole.get(folder);
    if (before) return before;
    const reading = read.get(folder) ?? readFolder(folder, FOLDERS);
    read.set(folder, reading);
    const files = await reading;
    const parent = parentPath(files.get("list.yaml"));
    const above = parent === undefined ? undefined : await source(join(folder, parent), [...below, folder]);
    const made = whole.get(folder) ?? { dir: folder, files, ...(above && { parent: above }) };
    if (!endsInCircle(made)) whole.set(folder, made);
    return made;
  };
  const sourceOf = (dir: string) => source(normalize(dir).replace(/[/\\]$/, ""), []);
  return {
    source: sourceOf,
    load: async (list) => loadList(typeof list === "string" ? await sourceOf(list) : list, known),
  };
}

/** A circle of parents ends in a list without files; what stands on it depends on where the circle was entered. */
function endsInCircle({ files, parent }: ListSource): boolean {
  return parent === undefined ? files.size === 0 : endsInCircle(parent);
}

/** The golden cases beside a list: the texts of `golden/*.yaml` by their path inside the folder. */
export async function readGoldenTexts(dir: string): Promise<ReadonlyMap<string, string>> {
  return readFolder(normalize(dir), ["golden"]);
}

async function readFolder(folder: string, inside: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const files = new Map<string, string>();
  for (const name of inside) {
    for (const path of (await yamlPaths(join(folder, name))).sort()) {
      files.set(relative(folder, path).split(sep).join("/"), await readFile(path, "utf8"));
    }
  }
  return files;
}

async function yamlPaths(folder: string): Promise<string[]> {
  if (!existsSync(folder) || !statSync(folder).isDirectory()) return [];
  const entries = await readdir(folder, { withFileTypes: true });
  return entries.filter((entry) => entry.isFile() && /\.ya?ml$/.test(entry.name)).map(({ name }) => join(folder, name));
}

function parentPath(header: string | undefined): string | undefined {
  if (header === undefined) return undefined;
  const parent = (readYaml("list.yaml", header).value as { parent?: unknown } | null | undefined)?.parent;
  return typeof parent === "string" ? parent : undefined;
}

/** Reads and checks the list in a folder. */
export async function readList(dir: string): Promise<LoadedList> {
  return loadList(await readListSource(dir));
}
