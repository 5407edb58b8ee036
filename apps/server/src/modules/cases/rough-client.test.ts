import { afterAll, beforeAll, expect, test } from "vitest";
import { application, type CaseDesk, caseDesk } from "../../testing/case-desk.ts";

/** QINGDAN_CLIENT_RUNS=10000 is the long run. */
const runs = Number(process.env.QINGDAN_CLIENT_RUNS ?? 40);
let desk: CaseDesk;
beforeAll(async () => {
  desk = await caseDesk();
}, 120_000);
afterAll(() => desk.close());

/** A seeded stream of numbers from 0 (included) to 1 (not included): mulberry32. */
function numbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

interface Request {
  readonly key: string;
  readonly url: string;
  readonly body: unknown;
}

/**
 * What a phone on a bad line does: it opens a case and leaves three notes, each under a key of its own. A request is cut (the
 * server did it, the answer is lost, and it is sent again), repeated, or overtaken by a later one (which is refused and tried again).
 */
async function roughRun(seed: number) {
  const random = numbers(seed);
  const send = async ({ key, url, body }: Request) => desk.ask("clerk", "POST", url, body, key);
  const open: Request = { key: `${seed}-open`, url: "/cases", body: { ...application(), channel: "window" } };
  let id = "";
  while (id === "") {
    const answer = await send(open);
    if (random() < 0.4) continue;
    expect(answer.status, answer.text).toBe(201);
    id = String(answer.json.id);
  }
  const note = (seq: number): Request => ({
    key: `${seed}-${seq}`,
    url: `/cases/${id}/actions`,
    body: { seq, channel: "window", action: { kind: "note", text: `${seed} ${seq}` } },
  });
  const waiting = [1, 2, 3].map(note);
  for (let tries = 0; waiting.length > 0; tries += 1) {
    expect(tries, `run ${seed} is stuck`).toBeLessThan(200);
    const at = random() < 0.3 ? Math.floor(random() * waiting.length) : 0;
    const request = waiting[at] as Request;
    const answer = await send(request);
    const cut = random() < 0.3;
    if (answer.status === 200 && !cut) waiting.splice(at, 1);
    else if (answer.status !== 200) expect(answer.json.code).toBe("CASE-CONFLICT");
    if (random() < 0.2) await send(request);
  }
  return id;
}

test("a client that is cut, repeats and reorders loses nothing, doubles nothing and is never stuck", async () => {
  for (let seed = 1; seed <= runs; seed += 1) {
    const id = await roughRun(seed);
    const rows = await desk.cases.database
      .selectFrom("case_action")
      .select(["seq", "kind", "body"])
      .where("case_id", "=", id)
      .orderBy("seq")
      .execute();
    const texts = rows.slice(1).map(({ body }) => (body as { text: string }).text);
    expect(texts).toEqual([`${seed} 1`, `${seed} 2`, `${seed} 3`]);
  }
  const cases = await desk.cases.database.selectFrom("case_view").select("id").execute();
  expect(cases).toHaveLength(runs);
}, 3_600_000);
