import type { AuthenticationResponseJSON } from "@simplewebauthn/server";
import type { FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import type { Routes } from "../../http/compose.ts";
import { Problem } from "../../problem.ts";
import type { Actor } from "./actor.ts";
import { tokenOf } from "./guard.ts";
import { demoAccount, meView, passkeyOffer, passkeySignIn, registerRequest, signedIn, signInRequest } from "./model.ts";
import { type IdentityParts, originOf } from "./parts.ts";
import { hashPassPhrase, passPhraseFits, requireStrong } from "./pass-phrase.ts";
import { presentActor } from "./present.ts";

const tags = ["identity"];
const stepCookie = "qingdan-step";

/** An address of this site, and nothing that a browser would take for another. */
const ownPath = z
  .string()
  .max(300)
  .regex(/^\/(?![/\\])[^\\\s]*$/)
  .default("/my");

/** Signing in, by pass-phrase, passkey or identity provider, and out. */
export function signInRoutes(parts: IdentityParts): Routes {
  const { accounts, sessions, cookies, lockOut, passkeys, oidc, appender, demoAccounts, now } = parts;

  /** Starts a session with a token of its own; the one the client came with ends. */
  const enter = async (request: FastifyRequest, reply: FastifyReply, account: string, way: string): Promise<Actor> => {
    const actor = await accounts.actor(account);
    if (!actor) throw wrong();
    const before = tokenOf(request);
    if (before !== undefined) await sessions.end(before);
    const { ip: address } = request;
    cookies.set(reply, await sessions.start(account, { address, agent: request.headers["user-agent"] ?? "" }));
    await appender.add({
      kind: "account.sign-in",
      subject: `account:${account}`,
      body: { way },
      at: now(),
      by: account,
    });
    return actor;
  };

  return (api) => {
    api.get("/identity/me", { schema: { tags, response: { 200: meView } } }, ({ actor }) => ({
      actor: actor ? presentActor(actor) : null,
      provider: oidc !== undefined,
      demo: demoAccounts.length > 0,
    }));

    api.get(
      "/identity/demo",
      { schema: { tags, response: { 200: z.object({ accounts: z.array(demoAccount) }) } } },
      () => ({
        accounts: [...demoAccounts],
      }),
    );

    api.post(
      "/identity/sign-in",
      { schema: { tags, body: signInRequest, response: { 200: signedIn } } },
      async (request, reply) => {
        const { login, passPhrase } = request.body;
        await lockOut.check(login, request.ip);
        const account = await accounts.byLogin(login);
        if (!(await passPhraseFits(account?.secret ?? undefined, passPhrase)) || !account) {
          await lockOut.failed(login, request.ip);
          if (account) {
            const subject = `account:${account.id}`;
            await appender.add({
              kind: "account.sign-in-failed",
              subject,
              body: { address: request.ip },
              at: now(),
              by: "visitor",
            });
          }
          throw wrong();
        }
        await lockOut.succeeded(login);
        return { actor: presentActor(await enter(request, reply, account.id, "pass-phrase")) };
      },
    );

    api.post(
      "/identity/register",
      { schema: { tags, body: registerRequest, response: { 201: signedIn } } },
      async (request, reply) => {
        const { login, name, passPhrase } = request.body;
        requireStrong(passPhrase, [login, name]);
        const account = await accounts.create({
          login,
          kind: "resident",
          name,
          secret: await hashPassPhrase(passPhrase),
        });
        const actor = await enter(request, reply, account.id, "register");
        return reply.code(201).send({ actor: presentActor(actor) });
      },
    );

    api.post("/identity/sign-out", { schema: { tags } }, async (request, reply) => {
      const token = tokenOf(request);
      if (token !== undefined) await sessions.end(token);
      cookies.clear(reply);
      return reply.code(204).send();
    });

    api.post("/identity/passkeys/ask", { schema: { tags, response: { 200: passkeyOffer } } }, (request) =>
      passkeys.ask(originOf(parts, request)),
    );

    api.post(
      "/identity/passkeys/sign-in",
      { schema: { tags, body: passkeySignIn, response: { 200: signedIn } } },
      async (request, reply) => {
        const { step, response } = request.body;
        // The library reads and checks the inside of the browser's answer.
        const answer = response as unknown as AuthenticationResponseJSON;
        const account = await passkeys.check(step, answer, originOf(parts, request));
        return { actor: presentActor(await enter(request, reply, account, "passkey")) };
      },
    );

    if (!oidc) return;
    const callback = (request: FastifyRequest) => `${originOf(parts, request)}/api/identity/provider/answer`;

    api.get(
      "/identity/provider",
      { schema: { tags, querystring: z.object({ goal: ownPath }) } },
      async (request, reply) => {
        const { address, step } = await oidc.begin(callback(request), request.query.goal);
        // Lax: the provider's answer is a navigation from another site, and this cookie has to come along.
        const secure = request.protocol === "https" || parts.origin?.startsWith("https:") === true;
        reply.setCookie(stepCookie, step, {
          path: "/api/identity/provider",
          httpOnly: true,
          sameSite: "lax",
          secure,
          maxAge: 300,
        });
        return reply.redirect(address);
      },
    );

    api.get("/identity/provider/answer", { schema: { tags, hide: true } }, async (request, reply) => {
      const answered = new URL(request.url, originOf(parts, request));
      const { issuer, subject, name, goal } = await oidc.finish(request.cookies[stepCookie], answered);
      reply.clearCookie(stepCookie, { path: "/api/identity/provider" });
      const known = await accounts.byIdentity(issuer, subject);
      const account =
        known ??
        (await accounts.create({ login: `oidc-${crypto.randomUUID()}`, kind: "resident", name: name ?? subject }));
      if (!known) await accounts.link(account.id, issuer, subject);
      await enter(request, reply, account.id, "provider");
      return reply.redirect(goal);
    });
  };
}

const wrong = () =>
  new Problem("AUTH-WRONG", { zh: "请再看看账号和口令", en: "Check the account and the pass-phrase" });
