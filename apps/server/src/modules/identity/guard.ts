import cookie from "@fastify/cookie";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { Problem } from "../../problem.ts";
import type { Actor } from "./actor.ts";
import type { Mandates } from "./mandates.ts";
import type { Sessions } from "./sessions.ts";

declare module "fastify" {
  interface FastifyRequest {
    /** Who is signed in; undefined for a visitor. */
    actor: Actor | undefined;
  }
}

/** Names the authorisation by which the one who asks acts for somebody else in this request. */
const actsForHeader = "x-qingdan-for";

export const sessionCookie = "qingdan-session";

/** Sets and clears the session's cookie. It goes to this site only and never to scripts; over TLS only where the site is. */
export interface SessionCookies {
  set(reply: FastifyReply, token: string): void;
  clear(reply: FastifyReply): void;
}

export const sessionCookies = (secure: boolean): SessionCookies => ({
  set: (reply, token) => {
    reply.setCookie(sessionCookie, token, { path: "/", httpOnly: true, sameSite: "strict", secure });
  },
  clear: (reply) => {
    reply.clearCookie(sessionCookie, { path: "/" });
  },
});

export const tokenOf = (request: FastifyRequest): string | undefined => request.cookies[sessionCookie];

const harmless = new Set(["GET", "HEAD", "OPTIONS"]);

/**
 * A request that changes something and bears the session must come from a page of this site: browsers say so in
 * Sec-Fetch-Site or Origin, and the page's own header cannot be set from elsewhere without asking first.
 */
function requireOwnPage(request: FastifyRequest): void {
  if (harmless.has(request.method)) return;
  const signsIn = request.url.startsWith("/api/identity/");
  if (tokenOf(request) === undefined && !signsIn) return;
  const site = request.headers["sec-fetch-site"];
  const { origin } = request.headers;
  const own =
    (site === undefined || site === "same-origin") &&
    (origin === undefined || origin.replace(/^https?:\/\//, "") === request.host) &&
    request.headers["x-qingdan"] === "1";
  if (own) return;
  throw new Problem("AUTH-FOREIGN-REQUEST", {
    zh: "请在本站的页面上操作；程序调用须带 x-qingdan: 1",
    en: "Use the pages of this site; a program sends the header x-qingdan: 1",
  });
}

/** Says who asks, before any route. */
export const sessionGuard =
  (sessions: Sessions, cookies: SessionCookies, mandates: Mandates) =>
  async (app: FastifyInstance): Promise<void> => {
    await app.register(cookie);
    app.decorateRequest("actor", undefined);
    app.addHook("onRequest", async (request, reply) => {
      if (!request.url.startsWith("/api/")) return;
      requireOwnPage(request);
      const token = tokenOf(request);
      if (token === undefined) return;
      const session = await sessions.find(token);
      if (!session) return cookies.clear(reply);
      const acts = request.headers[actsForHeader];
      request.actor = typeof acts === "string" ? await mandates.actor(session.actor, acts) : session.actor;
      if (session.turned !== undefined) cookies.set(reply, session.turned);
    });
  };
