import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";

/** Folders of the demo city's run. */
export interface DemoRun {
  readonly folder: string;
  readonly peopleDir: string;
  /** Folder of the city's map. */
  readonly placesDir: string;
}

const fileIn = (dataDir: string) => path.join(dataDir, "start.json");

/** The run of the last start over a data folder, and what it was made from. */
export async function lastStart(dataDir: string): Promise<{ made: string; run: DemoRun } | undefined> {
  const text = await readFile(fileIn(dataDir), "utf8").catch(() => undefined);
  if (text === undefined) return undefined;
  const { made, run } = JSON.parse(text);
  return { made, run: withFolders(run, (folder) => path.resolve(dataDir, folder)) };
}

/** The data folder may be moved: what stands in it is told from there. */
export async function keepStart(dataDir: string, made: string, run: DemoRun): Promise<void> {
  const inside = withFolders(run, (folder) => path.relative(dataDir, folder));
  await writeFile(fileIn(dataDir), JSON.stringify({ made, run: inside }));
}

const withFolders = ({ folder, peopleDir, placesDir }: DemoRun, of: (folder: string) => string): DemoRun => ({
  folder: of(folder),
  peopleDir: of(peopleDir),
  placesDir: of(placesDir),
});
