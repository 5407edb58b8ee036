import { sql } from "kysely";
import { z } from "zod";
import type { Routes } from "../../../http/compose.ts";
import { keyOf } from "../../cases/index.ts";
import { type Actor, authorise } from "../../identity/index.ts";
import { campaignOf, continueCampaign, type Offers, startCampaign } from "./campaigns.ts";
import { type CampaignPage, campaignPage, campaignRequest, unreachablePage } from "./model.ts";
import { releaseCampaign } from "./release-campaign.ts";

const tags = ["entitlements"];
const byId = z.object({ id: z.string().max(64) });

export function offerRoutes(offers: Offers): Routes {
  const { cases, runs } = offers;
  const page = async (id: string): Promise<CampaignPage> => {
    const campaign = await campaignOf(cases, id);
    const list = await cases.list(campaign.list);
    const stages = await sql<{ stage: string; cases: number }>`
      select stage, count(*) as cases from case_view where campaign = ${id} group by stage order by stage`.execute(
      cases.database,
    );
    const reasons = await sql<{ reason: string; persons: number }>`
      select reason, count(*) as persons from offer_unreachable where campaign = ${id} group by reason order by reason`.execute(
      cases.database,
    );
    const standing = stages.rows.map(({ stage, cases }) => ({ stage, cases: Number(cases) }));
    const { offered, sampled, unreachable, seen } = campaign;
    const waiting = standing.some(({ stage }) => stage === "offered");
    const item = list.items.get(campaign.item) ?? list.replaced.get(campaign.item);
    const state =
      campaign.finished_at === null ? "offering" : waiting || campaign.released_at === null ? "objection" : "released";
    return {
      id,
      run: campaign.run,
      list: campaign.list,
      item: { code: campaign.item, name: { zh: item?.name.zh ?? campaign.item, en: item?.name.en ?? campaign.item } },
      area: campaign.area,
      objectionUntil: campaign.objection_until,
      sample: campaign.sample,
      madeBy: campaign.made_by,
      madeAt: campaign.made_at.toISOString(),
      state,
      found: seen,
      offered,
      sampled,
      unreachable: reasons.rows.map(({ reason, persons }) => ({
        reason: reason as "no-account" | "has-case",
        persons: Number(persons),
      })),
      fen: campaign.fen,
      cases: standing,
      released: campaign.released,
      counted:
        seen === offered + sampled + unreachable &&
        standing.reduce((sum, { cases }) => sum + cases, 0) === offered + sampled,
    };
  };
  const permitted = async (actor: Actor | undefined, action: string, id: string) => {
    const { area } = await campaignOf(cases, id);
    authorise(actor, action, { type: "campaign", id, area });
  };
  return (api) => {
    api.post(
      "/offers",
      { schema: { tags, body: campaignRequest, response: { 201: campaignPage } } },
      async ({ body, actor, headers }, reply) => {
        const run = await runs.one(body.run);
        authorise(actor, "offer.start", { type: "campaign", area: run.rulebook.area, item: body.item });
        const id = await startCampaign(offers, actor as Actor, body, keyOf(headers));
        await continueCampaign(offers, id);
        return reply.code(201).send(await page(id));
      },
    );

    api.get(
      "/offers",
      { schema: { tags, response: { 200: z.object({ campaigns: z.array(campaignPage) }) } } },
      async ({ actor }) => {
        const area = actor?.roles[0]?.area;
        authorise(actor, "offer.read", { type: "campaign", ...(area && { area }) });
        const areas = area === undefined ? undefined : await cases.areasBelow(area);
        let select = cases.database.selectFrom("offer_campaign").select("id");
        if (areas) select = select.where("area", "in", areas);
        const rows = await select.orderBy("id", "desc").limit(50).execute();
        return { campaigns: await Promise.all(rows.map(({ id }) => page(id))) };
      },
    );

    api.get(
      "/offers/:id",
      { schema: { tags, params: byId, response: { 200: campaignPage } } },
      async ({ params, actor }) => {
        await permitted(actor, "offer.read", params.id);
        return page(params.id);
      },
    );

    api.post(
      "/offers/:id/continue",
      { schema: { tags, params: byId, response: { 200: campaignPage } } },
      async ({ params, actor }) => {
        await permitted(actor, "offer.start", params.id);
        await continueCampaign(offers, params.id);
        return page(params.id);
      },
    );

    api.post(
      "/offers/:id/release",
      { schema: { tags, params: byId, response: { 200: campaignPage } } },
      async ({ params, actor }) => {
        await permitted(actor, "offer.release", params.id);
        await releaseCampaign(offers, params.id);
        return page(params.id);
      },
    );

    api.get(
      "/offers/:id/unreachable",
      {
        schema: {
          tags,
          params: byId,
          querystring: z.object({
            after: z.string().max(120).default(""),
            size: z.coerce.number().int().min(1).max(500).default(100),
          }),
          response: { 200: unreachablePage },
        },
      },
      async ({ params, query, actor }) => {
        await permitted(actor, "offer.read", params.id);
        const found = await cases.database
          .selectFrom("offer_unreachable")
          .select(["person", "reason"])
          .where("campaign", "=", params.id)
          .where("person", ">", query.after)
          .orderBy("person")
          .limit(query.size + 1)
          .execute();
        const shown = found.slice(0, query.size);
        const persons = shown.map(({ person, reason }) => ({ person, reason: reason as "no-account" | "has-case" }));
        return { persons, after: found.length > query.size ? (shown.at(-1)?.person ?? null) : null };
      },
    );
  };
}
