import { readdirSync, readFileSync } from "node:fs";
import type { ListSource } from "../reading.ts";

/** Files to add, replace (a text), change (a function of the text) or leave out (null). */
export type Changes = Readonly<Record<string, string | null | ((text: string) => string)>>;

/** The list of an invented tennis federation: the parent of its club's. */
export function federation(changes: Changes = {}): ListSource {
  return { dir: "federation", files: filesOf("federation", changes) };
}

/** The list of an invented tennis club that stands on the federation's. */
export function club(changes: Changes = {}, parent: ListSource = federation()): ListSource {
  return { dir: "club", files: filesOf("club", changes), parent };
}

function filesOf(name: string, changes: Changes): ReadonlyMap<string, string> {
  const folder = new URL(`./${name}/`, import.meta.url);
  const paths = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((path) => path.endsWith(".yaml"));
  const all = new Map(paths.map((path) => [path, readFileSync(new URL(path, folder), "utf8")]));
  for (const [path, change] of Object.entries(changes)) {
    const text = typeof change === "function" ? change(all.get(path) ?? "") : change;
    if (text === null) all.delete(path);
    else all.set(path, text);
  }
  return all;
}
