import { existsSync } from "node:fs";
import { availableParallelism } from "node:os";
import path from "node:path";
import { createListReader, type ListReader } from "@qingdan/list/node";
import { type Config, readConfig } from "@qingdan/server";
import { runId, runKey } from "@qingdan/server/entitlements";
import { openSnapshot } from "@qingdan/server/intake";
import { demoCityFolder, demoListFolder, listsFolder, packagesFolder } from "../folders.ts";
import { type DemoRun, keepStart, lastStart } from "../last-start.ts";
import { compileList, openList } from "../list-folder.ts";
import { runWithProgress } from "../run-with-progress.ts";
import { serveUntilStopped } from "../serve-until-stopped.ts";
import { hashSources, stampSources } from "../source-hash.ts";
import type { Context, Verb } from "../verb.ts";
import { buildPages } from "../web-build.ts";

const seed = 1;

export const start: Verb = {
  usage: "",
  options: {},
  async run(context) {
    const config = readConfig(context.env, context.cwd);
    const [{ reader, ...run }] = await Promise.all([findRun(context, config), buildPages(context)]);
    await serveUntilStopped(context, { config, reader, runs: [run], placesDir: run.placesDir, demo: true });
    return 0;
  },
};

/** With what has read the city's list and those that it stands on, where they had to be read. */
type ReadyRun = DemoRun & { readonly reader?: ListReader };

/** The demo city's run: that of the last start when nothing it was made from has changed. */
async function findRun(context: Context, config: Config): Promise<ReadyRun> {
  const sources = await stampSources([packagesFolder, listsFolder, demoCityFolder]);
  const made = `${sources} ${config.people}`;
  const last = await lastStart(config.dataDir);
  if (last?.made === made && isWhole(last.run)) return last.run;
  const { reader, ...run } = await prepareRun(context, config);
  await keepStart(config.dataDir, made, run);
  return { ...run, reader };
}

function isWhole({ folder, placesDir }: DemoRun): boolean {
  return existsSync(path.join(folder, "run.json")) && existsSync(path.join(placesDir, "places.json"));
}

/** The demo city, its map and its run, each made unless it is there; a changed recipe makes another city. */
async function prepareRun(context: Context, config: Config): Promise<ReadyRun> {
  const { dataDir, people } = config;
  const recipe = await hashSources([demoCityFolder, path.join(listsFolder, "cn/facts.yaml")]);
  const city = `qingping-${people}-${seed}-${recipe.slice(0, 8)}`;
  const peopleDir = path.join(dataDir, "cities", city);
  const placesDir = path.join(dataDir, "places", city);
  if (!existsSync(path.join(peopleDir, "manifest.json"))) {
    const { makeDemoCity } = await import("../demo-city.ts");
    await makeDemoCity(context, { people, seed, out: peopleDir });
  }
  const snapshot = await openSnapshot(peopleDir);
  const reader = createListReader();
  const list = await openList(context, demoListFolder, reader);
  const rulebook = compileList(list, undefined, snapshot.manifest.date);
  const folder = path.join(dataDir, "runs", runId(runKey(rulebook, snapshot)));
  if (!existsSync(path.join(folder, "run.json"))) {
    const workers = config.workers ?? availableParallelism();
    await runWithProgress(context, { list, rulebook, peopleDir, outDir: folder, workers });
  }
  if (!existsSync(path.join(placesDir, "places.json"))) {
    const task = context.progress.task(context.say({ zh: "绘制清平市地图", en: "Drawing the map of Qingping" }));
    const { makeDemoPlaces } = await import("../demo-city.ts");
    await makeDemoPlaces({ peopleDir, seed, out: placesDir });
    task.finish();
  }
  return { folder, peopleDir, placesDir, reader };
}
