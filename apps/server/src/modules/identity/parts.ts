import type { FastifyRequest } from "fastify";
import { Problem } from "../../problem.ts";
import type { Appender } from "../audit/index.ts";
import type { Accounts } from "./accounts.ts";
import type { Actor } from "./actor.ts";
import type { SessionCookies } from "./guard.ts";
import type { LockOut } from "./lock-out.ts";
import type { Looks } from "./looks.ts";
import type { DemoAccount } from "./model.ts";
import type { Oidc } from "./oidc.ts";
import type { Passkeys } from "./passkeys.ts";
import type { Sessions } from "./sessions.ts";

/** What the routes of identity work with. */
export interface IdentityParts {
  readonly accounts: Accounts;
  readonly sessions: Sessions;
  readonly cookies: SessionCookies;
  readonly lockOut: LockOut;
  readonly passkeys: Passkeys;
  readonly oidc: Oidc | undefined;
  readonly looks: Looks;
  readonly appender: Appender;
  readonly demoAccounts: readonly DemoAccount[];
  /** The site as browsers see it, where it is not the address that is listened on. */
  readonly origin: string | undefined;
  readonly now: () => Date;
}

export const originOf = (parts: IdentityParts, request: FastifyRequest): string =>
  parts.origin ?? `${request.protocol}://${request.host}`;

/** @throws {Problem} AUTH-SIGN-IN-NEEDED */
export function requireActor({ actor }: FastifyRequest): Actor {
  if (actor) return actor;
  throw new Problem("AUTH-SIGN-IN-NEEDED", { zh: "请先登录", en: "Sign in first" });
}
