import { existsSync, statSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { join, normalize, relative, sep } from "node:path";
import { type LoadedList, loadList } from "../load-list.ts";
import type { ListSource } from "../reading.ts";
import { readYaml } from "../yaml-file.ts";

/** Folders whose files belong to a list; other folders beside them are not part of it. */
const FOLDERS = ["", "items", "parameters"];

/** Reads the YAML files of a list's folder and of the folders that it stands on. */
export async function readListSource(dir: string, below: readonly string[] = []): Promise<ListSource> {
  const folder = normalize(dir).replace(/[/\\]$/, "");
  const files = new Map<string, string>();
  for (const name of FOLDERS) {
    for (const path of await yamlPaths(join(folder, name))) {
      files.set(relative(folder, path).split(sep).join("/"), await readFile(path, "utf8"));
    }
  }
  const parent = parentPath(files.get("list.yaml"));
  if (parent === undefined) return { dir: folder, files };
  const parentDir = join(folder, parent);
  if ([...below, folder].includes(parentDir))
    return { dir: folder, files, parent: { dir: parentDir, files: new Map() } };
  return { dir: folder, files, parent: await readListSource(parentDir, [...below, folder]) };
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
