import { createHash } from "node:crypto";
import { readdir, readFile, stat } from "node:fs/promises";
import path from "node:path";

const skipped = /^(node_modules|dist|\.vite|\.dist-\d+)$/;

/** SHA-256 over the names and contents of some files, and of the files below some folders, tests left out. */
export async function hashSources(places: readonly string[]): Promise<string> {
  const hash = createHash("sha256");
  for (const place of places) {
    const files = (await stat(place)).isDirectory() ? await filesOf(place) : [place];
    for (const file of files) hash.update(`${path.relative(place, file)}\n`).update(await readFile(file));
  }
  return hash.digest("hex");
}

async function filesOf(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const files: string[] = [];
  for (const entry of entries.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
    const place = path.join(folder, entry.name);
    if (entry.isDirectory() && !skipped.test(entry.name)) files.push(...(await filesOf(place)));
    if (entry.isFile() && !/\.test\.tsx?$/.test(entry.name)) files.push(place);
  }
  return files;
}
