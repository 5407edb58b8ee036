import { availableParallelism } from "node:os";
import path from "node:path";
import { setImmediate } from "node:timers/promises";
import { shanghaiDay } from "@qingdan/clock";
import type { ListReader } from "@qingdan/list/node";
import type { FastifyInstance } from "fastify";
import { pino } from "pino";
import { openDesk } from "./desk.ts";
import { deskExportRoutes } from "./desk-export.ts";
import { compose } from "./http/compose.ts";
import { caseRoutes, formRoutes, rebuildWithoutDue } from "./modules/cases/index.ts";
import {
  createQuestionTrees,
  createRunStore,
  entitlementRoutes,
  offerRoutes,
  openLake,
  type RunToRecord,
} from "./modules/entitlements/index.ts";
import { createFacilities, facilityRoutes } from "./modules/facilities/index.ts";
import { clawBackRoutes, financeRoutes, makeDemoPayer } from "./modules/finance/index.ts";
import { authorise, type DemoAccount, type OidcProvider, preparePolicies } from "./modules/identity/index.ts";
import { createCockpitHouse, indicatorRoutes, newestReach, newestRun } from "./modules/indicators/index.ts";
import {
  compareRoutes,
  createComparing,
  createRulebooks,
  createStudio,
  createVersionStore,
  listRoutes,
  openCatalogue,
  studioRoutes,
  versionRoutes,
} from "./modules/list/index.ts";
import { createSavedStore, createWhatif, whatifRoutes } from "./modules/whatif/index.ts";
import { openDatabase } from "./store/database.ts";
import { openTrust } from "./trust.ts";

export interface ServerOptions {
  /** Folder of the store and the lake; undefined: a store in memory. */
  readonly dataDir: string | undefined;
  /** A PostgreSQL server that holds the store in place of the folder. */
  readonly databaseUrl?: string | undefined;
  /** Folders that hold lists. */
  readonly listFolders: readonly string[];
  /** Has read some of the lists already, each by its absolute folder. */
  readonly reader?: ListReader | undefined;
  /** Folder of the city's map; undefined: the city has none. */
  readonly placesDir?: string | undefined;
  /** Folder of the built web app; undefined: the API alone. */
  readonly pagesDir: string | undefined;
  /** Finished runs to show beside those that are recorded already. */
  readonly runs: readonly RunToRecord[];
  /** The site as browsers see it, where it is not the address that is listened on: `https://host`. */
  readonly origin?: string | undefined;
  /** An identity provider to sign in at. */
  readonly provider?: OidcProvider | undefined;
  /** Makes the accounts of a demonstration where the people are made up. */
  readonly demo?: boolean;
  readonly version: string;
  /** `silent` in tests. */
  readonly logLevel: "info" | "warn" | "silent";
  readonly now: () => Date;
}

export interface RunningServer {
  readonly app: FastifyInstance;
  /** With their pass-phrases; none outside a demonstration. */
  readonly demoAccounts: readonly DemoAccount[];
  /** Starts to listen and gives the address. */
  listen(at: { readonly host: string; readonly port: number }): Promise<string>;
  close(): Promise<void>;
}

/** Requests a minute from one address: a page asks for about twenty things. */
const requestsPerMinute = 1200;

/** Workers that try reforms; each sees the same people in memory. */
const mostWhatifWorkers = 8;

/** People whose columns are kept in memory for what-ifs: some 200 bytes each. */
const mostWhatifPeople = 3_000_000;

/** The log is sealed this often, in milliseconds. */
const sealEvery = 1000;

/** Opens the stores and puts the server together. */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const { dataDir, now, version } = options;
  const logger = pino({ level: options.logLevel }, pino.destination(2));
  const warn = (code: string, problem: Error) => logger.warn({ list: code }, problem.message);
  const [database, lake] = await Promise.all([
    openDatabase(options.databaseUrl ?? (dataDir === undefined ? undefined : path.join(dataDir, "store"))),
    openLake(),
  ]);
  const versions = createVersionStore(database, now);
  const { listFolders: folders, reader } = options;
  const catalogue = openCatalogue({ folders, onFaulty: warn, ...(reader && { reader }), published: versions.newest });
  const runs = createRunStore(database, now, dataDir);
  for (const run of options.runs) await runs.record(run);
  const facilities = createFacilities({ folder: options.placesDir, database, now });
  const [newest] = await runs.all();
  const { origin, provider, demo = false } = options;
  const trust = await openTrust({ database, dataDir, now, runs, lake, origin, provider, demo });
  const date = () => newest?.record.run.date ?? shanghaiDay(now());
  if (demo && newest?.record.run.synthetic) await makeDemoPayer(database, newest.record.run.area.code, now());
  const rulebooks = createRulebooks(catalogue);
  const questions = createQuestionTrees({ list: catalogue.list, onFailed: (error) => logger.error(error) });
  const cases = await openDesk({
    database,
    dataDir,
    listFolders: folders,
    catalogue,
    rulebooks,
    runs,
    lake,
    date,
    now,
  });
  const house = createCockpitHouse({
    database,
    listFolders: folders,
    list: catalogue.list,
    newestRun: () => newestRun(runs),
    ...(options.placesDir !== undefined && { newestReach: () => newestReach(facilities) }),
    now,
  });
  const studio = createStudio({ catalogue, versions, date });
  const comparing = createComparing({ catalogue, versions, date });
  const whatif = createWhatif({
    newestRun: async () => (await runs.all())[0],
    catalogue,
    workers: Math.min(mostWhatifWorkers, availableParallelism()),
    mostPeople: mostWhatifPeople,
  });
  const app = await compose({
    version,
    logger: { level: options.logLevel, stream: process.stderr },
    requestsPerMinute,
    pages: options.pagesDir,
    guard: trust.guard,
    routes: [
      ...trust.routes,
      deskExportRoutes,
      listRoutes({ catalogue, rulebooks, date }),
      versionRoutes({ catalogue, versions, date }),
      compareRoutes(comparing),
      studioRoutes({
        studio,
        catalogue,
        guard: ({ actor }, action, { area, by }) => {
          authorise(actor, action, { type: "list", area, by });
          return actor && { account: actor.id, name: actor.name };
        },
      }),
      whatifRoutes({
        whatif,
        saved: createSavedStore(database, now),
        comparing,
        studio,
        guard: ({ actor }) => {
          authorise(actor, "plan.edit", { type: "plan", area: newest?.record.run.area.code });
          return actor?.name;
        },
      }),
      entitlementRoutes({ runs, lake, list: catalogue.list, looks: trust.looks, questions }),
      facilityRoutes(facilities),
      caseRoutes(cases),
      formRoutes(cases),
      financeRoutes(cases),
      clawBackRoutes(cases),
      offerRoutes({ cases, runs, lake }),
      indicatorRoutes({ database, house, now }),
    ],
  });
  let warmed: Promise<unknown> = Promise.resolve();
  return {
    app,
    demoAccounts: trust.demoAccounts,
    async listen(at) {
      const address = await app.listen(at);
      trust.log.keepSealing(sealEvery, (error) => logger.error(error));
      // All is read while the first reader reads the first page; the lists before the rest, since every page asks for them.
      warmed = setImmediate()
        .then(() => catalogue.sound())
        .catch((error) => logger.error(error))
        .then(() =>
          Promise.all([
            preparePolicies(),
            facilities.warm().catch((error) => logger.error(error)),
            house.open().catch((error) => logger.warn(error.message)),
            rebuildWithoutDue(cases).catch((error) => logger.error(error)),
          ]),
        );
      return address;
    },
    async close() {
      await app.close();
      await warmed;
      await trust.log.close();
      await facilities.close();
      await whatif.close();
      await questions.close();
      lake.close();
      await database.destroy();
    },
  };
}
