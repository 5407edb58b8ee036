import { randomUUID } from "node:crypto";
import type { FastifyInstance } from "fastify";
import type { Routes } from "../../http/compose.ts";
import type { Database } from "../../store/database.ts";
import { createAppender } from "../audit/index.ts";
import { accountRoutes } from "./account-routes.ts";
import { createAccounts } from "./accounts.ts";
import { type DemoCity, makeDemoAccounts } from "./demo-accounts.ts";
import { sessionCookies, sessionGuard } from "./guard.ts";
import { createLockOut } from "./lock-out.ts";
import { createLooks, type Looks } from "./looks.ts";
import { mandateRoutes } from "./mandate-routes.ts";
import { createMandates } from "./mandates.ts";
import type { DemoAccount } from "./model.ts";
import type { OidcProvider } from "./oidc.ts";
import { createPasskeys } from "./passkeys.ts";
import { createSessions, type SessionLimits, sessionLimits } from "./sessions.ts";
import { signInRoutes } from "./sign-in-routes.ts";
import { createSignInSteps } from "./sign-in-steps.ts";

export interface IdentityOptions {
  readonly database: Database;
  readonly now: () => Date;
  /** The site as browsers see it, where it is not the address that is listened on: `https://host`. */
  readonly origin?: string;
  readonly provider?: OidcProvider;
  /** Set for a city of made-up people only. */
  readonly demo?: DemoCity;
  readonly limits?: SessionLimits;
}

export interface Identity {
  /** For `compose`. */
  readonly guard: (app: FastifyInstance) => Promise<void>;
  readonly routes: readonly Routes[];
  readonly looks: Looks;
  /** With their pass-phrases; none outside a demonstration. */
  readonly demoAccounts: readonly DemoAccount[];
}

export async function openIdentity(options: IdentityOptions): Promise<Identity> {
  const { database, now, origin, provider, demo, limits = sessionLimits } = options;
  const accounts = createAccounts({ database, now, newId: randomUUID });
  const sessions = createSessions({ database, now, limits, actor: accounts.actor });
  const steps = createSignInSteps(database, now);
  const cookies = sessionCookies(origin?.startsWith("https:") === true);
  const looks = createLooks(database, now);
  const mandates = createMandates({ database, accounts, now, newId: randomUUID });
  const demoAccounts = demo === undefined ? [] : await makeDemoAccounts(accounts, demo);
  const parts = {
    accounts,
    sessions,
    cookies,
    looks,
    demoAccounts,
    origin,
    now,
    appender: createAppender(database),
    lockOut: createLockOut(database, now),
    passkeys: createPasskeys({ database, steps, now }),
    oidc: provider && (await import("./oidc.ts")).createOidc(provider, steps),
  };
  return {
    guard: sessionGuard(sessions, cookies, mandates),
    routes: [signInRoutes(parts), accountRoutes(parts), mandateRoutes({ mandates, database, looks, now })],
    looks,
    demoAccounts,
  };
}
