import type { Selectable } from "kysely";
import { Problem } from "../../problem.ts";
import type { Database } from "../../store/database.ts";
import type { Actor, HeldRole } from "./actor.ts";
import type { IdentityTables } from "./tables.ts";

export type Account = Selectable<IdentityTables["account"]>;

export interface NewAccount {
  readonly login: string;
  readonly kind: "resident" | "staff";
  readonly name: string;
  readonly person?: string;
  /** Argon2id hash of the pass-phrase. */
  readonly secret?: string;
  readonly demo?: boolean;
  readonly roles?: readonly HeldRole[];
}

/** Accounts and the roles they hold. */
export interface Accounts {
  byId(id: string): Promise<Account | undefined>;
  byLogin(login: string): Promise<Account | undefined>;
  /** Who is known to an identity provider under this subject. */
  byIdentity(issuer: string, subject: string): Promise<Account | undefined>;
  /** @throws {Problem} AUTH-ACCOUNT-TAKEN */
  create(account: NewAccount): Promise<Account>;
  link(account: string, issuer: string, subject: string): Promise<void>;
  setSecret(account: string, secret: string): Promise<void>;
  /** Replaces the roles of a staff account; @throws {Problem} AUTH-ACCOUNT-UNKNOWN */
  setRoles(account: string, roles: readonly HeldRole[]): Promise<void>;
  disable(account: string): Promise<void>;
  roles(account: string): Promise<HeldRole[]>;
  /** Staff accounts by name. */
  staff(after: string, size: number): Promise<Account[]>;
  /** Who the account is to the rest of the server; undefined when it is disabled. */
  actor(id: string): Promise<Actor | undefined>;
}

interface AccountsOptions {
  readonly database: Database;
  readonly now: () => Date;
  readonly newId: () => string;
}

export function createAccounts({ database, now, newId }: AccountsOptions): Accounts {
  const byId = (id: string) => database.selectFrom("account").selectAll().where("id", "=", id).executeTakeFirst();
  const byLogin = (login: string) =>
    database.selectFrom("account").selectAll().where("login", "=", login.toLowerCase()).executeTakeFirst();
  const roles = async (account: string) => {
    const rows = await database
      .selectFrom("account_role")
      .select(["role", "area", "office"])
      .where("account", "=", account)
      .orderBy("role")
      .orderBy("area")
      .orderBy("office")
      .execute();
    return rows.map(({ role, area, office }) => ({ role, area, ...(office ? { office } : {}) }));
  };
  const rowsOf = (account: string, held: readonly HeldRole[]) =>
    held.map(({ role, area, office = "" }) => ({ account, role, area, office }));
  return {
    byId,
    byLogin,
    roles,
    async byIdentity(issuer, subject) {
      return database
        .selectFrom("account")
        .selectAll("account")
        .innerJoin("account_identity", "account_identity.account", "account.id")
        .where("issuer", "=", issuer)
        .where("subject", "=", subject)
        .executeTakeFirst();
    },
    async create({ login, kind, name, person = null, secret = null, demo = false, roles: held = [] }) {
      const row = { id: newId(), login: login.toLowerCase(), kind, name, person, secret, demo, created_at: now() };
      return database.transaction().execute(async (tx) => {
        const [made] = await tx
          .insertInto("account")
          .values(row)
          .onConflict((conflict) => conflict.column("login").doNothing())
          .returningAll()
          .execute();
        if (!made) throw new Problem("AUTH-ACCOUNT-TAKEN", { zh: "请换一个账号", en: "Choose another account name" });
        if (held.length > 0) await tx.insertInto("account_role").values(rowsOf(made.id, held)).execute();
        return made;
      });
    },
    async link(account, issuer, subject) {
      await database.insertInto("account_identity").values({ account, issuer, subject }).execute();
    },
    async setSecret(account, secret) {
      await database.updateTable("account").set({ secret }).where("id", "=", account).execute();
    },
    async setRoles(account, held) {
      if ((await byId(account))?.kind !== "staff") {
        throw new Problem("AUTH-ACCOUNT-UNKNOWN", { zh: "没有这个工作人员账号", en: "There is no such staff account" });
      }
      await database.transaction().execute(async (tx) => {
        await tx.deleteFrom("account_role").where("account", "=", account).execute();
        if (held.length > 0) await tx.insertInto("account_role").values(rowsOf(account, held)).execute();
      });
    },
    async disable(account) {
      await database.updateTable("account").set({ disabled_at: now() }).where("id", "=", account).execute();
    },
    staff: (after, size) =>
      database
        .selectFrom("account")
        .selectAll()
        .where("kind", "=", "staff")
        .where("login", ">", after)
        .orderBy("login")
        .limit(size)
        .execute(),
    async actor(id) {
      const account = await byId(id);
      if (!account || account.disabled_at) return undefined;
      const { kind, name, person } = account;
      const held = kind === "staff" ? await roles(id) : [];
      return { id, kind, name, roles: held, ...(person === null ? {} : { person }) };
    },
  };
}

/** Names of accounts by identifier; who has no account any more is left out. */
export async function accountNames(db: Database, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (ids.length === 0) return new Map();
  const rows = await db.selectFrom("account").select(["id", "name"]).where("id", "in", ids).execute();
  return new Map(rows.map(({ id, name }) => [id, name]));
}
