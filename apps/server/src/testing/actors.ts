import type { FastifyInstance } from "fastify";
import type { Actor } from "../modules/identity/index.ts";

/** Actors for tests; the areas are those of the demo city. */
export const testActors = {
  resident: { id: "a-resident", kind: "resident", name: "居民 Resident", roles: [], person: "1" },
  neighbour: { id: "a-neighbour", kind: "resident", name: "邻居 Neighbour", roles: [], person: "2" },
  clerk: staff("clerk", "cn-3199"),
  secondClerk: staff("clerk", "cn-3199", "a-clerk-2"),
  checker: staff("checker", "cn-3199"),
  financeOfficer: staff("finance-officer", "cn-3199"),
  secondFinanceOfficer: staff("finance-officer", "cn-3199", "a-finance-officer-2"),
  planner: staff("planner", "cn-3199"),
  listKeeper: staff("list-keeper", "cn-3199"),
  auditor: staff("auditor", "cn-3199"),
  administrator: staff("administrator", "cn-3199"),
} as const satisfies Record<string, Actor>;

function staff(role: string, area: string, id = `a-${role}`): Actor {
  return { id, kind: "staff", name: id, roles: [{ role, area }] };
}

/** A guard for `compose`: the header `x-test-actor` names one of the actors. */
export const guardAs =
  (actors: Readonly<Record<string, Actor>>) =>
  (app: FastifyInstance): void => {
    app.decorateRequest("actor", undefined);
    app.addHook("onRequest", async (request) => {
      request.actor = actors[String(request.headers["x-test-actor"])];
    });
  };
