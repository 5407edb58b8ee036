import { once } from "node:events";
import type { List } from "@qingdan/list";
import { type Config, startServer } from "@qingdan/server";
import { demoListFolder, listsFolder, pagesFolder } from "./folders.ts";
import { packageVersion } from "./package-version.ts";
import type { Context } from "./verb.ts";

interface Serving {
  readonly config: Config;
  /** Lists that are read already. */
  readonly lists: readonly List[];
  readonly runs: readonly { readonly folder: string; readonly peopleDir: string }[];
}

/** Serves until Ctrl-C; the address goes to standard output. */
export async function serveUntilStopped(context: Context, { config, lists, runs }: Serving): Promise<void> {
  const server = await startServer({
    dataDir: config.dataDir,
    databaseUrl: config.databaseUrl,
    listFolders: [listsFolder, demoListFolder],
    lists,
    pagesDir: pagesFolder,
    runs,
    version: packageVersion(),
    logLevel: "warn",
    now: () => new Date(),
  });
  const address = await server.listen({ host: config.host, port: config.port });
  context.answer({ address }, () => address);
  context.log(context.say({ zh: "按 Ctrl-C 结束", en: "Ctrl-C ends it" }));
  if (!context.signal.aborted) await once(context.signal, "abort");
  await server.close();
}
