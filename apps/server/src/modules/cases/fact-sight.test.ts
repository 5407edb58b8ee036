import { type ExplainedNode, factsReadBy } from "@qingdan/list";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type ActorName, actors, type CaseDesk, caseDesk, demoList } from "../../testing/case-desk.ts";
import { may } from "../identity/index.ts";
import type { CasePage } from "./model.ts";

let desk: CaseDesk;
beforeAll(async () => {
  desk = await caseDesk();
}, 120_000);
afterAll(() => desk.close());

const given = {
  persons: { p1: { birthDate: "1980-05-06", sex: "female", hukouArea: "cn-3199" } },
  households: { h1: { members: ["p1"] } },
  subject: "p1",
};

/** Every node of an explanation that names a fact. */
function factNodes(node: ExplainedNode | null): ExplainedNode[] {
  if (!node) return [];
  return [...(node.fact ? [node] : []), ...node.children.flatMap(factNodes)];
}

test("over HTTP everybody sees the fields that the policies give them, and no others, wherever a value stands", async () => {
  const { rulebook } = await demoList();
  const sensitive = rulebook.facts.find(
    ({ name, privacy }) => privacy === "sensitive" && rulebook.items.some((item) => factsReadBy(item).includes(name)),
  );
  const chosen = rulebook.items.find((item) => factsReadBy(item).includes(sensitive?.name ?? ""));
  if (!sensitive || !chosen) throw new Error("No item of the demo list reads a sensitive fact");
  const opened = await desk.ask("clerk", "POST", "/cases", {
    ...{ list: "cn-3199", item: chosen.code, channel: "window", person: "1", area: "cn-319901" },
    facts: given,
  });
  expect(opened.status, opened.text).toBe(201);
  const id = String(opened.json.id);
  const value = sensitive.values[0]?.code ?? (sensitive.factType === "boolean" ? true : 1);
  const correct = { kind: "correct", of: "p1", fact: sensitive.name, value, text: "按证件" };
  const corrected = await desk.ask("clerk", "POST", `/cases/${id}/actions`, {
    seq: 1,
    channel: "window",
    action: correct,
  });
  expect(corrected.status, corrected.text).toBe(200);

  const names = Object.keys(actors) as ActorName[];
  for (const name of names) {
    const actor = actors[name];
    const matter = { area: "cn-319901", owner: "1" };
    const reads = may(actor, "case.read", { type: "case", ...matter });
    const answer = await desk.ask(name, "GET", `/cases/${id}`);
    expect(answer.status, name).toBe(reads ? 200 : 403);
    if (!reads) continue;
    const page = answer.json as unknown as CasePage;
    for (const fact of page.facts) {
      const sees = may(actor, "fact.read", { type: "fact", ...matter, privacy: fact.privacy, needed: true });
      expect({ name, fact: fact.fact, sees: fact.value !== null || fact.history.length > 0 }).toEqual({
        ...{ name, fact: fact.fact, sees },
      });
    }
    const seesIt = may(actor, "fact.read", { type: "fact", ...matter, privacy: "sensitive", needed: true });
    expect({ name, journal: page.journal[1]?.body.value === value }).toEqual({ name, journal: seesIt });
    const why = (await desk.ask(name, "GET", `/cases/${id}/explanation`)).json as unknown as {
      conditions: { tree: ExplainedNode; test?: ExplainedNode | null }[];
      amounts: { tree: ExplainedNode; test?: ExplainedNode | null }[];
    };
    const nodes = [...why.conditions, ...why.amounts].flatMap((one) => [
      ...factNodes(one.tree),
      ...factNodes(one.test ?? null),
    ]);
    const hidden = nodes.filter(({ value: shown }) => shown?.en === "not shown to you").map((node) => node.fact?.name);
    expect({ name, hidden: hidden.includes(sensitive.name) }).toEqual({ name, hidden: !seesIt });
  }
});

test("whoever else reads a person's case is written down before they see it, with the facts that they see", async () => {
  const opened = await desk.ask("resident", "POST", "/cases", {
    ...{
      list: "cn-3199",
      item: "cn-31.senior-comprehensive-allowance",
      channel: "web",
      person: "1",
      area: "cn-319901",
    },
    facts: given,
  });
  expect(opened.status, opened.text).toBe(201);
  const id = String(opened.json.id);
  const looks = async () => (await desk.cases.looks.at("1", undefined, 100)).filter((look) => look.case === id);
  for (const place of ["", "/explanation"]) await desk.ask("resident", "GET", `/cases/${id}${place}`);
  expect(await looks()).toEqual([]);

  const page = (await desk.ask("clerk", "GET", `/cases/${id}`)).json as unknown as CasePage;
  expect((await desk.ask("helper", "GET", `/cases/${id}/explanation`)).status).toBe(200);
  expect((await desk.ask("neighbour", "GET", `/cases/${id}`)).status).toBe(403);
  const [ofHelper, ofClerk, ...others] = await looks();
  expect(others).toEqual([]);
  expect(ofHelper).toMatchObject({ actor: actors.helper.id, item: "cn-31.senior-comprehensive-allowance" });
  const seen = page.facts.filter(({ value }) => value !== null).map(({ fact }) => fact);
  expect(seen).toContain("birthDate");
  expect(ofClerk).toMatchObject({ actor: actors.clerk.id, facts: [...new Set(seen)].sort().join(" ") });
});
