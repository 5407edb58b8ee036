import { once } from "node:events";
import type { ListReader } from "@qingdan/list/node";
import { type Config, type RunningServer, startServer } from "@qingdan/server";
import { demoListFolder, listsFolder, pagesFolder } from "./folders.ts";
import { packageVersion } from "./package-version.ts";
import type { Context } from "./verb.ts";

interface Serving {
  readonly config: Config;
  /** Has read some of the lists already. */
  readonly reader?: ListReader | undefined;
  /** Makes the accounts of a demonstration and tells them. */
  readonly demo?: boolean;
  readonly runs: readonly { readonly folder: string; readonly peopleDir: string }[];
  /** Folder of the city's map, where there is one. */
  readonly placesDir?: string | undefined;
}

/** Serves until Ctrl-C; the address goes to standard output. */
export async function serveUntilStopped(
  context: Context,
  { config, reader, runs, placesDir, demo = false }: Serving,
): Promise<void> {
  const server = await startServer({
    dataDir: config.dataDir,
    databaseUrl: config.databaseUrl,
    listFolders: [listsFolder, demoListFolder],
    reader,
    placesDir,
    pagesDir: pagesFolder,
    runs,
    demo,
    origin: config.origin,
    provider: config.provider,
    version: packageVersion(),
    logLevel: "warn",
    now: () => new Date(),
  });
  const address = await server.listen({ host: config.host, port: config.port }).catch(async (error) => {
    await server.close();
    throw error;
  });
  context.answer({ address }, () => address);
  if (server.demoAccounts.length > 0) context.log(demoLines(context, server.demoAccounts, address));
  context.log(context.say({ zh: "按 Ctrl-C 结束", en: "Ctrl-C ends it" }));
  if (!context.signal.aborted) await once(context.signal, "abort");
  await server.close();
}

/** The accounts of the demonstration, one a line. */
function demoLines(context: Context, accounts: RunningServer["demoAccounts"], address: string): string {
  const head = context.say({
    zh: `示范账号（人口为虚构，口令每次启动重新生成），在 ${address}/sign-in 登录：`,
    en: `Accounts of the demonstration (made-up people; pass-phrases change at every start), sign in at ${address}/sign-in:`,
  });
  const lines = accounts.map(
    ({ login, passPhrase, role }) => `  ${login.padEnd(10)} ${passPhrase.padEnd(36)} ${context.say(role)}`,
  );
  return [head, ...lines].join("\n");
}
