import { shanghaiDay } from "@qingdan/clock";
import type { Selectable } from "kysely";
import { Problem } from "../../problem.ts";
import type { Database } from "../../store/database.ts";
import { append } from "../audit/index.ts";
import type { Accounts } from "./accounts.ts";
import type { Actor } from "./actor.ts";
import type { IdentityTables } from "./tables.ts";

export type Mandate = Selectable<IdentityTables["mandate"]>;

export interface NewMandate {
  readonly person: string;
  readonly personName: string;
  /** Account name. */
  readonly helper: string;
  readonly relation: Mandate["relation"];
  readonly items: readonly string[];
  readonly disposes: boolean;
  readonly evidence: string;
  readonly until: string;
}

/** Who may act for whom. */
export interface Mandates {
  /** @throws {Problem} AUTH-ACCOUNT-UNKNOWN, AUTH-MANDATE-WRONG */
  give(by: Actor, mandate: NewMandate): Promise<string>;
  one(id: string): Promise<Mandate | undefined>;
  /** The same again changes nothing. */
  revoke(by: Actor, id: string): Promise<void>;
  given(person: string): Promise<readonly Mandate[]>;
  received(helper: string): Promise<readonly Mandate[]>;
  /** The helper as one who acts for the person. @throws {Problem} AUTH-MANDATE-WRONG */
  actor(helper: Actor, id: string): Promise<Actor>;
}

/** No authorisation lasts longer without being given again. */
const longestDays = 366;
const most = 200;

interface MandatesOptions {
  readonly database: Database;
  readonly accounts: Accounts;
  readonly now: () => Date;
  readonly newId: () => string;
}

function refuse(zh: string, en: string): never {
  throw new Problem("AUTH-MANDATE-WRONG", { zh, en });
}

export function createMandates({ database, accounts, now, newId }: MandatesOptions): Mandates {
  const one = (id: string) => database.selectFrom("mandate").selectAll().where("id", "=", id).executeTakeFirst();
  const select = (column: "person" | "helper", value: string) =>
    database
      .selectFrom("mandate")
      .selectAll()
      .where(column, "=", value)
      .orderBy("given_at", "desc")
      .limit(most)
      .execute();
  return {
    one,
    given: (person) => select("person", person),
    received: (helper) => select("helper", helper),
    async give(by, { person, personName, helper: login, relation, items, disposes, evidence, until }) {
      const at = now();
      const helper = await accounts.byLogin(login);
      if (helper?.kind !== "resident" || helper.disabled_at) {
        throw new Problem("AUTH-ACCOUNT-UNKNOWN", {
          zh: `没有居民账号 ${login}`,
          en: `No resident has the account ${login}`,
        });
      }
      if (helper.person === person || helper.id === person) refuse("不能委托自己", "Nobody authorises themselves");
      const last = shanghaiDay(new Date(at.getTime() + longestDays * 86_400_000));
      if (until < shanghaiDay(at) || until > last)
        refuse(`到期日应在今天至 ${last} 之间`, `It ends between today and ${last}`);
      const id = newId();
      await database.transaction().execute(async (tx) => {
        await tx
          .insertInto("mandate")
          .values({
            ...{ id, person, relation, disposes, evidence, until },
            person_name: personName,
            helper: helper.id,
            items: [...new Set(items)].join(" "),
            given_by: by.id,
            given_at: at,
            revoked_at: null,
            revoked_by: null,
          })
          .execute();
        const body = { mandate: id, helper: helper.id, relation, items, disposes, until };
        await append(tx, { kind: "mandate.give", subject: `person:${person}`, body, at, by: by.id });
      });
      return id;
    },
    async revoke(by, id) {
      const at = now();
      await database.transaction().execute(async (tx) => {
        const row = await tx
          .updateTable("mandate")
          .set({ revoked_at: at, revoked_by: by.id })
          .where("id", "=", id)
          .where("revoked_at", "is", null)
          .returning("person")
          .executeTakeFirst();
        if (!row) return;
        const body = { mandate: id };
        await append(tx, { kind: "mandate.revoke", subject: `person:${row.person}`, body, at, by: by.id });
      });
    },
    async actor(helper, id) {
      const mandate = await one(id);
      if (
        mandate?.helper !== helper.id ||
        stateOf(mandate, shanghaiDay(now())) !== "valid" ||
        helper.kind !== "resident"
      )
        return refuse("没有这项授权，或已到期、撤回", "There is no such authorisation, or it has ended or was revoked");
      const { person, person_name: name, relation, items, disposes, until } = mandate;
      return { ...helper, person, actingFor: { id, name, relation, items: items.split(" "), disposes, until } };
    },
  };
}

export function stateOf({ revoked_at, until }: Mandate, today: string): "valid" | "ended" | "revoked" {
  if (revoked_at) return "revoked";
  return until < today ? "ended" : "valid";
}
