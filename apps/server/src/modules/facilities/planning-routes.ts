import { z } from "zod";
import type { Routes } from "../../http/compose.ts";
import type { Facilities } from "./facilities.ts";
import { mixGeojson, mixXlsx } from "./planning-files.ts";
import { planningBody, planningRun } from "./planning-model.ts";

const tags = ["places"];
const byId = z.object({ id: z.string() });
const xlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

export function planningRoutes(api: Parameters<Routes>[0], facilities: Facilities): void {
  api.post(
    "/planning/runs",
    { schema: { tags, body: planningBody, response: { 202: planningRun } } },
    async ({ body }, reply) => {
      const { plannings, directory } = await facilities.open();
      return reply.code(202).send(plannings.start(body, await directory.now()));
    },
  );

  const list = z.object({ runs: z.array(planningRun) });
  api.get("/planning/runs", { schema: { tags, response: { 200: list } } }, async () => {
    const { plannings } = await facilities.open();
    return { runs: [...(await plannings.all())] };
  });

  api.get(
    "/planning/runs/:id",
    { schema: { tags, params: byId, response: { 200: planningRun } } },
    async ({ params }) => (await facilities.open()).plannings.one(params.id),
  );

  api.post(
    "/planning/runs/:id/stop",
    { schema: { tags, params: byId, response: { 200: planningRun } } },
    async ({ params }) => (await facilities.open()).plannings.stop(params.id),
  );

  api.get("/planning/runs/:id/plan.geojson", { schema: { tags, params: byId } }, async ({ params }, reply) => {
    const { plannings, map } = await facilities.open();
    const plan = mixGeojson(await plannings.one(params.id), map);
    return reply
      .type("application/geo+json")
      .header("content-disposition", disposition(params.id, "geojson"))
      .send(plan);
  });

  api.get("/planning/runs/:id/plan.xlsx", { schema: { tags, params: byId } }, async ({ params, headers }, reply) => {
    const { plannings, map } = await facilities.open();
    const language = headers["accept-language"]?.toLowerCase().startsWith("en") ? "en" : "zh";
    const book = await mixXlsx(await plannings.one(params.id), map, language);
    return reply.type(xlsx).header("content-disposition", disposition(params.id, "xlsx")).send(book);
  });
}

const disposition = (id: string, ending: string) => `attachment; filename="plan-${id.slice(0, 8)}.${ending}"`;
