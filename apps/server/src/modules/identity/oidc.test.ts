import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { FastifyInstance } from "fastify";
import Provider from "oidc-provider";
import { afterAll, beforeAll, expect, it } from "vitest";
import { compose } from "../../http/compose.ts";
import type { Database } from "../../store/database.ts";
import { embeddedDatabase } from "../../testing/test-database.ts";
import { openIdentity } from "./identity.ts";

/** A real identity provider, whose person is always the same and always agrees. */
const startProvider = async (callback: string): Promise<{ issuer: string; server: Server }> => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const provider = new Provider(issuer, {
    clients: [{ client_id: "qingdan", client_secret: "a secret of the test", redirect_uris: [callback] }],
    claims: { openid: ["sub"], profile: ["name"] },
    conformIdTokenClaims: false,
    findAccount: (_, accountId) => ({ accountId, claims: () => ({ sub: accountId, name: "林青" }) }),
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_, { uid }) => `/agree/${uid}` },
    loadExistingGrant: async (context) => {
      const { oidc } = context;
      const grant = new oidc.provider.Grant({ clientId: "qingdan", accountId: oidc.session!.accountId! });
      grant.addOIDCScope("openid profile");
      await grant.save();
      return grant;
    },
  });
  const answer = provider.callback();
  server.on("request", (request, response) => {
    if (request.url?.startsWith("/agree/")) {
      void provider.interactionFinished(request, response, { login: { accountId: "person-42" } });
    } else void answer(request, response);
  });
  return { issuer, server };
};

const site = "http://127.0.0.1:4999";
let database: Database;
let closeDatabase: () => Promise<void>;
let app: FastifyInstance;
let server: Server;
let clock = Date.parse("2026-11-22T08:00:00Z");

beforeAll(async () => {
  ({ database, close: closeDatabase } = await embeddedDatabase());
  const started = await startProvider(`${site}/api/identity/provider/answer`);
  server = started.server;
  const identity = await openIdentity({
    database,
    now: () => new Date(clock),
    origin: site,
    provider: { issuer: started.issuer, clientId: "qingdan", clientSecret: "a secret of the test" },
  });
  app = await compose({
    version: "0",
    logger: false,
    pages: undefined,
    requestsPerMinute: 10_000,
    guard: identity.guard,
    routes: identity.routes,
  });
});
afterAll(async () => {
  await app.close();
  server.close();
  await closeDatabase();
});

const begin = async (goal?: string) => {
  const started = await app.inject(`/api/identity/provider${goal ? `?goal=${encodeURIComponent(goal)}` : ""}`);
  return { status: started.statusCode, address: String(started.headers.location), step: started.cookies[0] };
};

/** Follows the provider's redirects as a browser does, until it sends back to the site. */
const walkProvider = async (address: string): Promise<string> => {
  const jar = new Map<string, string>();
  for (let next = address; ; ) {
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join("; ");
    const answer = await fetch(next, { redirect: "manual", headers: { cookie } });
    for (const line of answer.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line)!;
      jar.set(name!, value!);
    }
    const location = answer.headers.get("location");
    if (!location) throw new Error(`The provider stopped with ${answer.status}: ${await answer.text()}`);
    next = new URL(location, next).href;
    if (next.startsWith(site)) return next.slice(site.length);
  }
};
const finish = (url: string, step?: string) =>
  app.inject({ url, headers: step ? { cookie: `qingdan-step=${step}` } : {} });

it("a person known to a real provider is signed in, and is the same the next time", async () => {
  const first = await begin("/my/cases");
  expect(first.step).toMatchObject({ httpOnly: true, sameSite: "Lax" });
  expect(first.address).toContain("code_challenge_method=S256");
  const answer = await finish(await walkProvider(first.address), first.step!.value);
  expect([answer.statusCode, answer.headers.location]).toEqual([302, "/my/cases"]);
  const session = answer.cookies.find(({ name }) => name === "qingdan-session")!;
  const me = await app.inject({ url: "/api/identity/me", headers: { cookie: `qingdan-session=${session.value}` } });
  expect(me.json().actor).toMatchObject({ kind: "resident", roles: [], person: null });
  const second = await begin();
  await finish(await walkProvider(second.address), second.step!.value);
  expect(await database.selectFrom("account").selectAll().execute()).toHaveLength(1);
  expect(await database.selectFrom("account_identity").select("subject").execute()).toEqual([{ subject: "person-42" }]);
});

it("an answer without its step, used twice, too late, of another trip or forged is refused", async () => {
  const refused = async (answer: Promise<Awaited<ReturnType<typeof finish>>>) => {
    const { statusCode, cookies } = await answer;
    expect([statusCode, cookies.some(({ name, value }) => name === "qingdan-session" && value)]).toEqual([400, false]);
  };
  const trip = await begin();
  const url = await walkProvider(trip.address);
  await refused(finish(url));
  expect((await finish(url, trip.step!.value)).statusCode).toBe(302);
  await refused(finish(url, trip.step!.value));
  const other = await begin();
  await refused(finish(url, other.step!.value));
  const late = await begin();
  const lateUrl = await walkProvider(late.address);
  clock += 6 * 60_000;
  await refused(finish(lateUrl, late.step!.value));
  const forged = await begin();
  await refused(finish("/api/identity/provider/answer?code=guess&state=guess", forged.step!.value));
});

it.each(["//evil.example", "/\\evil.example", "https://evil.example", "javascript:alert(1)", "/a b"])(
  "open redirect: %s is no place to go",
  async (goal) => {
    expect((await begin(goal)).status).toBe(400);
  },
);
