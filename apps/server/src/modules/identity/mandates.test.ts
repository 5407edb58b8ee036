import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Database } from "../../store/database.ts";
import { testDatabase } from "../../testing/test-database.ts";
import { createAccounts } from "./accounts.ts";
import type { Actor } from "./actor.ts";
import { may, type Resource } from "./authorise.ts";
import { createMandates, type Mandates } from "./mandates.ts";
import { policyActions } from "./policy-engine.ts";

let database: Database;
let close: () => Promise<void>;
let mandates: Mandates;
let now = new Date("2026-02-10T02:00:00Z");
let [person, helper, third]: Actor[] = [];

beforeAll(async () => {
  ({ database, close } = await testDatabase());
  let made = 0;
  const newId = () => {
    made += 1;
    return `id-${made}`;
  };
  const accounts = createAccounts({ database, now: () => now, newId });
  mandates = createMandates({ database, accounts, now: () => now, newId });
  const rows = [];
  for (const login of ["grandma", "niece", "stranger"])
    rows.push(await accounts.create({ login, kind: "resident", name: login, person: login === "grandma" ? "1" : "2" }));
  [person, helper, third] = await Promise.all(rows.map(async ({ id }) => (await accounts.actor(id)) as Actor));
}, 120_000);
afterAll(() => close());

const item = "cn.subsistence-allowance";
const terms = {
  ...{ person: "1", personName: "grandma", helper: "niece", relation: "close-relative" as const },
  ...{ items: [item], disposes: false, evidence: "online", until: "2026-03-01" },
};

describe("an authorisation", () => {
  test("makes its helper, and nobody else, act for the person until it ends or is taken back", async () => {
    const id = await mandates.give(person!, terms);
    const acting = await mandates.actor(helper!, id);
    expect(acting).toMatchObject({ id: helper!.id, person: "1", actingFor: { id, name: "grandma", items: [item] } });
    const wrong = { code: "AUTH-MANDATE-WRONG" };
    await expect(mandates.actor(third!, id)).rejects.toMatchObject(wrong);
    now = new Date("2026-03-02T02:00:00Z");
    await expect(mandates.actor(helper!, id)).rejects.toMatchObject(wrong);
    now = new Date("2026-02-10T02:00:00Z");
    await mandates.revoke(person!, id);
    await mandates.revoke(person!, id);
    await expect(mandates.actor(helper!, id)).rejects.toMatchObject(wrong);
    const lines = await database.selectFrom("audit_line").select("kind").where("subject", "=", "person:1").execute();
    expect(lines.map(({ kind }) => kind)).toEqual(["mandate.give", "mandate.revoke"]);
  });

  test("is refused for oneself, for longer than a year, for a day that has passed, and for accounts that are not there", async () => {
    const refused = (more: object) => expect(mandates.give(person!, { ...terms, ...more })).rejects;
    await refused({ helper: "grandma" }).toMatchObject({ code: "AUTH-MANDATE-WRONG" });
    await refused({ until: "2027-02-12" }).toMatchObject({ code: "AUTH-MANDATE-WRONG" });
    await refused({ until: "2026-02-09" }).toMatchObject({ code: "AUTH-MANDATE-WRONG" });
    await refused({ helper: "nobody" }).toMatchObject({ code: "AUTH-ACCOUNT-UNKNOWN" });
  });
});

describe("what a helper may", () => {
  const acting = (items: readonly string[], disposes: boolean): Actor => ({
    ...{ id: "a-helper", kind: "resident", name: "x", roles: [], person: "1" },
    actingFor: { id: "m", name: "y", relation: "agent", items, disposes, until: "2026-12-31" },
  });
  /** Written apart from the policies: 代办 applies and follows; what gives something up is named besides. */
  const plain = ["case.open", "case.read", "case.supply", "case.dispute", "case.state-defence"];
  const disposing = ["case.appeal", "case.object", "case.decline", "case.withdraw"];
  const forms = ["form.open", "form.read", "form.fill", "form.submit"];
  const publicReads = ["list.read", "run.read", "plan.read", "log.read"];
  const actions = [...policyActions().keys()].filter((action) => action.includes(".") && !action.startsWith("fact."));
  const typeOf = (action: string) => {
    const [kind] = [...(policyActions().get(action)?.resources ?? [])];
    return String(kind).toLowerCase() as Resource["type"];
  };

  test.each([
    [[item], false],
    [[item], true],
    [["*"], true],
  ] as const)("with %o, giving up %s: every action, with a matter named, another one and none", (items, disposes) => {
    const actor = acting(items, disposes);
    const within = [
      ...plain,
      ...forms,
      ...(disposes ? disposing : []),
      "form.resume",
      "payment.read",
      "person.look",
      "person.dispute",
      "log.line",
    ];
    for (const action of actions) {
      const ask = (asked: object) =>
        may(actor, action, { type: typeOf(action), owner: "1", area: "cn-3199", ...asked });
      const named = publicReads.includes(action) || within.includes(action);
      expect({ action, named: ask({ item }) }).toEqual({ action, named });
      const all = (items as readonly string[]).includes("*");
      const others = publicReads.includes(action) || (all && named);
      expect({ action, others: ask({ item: "cn.legal-aid" }) }).toEqual({ action, others });
      expect({ action, none: ask({}) }).toEqual({ action, none: publicReads.includes(action) });
      expect({ action, other: ask({ item, owner: "7" }) }).toEqual({
        ...{ action, other: publicReads.includes(action) || action === "form.resume" },
      });
    }
  });
});
