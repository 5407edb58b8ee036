import { z } from "zod";
import type { Routes } from "../../http/compose.ts";
import { authorise } from "../identity/index.ts";
import { catchmentOf } from "./catchment.ts";
import { coverageRoutes } from "./coverage-routes.ts";
import { type Facilities, mapFiles } from "./facilities.ts";
import { importRegister, importsOf, quarantineOf } from "./import-register.ts";
import {
  catchmentPage,
  catchmentQuery,
  directoryPage,
  directoryQuery,
  importPage,
  importQuery,
  nearestPage,
  nearestQuery,
  pageQuery,
  placesPage,
  quarantinePage,
  streetsPage,
} from "./model.ts";
import { nearestOpen } from "./nearest-open.ts";
import { planningRoutes } from "./planning-routes.ts";
import { presentDirectory, presentPlaces, presentStreets } from "./present.ts";
import { sitingRoutes } from "./siting-routes.ts";

const tags = ["places"];
const byCode = z.object({ code: z.string() });
/** A register of a large city has some hundred thousand rows. */
const mostBytes = 64 * 1024 * 1024;

/** The map, the directory of facilities, coverage and siting. */
export function facilityRoutes(facilities: Facilities): Routes {
  return (api) => {
    api.get("/places", { schema: { tags, response: { 200: placesPage } } }, async () => {
      const { map, directory } = await facilities.open();
      return presentPlaces(map, await directory.now());
    });

    const fileParams = z.object({ file: z.enum(mapFiles) });
    api.get("/places/files/:file", { schema: { tags, params: fileParams } }, async ({ params, headers }, reply) => {
      const { map, zipped } = await facilities.open();
      const tag = `"${map.id}"`;
      reply.header("etag", tag).header("cache-control", "no-cache").header("vary", "accept-encoding");
      if (headers["if-none-match"] === tag) return reply.code(304).send();
      return reply
        .type("application/geo+json")
        .header("content-encoding", "gzip")
        .send(await zipped(params.file));
    });

    api.get("/streets", { schema: { tags, response: { 200: streetsPage } } }, async () => {
      const { map, directory } = await facilities.open();
      return presentStreets(map, await directory.now());
    });

    api.get(
      "/facilities",
      { schema: { tags, querystring: directoryQuery, response: { 200: directoryPage } } },
      async ({ query }) => {
        const { map, directory } = await facilities.open();
        return presentDirectory(map, await directory.now(), query);
      },
    );

    api.get(
      "/facilities/nearest",
      { schema: { tags, querystring: nearestQuery, response: { 200: nearestPage } } },
      async ({ query }) => {
        const { map, directory, now } = await facilities.open();
        return nearestOpen(map, await directory.now(), query, now());
      },
    );

    api.get(
      "/facilities/:code/catchment",
      { schema: { tags, params: byCode, querystring: catchmentQuery, response: { 200: catchmentPage } } },
      async ({ params, query }) => {
        const { map, directory } = await facilities.open();
        return catchmentOf(map, await directory.now(), params.code, query.stepFree);
      },
    );

    importRoutes(api, facilities);
    coverageRoutes(api, facilities);
    sitingRoutes(api, facilities);
    planningRoutes(api, facilities);
  };
}

function importRoutes(api: Parameters<Routes>[0], facilities: Facilities): void {
  api.post(
    "/facilities/imports",
    {
      bodyLimit: mostBytes,
      schema: {
        tags,
        description: "Takes a register in: CSV with a header line, or GeoJSON points. Wrong rows are quarantined.",
        querystring: importQuery,
        body: z.string(),
        response: { 201: importPage },
      },
    },
    async ({ query, body, actor }, reply) => {
      const { map, directory, database, now } = await facilities.open();
      authorise(actor, "plan.edit", { type: "plan", area: map.area });
      const by = actor?.name ?? "";
      const page = await importRegister({ ...query, text: body, by }, { database, map, now });
      directory.renew();
      return reply.code(201).send(page);
    },
  );

  const list = z.object({ imports: z.array(importPage) });
  api.get("/facilities/imports", { schema: { tags, response: { 200: list } } }, async () => {
    const { map, database } = await facilities.open();
    return { imports: await importsOf(database, map) };
  });

  api.get(
    "/facilities/imports/:id/quarantine",
    {
      schema: { tags, params: z.object({ id: z.string() }), querystring: pageQuery, response: { 200: quarantinePage } },
    },
    async ({ params, query }) => {
      const { database } = await facilities.open();
      return quarantineOf(database, params.id, query);
    },
  );
}
