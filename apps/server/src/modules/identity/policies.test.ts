import * as cedar from "@cedar-policy/cedar-wasm/nodejs";
import { describe, expect, it } from "vitest";
import { testActors as actors } from "../../testing/actors.ts";
import { type Actor, staffRoles, systemActor } from "./actor.ts";
import { authorise, may, type Resource } from "./authorise.ts";
import { areasAbove, deskChain } from "./desk-chain.ts";
import { readableFacts } from "./looks.ts";
import { policyActions, policySchema, policyTexts } from "./policy-engine.ts";

/** Who may, as the project's task describes the roles; written apart from the policies. */
const deeds = {
  own: "supply appeal dispute decline object withdraw state-defence",
  handling:
    "accept refuse-acceptance request-supplement assign transfer join opinion finish-step pause resume extend propose deliver correct keep answer-rating release benefit repay terminate close note claw-back give-notice call-hearing plan-repayment agree-offset end-offset",
  judging: "decide return settle-appeal hold-hearing",
};
const of = (group: keyof typeof deeds) => deeds[group].split(" ").map((deed) => `case.${deed}`);

/** Action -> staff roles that may at a desk of theirs, on somebody else's matter, where somebody else did the deed before. */
const atDesk: Record<string, readonly string[]> = {
  ...Object.fromEntries(of("own").map((action) => [action, ["clerk"]])),
  ...Object.fromEntries(of("handling").map((action) => [action, ["clerk"]])),
  ...Object.fromEntries(of("judging").map((action) => [action, ["clerk", "checker"]])),
  "case.note": ["clerk", "checker"],
  "case.open": ["clerk"],
  "case.read": ["clerk", "checker", "auditor"],
  "case.list": ["clerk", "checker", "auditor"],
  "case.export": ["clerk", "auditor"],
  "case.rate": [],
  "form.open": ["clerk"],
  "form.read": ["clerk"],
  "form.fill": ["clerk"],
  "form.submit": ["clerk"],
  "form.resume": ["clerk"],
  "offer.start": ["clerk"],
  "offer.read": ["clerk", "checker", "planner", "auditor"],
  "offer.release": ["clerk"],
  "payment.read": ["finance-officer", "auditor"],
  "payment.prepare": ["finance-officer"],
  "payment.return": ["finance-officer"],
  "payment.release": ["finance-officer"],
  "payment.discard": ["finance-officer"],
  "person.look": ["clerk", "checker", "auditor"],
  "person.dispute": ["clerk"],
  "person.authorise": ["clerk"],
  "run.read": staffRoles,
  "run.people": ["clerk", "auditor"],
  "run.start": ["planner"],
  "list.read": staffRoles,
  "list.edit": ["list-keeper"],
  "list.review": ["list-keeper"],
  "list.publish": ["list-keeper"],
  "plan.read": staffRoles,
  "plan.edit": ["planner"],
  "plan.publish": ["planner"],
  "log.read": staffRoles,
  "log.line": ["clerk", "auditor"],
  "log.erase": ["administrator"],
  "account.self": [],
  "account.read": ["administrator", "auditor"],
  "account.manage": ["administrator"],
};
const publicReads = ["run.read", "list.read", "plan.read", "log.read"];
const ownMatters = [
  ...of("own"),
  ...["case.open", "case.read", "case.rate", "form.open", "form.read", "form.fill", "form.submit", "form.resume"],
  ...["payment.read", "person.look", "person.dispute", "person.authorise", "log.line"],
];
const byCode = ["form.resume"];

const actions = [...policyActions().keys()].filter((action) => action.includes(".") && !action.startsWith("fact."));
const typeOf = (action: string): Resource["type"] => {
  const [kind] = [...policyActions().get(action)!.resources];
  return kind!.toLowerCase() as Resource["type"];
};
const desk = { area: "cn-319901001", item: "cn.subsistence-allowance", by: "a-somebody" };
const staffAt = (role: string, area: string, more: Partial<Actor> = {}): Actor => ({
  id: `a-${role}`,
  kind: "staff",
  name: role,
  roles: [{ role, area }],
  ...more,
});

describe("the policies", () => {
  it("fit their schema, without a warning", () => {
    const answer = cedar.validate({ schema: policySchema, policies: { staticPolicies: { ...policyTexts() } } });
    expect(answer).toEqual({ type: "success", validationErrors: [], validationWarnings: [], otherWarnings: [] });
  });

  it("know exactly the actions that this test knows", () => {
    expect(actions.toSorted()).toEqual(Object.keys(atDesk).toSorted());
  });
});

describe("the whole matrix", () => {
  // Every role x action x place: at the desk itself, above it, beside it, below it, at an office.
  const places = [
    { name: "the same desk", area: "cn-319901001", reaches: true },
    { name: "the city above", area: "cn-3199", reaches: true },
    { name: "the nation", area: "cn", reaches: true },
    { name: "the neighbouring street", area: "cn-319901002", reaches: false },
    { name: "another district", area: "cn-319902", reaches: false },
    { name: "a village below", area: "cn-319901001001", reaches: false },
  ];
  for (const { name, area, reaches } of places) {
    it(`a role held at ${name} ${reaches ? "reaches" : "does not reach"} the matter`, () => {
      for (const role of staffRoles) {
        for (const action of actions) {
          const asked = { type: typeOf(action), ...desk };
          const anywhere = publicReads.includes(action) || (byCode.includes(action) && role === "clerk");
          const expected = anywhere || (reaches && atDesk[action]!.includes(role));
          expect({ role, action, may: may(staffAt(role, area), action, asked) }).toEqual({
            role,
            action,
            may: expected,
          });
        }
      }
    });
  }

  it("a resident may do with their own what is theirs, and with a neighbour's what is public", () => {
    for (const action of actions) {
      const asked = { type: typeOf(action), ...desk };
      const own = { ...asked, owner: action === "account.self" ? "a-resident" : "1" };
      const expected = [...ownMatters, ...publicReads, "account.self"].includes(action);
      expect({ action, may: may(actors.resident, action, own) }).toEqual({ action, may: expected });
      const foreign = [...publicReads, ...byCode].includes(action);
      for (const owner of ["2", "a-neighbour", "", undefined]) {
        expect({ action, owner, may: may(actors.resident, action, { ...asked, owner }) }).toEqual({
          action,
          owner,
          may: foreign,
        });
      }
    }
  });

  it("a resident without a person owns nothing that has no owner", () => {
    const newcomer: Actor = { id: "a-new", kind: "resident", name: "New", roles: [] };
    expect(may(newcomer, "case.read", { type: "case", area: "cn-3199" })).toBe(false);
    expect(may(newcomer, "case.read", { type: "case", owner: "" })).toBe(false);
    expect(may(newcomer, "case.read", { type: "case", owner: "a-new" })).toBe(true);
  });

  it("a visitor reads what is public, and made-up people", () => {
    for (const action of actions) {
      const asked = { type: typeOf(action), ...desk };
      expect({ action, may: may(undefined, action, asked) }).toEqual({ action, may: publicReads.includes(action) });
    }
    expect(may(undefined, "person.look", { type: "person", synthetic: true })).toBe(true);
    expect(may(undefined, "run.people", { type: "run", synthetic: true })).toBe(true);
  });

  it("the system does what runs and deadlines need, and releases no money and rates nobody", () => {
    const refused = [
      "case.rate",
      "payment.release",
      "payment.discard",
      "payment.read",
      "list.publish",
      "log.erase",
      "account.manage",
    ];
    for (const action of refused) expect(may(systemActor, action, { type: typeOf(action), ...desk })).toBe(false);
    for (const action of ["case.open", "case.decide", "offer.start", "run.start", "payment.prepare"]) {
      expect(may(systemActor, action, { type: typeOf(action), ...desk })).toBe(true);
    }
  });

  it("an office holds its own matters only, also in the areas below", () => {
    const officer: Actor = {
      ...staffAt("clerk", "cn-3199"),
      roles: [{ role: "clerk", area: "cn-3199", office: "housing" }],
    };
    const ask = (area: string, office?: string) => may(officer, "case.accept", { type: "case", area, office });
    expect(ask("cn-319901001", "housing")).toBe(true);
    expect(ask("cn-319901001", "civil-affairs")).toBe(false);
    expect(ask("cn-319901001")).toBe(false);
    expect(may(actors.clerk, "case.accept", { type: "case", area: "cn-319901", office: "housing" })).toBe(true);
  });
});

describe("four eyes", () => {
  it.each([
    ["case.decide", actors.clerk],
    ["case.settle-appeal", actors.checker],
    ["payment.release", actors.financeOfficer],
    ["list.publish", actors.listKeeper],
  ] as const)("%s is not for the one whose deed it confirms", (action, actor) => {
    const asked = { type: typeOf(action), area: "cn-3199" };
    expect(may(actor, action, { ...asked, by: actor.id })).toBe(false);
    expect(may(actor, action, { ...asked, by: "a-somebody" })).toBe(true);
  });

  it("money and lists are never released where it is unknown who prepared them", () => {
    expect(may(actors.financeOfficer, "payment.release", { type: "payment", area: "cn-3199" })).toBe(false);
    expect(may(actors.listKeeper, "list.publish", { type: "list", area: "cn-3199" })).toBe(false);
  });

  it("nobody handles or judges a case of their own", () => {
    const clerk = staffAt("clerk", "cn-3199", { person: "7" });
    for (const action of [...of("handling"), ...of("judging")]) {
      expect(may(clerk, action, { type: "case", area: "cn-3199", owner: "7" })).toBe(false);
      expect(may(clerk, action, { type: "case", area: "cn-3199", owner: "8" })).toBe(true);
    }
  });
});

describe("purpose", () => {
  const facts = [
    { name: "birthDate", privacy: "personal" },
    { name: "disabilityGrade", privacy: "sensitive" },
    { name: "religion", privacy: "sensitive" },
    { name: "district", privacy: null },
  ] as const;
  const needed = new Set<string>(["birthDate", "disabilityGrade"]);
  const kinds = facts.map(({ name, privacy }) => ({ privacy, needed: needed.has(name), names: [name] }));
  const matter = { area: "cn-319901001", owner: "1" };

  it("a clerk looks at a person for an item only", () => {
    expect(may(actors.clerk, "person.look", { type: "person", area: "cn-3199", owner: "1" })).toBe(false);
    expect(may(actors.clerk, "person.look", { type: "person", area: "cn-3199", owner: "1", item: "x" })).toBe(true);
  });

  it.each([
    ["the resident", actors.resident, ["birthDate", "disabilityGrade", "religion", "district"]],
    ["a neighbour", actors.neighbour, []],
    ["a clerk", actors.clerk, ["birthDate", "disabilityGrade"]],
    ["a checker", actors.checker, ["birthDate", "disabilityGrade"]],
    ["an auditor", actors.auditor, ["birthDate"]],
    ["a planner", actors.planner, []],
    ["a finance officer", actors.financeOfficer, []],
    ["the system", systemActor, ["birthDate", "disabilityGrade"]],
    ["a visitor", undefined, []],
  ] as const)("%s sees the facts that are theirs to see", (_, actor, expected) => {
    expect([...readableFacts(actor, matter, kinds)]).toEqual(expected);
  });
});

describe("asking", () => {
  it("refuses visitors with 401 and others with 403", () => {
    expect(() => authorise(undefined, "case.read", { type: "case" })).toThrow(/AUTH-SIGN-IN-NEEDED/);
    expect(() => authorise(actors.neighbour, "case.read", { type: "case", owner: "1" })).toThrow(/AUTH-NOT-PERMITTED/);
    expect(() => authorise(actors.resident, "case.read", { type: "case", owner: "1" })).not.toThrow();
  });

  it("an action that is not there is a fault of the program, never a permission", () => {
    expect(() => may(systemActor, "case.anything", { type: "case" })).toThrow(/no action/);
    expect(() => may(systemActor, "case.read", { type: "payment" })).toThrow(/no action/);
  });
});

describe("desks", () => {
  it("areas lie in each other by the digits of GB/T 2260", () => {
    expect(areasAbove("cn-340122001003")).toEqual(["cn-340122001", "cn-340122", "cn-3401", "cn-34", "cn"]);
    expect(areasAbove("cn")).toEqual([]);
    expect(deskChain("cn-34", "housing").map(({ desk }) => desk)).toEqual([
      "cn-34/housing",
      "cn-34",
      "cn/housing",
      "cn",
    ]);
  });
});
