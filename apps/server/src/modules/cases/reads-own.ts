import type { Actor } from "../identity/index.ts";

/** Nobody writes down that people read what is theirs; a helper reads what is somebody else's. */
export const readsOwn = (actor: Actor | undefined, person: string): boolean =>
  actor !== undefined && !actor.actingFor && person === (actor.person ?? actor.id);
