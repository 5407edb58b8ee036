import { z } from "zod";
import type { Routes } from "../../http/compose.ts";
import type { Catalogue } from "./catalogue.ts";
import type { ListFiles } from "./content-hash.ts";
import { exportReport } from "./export-report.ts";
import { presentChanges, presentReport, presentShown, presentVersion, presentVersionHead } from "./present-studio.ts";
import {
  checkReportPage,
  checksQuery,
  differencesPage,
  differencesQuery,
  versionPage,
  versionsPage,
  versionsQuery,
} from "./studio-model.ts";
import { reportOf, studyList } from "./study.ts";
import type { VersionStore } from "./version-store.ts";

export interface VersionRoutesOptions {
  readonly catalogue: Catalogue;
  readonly versions: VersionStore;
  /** The day for which lists are checked when nobody names one. */
  readonly date: () => string;
}

const byList = z.object({ code: z.string() });
const byVersion = byList.extend({ version: z.string() });
const tags = ["list"];

/** Published versions of lists, what changed between them, and the report of their checks. */
export function versionRoutes({ catalogue, versions, date }: VersionRoutesOptions): Routes {
  const filesOf = async (code: string, version: string): Promise<ListFiles> =>
    version === "folder" ? catalogue.folderFiles(code) : (await versions.version(code, version)).files;
  const report = async (code: string, day: string | undefined) => {
    const studied = await studyList(catalogue, await catalogue.shown(code), new Map());
    return presentReport(studied.shown, studied.contentHash, reportOf(studied, day ?? date()));
  };
  return (api) => {
    api.get(
      "/lists/:code/versions",
      { schema: { tags, params: byList, querystring: versionsQuery, response: { 200: versionsPage } } },
      async ({ params, query }) => {
        const shown = await catalogue.shown(params.code);
        const { total, versions: heads } = await versions.versions(params.code, query);
        return {
          list: params.code,
          shown: presentShown(shown),
          total,
          ...query,
          versions: heads.map(presentVersionHead),
        };
      },
    );

    api.get(
      "/lists/:code/versions/:version",
      { schema: { tags, params: byVersion, response: { 200: versionPage } } },
      async ({ params }) => {
        await catalogue.shown(params.code);
        return presentVersion(await versions.version(params.code, params.version));
      },
    );

    api.get(
      "/lists/:code/differences",
      { schema: { tags, params: byList, querystring: differencesQuery, response: { 200: differencesPage } } },
      async ({ params, query }) => {
        await catalogue.shown(params.code);
        const [before, after] = [await filesOf(params.code, query.from), await filesOf(params.code, query.to)];
        const names = [...new Set([...before.keys(), ...after.keys()])];
        const changed = new Map(names.map((file) => [file, after.get(file) ?? null]));
        return { list: params.code, ...query, changes: presentChanges(before, changed) };
      },
    );

    api.get(
      "/lists/:code/checks",
      { schema: { tags, params: byList, querystring: checksQuery, response: { 200: checkReportPage } } },
      async ({ params, query }) => report(params.code, query.date),
    );

    api.get(
      "/lists/:code/checks.csv",
      { schema: { tags, params: byList, querystring: checksQuery } },
      async ({ params, query }, reply) => {
        const page = await report(params.code, query.date);
        reply.header("content-disposition", `attachment; filename="qingdan-${page.list}-checks.csv"`);
        return reply.type("text/csv; charset=utf-8").send(exportReport(page));
      },
    );

    api.get(
      "/lists/:code/checks.json",
      { schema: { tags, params: byList, querystring: checksQuery, response: { 200: checkReportPage } } },
      async ({ params, query }, reply) => {
        const page = await report(params.code, query.date);
        reply.header("content-disposition", `attachment; filename="qingdan-${page.list}-checks.json"`);
        return page;
      },
    );
  };
}
