import { readConfig } from "@qingdan/server";
import { lastStart } from "../last-start.ts";
import { serveUntilStopped } from "../serve-until-stopped.ts";
import type { Verb } from "../verb.ts";
import { buildPages } from "../web-build.ts";

export const serve: Verb = {
  usage: "",
  options: {},
  async run(context) {
    const config = readConfig(context.env, context.cwd);
    await buildPages(context);
    // The map of the last start, if there was one.
    const last = await lastStart(config.dataDir);
    await serveUntilStopped(context, { config, runs: [], placesDir: last?.run.placesDir });
    return 0;
  },
};
