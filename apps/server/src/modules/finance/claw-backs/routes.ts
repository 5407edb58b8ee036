import { z } from "zod";
import type { Routes } from "../../../http/compose.ts";
import {
  advanceNotice,
  type Cases,
  caseResource,
  keyOf,
  letter,
  offsetNotice,
  viewOrRefuse,
} from "../../cases/index.ts";
import { type Actor, authorise, may } from "../../identity/index.ts";
import { clawBackPreview, clawBackRequest, clawBacksPage, paidOfCase } from "../model.ts";
import { itemWords } from "../present.ts";
import { openClaim, previewClaim } from "./open.ts";
import { clawBackFigures, paidOf, requireClawBack, returnedByPayer, selectClawBacks } from "./queries.ts";

const tags = ["payments"];
const language = z.object({ language: z.enum(["zh", "en"]).default("zh") });
const byId = z.object({ id: z.string().max(64) });
const pageQuery = z.object({
  area: z.string().optional(),
  after: z.string().max(200).optional(),
  size: z.coerce.number().int().min(1).max(100).default(20),
});

/** Claims for money that was paid and not owed; their course is that of a case (`modules/cases`). */
export function clawBackRoutes(cases: Cases): Routes {
  const { database } = cases;
  /** The one who may claim money back of a case. */
  const claimant = async (actor: Actor | undefined, id: string) => {
    const view = await viewOrRefuse(cases, id);
    authorise(actor, "case.claw-back", caseResource(view));
    return actor as Actor;
  };
  return (api) => {
    api.post(
      "/claw-backs/preview",
      { schema: { tags, body: clawBackRequest, response: { 200: clawBackPreview } } },
      async ({ body, actor }) => {
        await claimant(actor, body.case);
        return previewClaim(cases, body);
      },
    );

    api.post(
      "/claw-backs",
      { schema: { tags, body: clawBackRequest, response: { 201: z.object({ id: z.string(), number: z.string() }) } } },
      async ({ body, actor, headers }, reply) => {
        const id = await openClaim(cases, await claimant(actor, body.case), body, keyOf(headers));
        const { number } = await viewOrRefuse(cases, id);
        return reply.code(201).send({ id, number });
      },
    );

    api.get(
      "/claw-backs",
      { schema: { tags, querystring: pageQuery, response: { 200: clawBacksPage } } },
      async ({ query, actor }) => {
        const area = query.area ?? actor?.roles[0]?.area;
        const desk = area === undefined ? {} : { area };
        // Those who handle cases and those who keep the money both follow what comes back.
        if (!actor || !may(actor, "payment.read", { type: "payment", ...desk }))
          authorise(actor, "case.list", { type: "case", ...desk });
        const areas = area === undefined ? undefined : await cases.areasBelow(area);
        const found = await selectClawBacks(database, areas, query);
        const shown = found.slice(0, query.size);
        const clawBacks = shown.map(
          async ({ id, number, of_case, ground, list, item, person, stage, due, ...row }) => ({
            ...{ id, number, of: of_case, area: row.area, person, stage, due },
            ground: ground as "run",
            item: { code: item, name: itemWords(await cases.list(list), item) },
            claimedFen: Number(row.claimed),
            decidedFen: row.outcome === "repay" ? row.fen : null,
            repaidFen: Number(row.repaid),
          }),
        );
        return {
          figures: await clawBackFigures(database, areas),
          returned: await returnedByPayer(database, areas),
          clawBacks: await Promise.all(clawBacks),
          after: found.length > query.size ? (shown.at(-1)?.id ?? null) : null,
        };
      },
    );

    api.get(
      "/claw-backs/:id/notice",
      { schema: { tags, params: byId, querystring: language, response: { 200: letter } } },
      async ({ params, query, actor }) => {
        const view = await viewOrRefuse(cases, params.id);
        authorise(actor, "case.read", caseResource(view));
        await requireClawBack(database, params.id);
        return advanceNotice(cases, await cases.store.load(database, view), query.language);
      },
    );

    api.get(
      "/claw-backs/:id/offset-notice",
      { schema: { tags, params: byId, querystring: language, response: { 200: letter } } },
      async ({ params, query, actor }) => {
        const view = await viewOrRefuse(cases, params.id);
        authorise(actor, "case.read", caseResource(view));
        await requireClawBack(database, params.id);
        return offsetNotice(cases, await cases.store.load(database, view), query.language);
      },
    );

    api.get(
      "/cases/:id/paid",
      { schema: { tags, params: byId, response: { 200: paidOfCase } } },
      async ({ params, actor }) => {
        authorise(actor, "case.read", caseResource(await viewOrRefuse(cases, params.id)));
        return paidOf(cases, params.id);
      },
    );
  };
}
