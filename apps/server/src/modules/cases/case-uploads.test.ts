import { afterAll, beforeAll, expect, test } from "vitest";
import { type ActorName, application, type CaseDesk, caseDesk } from "../../testing/case-desk.ts";
import { formRoutes } from "./form-routes.ts";
import type { CasePage, CaseUploads } from "./model.ts";

let desk: CaseDesk;
let id = "";
beforeAll(async () => {
  desk = await caseDesk({ more: (cases) => [formRoutes(cases)] });
  id = String((await desk.ask("resident", "POST", "/cases", application())).json.id);
}, 120_000);
afterAll(() => desk.close());

const png = Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1, 2, 3]);

async function upload(actor: ActorName, paper: string, bytes = png, name = "户口簿.png") {
  const body = new FormData();
  body.set("paper", paper);
  body.set("file", new Blob([bytes.slice().buffer]), name);
  const request = new Request("http://x", { method: "POST", body });
  const answer = await desk.app.inject({
    method: "POST",
    url: `/api/cases/${id}/uploads`,
    headers: {
      "x-test-actor": actor,
      "content-type": String(request.headers.get("content-type")),
      "accept-language": "en",
    },
    payload: Buffer.from(await request.arrayBuffer()),
  });
  return { status: answer.statusCode, json: answer.json() as CaseUploads & { code?: string } };
}

test("a paper that is asked for is handed in to the case, and its supply names the file as evidence", async () => {
  expect((await upload("resident", "户口簿")).json.code).toBe("UPLOAD-UNKNOWN");
  const request = { kind: "request-supplement", papers: ["户口簿"], text: "缺户口簿" };
  const asked = await desk.ask("clerk", "POST", `/cases/${id}/actions`, { seq: 1, channel: "window", action: request });
  expect(asked.status, asked.text).toBe(200);
  const [first, again] = [await upload("resident", "户口簿"), await upload("resident", "户口簿")];
  expect(first.json.uploads, JSON.stringify(first.json)).toMatchObject([{ name: "户口簿.png", paper: "户口簿" }]);
  expect(again.json.uploads).toHaveLength(1);
  const [{ id: file } = { id: "" }] = first.json.uploads;
  const supplied = await desk.ask("resident", "POST", `/cases/${id}/actions`, {
    ...{ seq: 2, channel: "web", evidence: [{ kind: "upload", what: file }] },
    action: { kind: "supply", papers: ["户口簿"] },
  });
  const page = supplied.json as unknown as CasePage;
  expect(page.stage, supplied.text).toBe("received");
  expect(page.journal.at(-1)?.evidence).toEqual([{ kind: "upload", what: file }]);
  expect((await desk.ask("clerk", "GET", `/cases/${id}/uploads`)).json.uploads).toMatchObject([{ id: file }]);
  expect((await desk.ask("clerk", "GET", `/uploads/${file}`)).status).toBe(200);
  const looks = await desk.cases.database
    .selectFrom("person_look")
    .select(["person", "actor", "case"])
    .where("facts", "is", null)
    .execute();
  expect(looks).toEqual([{ person: "1", actor: "a-clerk", case: id }]);
});

test("nobody else hands in, lists or reads, and what was not asked for or is hostile is refused", async () => {
  for (const actor of ["neighbour", "auditor", "elsewhere"] as const)
    expect((await upload(actor, "户口簿")).status, actor).toBe(403);
  for (const actor of ["neighbour", "elsewhere"] as const) {
    expect((await desk.ask(actor, "GET", `/cases/${id}/uploads`)).status, actor).toBe(403);
    const { uploads } = (await desk.ask("resident", "GET", `/cases/${id}/uploads`)).json as unknown as CaseUploads;
    expect((await desk.ask(actor, "GET", `/uploads/${uploads[0]?.id}`)).status, actor).toBe(403);
  }
  const request = { kind: "request-supplement", papers: ["收入证明"], text: "缺收入证明" };
  await desk.ask("clerk", "POST", `/cases/${id}/actions`, { seq: 3, channel: "window", action: request });
  expect((await upload("resident", "户口簿")).json.code).toBe("UPLOAD-UNKNOWN");
  const html = new TextEncoder().encode("<script>alert(1)</script>");
  expect((await upload("resident", "收入证明", html)).json.code).toBe("UPLOAD-TYPE");
});
