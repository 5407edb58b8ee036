import { readConfig } from "@qingdan/server";
import { serveUntilStopped } from "../serve-until-stopped.ts";
import type { Verb } from "../verb.ts";
import { buildPages } from "../web-build.ts";

export const serve: Verb = {
  usage: "",
  options: {},
  async run(context) {
    const config = readConfig(context.env, context.cwd);
    await buildPages(context);
    await serveUntilStopped(context, { config, lists: [], runs: [] });
    return 0;
  },
};
