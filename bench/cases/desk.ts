import { randomBytes } from "node:crypto";
import path from "node:path";
import { compileRulebook } from "@qingdan/list";
import { readList } from "@qingdan/list/node";
import { openLog, temporaryLogKey } from "@qingdan/server/audit";
import { compose } from "../../apps/server/src/http/compose.ts";
import { caseRoutes, openCases } from "../../apps/server/src/modules/cases/index.ts";
import type { Actor } from "../../apps/server/src/modules/identity/index.ts";
import { openDatabase } from "../../apps/server/src/store/database.ts";
import { item } from "./life-cycle.ts";

/** The public log is sealed as often as in service, in milliseconds. */
const sealEvery = 1000;

const clerk: Actor = { id: "bench", kind: "staff", name: "Bench", roles: [{ role: "clerk", area: "cn-3199" }] };

export type BenchDesk = Awaited<ReturnType<typeof openBenchDesk>>;

/** A server with the desk's routes for one clerk, and the log sealed beside; `now` is the time of the desk. The store is that of DATABASE_URL, else in memory. */
export async function openBenchDesk(now = () => new Date("2026-02-10T02:00:00Z")) {
  const folder = "cities/qingping/list";
  const { list } = await readList(folder);
  if (!list) throw new Error("The demo list cannot be read");
  const { rulebook } = compileRulebook(list, { area: list.area, date: "2024-07-01" });
  if (!rulebook) throw new Error("The demo list does not compile");
  const database = await openDatabase(process.env.DATABASE_URL);
  const cases = await openCases({
    database,
    listFolders: [path.resolve("lists"), path.resolve(folder)],
    now,
    ruleDay: () => "2024-07-01",
    random: (bytes) => Uint8Array.from(randomBytes(bytes)),
    codeKey: new Uint8Array(32),
    list: async () => list,
    rulebook: async () => rulebook,
    areasBelow: async () => ["cn-3199", ...[...list.areas.keys()].filter((code) => code.startsWith("cn-3199"))],
    register: async () => undefined,
  });
  await cases.store.pin({ list, rulebook, guide: cases.guides.of(list, item) });
  const app = await compose({
    version: "bench",
    logger: false,
    requestsPerMinute: 100_000_000,
    pages: undefined,
    routes: [caseRoutes(cases)],
    guard: (instance) => {
      instance.decorateRequest("actor", undefined);
      instance.addHook("onRequest", async (request) => {
        request.actor = clerk;
      });
    },
  });
  const log = openLog({ database, key: temporaryLogKey("bench.example/log"), now });
  const address = await app.listen({ host: "127.0.0.1", port: 0 });
  log.keepSealing(sealEvery, (error) => process.stderr.write(`${error}\n`));
  return {
    address,
    database,
    cases,
    rulebook,
    log,
    close: async () => {
      await app.close();
      await log.close();
      await database.destroy();
    },
  };
}
