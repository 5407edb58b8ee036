import { z } from "zod";
import type { Routes } from "../../http/compose.ts";
import { Problem } from "../../problem.ts";
import type { Catalogue } from "./catalogue.ts";
import { exportCsv, exportItems, exportName } from "./export.ts";
import { itemPage, itemsPage, itemsQuery, listCard, listPage, rulebookQuery } from "./model.ts";
import { presentItemCard, presentList, presentListCard, type View } from "./present.ts";
import { presentItem } from "./present-item.ts";
import { presentShown } from "./present-studio.ts";
import { refinedBy, selectItems } from "./queries.ts";
import type { Rulebooks } from "./rulebooks.ts";

export interface ListRoutesOptions {
  readonly catalogue: Catalogue;
  readonly rulebooks: Rulebooks;
  /** The day whose unit names and rulebooks are shown when nobody names one. */
  readonly date: () => string;
}

const byList = z.object({ code: z.string() });
const byItem = byList.extend({ item: z.string() });
const tags = ["list"];

export function listRoutes({ catalogue, rulebooks, date }: ListRoutesOptions): Routes {
  const viewOf = async (code: string): Promise<View> => ({
    list: await catalogue.list(code),
    date: date(),
    shown: presentShown(await catalogue.shown(code)),
  });
  return (api) => {
    api.get("/lists", { schema: { tags, response: { 200: z.object({ lists: z.array(listCard) }) } } }, async () => {
      const lists = await catalogue.sound();
      const views = await Promise.all(lists.map(({ code }) => viewOf(code)));
      return { lists: views.map((view) => presentListCard(view, view.list.chain[1] ?? null)) };
    });

    api.get("/lists/:code", { schema: { tags, params: byList, response: { 200: listPage } } }, async ({ params }) =>
      presentList(await viewOf(params.code)),
    );

    api.get(
      "/lists/:code/items",
      { schema: { tags, params: byList, querystring: itemsQuery, response: { 200: itemsPage } } },
      async ({ params, query }) => {
        const view = await viewOf(params.code);
        const items = await selectItems(view.list, query);
        const { page, size } = query;
        const shown = items.slice((page - 1) * size, page * size);
        return { total: items.length, page, size, items: shown.map((item) => presentItemCard(view, item)) };
      },
    );

    api.get(
      "/lists/:code/items/:item",
      { schema: { tags, params: byItem, response: { 200: itemPage } } },
      async ({ params }) => {
        const view = await viewOf(params.code);
        const item = view.list.items.get(params.item) ?? view.list.replaced.get(params.item);
        if (!item) {
          throw new Problem("API-ITEM-UNKNOWN", {
            zh: `清单 ${params.code} 没有 ${params.item}`,
            en: `The list ${params.code} has no ${params.item}`,
          });
        }
        return presentItem(view, item, await refinedBy(catalogue, item));
      },
    );

    api.get(
      "/lists/:code/rulebook.json",
      { schema: { tags, params: byList, querystring: rulebookQuery } },
      async ({ params, query, headers }, reply) => {
        const { hash, json } = await rulebooks.of(params.code, query.area, query.date ?? date());
        reply.header("etag", `"${hash}"`).header("cache-control", "no-cache");
        if (headers["if-none-match"] === `"${hash}"`) return reply.code(304).send();
        return reply.type("application/json; charset=utf-8").send(json);
      },
    );

    api.get(
      "/lists/:code/rulebook.js",
      { schema: { tags, params: byList, querystring: rulebookQuery } },
      async ({ params, query, headers }, reply) => {
        const { hash, kernel } = await rulebooks.of(params.code, query.area, query.date ?? date());
        reply.header("etag", `"${hash}"`).header("cache-control", "no-cache");
        if (headers["if-none-match"] === `"${hash}"`) return reply.code(304).send();
        return reply.type("text/javascript; charset=utf-8").send(kernel);
      },
    );

    api.get("/lists/:code/export.json", { schema: { tags, params: byList } }, async ({ params }, reply) => {
      const view = await viewOf(params.code);
      reply.header("content-disposition", `attachment; filename="${exportName(view.list, "json")}"`);
      return { list: presentList(view), items: exportItems(view) };
    });

    api.get("/lists/:code/export.csv", { schema: { tags, params: byList } }, async ({ params }, reply) => {
      const view = await viewOf(params.code);
      reply.header("content-disposition", `attachment; filename="${exportName(view.list, "csv")}"`);
      return reply.type("text/csv; charset=utf-8").send(exportCsv(view));
    });
  };
}
