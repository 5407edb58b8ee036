import { createHash, randomBytes } from "node:crypto";
import { sql } from "kysely";
import type { Database } from "../../store/database.ts";
import type { Actor } from "./actor.ts";

const minute = 60_000;

export interface SessionLimits {
  /** Ends after so long without a request. */
  readonly idle: number;
  /** Ends so long after sign-in, whatever happens. */
  readonly absolute: number;
  /** The token is exchanged for a new one so often. */
  readonly turn: number;
}

/** OWASP ASVS 5.0.0 V7.3: both limits are documented and held; half an hour idle, a working day whole. */
export const sessionLimits: SessionLimits = { idle: 30 * minute, absolute: 12 * 60 * minute, turn: 15 * minute };

/** Requests that were under way when the token turned still bear the old one. */
const grace = minute;
/** How long a session that was found is believed without asking the store again. */
const believed = 5_000;

export interface FoundSession {
  readonly actor: Actor;
  /** The token that the client must bear from now on, where it has turned. */
  readonly turned: string | undefined;
}

export interface SessionView {
  readonly id: string;
  readonly createdAt: Date;
  readonly seenAt: Date;
  readonly address: string;
  readonly agent: string;
  readonly current: boolean;
}

/** Who is signed in. The store holds hashes of tokens only, so that who reads it cannot sign in by it. */
export interface Sessions {
  /** Starts a session with a new token; a token that the client brought along is never taken over. */
  start(account: string, from: { readonly address: string; readonly agent: string }): Promise<string>;
  find(token: string): Promise<FoundSession | undefined>;
  end(token: string): Promise<void>;
  /** Ends every session of an account, save one. */
  endAll(account: string, except?: string): Promise<void>;
  of(account: string, current: string): Promise<SessionView[]>;
}

interface SessionsOptions {
  readonly database: Database;
  readonly now: () => Date;
  readonly limits: SessionLimits;
  readonly actor: (account: string) => Promise<Actor | undefined>;
}

const hashOf = (token: string): string => createHash("sha256").update(token).digest("hex");
const newToken = (): string => randomBytes(32).toString("base64url");

export function createSessions({ database, now, limits, actor: actorOf }: SessionsOptions): Sessions {
  const found = new Map<string, { readonly actor: Actor; readonly until: number }>();
  const forget = () => found.clear();

  const load = async (hash: string): Promise<FoundSession | undefined> => {
    const at = now();
    const row = await database
      .selectFrom("session")
      .selectAll()
      .where((or) => or.or([or("token_hash", "=", hash), or("before_hash", "=", hash)]))
      .executeTakeFirst();
    if (!row) return undefined;
    const since = (then: Date) => at.getTime() - then.getTime();
    const actor = await actorOf(row.account);
    if (!actor || since(row.seen_at) > limits.idle || since(row.created_at) > limits.absolute) {
      await database.deleteFrom("session").where("token_hash", "=", row.token_hash).execute();
      return undefined;
    }
    if (row.before_hash === hash) return since(row.turned_at) > grace ? undefined : { actor, turned: undefined };
    if (since(row.turned_at) > limits.turn) {
      const turned = newToken();
      await database
        .updateTable("session")
        .set({ token_hash: hashOf(turned), before_hash: hash, turned_at: at, seen_at: at })
        .where("token_hash", "=", hash)
        .execute();
      return { actor, turned };
    }
    if (since(row.seen_at) > minute) {
      await database.updateTable("session").set({ seen_at: at }).where("token_hash", "=", hash).execute();
    }
    return { actor, turned: undefined };
  };

  return {
    async start(account, { address, agent }) {
      const token = newToken();
      const at = now();
      await database
        .insertInto("session")
        .values({
          token_hash: hashOf(token),
          account,
          created_at: at,
          seen_at: at,
          turned_at: at,
          before_hash: null,
          address,
          agent: agent.slice(0, 200),
        })
        .execute();
      return token;
    },
    async find(token) {
      const hash = hashOf(token);
      const known = found.get(hash);
      if (known && known.until > now().getTime()) return { actor: known.actor, turned: undefined };
      const session = await load(hash);
      found.delete(hash);
      if (session && session.turned === undefined) {
        if (found.size > 10_000) forget();
        found.set(hash, { actor: session.actor, until: now().getTime() + believed });
      }
      return session;
    },
    async end(token) {
      forget();
      const hash = hashOf(token);
      await sql`DELETE FROM session WHERE token_hash = ${hash} OR before_hash = ${hash}`.execute(database);
    },
    async endAll(account, except) {
      forget();
      await database
        .deleteFrom("session")
        .where("account", "=", account)
        .where("token_hash", "<>", except === undefined ? "" : hashOf(except))
        .execute();
    },
    async of(account, current) {
      const rows = await database
        .selectFrom("session")
        .selectAll()
        .where("account", "=", account)
        .orderBy("seen_at", "desc")
        .execute();
      const hash = hashOf(current);
      return rows.map((row) => ({
        id: row.token_hash.slice(0, 16),
        createdAt: row.created_at,
        seenAt: row.seen_at,
        address: row.address,
        agent: row.agent,
        current: row.token_hash === hash,
      }));
    },
  };
}
