import type { RegistrationResponseJSON } from "@simplewebauthn/server";
import { z } from "zod";
import type { Routes } from "../../http/compose.ts";
import { Problem } from "../../problem.ts";
import { authorise } from "./authorise.ts";
import { tokenOf } from "./guard.ts";
import {
  accountsPage,
  accountsQuery,
  accountView,
  looksPage,
  looksQuery,
  passkeyOffer,
  passkeyRequest,
  passkeysView,
  passPhraseRequest,
  rolesRequest,
  sessionsView,
  staffAccount,
} from "./model.ts";
import { type IdentityParts, originOf, requireActor } from "./parts.ts";
import { hashPassPhrase, passPhraseFits, requireStrong } from "./pass-phrase.ts";
import { presentAccount, presentLooks } from "./present.ts";

const tags = ["identity"];
const byId = z.object({ id: z.string().max(1400) });

/** One's own account, who looked at one's data, and the accounts of staff. */
export function accountRoutes(parts: IdentityParts): Routes {
  const { accounts, sessions, passkeys, looks, appender, lockOut, now } = parts;
  const note = (kind: string, account: string, body: unknown, by: string) =>
    appender.add({ kind, subject: `account:${account}`, body, at: now(), by });

  return (api) => {
    api.put("/identity/pass-phrase", { schema: { tags, body: passPhraseRequest } }, async (request, reply) => {
      const actor = requireActor(request);
      const account = (await accounts.byId(actor.id))!;
      const { current = "", next } = request.body;
      await lockOut.check(account.login, request.ip);
      if (account.secret !== null && !(await passPhraseFits(account.secret, current))) {
        await lockOut.failed(account.login, request.ip);
        throw new Problem("AUTH-WRONG", { zh: "现在的口令不对", en: "The current pass-phrase is wrong" });
      }
      requireStrong(next, [account.login, account.name]);
      await accounts.setSecret(account.id, await hashPassPhrase(next));
      await sessions.endAll(account.id, tokenOf(request));
      await note("account.pass-phrase", account.id, {}, account.id);
      return reply.code(204).send();
    });

    api.get("/identity/sessions", { schema: { tags, response: { 200: sessionsView } } }, async (request) => {
      const found = await sessions.of(requireActor(request).id, tokenOf(request) ?? "");
      return {
        sessions: found.map(({ createdAt, seenAt, ...session }) => ({
          ...session,
          createdAt: createdAt.toISOString(),
          seenAt: seenAt.toISOString(),
        })),
      };
    });

    api.delete("/identity/sessions", { schema: { tags } }, async (request, reply) => {
      await sessions.endAll(requireActor(request).id, tokenOf(request));
      return reply.code(204).send();
    });

    api.get("/identity/passkeys", { schema: { tags, response: { 200: passkeysView } } }, async (request) => {
      const found = await passkeys.of(requireActor(request).id);
      return { passkeys: found.map(({ id, name, createdAt }) => ({ id, name, createdAt: createdAt.toISOString() })) };
    });

    api.post("/identity/passkeys/offer", { schema: { tags, response: { 200: passkeyOffer } } }, async (request) => {
      const account = (await accounts.byId(requireActor(request).id))!;
      return passkeys.offer(account, originOf(parts, request));
    });

    api.post("/identity/passkeys", { schema: { tags, body: passkeyRequest } }, async (request, reply) => {
      const { id } = requireActor(request);
      const { step, name, response } = request.body;
      // The library reads and checks the inside of the browser's answer.
      await passkeys.add(id, name, step, response as unknown as RegistrationResponseJSON, originOf(parts, request));
      await note("account.passkey", id, { name }, id);
      return reply.code(204).send();
    });

    api.delete("/identity/passkeys/:id", { schema: { tags, params: byId } }, async (request, reply) => {
      const { id } = requireActor(request);
      await passkeys.remove(id, request.params.id);
      await note("account.passkey-removed", id, {}, id);
      return reply.code(204).send();
    });

    api.get(
      "/identity/looks",
      { schema: { tags, querystring: looksQuery, response: { 200: looksPage } } },
      async (request) => {
        const actor = requireActor(request);
        const { id, person } = actor;
        // Who looked at somebody is for themselves, not for their helper.
        if (actor.actingFor) authorise(actor, "person.look", { type: "person", owner: person });
        const { before, size } = request.query;
        return presentLooks(await looks.at(person ?? id, before, size), size, id);
      },
    );

    api.get(
      "/identity/accounts",
      { schema: { tags, querystring: accountsQuery, response: { 200: accountsPage } } },
      async ({ actor, query }) => {
        const area = areaOf(actor?.roles);
        authorise(actor, "account.read", { type: "account", area });
        const found = await accounts.staff(query.after, query.size);
        const views = await Promise.all(
          found.map(async (account) => presentAccount(account, await accounts.roles(account.id))),
        );
        return { accounts: views, next: found.length === query.size ? (found.at(-1)?.login ?? null) : null };
      },
    );

    api.post(
      "/identity/accounts",
      { schema: { tags, body: staffAccount, response: { 201: accountView } } },
      async ({ actor, body }, reply) => {
        for (const { area } of body.roles) authorise(actor, "account.manage", { type: "account", area });
        requireStrong(body.passPhrase, [body.login, body.name]);
        const { login, name, roles } = body;
        const secret = await hashPassPhrase(body.passPhrase);
        const account = await accounts.create({ login, kind: "staff", name, secret, roles });
        await note("account.create", account.id, { login, roles }, actor?.id ?? "");
        return reply.code(201).send(presentAccount(account, roles));
      },
    );

    api.put(
      "/identity/accounts/:id/roles",
      { schema: { tags, params: byId, body: rolesRequest } },
      async ({ actor, params, body }, reply) => {
        const before = await accounts.roles(params.id);
        for (const { area } of [...before, ...body.roles]) {
          authorise(actor, "account.manage", { type: "account", area, owner: params.id });
        }
        if (before.length + body.roles.length === 0)
          authorise(actor, "account.manage", { type: "account", owner: params.id });
        await accounts.setRoles(params.id, body.roles);
        // What somebody may do has changed: they sign in again.
        await sessions.endAll(params.id);
        await note("account.roles", params.id, { before, after: body.roles }, actor?.id ?? "");
        return reply.code(204).send();
      },
    );

    api.delete("/identity/accounts/:id", { schema: { tags, params: byId } }, async ({ actor, params }, reply) => {
      const held = await accounts.roles(params.id);
      if (held.length === 0) authorise(actor, "account.manage", { type: "account", owner: params.id });
      for (const { area } of held) authorise(actor, "account.manage", { type: "account", area, owner: params.id });
      await accounts.disable(params.id);
      await sessions.endAll(params.id);
      await note("account.disable", params.id, {}, actor?.id ?? "");
      return reply.code(204).send();
    });
  };
}

/** The widest area in which somebody holds a role: the shortest code. */
function areaOf(roles: readonly { readonly area: string }[] = []): string | undefined {
  return roles.map(({ area }) => area).toSorted((a, b) => a.length - b.length)[0];
}
