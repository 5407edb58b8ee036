import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { application, type CaseDesk, caseDesk } from "../../testing/case-desk.ts";
import { queues } from "./model.ts";
import { selectCases, selectOwnCases } from "./queries.ts";
import { fillStore } from "./testing/fill-store.ts";

/** QINGDAN_PLANS=1000000 on the server of DATABASE_URL is the long run. */
const stored = Number(process.env.QINGDAN_PLANS ?? 5000);
const size = 50;
/** A page may look at as many rows in vain, however many are stored: those of other areas between its own. */
const inVain = 1000;

let desk: CaseDesk;
beforeAll(async () => {
  desk = await caseDesk();
  const opened = async (deeds: readonly object[]): Promise<string> => {
    const body = { ...application(), channel: "window" };
    const { json } = await desk.ask("clerk", "POST", "/cases", body);
    for (const [at, action] of deeds.entries()) {
      await desk.ask("clerk", "POST", `/cases/${json.id}/actions`, { seq: at + 1, channel: "window", action });
    }
    return String(json.id);
  };
  const handled = await opened([{ kind: "accept" }]);
  const decided = await opened([{ kind: "accept" }, { kind: "decide", outcome: "grant" }]);
  await fillStore(desk.cases.database, { stored, decided, handled });
}, 3_600_000);
afterAll(() => desk.close());

interface Plan {
  readonly "Node Type": string;
  readonly "Relation Name"?: string;
  readonly "Rows Removed by Filter"?: number;
  readonly "Rows Removed by Index Recheck"?: number;
  readonly "Actual Loops": number;
  readonly Plans?: readonly Plan[];
}

const nodesOf = (plan: Plan): readonly Plan[] => [plan, ...(plan.Plans ?? []).flatMap(nodesOf)];

/** Runs a query and tells how: its scans of the whole table, and the rows it looked at in vain. */
async function looked(query: ReturnType<typeof selectCases> | ReturnType<typeof selectOwnCases>) {
  const { sql: text, parameters } = query.compile();
  const rows = await desk.cases.database.transaction().execute(async (tx) => {
    // Few rows are read whole even where an index is there; that it can be used is what is asked.
    if (stored < 100_000) await sql`set local enable_seqscan = off`.execute(tx);
    return tx.executeQuery<{ "QUERY PLAN": readonly { readonly Plan: Plan }[] }>({
      ...query.compile(),
      sql: `explain (analyze, format json) ${text}`,
      parameters,
    });
  });
  const nodes = nodesOf(rows.rows[0]!["QUERY PLAN"][0]!.Plan);
  return {
    whole: nodes.filter((node) => node["Node Type"] === "Seq Scan").length,
    vain: nodes.reduce((sum, node) => sum + (node["Rows Removed by Filter"] ?? 0) * node["Actual Loops"], 0),
  };
}

const asking = { actor: "clerk-5", today: "2026-02-10" };
const areas = [undefined, ["cn-319901"], ["cn-319901", "cn-319902", "cn-319903"]] as const;
const narrowed = [
  {},
  ...queues.map((queue) => ({ queue })),
  { person: "4711" },
  { number: "20250101-000001234" },
  { item: "cn-31.nothing-of-this-name" },
  { kind: "claw-back" as const },
  { list: "cn-3301" },
  { office: "nowhere" },
  { stage: "handling" as const },
  { after: Buffer.from("2026-01-20 20250101-000001000").toString("base64url") },
];

test.each(narrowed)("cases by %o come from an index, whatever their number", async (query) => {
  for (const some of areas) {
    const { whole, vain } = await looked(selectCases(desk.cases.database, { ...query, size }, asking, some));
    expect(whole).toBe(0);
    expect(vain).toBeLessThanOrEqual(inVain);
  }
});

test("a resident's own cases come from an index", async () => {
  const { whole, vain } = await looked(selectOwnCases(desk.cases.database, "4711", { size }));
  expect(whole).toBe(0);
  expect(vain).toBe(0);
});
