import { z } from "zod";
import type { Routes } from "../../http/compose.ts";
import type { Facilities } from "./facilities.ts";
import { planGeojson, planXlsx } from "./plan-files.ts";
import { sitingBody, sitingRun } from "./siting-model.ts";

const tags = ["places"];
const byId = z.object({ id: z.string() });
const xlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

export function sitingRoutes(api: Parameters<Routes>[0], facilities: Facilities): void {
  api.post(
    "/siting/runs",
    { schema: { tags, body: sitingBody, response: { 202: sitingRun } } },
    async ({ body }, reply) => {
      const { sitings, directory } = await facilities.open();
      return reply.code(202).send(sitings.start(body, await directory.now()));
    },
  );

  const list = z.object({ runs: z.array(sitingRun) });
  api.get("/siting/runs", { schema: { tags, response: { 200: list } } }, async () => {
    const { sitings } = await facilities.open();
    return { runs: [...(await sitings.all())] };
  });

  api.get("/siting/runs/:id", { schema: { tags, params: byId, response: { 200: sitingRun } } }, async ({ params }) =>
    (await facilities.open()).sitings.one(params.id),
  );

  api.post(
    "/siting/runs/:id/stop",
    { schema: { tags, params: byId, response: { 200: sitingRun } } },
    async ({ params }) => (await facilities.open()).sitings.stop(params.id),
  );

  api.get("/siting/runs/:id/plan.geojson", { schema: { tags, params: byId } }, async ({ params }, reply) => {
    const { sitings, map } = await facilities.open();
    const plan = planGeojson(await sitings.one(params.id), map);
    return reply
      .type("application/geo+json")
      .header("content-disposition", disposition(params.id, "geojson"))
      .send(plan);
  });

  api.get("/siting/runs/:id/plan.xlsx", { schema: { tags, params: byId } }, async ({ params, headers }, reply) => {
    const { sitings, map } = await facilities.open();
    const language = headers["accept-language"]?.toLowerCase().startsWith("en") ? "en" : "zh";
    const book = await planXlsx(await sitings.one(params.id), map, language);
    return reply.type(xlsx).header("content-disposition", disposition(params.id, "xlsx")).send(book);
  });
}

const disposition = (id: string, ending: string) => `attachment; filename="plan-${id.slice(0, 8)}.${ending}"`;
