import { countDays, shanghaiDay } from "@qingdan/clock";
import { z } from "zod";
import type { Routes } from "../../http/compose.ts";
import { authorise } from "../identity/index.ts";
import { actOnCase } from "./act-on-case.ts";
import { clocksOf } from "./case-clocks.ts";
import { refuse } from "./case-refusal.ts";
import { seenExplanation, sightOf } from "./fact-sight.ts";
import { presentGuide } from "./guide-view.ts";
import { guideView } from "./guide-view-model.ts";
import { reasonLetter } from "./letter.ts";
import {
  actionRequest,
  caseCard,
  casePage,
  casesPage,
  casesQuery,
  countedDays,
  letter,
  openRequest,
  papersSaved,
  queues,
  queuesPage,
} from "./model.ts";
import { openCase } from "./open-case.ts";
import { ownGuide } from "./own-guide.ts";
import { permitted } from "./permitted.ts";
import { presentCard, presentCase } from "./present.ts";
import { countQueue, papersOverForms, selectCases, selectOwnCases, writeCursor, writeOwnCursor } from "./queries.ts";
import { queueNames } from "./queue-names.ts";
import { type Opened, openCaseFor, readCase } from "./read-case.ts";
import { keyOf } from "./request-key.ts";
import { explainCase } from "./ruling.ts";
import type { Cases } from "./seams.ts";

const tags = ["cases"];
const byId = z.object({ id: z.string().max(64) });
const byClock = byId.extend({ clock: z.string().max(80) });
const ownQuery = z.object({
  after: z.string().max(200).optional(),
  size: z.coerce.number().int().min(1).max(100).default(20),
});

export function caseRoutes(cases: Cases): Routes {
  const today = () => shanghaiDay(cases.now());
  return (api) => {
    api.post("/cases", { schema: { tags, body: openRequest, response: { 201: caseCard } } }, async (request, reply) => {
      const { body } = request;
      const area = body.area ?? (await cases.list(body.list)).area;
      const resource = {
        type: "case" as const,
        area,
        owner: body.person,
        item: body.item,
        ...(body.office && { office: body.office }),
      };
      const actor = permitted(request.actor, "case.open", resource);
      const keyed = { actor: actor.id, key: keyOf(request.headers), asked: body, at: cases.now() };
      const view = await openCase(cases, actor, body, keyed);
      return reply.code(201).send(presentCard(await cases.list(view.list), view, today()));
    });

    api.get(
      "/cases",
      { schema: { tags, querystring: casesQuery, response: { 200: casesPage } } },
      async ({ query, actor }) => {
        const area = query.area ?? actor?.roles[0]?.area;
        const asker = permitted(actor, "case.list", {
          type: "case",
          ...(area && { area }),
          ...(query.office && { office: query.office }),
        });
        const areas = area === undefined ? undefined : await cases.areasBelow(area);
        const asking = { actor: asker.id, today: today() };
        const found = await selectCases(cases.database, query, asking, areas).execute();
        const shown = found.slice(0, query.size);
        const last = shown.at(-1);
        return {
          cases: await Promise.all(
            shown.map(async (view) => presentCard(await cases.list(view.list), view, asking.today)),
          ),
          after: found.length > query.size && last ? writeCursor(last) : null,
        };
      },
    );

    api.get(
      "/queues",
      { schema: { tags, querystring: z.object({ area: z.string().optional() }), response: { 200: queuesPage } } },
      async ({ query, actor }) => {
        const area = query.area ?? actor?.roles[0]?.area;
        const asker = permitted(actor, "case.list", { type: "case", ...(area && { area }) });
        const areas = area === undefined ? undefined : await cases.areasBelow(area);
        const asking = { actor: asker.id, today: today() };
        const counted = queues.map(async (code) => ({
          code,
          name: queueNames[code],
          ...(await countQueue(cases.database, code, asking, areas)),
        }));
        return { queues: await Promise.all(counted) };
      },
    );

    api.get(
      "/papers-saved",
      { schema: { tags, querystring: z.object({ area: z.string().optional() }), response: { 200: papersSaved } } },
      async ({ query, actor }) => {
        const area = query.area ?? actor?.roles[0]?.area;
        permitted(actor, "case.list", { type: "case", ...(area && { area }) });
        return papersOverForms(cases.database, area === undefined ? undefined : await cases.areasBelow(area));
      },
    );

    api.get(
      "/my/cases",
      { schema: { tags, querystring: ownQuery, response: { 200: casesPage } } },
      async ({ query, actor }) => {
        const owner = actor?.person ?? actor?.id ?? "";
        // A helper sees the matters that they were authorised for.
        const helped = actor?.actingFor?.items;
        authorise(actor, "case.read", { type: "case", owner, ...(helped && { items: helped }) });
        const own = selectOwnCases(cases.database, owner, query);
        const found = await (helped && !helped.includes("*") ? own.where("item", "in", helped) : own).execute();
        const shown = found.slice(0, query.size);
        const last = shown.at(-1);
        return {
          cases: await Promise.all(shown.map(async (view) => presentCard(await cases.list(view.list), view, today()))),
          after: found.length > query.size && last ? writeOwnCursor(last) : null,
        };
      },
    );

    api.get("/cases/:id", { schema: { tags, params: byId, response: { 200: casePage } } }, (request) =>
      readCase(cases, request, request.params.id, async ({ stored, reader }) => {
        const content = await presentCase(cases, stored, reader, today());
        return { content, facts: content.facts.flatMap(({ fact, value }) => (value === null ? [] : [fact])) };
      }),
    );

    api.post(
      "/cases/:id/actions",
      { schema: { tags, params: byId, body: actionRequest, response: { 200: casePage } } },
      async ({ params, body, actor, headers }) => {
        const { stored, reader } = await actOnCase(cases, actor, params.id, body, keyOf(headers));
        return presentCase(cases, stored, reader, today());
      },
    );

    api.get(
      "/cases/:id/clocks/:clock/days",
      {
        schema: {
          tags,
          params: byClock,
          querystring: z.object({ kind: z.enum(["statutory", "promised"]).default("statutory") }),
          response: { 200: countedDays },
        },
      },
      async (request) => {
        const { params, query } = request;
        const { stored } = await openCaseFor(cases, request, params.id);
        const clocks = clocksOf(stored.guide, stored.state, cases.calendar, today());
        const clock = clocks.find(({ code, kind }) => code === params.clock && kind === query.kind);
        const from = clock?.events[0]?.day;
        if (!clock?.state || from === undefined) {
          return refuse(
            "CASE-CLOCK-UNKNOWN",
            "这个时钟还没有开始，或跨入没有放假安排的年份",
            "The clock has not started, or runs into a year without an arrangement",
          );
        }
        const limit = {
          from,
          amount: clock.limit.amount + clock.extended,
          unit: clock.limit.unit,
          pauses: clock.state.pauses,
        };
        return { clock: clock.code, days: countDays(cases.calendar, limit) };
      },
    );

    const explained = async ({ reader, stored: { view, state } }: Opened) => {
      const [list, rulebook] = await Promise.all([
        cases.list(view.list),
        cases.store.rulebook(cases.database, view.rulebook_hash),
      ]);
      const hasRule = rulebook.items.some(({ code }) => code === view.item);
      const sight = sightOf(reader, view, rulebook);
      const whole = hasRule ? explainCase({ list, rulebook, item: view.item, facts: state.facts }) : null;
      return { list, sight, explanation: whole && seenExplanation(whole, sight) };
    };

    api.get("/cases/:id/explanation", { schema: { tags, params: byId } }, (request) =>
      readCase(cases, request, request.params.id, async (opened) => {
        const { explanation, sight } = await explained(opened);
        const content = explanation ?? refuse("CASE-NO-RULE", "由经办人认定", "A person determines it");
        return { content, facts: sight };
      }),
    );

    api.get(
      "/cases/:id/letter",
      {
        schema: {
          tags,
          params: byId,
          querystring: z.object({ language: z.enum(["zh", "en"]).default("zh") }),
          response: { 200: letter },
        },
      },
      (request) =>
        readCase(cases, request, request.params.id, async (opened) => {
          const reasons = await explained(opened);
          const content = reasonLetter({ ...opened.stored, ...reasons, language: request.query.language });
          return { content, facts: reasons.sight };
        }),
    );

    api.get(
      "/guides/:list/:item",
      { schema: { tags, params: z.object({ list: z.string(), item: z.string() }), response: { 200: guideView } } },
      async ({ params, actor }) => {
        const list = await cases.list(params.list);
        if (!list.items.has(params.item))
          refuse("CASE-ITEM-UNKNOWN", "用该清单的项目编码", "Use the code of one of the list's items");
        const rulebook = await cases.rulebook(list.code, undefined, cases.ruleDay());
        const own = await ownGuide(cases, actor, rulebook, params.item);
        return presentGuide(cases, list, rulebook, params.item, own);
      },
    );
  };
}
