import type { FastifyInstance } from "fastify";
import type { Routes } from "./http/compose.ts";
import { type Log, logRoutes, openLog, openLogKey, temporaryLogKey } from "./modules/audit/index.ts";
import type { Lake, RunStore } from "./modules/entitlements/index.ts";
import {
  authorise,
  type DemoAccount,
  type Looks,
  type OidcProvider,
  openIdentity,
  type Resource,
} from "./modules/identity/index.ts";
import type { Database } from "./store/database.ts";

export interface TrustOptions {
  readonly database: Database;
  readonly dataDir: string | undefined;
  readonly now: () => Date;
  readonly runs: RunStore;
  readonly lake: Lake;
  /** The site as browsers see it, where it is not the address that is listened on. */
  readonly origin: string | undefined;
  readonly provider: OidcProvider | undefined;
  /** Whether to make the accounts of a demonstration; only where the newest run's people are made up. */
  readonly demo: boolean;
}

/** Who signs in, and the log of what was done. */
export interface Trust {
  readonly guard: (app: FastifyInstance) => Promise<void>;
  readonly routes: readonly Routes[];
  readonly looks: Looks;
  readonly log: Log;
  readonly demoAccounts: readonly DemoAccount[];
}

/** The name of the log, by which its checkpoints go: the site's address without its scheme. */
const logName = (origin: string | undefined): string => `${origin ? new URL(origin).host : "qingdan.invalid"}/api/log`;

export async function openTrust(options: TrustOptions): Promise<Trust> {
  const { database, dataDir, now, runs, lake, origin, provider } = options;
  const name = logName(origin);
  const key = dataDir === undefined ? temporaryLogKey(name) : await openLogKey(dataDir, name);
  const log = openLog({ database, key, now });
  const demo = options.demo ? await demoCity(runs, lake) : undefined;
  const identity = await openIdentity({
    database,
    now,
    ...(origin && { origin }),
    ...(provider && { provider }),
    ...(demo && { demo }),
  });
  const area = async () => (await runs.all())[0]?.record.run.area.code;
  const matterOf = async (subject: string): Promise<Pick<Resource, "area" | "office" | "owner"> | undefined> => {
    const [kind, id = ""] = subject.split(":", 2);
    if (kind === "case") return caseMatter(database, id);
    return kind === "person" || kind === "account" ? { owner: id, area: await area() } : undefined;
  };
  return {
    guard: identity.guard,
    routes: [...identity.routes, logRoutes({ log, authorise, matterOf, area })],
    looks: identity.looks,
    log,
    demoAccounts: identity.demoAccounts,
  };
}

async function caseMatter(database: Database, id: string) {
  const row = await database
    .selectFrom("case_view")
    .select(["area", "office", "person"])
    .where("id", "=", id)
    .executeTakeFirst();
  return row && { area: row.area, owner: row.person, ...(row.office === null ? {} : { office: row.office }) };
}

/** The city of the newest run, where its people are made up, and somebody there who is owed and not paid. */
async function demoCity(runs: RunStore, lake: Lake): Promise<{ area: string; person: string } | undefined> {
  const [newest] = await runs.all();
  if (!newest?.record.run.synthetic) return undefined;
  const items = newest.record.items;
  const missed = items.findIndex(({ code, total }) => code.endsWith(".subsistence-allowance") && total.missed);
  const [row] = await lake.rows(newest, Math.max(missed, 0), { group: "missed", page: 1, size: 1 });
  return { area: newest.record.run.area.code, person: String(row?.person ?? 1) };
}
