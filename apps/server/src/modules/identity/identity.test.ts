import type { FastifyInstance } from "fastify";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { compose } from "../../http/compose.ts";
import type { Database } from "../../store/database.ts";
import { embeddedDatabase } from "../../testing/test-database.ts";
import { type Identity, openIdentity } from "./identity.ts";
import { requireStrong } from "./pass-phrase.ts";

let database: Database;
let closeDatabase: () => Promise<void>;
let identity: Identity;
let app: FastifyInstance;
let clock = Date.parse("2026-11-22T08:00:00Z");
const minutes = (count: number) => {
  clock += count * 60_000;
};

beforeAll(async () => {
  ({ database, close: closeDatabase } = await embeddedDatabase());
  identity = await openIdentity({
    database,
    now: () => new Date(clock),
    demo: { area: "cn-3199", person: "17" },
  });
  app = await compose({
    version: "0",
    logger: false,
    pages: undefined,
    requestsPerMinute: 100_000,
    guard: identity.guard,
    routes: identity.routes,
  });
});
afterAll(async () => {
  await app.close();
  await closeDatabase();
});
beforeEach(() => minutes(24 * 61));

const own = { "x-qingdan": "1", "sec-fetch-site": "same-origin", "accept-language": "en" };
const post = (url: string, payload: object = {}, headers: Record<string, string> = {}) =>
  app.inject({ method: "POST", url: `/api/identity/${url}`, payload, headers: { ...own, ...headers } });
const get = (url: string, cookie = "") =>
  app.inject({ url: `/api/identity/${url}`, headers: { ...own, ...(cookie && { cookie }) } });
const cookieOf = (answer: Awaited<ReturnType<typeof post>>): string => {
  const cookie = answer.cookies.find(({ name }) => name === "qingdan-session");
  return cookie ? `${cookie.name}=${cookie.value}` : "";
};
const demo = (login: string) => identity.demoAccounts.find((account) => account.login === login)!;
const signIn = async (login: string) => {
  const answer = await post("sign-in", { login, passPhrase: demo(login).passPhrase });
  expect({ login, status: answer.statusCode, body: answer.statusCode === 200 ? "" : answer.body }).toEqual({
    login,
    status: 200,
    body: "",
  });
  return cookieOf(answer);
};
const who = async (cookie: string) => (await get("me", cookie)).json().actor;

describe("signing in", () => {
  it("gives each demonstration account its role, and the resident a person", async () => {
    expect(await who(await signIn("clerk"))).toMatchObject({
      kind: "staff",
      roles: [{ role: "clerk", area: "cn-3199" }],
    });
    expect(await who(await signIn("resident"))).toMatchObject({ kind: "resident", roles: [], person: "17" });
  });

  it("sets a cookie that scripts cannot read and other sites cannot send", async () => {
    const answer = await post("sign-in", { login: "clerk", passPhrase: demo("clerk").passPhrase });
    expect(answer.cookies[0]).toMatchObject({ httpOnly: true, sameSite: "Strict", path: "/" });
  });

  it("stores neither token nor pass-phrase", async () => {
    const cookie = await signIn("clerk");
    const stored = JSON.stringify([
      await database.selectFrom("session").selectAll().execute(),
      await database.selectFrom("account").selectAll().execute(),
    ]);
    expect(stored).not.toContain(cookie.split("=")[1]);
    expect(stored).not.toContain(demo("clerk").passPhrase);
    expect(stored).toContain("$argon2id$v=19$m=19456,t=2,p=1$");
  });

  it("answers a wrong pass-phrase and a missing account alike", async () => {
    const wrong = await post("sign-in", { login: "clerk", passPhrase: "not the pass-phrase" });
    const missing = await post("sign-in", { login: "nobody-here", passPhrase: "not the pass-phrase" });
    expect([wrong.statusCode, wrong.json()]).toEqual([401, missing.json()]);
  });

  it("writes successes and failures into the log", async () => {
    await signIn("auditor");
    await post("sign-in", { login: "auditor", passPhrase: "wrong wrong wrong" });
    const lines = await database.selectFrom("audit_line").select("kind").orderBy("id", "desc").limit(2).execute();
    expect(lines.map(({ kind }) => kind).toSorted()).toEqual(["account.sign-in", "account.sign-in-failed"]);
  });
});

describe("sessions", () => {
  it("end when idle for half an hour", async () => {
    const cookie = await signIn("clerk");
    minutes(29);
    expect(await who(cookie)).not.toBeNull();
    // The token has turned; the old one is soon nobody's.
    minutes(32);
    expect(await who(cookie)).toBeNull();
  });

  it("turn their token, end after twelve hours however busy, and the old token dies", async () => {
    let cookie = await signIn("clerk");
    const first = cookie;
    let turns = 0;
    for (let step = 0; step < 35; step += 1) {
      minutes(20);
      const answer = await get("me", cookie);
      expect(answer.json().actor?.name).toBe("李敏");
      const turned = cookieOf(answer);
      if (turned && turned !== cookie) turns += 1;
      cookie = turned || cookie;
    }
    expect(turns).toBeGreaterThan(30);
    expect(await who(first)).toBeNull();
    expect(await who(cookie)).not.toBeNull();
    minutes(21);
    expect(await who(cookie)).toBeNull();
  });

  it("requests under way when the token turns are still answered", async () => {
    const cookie = await signIn("clerk");
    minutes(16);
    const [a, b] = [await get("me", cookie), await get("me", cookie)];
    expect([a.json().actor?.name, b.json().actor?.name]).toEqual(["李敏", "李敏"]);
  });

  it("end at sign-out, and elsewhere on demand", async () => {
    const [here, there] = [await signIn("clerk"), await signIn("clerk")];
    expect((await get("sessions", here)).json().sessions.length).toBeGreaterThanOrEqual(2);
    await app.inject({ method: "DELETE", url: "/api/identity/sessions", headers: { ...own, cookie: here } });
    expect(await who(there)).toBeNull();
    await post("sign-out", {}, { cookie: here });
    expect(await who(here)).toBeNull();
  });
});

describe("attacks", () => {
  it("session fixation: a token brought along is never taken over", async () => {
    const planted = "qingdan-session=planted-by-an-attacker-0123456789abcdef";
    const answer = await post("sign-in", { login: "clerk", passPhrase: demo("clerk").passPhrase }, { cookie: planted });
    expect(cookieOf(answer)).not.toBe(planted);
    expect(await who(planted)).toBeNull();
    const before = cookieOf(answer);
    const again = await post(
      "sign-in",
      { login: "resident", passPhrase: demo("resident").passPhrase },
      { cookie: before },
    );
    expect(await who(before)).toBeNull();
    expect(await who(cookieOf(again))).toMatchObject({ kind: "resident" });
  });

  it.each([
    ["from another site", { "sec-fetch-site": "cross-site" }],
    ["from a neighbouring subdomain", { "sec-fetch-site": "same-site" }],
    ["from another origin", { origin: "https://evil.example" }],
    ["from a sandboxed frame", { origin: "null" }],
    ["by a plain form, without the header", { "x-qingdan": "" }],
  ])("CSRF: a request %s is refused", async (_, headers) => {
    const cookie = await signIn("clerk");
    const answer = await app.inject({
      method: "DELETE",
      url: "/api/identity/sessions",
      headers: { ...own, cookie, ...headers },
    });
    expect([answer.statusCode, answer.json().code]).toEqual([403, "AUTH-FOREIGN-REQUEST"]);
    expect(await who(cookie)).not.toBeNull();
    const login = await post("sign-in", { login: "clerk", passPhrase: demo("clerk").passPhrase }, headers);
    expect(login.json().code).toBe("AUTH-FOREIGN-REQUEST");
  });

  it("guessing: after five wrong attempts each further one doubles the wait, right or wrong", async () => {
    const attempt = (passPhrase: string) => post("sign-in", { login: "planner", passPhrase }, {});
    for (let count = 0; count < 5; count += 1) expect((await attempt("wrong wrong")).statusCode).toBe(401);
    const locked = await attempt(demo("planner").passPhrase);
    expect([locked.statusCode, locked.json().code]).toEqual([429, "AUTH-LOCKED"]);
    expect(locked.json().detail).toContain("30 seconds");
    minutes(0.51);
    expect((await attempt("wrong again")).statusCode).toBe(401);
    minutes(0.51);
    expect((await attempt(demo("planner").passPhrase)).statusCode).toBe(429);
    minutes(0.6);
    expect((await attempt(demo("planner").passPhrase)).statusCode).toBe(200);
    expect((await attempt("wrong once")).statusCode).toBe(401);
    expect((await attempt(demo("planner").passPhrase)).statusCode).toBe(200);
  });

  it.each([
    ["kind", { kind: "staff" }],
    ["roles", { roles: [{ role: "administrator", area: "cn" }] }],
    ["person", { person: "17" }],
    ["id", { id: "a-clerk" }],
    ["demo", { demo: true }],
  ])("mass assignment: %s in a registration is refused and makes nothing", async (name, more) => {
    const login = `mallory-${name}`;
    const answer = await post("register", { login, name: "Mallory", passPhrase: "copper lantern sparrow", ...more });
    expect([answer.statusCode, answer.json().code]).toEqual([400, "API-REQUEST-INVALID"]);
    expect(await database.selectFrom("account").where("login", "=", login).selectAll().execute()).toEqual([]);
  });

  it("ids guessed: staff accounts and roles are for administrators, also by those who know the id", async () => {
    const clerk = await database
      .selectFrom("account")
      .select("id")
      .where("login", "=", "clerk")
      .executeTakeFirstOrThrow();
    for (const login of ["resident", "clerk", "auditor", "keeper"]) {
      const cookie = await signIn(login);
      const send = (method: "PUT" | "DELETE" | "POST", url: string, payload?: object) =>
        app.inject({ method, url: `/api/identity/accounts${url}`, payload, headers: { ...own, cookie } });
      const roles = { roles: [{ role: "administrator", area: "cn" }] };
      const answers = await Promise.all([
        send("PUT", `/${clerk.id}/roles`, roles),
        send("DELETE", `/${clerk.id}`),
        send("POST", "", { login: "backdoor", name: "B", passPhrase: "copper lantern sparrow", ...roles }),
      ]);
      expect(answers.map(({ statusCode }) => statusCode)).toEqual([403, 403, 403]);
    }
    expect(
      (await app.inject({ method: "DELETE", url: `/api/identity/accounts/${clerk.id}`, headers: own })).statusCode,
    ).toBe(401);
    expect(await who(await signIn("clerk"))).toMatchObject({ roles: [{ role: "clerk" }] });
  });
});

describe("accounts", () => {
  it("an administrator makes and ends staff accounts of their area, and nobody else's", async () => {
    const passPhrase = "velvet orchid harbour ladder";
    const { createAccounts } = await import("./accounts.ts");
    const { hashPassPhrase } = await import("./pass-phrase.ts");
    const accounts = createAccounts({ database, now: () => new Date(clock), newId: () => "a-admin" });
    const roles = [{ role: "administrator", area: "cn-3199" }];
    await accounts.create({
      login: "admin",
      kind: "staff",
      name: "Admin",
      secret: await hashPassPhrase(passPhrase),
      roles,
    });
    const cookie = cookieOf(await post("sign-in", { login: "admin", passPhrase }));
    const make = (area: string) =>
      app.inject({
        method: "POST",
        url: "/api/identity/accounts",
        payload: { login: "newclerk", name: "New", passPhrase, roles: [{ role: "clerk", area }] },
        headers: { ...own, cookie },
      });
    expect((await make("cn-31")).statusCode).toBe(403);
    const made = await make("cn-319901");
    expect(made.statusCode).toBe(201);
    expect((await make("cn-319901")).json().code).toBe("AUTH-ACCOUNT-TAKEN");
    const clerk = cookieOf(await post("sign-in", { login: "newclerk", passPhrase }));
    expect(await who(clerk)).toMatchObject({ roles: [{ role: "clerk", area: "cn-319901" }] });
    await app.inject({
      method: "DELETE",
      url: `/api/identity/accounts/${made.json().id}`,
      headers: { ...own, cookie },
    });
    expect(await who(clerk)).toBeNull();
    const self = await app.inject({
      method: "PUT",
      url: "/api/identity/accounts/a-admin/roles",
      payload: { roles: [{ role: "finance-officer", area: "cn-3199" }] },
      headers: { ...own, cookie },
    });
    expect(self.statusCode).toBe(403);
  });

  it("a new pass-phrase needs the current one and ends the other sessions", async () => {
    const passPhrase = "marble kettle swallow rain";
    const first = cookieOf(await post("register", { login: "li.hua", name: "李华", passPhrase }));
    const second = cookieOf(await post("sign-in", { login: "LI.HUA", passPhrase }));
    const change = (current: string) =>
      app.inject({
        method: "PUT",
        url: "/api/identity/pass-phrase",
        payload: { current, next: "ginger temple cotton bridge" },
        headers: { ...own, cookie: first },
      });
    expect((await change("wrong")).statusCode).toBe(401);
    expect((await change(passPhrase)).statusCode).toBe(204);
    expect(await who(second)).toBeNull();
    expect(await who(first)).not.toBeNull();
    expect((await post("sign-in", { login: "li.hua", passPhrase })).statusCode).toBe(401);
  });
});

describe("looks", () => {
  it("are shown to the person, with who, for what and which facts, and to nobody else", async () => {
    const resident = await signIn("resident");
    const clerk = { id: "a-clerk", kind: "staff", name: "李敏", roles: [] } as const;
    await identity.looks.record({
      person: "17",
      actor: clerk,
      address: "::1",
      item: "x.y",
      case: "c-1",
      facts: ["birthDate", "sex"],
    });
    await identity.looks.record({ person: "18", actor: clerk, address: "::1", item: "x.y" });
    const page = (await get("looks", resident)).json();
    expect(page.looks).toMatchObject([
      { by: "李敏", own: false, item: "x.y", case: "c-1", facts: ["birthDate", "sex"] },
    ]);
    expect((await get("looks")).statusCode).toBe(401);
    const other = cookieOf(
      await post("register", { login: "other", name: "Other", passPhrase: "willow tiger copper stone" }),
    );
    expect((await get("looks", other)).json().looks).toEqual([]);
  });
});

describe("pass-phrases", () => {
  it.each(["copper lantern sparrow", "两只黄鹂鸣翠柳", "tR8#kq!2Zp0vLw"])("%s is strong", (passPhrase) => {
    expect(() => requireStrong(passPhrase, ["li.hua", "李华"])).not.toThrow();
  });
  it.each([
    "short",
    "12345678901234567890",
    "aaaaaaaaaaaaaaaaaaaa",
    "passwordpassword1234",
    "li.hua.li.hua.li.hua",
    "qwertyuiopasdfghjkl",
    "abcabcabcabcabcabc",
    "x".repeat(200),
  ])("%s is refused", (passPhrase) => {
    expect(() => requireStrong(passPhrase, ["li.hua", "李华"])).toThrow(/AUTH-PASS-PHRASE-WEAK/);
  });
});
