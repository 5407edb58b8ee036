import { z } from "zod";
import type { Routes } from "../../http/compose.ts";
import { presentBlock, presentBlocks, presentCoverage } from "./coverage.ts";
import { coverageRun, coverageRuns, recordCoverage } from "./coverage-runs.ts";
import type { Facilities } from "./facilities.ts";
import { standardNamed, walkedStandard } from "./kinds.ts";
import {
  blockPage,
  blocksPage,
  blocksQuery,
  type CoverageQuery,
  coveragePage,
  coverageQuery,
  coverageRunBody,
  coverageRunCard,
  coverageRunPage,
  pageQuery,
  whatIfBody,
  whatIfPage,
} from "./model.ts";
import { nextBest } from "./next-best.ts";
import { nextBestBody, nextBestPage } from "./next-best-model.ts";
import { whatIf } from "./what-if.ts";

const tags = ["places"];
const byId = z.object({ id: z.string() });

export function coverageRoutes(api: Parameters<Routes>[0], facilities: Facilities): void {
  const covered = async ({ standard, stepFree }: CoverageQuery) => {
    const { map, directory, scenes, database, now } = await facilities.open();
    const today = await directory.now();
    const city = scenes.judged(standardNamed(standard), stepFree, today);
    return { map, directory: today, city, stepFree, database, now };
  };

  api.get(
    "/coverage",
    { schema: { tags, querystring: coverageQuery, response: { 200: coveragePage } } },
    async ({ query }) => presentCoverage(await covered(query)),
  );

  api.get(
    "/coverage/blocks",
    { schema: { tags, querystring: blocksQuery, response: { 200: blocksPage } } },
    async ({ query }) => presentBlocks((await covered(query)).city, query.level, query.group),
  );

  api.get(
    "/coverage/blocks/:id",
    { schema: { tags, params: byId, querystring: coverageQuery, response: { 200: blockPage } } },
    async ({ params, query }) => presentBlock(await covered(query), params.id),
  );

  api.post(
    "/coverage/what-if",
    {
      schema: {
        tags,
        description: "What edits would change; nothing is kept.",
        body: whatIfBody,
        response: { 200: whatIfPage },
      },
    },
    async ({ body }) => {
      const { map, scenes, directory } = await facilities.open();
      return whatIf({ map, scenes, directory: await directory.now() }, body);
    },
  );

  api.post(
    "/coverage/next-best",
    {
      schema: {
        tags,
        description: "The best places for one more of a kind with so much floor within so much money; nothing is kept.",
        body: nextBestBody,
        response: { 200: nextBestPage },
      },
    },
    async ({ body }) => {
      const { map, scenes, directory } = await facilities.open();
      const today = await directory.now();
      const scene = scenes.of(walkedStandard(body.standard), body.stepFree, today);
      return nextBest({ map, directory: today, scene }, body);
    },
  );

  api.post(
    "/coverage/runs",
    { schema: { tags, body: coverageRunBody, response: { 200: coverageRunPage } } },
    async ({ body }) => {
      const found = await covered(body);
      return recordCoverage(presentCoverage(found), found);
    },
  );

  const list = z.object({ runs: z.array(coverageRunCard) });
  api.get(
    "/coverage/runs",
    { schema: { tags, querystring: pageQuery, response: { 200: list } } },
    async ({ query }) => {
      const { map, directory, database } = await facilities.open();
      return { runs: await coverageRuns((await directory.now()).hash, query, { database, map }) };
    },
  );

  api.get(
    "/coverage/runs/:id",
    { schema: { tags, params: byId, response: { 200: coverageRunPage } } },
    async ({ params }) => {
      const { map, directory, database } = await facilities.open();
      return coverageRun(params.id, (await directory.now()).hash, { database, map });
    },
  );
}
