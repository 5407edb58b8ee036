import { createHash } from "node:crypto";
import { readdir, readFile, stat } from "node:fs/promises";
import path from "node:path";

const skipped = /^(node_modules|dist|\.vite|\.dist-\d+)$/;

/** SHA-256 over the names and contents of some files, and of the files below some folders, tests left out. */
export async function hashSources(places: readonly string[]): Promise<string> {
  const hash = createHash("sha256");
  for (const digest of await Promise.all(places.map(hashPlace))) hash.update(digest);
  return hash.digest("hex");
}

/** The files of a place are read together: one after the other they take half a second of each start. */
async function hashPlace(place: string): Promise<string> {
  const hash = createHash("sha256");
  const files = (await stat(place)).isDirectory() ? await filesOf(place) : [place];
  const contents = await Promise.all(files.map((file) => readFile(file)));
  for (const [at, content] of contents.entries())
    hash.update(`${path.relative(place, files[at] ?? place)}\n`).update(content);
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
