import type { Actor } from "./actor.ts";

declare module "fastify" {
  interface FastifyRequest {
    /** Who is signed in; undefined for a visitor. */
    actor: Actor | undefined;
  }
}
