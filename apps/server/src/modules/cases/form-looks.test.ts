import { afterAll, beforeAll, expect, test } from "vitest";
import { type ActorName, allowance, type CaseDesk, formDesk } from "../../testing/case-desk.ts";

let desk: CaseDesk;
beforeAll(async () => {
  desk = await formDesk();
}, 120_000);
afterAll(() => desk.close());

const begin = (actor: ActorName, more: object = {}) =>
  desk.ask(actor, "POST", "/forms", { list: "cn-3199", items: [allowance], ...more });

const looks = () =>
  desk.cases.database.selectFrom("person_look").select(["person", "actor", "item", "facts"]).orderBy("id").execute();

test("a clerk who begins, opens or picks up somebody's form leaves a look with the item and the facts; the person none", async () => {
  const own = await begin("resident");
  await desk.ask("resident", "GET", `/forms/${own.json.id}`);
  expect(await looks()).toEqual([]);
  const begun = await begin("clerk", { person: "1" });
  expect(begun.status, begun.text).toBe(201);
  const look = { person: "1", actor: "a-clerk", item: allowance, facts: "birthDate hukouArea" };
  expect(await looks()).toEqual([look]);
  await desk.ask("secondClerk", "GET", `/forms/${own.json.id}`);
  const { json } = await desk.ask("resident", "POST", `/forms/${own.json.id}/pickup-code`);
  await desk.ask("clerk", "POST", "/forms/resume", { code: json.code });
  expect(await looks()).toEqual([look, { ...look, actor: "a-clerk-2" }, look]);
  const lines = await desk.cases.database
    .selectFrom("audit_line")
    .select("subject")
    .where("kind", "=", "person.look")
    .execute();
  expect(lines).toEqual([{ subject: "person:1" }, { subject: "person:1" }, { subject: "person:1" }]);
});

test("who may not read the form sees nothing and leaves no look", async () => {
  const before = await looks();
  expect((await begin("neighbour", { person: "1" })).status).toBe(403);
  expect((await begin("auditor", { person: "1" })).status).toBe(403);
  expect(await looks()).toEqual(before);
});

test("staff say whose application it is", async () => {
  expect((await begin("clerk")).json.code).toBe("FORM-PERSON-MISSING");
});
