import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type ActorName, allowance, type CaseDesk, caseDesk, seniorFacts } from "../../testing/case-desk.ts";
import { formRoutes } from "./form-routes.ts";
import type { CaseCard, CasePage, FormPage } from "./model.ts";

let desk: CaseDesk;
beforeAll(async () => {
  desk = await caseDesk({
    more: (cases) => [formRoutes(cases)],
    register: async (person) => (person === "1" ? { facts: seniorFacts(), date: "2026-01-01" } : undefined),
  });
}, 120_000);
afterAll(() => desk.close());

const begin = (items: readonly string[], actor: ActorName = "helper") =>
  desk.ask(actor, "POST", "/forms", { list: "cn-3199", items });

describe("a helper with authorisation", () => {
  let id: string;

  test("fills in and sends the person's form for the matters named, and for no others", async () => {
    expect((await begin(["cn-31.subsistence-allowance"])).status).toBe(403);
    expect((await begin([allowance, "cn-31.subsistence-allowance"])).status).toBe(403);
    let form = (await begin([allowance])).json as unknown as FormPage;
    expect(form.person).toBe("1");
    for (let asked = 0; form.question && asked < 20; asked += 1) {
      const { of, fact } = form.question;
      const skipped = await desk.ask("helper", "POST", `/forms/${form.id}/skips`, { seq: form.seq, of, fact });
      form = skipped.json as unknown as FormPage;
    }
    const own = { seq: form.seq, declaration: true, channel: "web" };
    expect((await desk.ask("helper", "POST", `/forms/${form.id}/submit`, own)).json.code).toBe("CASE-DEED-WRONG");
    const invented = { relation: "guardian", name: "x", evidence: "y" };
    const sent = await desk.ask("helper", "POST", `/forms/${form.id}/submit`, {
      ...own,
      channel: "helper",
      mandate: invented,
      items: [allowance],
    });
    expect(sent.status, sent.text).toBe(201);
    [{ id } = { id: "" }] = sent.json.cases as CaseCard[];
  });

  test("every line shows both: whose matter it is, and who acted by which authorisation", async () => {
    const page = (await desk.ask("resident", "GET", `/cases/${id}`)).json as unknown as CasePage;
    expect(page.person).toBe("1");
    // The authorisation that is kept, not what the request claims.
    expect(page.journal[0]).toMatchObject({
      by: { id: "a-neighbour", kind: "resident" },
      channel: "helper",
      mandate: { relation: "close-relative", evidence: "authorisation m-1", until: "2026-12-31" },
    });
  });

  test("sees the matters named, gives nothing up, and rates nothing", async () => {
    const other = {
      list: "cn-3199",
      item: "cn-31.subsistence-allowance",
      channel: "web",
      person: "1",
      facts: seniorFacts(),
    };
    const foreign = String((await desk.ask("resident", "POST", "/cases", other)).json.id);
    expect((await desk.ask("helper", "GET", `/cases/${foreign}`)).status).toBe(403);
    const mine = (await desk.ask("helper", "GET", "/my/cases")).json.cases as CaseCard[];
    expect(mine.map((card) => card.id)).toEqual([id]);
    expect(((await desk.ask("resident", "GET", "/my/cases")).json.cases as CaseCard[]).length).toBe(2);
    const act = (action: unknown) =>
      desk.ask("helper", "POST", `/cases/${id}/actions`, { seq: 1, channel: "helper", action });
    expect((await act({ kind: "withdraw", text: "x" })).status).toBe(403);
    expect((await act({ kind: "rate", grade: 5 })).status).toBe(403);
    expect((await act({ kind: "accept" })).status).toBe(403);
    for (const url of ["/my/bundles", `/bundle-cases/x`])
      expect((await desk.ask("helper", "GET", url)).status, url).not.toBe(200);
    const dispute = { kind: "dispute", of: "p1", fact: "hukouArea", value: "cn-31", text: "迁入较早" };
    expect((await act(dispute)).status).toBe(200);
  });
});
