import { rm } from "node:fs/promises";
import type { FastifyInstance } from "fastify";
import { compose } from "../http/compose.ts";
import { createFacilities, facilityRoutes } from "../modules/facilities/index.ts";
import type { Database } from "../store/database.ts";
import { guardAs, testActors } from "./actors.ts";
import { smallMap } from "./small-map.ts";
import { embeddedDatabase } from "./test-database.ts";

/** An answer of the API; what it holds is for the test to say. */
interface Answer {
  readonly status: number;
  readonly json: ReturnType<typeof JSON.parse>;
}

type Headers = Readonly<Record<string, string>>;

/** The facilities API over the small map, with a store of its own. */
export interface FacilitiesApp {
  readonly app: FastifyInstance;
  readonly database: Database;
  get(path: string, headers?: Headers): Promise<Answer>;
  post(path: string, body: unknown, headers?: Headers): Promise<Answer>;
  /** A siting or planning run once it has ended. */
  ended<Run>(path: string): Promise<Run>;
  close(): Promise<void>;
}

/** Opens it with a register; `fill` may put more files into the map's folder first. */
export async function openFacilitiesApp(
  register: string,
  fill: (folder: string) => Promise<void> = async () => {},
): Promise<FacilitiesApp> {
  const folder = await smallMap(register);
  await fill(folder);
  const { database, close: closeDatabase } = await embeddedDatabase();
  const facilities = createFacilities({ folder, database, now: () => new Date("2025-06-03T02:00:00Z") });
  const app = await compose({
    version: "0.0.0",
    logger: false,
    requestsPerMinute: 10_000,
    pages: undefined,
    guard: guardAs(testActors),
    routes: [facilityRoutes(facilities)],
  });
  const get = async (path: string, headers: Headers = {}) => {
    const answer = await app.inject({ url: `/api${path}`, headers });
    return { status: answer.statusCode, json: answer.json() };
  };
  return {
    app,
    database,
    get,
    async post(path, body, headers = {}) {
      const answer = await app.inject({ method: "POST", url: `/api${path}`, headers, payload: body as object });
      return { status: answer.statusCode, json: answer.json() };
    },
    async ended(path) {
      for (let n = 0; n < 300; n++) {
        const { json: run } = await get(path);
        if (run.state !== "waiting" && run.state !== "running") return run;
        await new Promise((resolve) => setTimeout(resolve, 200));
      }
      throw new Error("the run does not end");
    },
    async close() {
      await app.close();
      await facilities.close();
      await closeDatabase();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
