import { existsSync } from "node:fs";
import { availableParallelism } from "node:os";
import path from "node:path";
import { type Config, readConfig } from "@qingdan/server";
import { runId, runKey } from "@qingdan/server/entitlements";
import { openSnapshot } from "@qingdan/server/intake";
import { demoListFolder, makeDemoCity } from "../demo-city.ts";
import { compileList, openList } from "../list-folder.ts";
import { runWithProgress } from "../run-with-progress.ts";
import { serveUntilStopped } from "../serve-until-stopped.ts";
import type { Context, Verb } from "../verb.ts";
import { buildPages } from "../web-build.ts";

const seed = 1;

export const start: Verb = {
  usage: "",
  options: {},
  async run(context) {
    const config = readConfig(context.env, context.cwd);
    const [{ list, ...run }] = await Promise.all([prepareRun(context, config), buildPages(context)]);
    await serveUntilStopped(context, { config, lists: [list], runs: [run] });
    return 0;
  },
};

/** The demo city and its run, each made unless it is there. */
async function prepareRun(context: Context, config: Config) {
  const { dataDir, people } = config;
  const peopleDir = path.join(dataDir, "cities", `qingping-${people}-${seed}`);
  if (!existsSync(path.join(peopleDir, "manifest.json"))) await makeDemoCity(context, { people, seed, out: peopleDir });
  const snapshot = await openSnapshot(peopleDir);
  const list = await openList(context, path.relative(context.cwd, demoListFolder));
  const rulebook = compileList(list, undefined, snapshot.manifest.date);
  const folder = path.join(dataDir, "runs", runId(runKey(rulebook, snapshot)));
  if (!existsSync(path.join(folder, "run.json"))) {
    const workers = config.workers ?? availableParallelism();
    await runWithProgress(context, { list, rulebook, peopleDir, outDir: folder, workers });
  }
  return { folder, peopleDir, list };
}
