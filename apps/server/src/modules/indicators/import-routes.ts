import { z } from "zod";
import type { Routes } from "../../http/compose.ts";
import { allBatches, quarantineOf, recordBatch } from "./batch-store.ts";
import { importFigures, type QuarantineReason, quarantineReasons } from "./import-figures.ts";
import { pageOf, planner, XLSX } from "./lookup.ts";
import { batchCard, batchesPage, importQuery, oneId, pageQuery, quarantinePage } from "./model.ts";
import type { IndicatorRoutesOptions } from "./work-routes.ts";

const tags = ["indicators"];

/** Importing figures from files. */
export function importRoutes({ database, house, now }: IndicatorRoutesOptions): Routes {
  return (api) => {
    api.get(
      "/cockpit/imports",
      { schema: { tags, querystring: pageQuery, response: { 200: batchesPage } } },
      async ({ query }) =>
        pageOf(await allBatches(database), query, "batches", ({ hash: _, at, ...batch }) => ({
          ...batch,
          at: at.toISOString(),
        })),
    );

    api.get(
      "/cockpit/imports/:id/quarantine",
      { schema: { tags, params: oneId, querystring: pageQuery, response: { 200: quarantinePage } } },
      async ({ params, query }) => {
        const { total, rows } = await quarantineOf(database, params.id, query);
        return {
          total,
          page: query.page,
          size: query.size,
          rows: rows.map(({ reason, ...row }) => ({
            ...row,
            reason: { code: reason, name: quarantineReasons[reason as QuarantineReason] },
          })),
        };
      },
    );

    // The file is the body: kept to this address, so that no other one takes such bodies.
    api.register(async (files) => {
      files.addContentTypeParser(
        ["text/csv", XLSX],
        { parseAs: "buffer", bodyLimit: 20 * 1024 * 1024 },
        (_, body, done) => done(null, body),
      );
      files.post(
        "/cockpit/imports",
        { schema: { tags, querystring: importQuery, response: { 201: batchCard } } },
        async (request, reply) => {
          const { cockpit } = await house.open();
          const by = planner(request.actor, cockpit.tree.areas[0]!.code);
          const { name } = importQuery.parse(request.query);
          const kind = request.headers["content-type"]?.startsWith("text/csv") ? "csv" : "xlsx";
          const file = z.instanceof(Buffer).parse(request.body);
          const {
            hash: _,
            at,
            ...batch
          } = await recordBatch(
            database,
            { file, name, by, at: now() },
            await importFigures(file, kind, {
              indicators: cockpit.indicators,
              tree: cockpit.tree,
              years: importYears(cockpit.years),
            }),
          );
          house.forget();
          return reply.code(201).send({ ...batch, at: at.toISOString() });
        },
      );
    });
  };
}

/** Years that an import may speak of: those that are kept and the two to come. */
const importYears = (years: readonly number[]): number[] => [
  ...years,
  ...[1, 2].map((more) => (years.at(-1) ?? 0) + more),
];
