import { shanghaiDay } from "@qingdan/clock";
import { z } from "zod";
import type { Routes } from "../../http/compose.ts";
import { Problem } from "../../problem.ts";
import type { Database } from "../../store/database.ts";
import { accountNames } from "./accounts.ts";
import type { Actor } from "./actor.ts";
import { authorise } from "./authorise.ts";
import type { Looks } from "./looks.ts";
import { type Mandate, type Mandates, stateOf } from "./mandates.ts";
import { mandateRequest, mandatesView, type mandateView, recordedMandate } from "./model.ts";
import { requireActor } from "./parts.ts";

const tags = ["identity"];
const byId = z.object({ id: z.string().max(64) });
const ofPerson = z.object({ person: z.string().min(1).max(120) });
const made = z.object({ id: z.string() });

interface MandateRoutesOptions {
  readonly mandates: Mandates;
  readonly database: Database;
  readonly looks: Looks;
  readonly now: () => Date;
}

/** Helpers with authorisation (代办、监护): given by the person, or written down at the window; taken back at any time. */
export function mandateRoutes({ mandates, database, looks, now }: MandateRoutesOptions): Routes {
  const presenting =
    (names: ReadonlyMap<string, string>) =>
    (mandate: Mandate): z.infer<typeof mandateView> => ({
      ...{ id: mandate.id, person: mandate.person, personName: mandate.person_name },
      helperName: names.get(mandate.helper) ?? mandate.helper,
      relation: mandate.relation,
      items: mandate.items.split(" "),
      disposes: mandate.disposes,
      evidence: mandate.evidence,
      until: mandate.until,
      state: stateOf(mandate, shanghaiDay(now())),
    });
  return (api) => {
    api.get("/identity/mandates", { schema: { tags, response: { 200: mandatesView } } }, async (request) => {
      const actor = requireActor(request);
      const person = actor.person ?? actor.id;
      authorise(actor, "person.authorise", { type: "person", owner: person });
      const [given, received] = await Promise.all([mandates.given(person), mandates.received(actor.id)]);
      const names = await accountNames(
        database,
        [...given, ...received].map(({ helper }) => helper),
      );
      const view = presenting(names);
      return { given: given.map(view), received: received.map(view) };
    });

    api.get(
      "/identity/mandates/of/:person",
      { schema: { tags, params: ofPerson, response: { 200: mandatesView.pick({ given: true }) } } },
      async (request) => {
        const actor = requireActor(request);
        const { person } = request.params;
        authoriseAtWindow(actor, person);
        const given = await mandates.given(person);
        await looks.record({ person, actor, address: request.ip });
        const names = await accountNames(
          database,
          given.map(({ helper }) => helper),
        );
        return { given: given.map(presenting(names)) };
      },
    );

    api.post(
      "/identity/mandates",
      { schema: { tags, body: mandateRequest, response: { 201: made } } },
      async (request, reply) => {
        const actor = requireActor(request);
        const person = actor.person ?? actor.id;
        if (actor.kind !== "resident") throw notOwn();
        authorise(actor, "person.authorise", { type: "person", owner: person });
        // Given on one's own page, signed in: the line of the public log bears it out.
        const mandate = { ...request.body, person, personName: actor.name, evidence: "online" };
        return reply.code(201).send({ id: await mandates.give(actor, mandate) });
      },
    );

    api.post(
      "/identity/mandates/recorded",
      { schema: { tags, body: recordedMandate, response: { 201: made } } },
      async (request, reply) => {
        const actor = requireActor(request);
        authoriseAtWindow(actor, request.body.person);
        return reply.code(201).send({ id: await mandates.give(actor, request.body) });
      },
    );

    api.delete("/identity/mandates/:id", { schema: { tags, params: byId } }, async (request, reply) => {
      const actor = requireActor(request);
      const mandate = await mandates.one(request.params.id);
      if (!mandate) throw new Problem("AUTH-MANDATE-WRONG", { zh: "没有这项授权", en: "No such authorisation" });
      const area = actor.roles.find(({ role }) => role === "clerk")?.area;
      // The person takes it back, the helper lays it down, a clerk strikes out what was written at the window.
      if (mandate.helper !== actor.id || actor.actingFor)
        authorise(actor, "person.authorise", { type: "person", owner: mandate.person, ...(area && { area }) });
      await mandates.revoke(actor, mandate.id);
      return reply.code(204).send();
    });
  };
}

/** Clerks write down at the window who acts for whom. @throws {Problem} AUTH-NOT-PERMITTED */
function authoriseAtWindow(actor: Actor, person: string): void {
  if (actor.kind !== "staff") throw notOwn();
  const area = actor.roles.find(({ role }) => role === "clerk")?.area;
  authorise(actor, "person.authorise", { type: "person", owner: person, ...(area && { area }) });
}

const notOwn = () =>
  new Problem("AUTH-NOT-PERMITTED", {
    zh: "居民为自己授权；工作人员按材料登记",
    en: "Residents authorise for themselves; staff write down what papers say",
  });
