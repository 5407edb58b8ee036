import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { application, type CaseDesk, caseDesk, seniorFacts } from "../../testing/case-desk.ts";

let desk: CaseDesk;
let id: string;
beforeAll(async () => {
  desk = await caseDesk();
  id = String((await desk.ask("resident", "POST", "/cases", application())).json.id);
}, 120_000);
afterAll(() => desk.close());

const paths = () => ["", "/explanation", "/letter", "/clocks/total/days"].map((tail) => `/cases/${id}${tail}`);

describe("attacks by name", () => {
  test("other people's cases: a neighbour and a clerk of another place read and do nothing", async () => {
    for (const url of paths()) {
      expect((await desk.ask("neighbour", "GET", url)).status, url).toBe(403);
      expect((await desk.ask("elsewhere", "GET", url)).status, url).toBe(403);
      expect((await desk.ask(null, "GET", url)).status, url).toBe(401);
    }
    const withdraw = { seq: 1, channel: "web", action: { kind: "withdraw", text: "x" } };
    expect((await desk.ask("neighbour", "POST", `/cases/${id}/actions`, withdraw)).status).toBe(403);
    expect(
      (await desk.ask("elsewhere", "POST", `/cases/${id}/actions`, { ...withdraw, channel: "window" })).status,
    ).toBe(403);
  });

  test("identifiers guessed: those beside a known one do not exist", async () => {
    for (const guess of [id.replace(/.$/, "0"), randomUUID(), "1", "..", "%2e%2e"]) {
      if (guess === id) continue;
      expect([404, 400]).toContain((await desk.ask("clerk", "GET", `/cases/${guess}`)).status);
    }
  });

  test("mass assignment: fields that nobody may set are refused, not ignored", async () => {
    for (const more of [
      { stage: "decided" },
      { assignee: "me" },
      { rulebookHash: "x" },
      { kind: "auto-grant" },
      { number: "1" },
    ]) {
      expect(
        (await desk.ask("resident", "POST", "/cases", { ...application(), ...more })).status,
        JSON.stringify(more),
      ).toBe(400);
    }
    const ruled = { kind: "decide", outcome: "grant", ruled: { rule: "entitled", fen: 1_000_000 } };
    expect(
      (await desk.ask("clerk", "POST", `/cases/${id}/actions`, { seq: 1, channel: "window", action: ruled })).status,
    ).toBe(400);
    expect(
      (await desk.ask("clerk", "POST", `/cases/${id}/actions`, { seq: 1, channel: "window", action: { kind: "open" } }))
        .status,
    ).toBe(400);
  });

  test("deciding for oneself: a resident does no clerk's deed, and nobody acts as the system", async () => {
    for (const kind of ["accept", "close", "release"]) {
      expect(
        (await desk.ask("resident", "POST", `/cases/${id}/actions`, { seq: 1, channel: "web", action: { kind } }))
          .status,
        kind,
      ).toBe(403);
    }
    const note = { seq: 1, channel: "system", action: { kind: "note", text: "x" } };
    expect((await desk.ask("clerk", "POST", `/cases/${id}/actions`, note)).json.code).toBe("CASE-DEED-WRONG");
    const helper = { seq: 1, channel: "helper", action: { kind: "note", text: "x" } };
    expect((await desk.ask("clerk", "POST", `/cases/${id}/actions`, helper)).json.code).toBe("CASE-MANDATE-MISSING");
    expect((await desk.ask("neighbour", "POST", "/cases", application())).status).toBe(403);
  });

  test("requests from elsewhere: without a key of its own, which no form of another site can send, nothing is changed", async () => {
    const bare = await desk.app.inject({
      method: "POST",
      url: "/api/cases",
      headers: { "x-test-actor": "resident", "accept-language": "en" },
      payload: application(),
    });
    expect(bare.json()).toMatchObject({ code: "CASE-KEY-MISSING" });
    const form = await desk.app.inject({
      method: "POST",
      url: "/api/cases",
      headers: { "x-test-actor": "resident", "content-type": "application/x-www-form-urlencoded" },
      payload: "item=x",
    });
    expect(form.statusCode).toBe(400);
  });

  test("SQL and FEEL injected: texts stay texts", async () => {
    const sql = "'; drop table case_action; --";
    const note = { seq: 1, channel: "window", action: { kind: "note", text: sql } };
    expect((await desk.ask("clerk", "POST", `/cases/${id}/actions`, note)).json).toMatchObject({ seq: 2 });
    for (const query of [
      `number=${encodeURIComponent(sql)}`,
      `item=${encodeURIComponent(sql)}`,
      `area=cn-3199&office=${encodeURIComponent(sql)}`,
    ]) {
      expect((await desk.ask("clerk", "GET", `/cases?${query}`)).json.cases, query).toEqual([]);
    }
    for (const after of [Buffer.from(`2026-01-01 ${sql}`).toString("base64url"), "%00", sql]) {
      expect((await desk.ask("clerk", "GET", `/cases?after=${encodeURIComponent(after)}`)).status, after).toBe(400);
    }
    const feel = application(seniorFacts('date("1900-01-01")'));
    expect((await desk.ask("resident", "POST", "/cases", feel)).json.code).toBe("CASE-FACTS-WRONG");
    expect((await desk.ask("clerk", "GET", `/cases/${id}`)).json).toMatchObject({ seq: 2 });
  });

  test("oversize and hostile bodies: too long, too many, too deep, of the prototype", async () => {
    const note = (text: string) => ({ seq: 2, channel: "window", action: { kind: "note", text } });
    expect((await desk.ask("clerk", "POST", `/cases/${id}/actions`, note("x".repeat(4001)))).status).toBe(400);
    expect(
      (await desk.ask("clerk", "POST", `/cases/${id}/actions`, note("x".repeat(2_000_000)))).status,
    ).toBeGreaterThanOrEqual(400);
    const polluted = JSON.parse(
      '{"seq":2,"channel":"window","action":{"kind":"note","text":"x"},"__proto__":{"admin":true}}',
    );
    expect((await desk.ask("clerk", "POST", `/cases/${id}/actions`, polluted)).status).not.toBe(500);
    expect(({} as { admin?: boolean }).admin).toBeUndefined();
  });
});
