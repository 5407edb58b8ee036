import type {
  AuthenticationResponseJSON,
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
  RegistrationResponseJSON,
} from "@simplewebauthn/server";
import { Problem } from "../../problem.ts";
import type { Database } from "../../store/database.ts";
import type { SignInSteps } from "./sign-in-steps.ts";

/** The site as browsers see it: `https://host`. */
type Origin = string;

/** Passkeys: sign-in by the device, nothing to remember and nothing to steal from the server. */
export interface Passkeys {
  offer(
    account: { id: string; login: string; name: string },
    origin: Origin,
  ): Promise<Offered<PublicKeyCredentialCreationOptionsJSON>>;
  /** @throws {Problem} AUTH-PASSKEY-REFUSED */
  add(account: string, name: string, step: string, response: RegistrationResponseJSON, origin: Origin): Promise<void>;
  ask(origin: Origin): Promise<Offered<PublicKeyCredentialRequestOptionsJSON>>;
  /** Gives the account that the passkey is of; @throws {Problem} AUTH-PASSKEY-REFUSED */
  check(step: string, response: AuthenticationResponseJSON, origin: Origin): Promise<string>;
  of(account: string): Promise<{ id: string; name: string; createdAt: Date }[]>;
  remove(account: string, id: string): Promise<void>;
}

interface Offered<Options> {
  readonly step: string;
  readonly options: Options;
}

interface Challenge {
  readonly challenge: string;
  /** The account that a new passkey is for. */
  readonly account?: string;
}

interface PasskeysOptions {
  readonly database: Database;
  readonly steps: SignInSteps;
  readonly now: () => Date;
}

const refused = () =>
  new Problem("AUTH-PASSKEY-REFUSED", {
    zh: "请重新开始；通行密钥只在本站有效",
    en: "Start again; a passkey works on this site only",
  });

const siteOf = (origin: Origin): string => new URL(origin).hostname;

export function createPasskeys({ database, steps, now }: PasskeysOptions): Passkeys {
  const rows = (account: string) =>
    database.selectFrom("account_passkey").selectAll().where("account", "=", account).orderBy("created_at").execute();
  return {
    async offer(account, origin) {
      const known = await rows(account.id);
      const { generateRegistrationOptions } = await import("@simplewebauthn/server");
      const options = await generateRegistrationOptions({
        rpName: "Qingdan 清单",
        rpID: siteOf(origin),
        userID: new TextEncoder().encode(account.id),
        userName: account.login,
        userDisplayName: account.name,
        attestationType: "none",
        excludeCredentials: known.map(({ id }) => ({ id })),
        authenticatorSelection: { residentKey: "required", userVerification: "required" },
      });
      const body: Challenge = { challenge: options.challenge, account: account.id };
      return { step: await steps.begin("passkey-add", body), options };
    },
    async add(account, name, step, response, origin) {
      const begun = await steps.take<Challenge>("passkey-add", step);
      if (begun?.account !== account) throw refused();
      const { verifyRegistrationResponse } = await import("@simplewebauthn/server");
      const { verified, registrationInfo } = await verifyRegistrationResponse({
        response,
        expectedChallenge: begun.challenge,
        expectedOrigin: origin,
        expectedRPID: siteOf(origin),
      }).catch(() => {
        throw refused();
      });
      if (!verified) throw refused();
      const { id, publicKey, counter } = registrationInfo.credential;
      await database
        .insertInto("account_passkey")
        .values({ id, account, public_key: publicKey, counter, name, created_at: now() })
        .execute();
    },
    async ask(origin) {
      const { generateAuthenticationOptions } = await import("@simplewebauthn/server");
      const options = await generateAuthenticationOptions({ rpID: siteOf(origin), userVerification: "required" });
      return {
        step: await steps.begin("passkey-check", { challenge: options.challenge } satisfies Challenge),
        options,
      };
    },
    async check(step, response, origin) {
      const begun = await steps.take<Challenge>("passkey-check", step);
      const key = await database
        .selectFrom("account_passkey")
        .selectAll()
        .where("id", "=", response.id)
        .executeTakeFirst();
      if (!begun || !key) throw refused();
      const { verifyAuthenticationResponse } = await import("@simplewebauthn/server");
      const { verified, authenticationInfo } = await verifyAuthenticationResponse({
        response,
        expectedChallenge: begun.challenge,
        expectedOrigin: origin,
        expectedRPID: siteOf(origin),
        credential: { id: key.id, publicKey: Uint8Array.from(key.public_key), counter: key.counter },
      }).catch(() => {
        throw refused();
      });
      if (!verified) throw refused();
      await database
        .updateTable("account_passkey")
        .set({ counter: authenticationInfo.newCounter })
        .where("id", "=", key.id)
        .execute();
      return key.account;
    },
    of: async (account) =>
      (await rows(account)).map(({ id, name, created_at }) => ({ id, name, createdAt: created_at })),
    async remove(account, id) {
      await database.deleteFrom("account_passkey").where("id", "=", id).where("account", "=", account).execute();
    },
  };
}
