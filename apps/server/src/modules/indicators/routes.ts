import type { Routes } from "../../http/compose.ts";
import { Problem } from "../../problem.ts";
import type { Cockpit } from "./cockpit.ts";
import { evaluationRoutes } from "./evaluation-routes.ts";
import { figuresTable } from "./export-figures.ts";
import { importRoutes } from "./import-routes.ts";
import { indexAudit, indexPage, indexQuery } from "./index-model.ts";
import { viewIndex, viewIndexAudit } from "./index-view.ts";
import { viewIndicator } from "./indicator-view.ts";
import { areaAt, pageOf, XLSX, yearAt } from "./lookup.ts";
import {
  areasPage,
  areasQuery,
  exportParams,
  indicatorPage,
  indicatorQuery,
  oneCode,
  overview,
  rankingPage,
  rankingQuery,
  workPage,
  workQuery,
} from "./model.ts";
import type { OpenedCockpit } from "./open-cockpit.ts";
import { createWorkReader, type OpenWork } from "./open-work.ts";
import { domainOf, named, presentArea, presentChain, presentProvenance } from "./present.ts";
import { rankAreas } from "./rank.ts";
import { createPress } from "./report/press.ts";
import { snapshotRoutes } from "./snapshot-routes.ts";
import { workList } from "./work.ts";
import { type IndicatorRoutesOptions, workRoutes } from "./work-routes.ts";
import { writeCsv } from "./write-table.ts";

const tags = ["indicators"];

/** What people did is read once the cockpit is open: opening it writes down what newly rings. */
export function indicatorRoutes(options: IndicatorRoutesOptions): Routes {
  const { house } = options;
  const readWork = createWorkReader(options.database);
  const press = createPress();
  return (api) => {
    api.get("/cockpit", { schema: { tags, response: { 200: overview } } }, async () => {
      const { cockpit } = await house.open();
      const open = await readWork();
      return presentOverview(cockpit, open);
    });

    api.get(
      "/cockpit/areas",
      { schema: { tags, querystring: areasQuery, response: { 200: areasPage } } },
      async ({ query }) => {
        const { cockpit } = await house.open();
        const at = areaAt(cockpit, query.parent);
        const children = cockpit.tree.areas[at]!.children.filter((child) => !cockpit.tree.areas[child]!.rest);
        return {
          chain: presentChain(cockpit, at),
          ...pageOf(children, query, "areas", (child) => presentArea(cockpit, child)),
        };
      },
    );

    api.get(
      "/cockpit/work",
      { schema: { tags, querystring: workQuery, response: { 200: workPage } } },
      async ({ query }) => {
        const { cockpit } = await house.open();
        const open = await readWork();
        return workList(cockpit, query, areaAt(cockpit, query.area), yearAt(cockpit, query.year), open);
      },
    );

    api.get(
      "/cockpit/indicators/:code",
      { schema: { tags, params: oneCode, querystring: indicatorQuery, response: { 200: indicatorPage } } },
      async ({ params, query }) => {
        const opened = await house.open();
        const open = await readWork();
        const { cockpit } = checkIndicator(opened, params.code);
        const [at, year] = [areaAt(cockpit, query.area), yearAt(cockpit, query.year)];
        return viewIndicator(cockpit, params.code, at, year, { open, run: opened.run });
      },
    );

    api.get(
      "/cockpit/indicators/:code/ranking",
      { schema: { tags, params: oneCode, querystring: rankingQuery, response: { 200: rankingPage } } },
      async ({ params, query }) => {
        const { cockpit } = checkIndicator(await house.open(), params.code);
        const year = yearAt(cockpit, query.year);
        const ranked = rankAreas(cockpit, params.code, { level: query.level, year });
        return {
          level: query.level,
          year,
          ...pageOf(ranked, query, "rows", ({ area, figure, rank }) => ({
            area: named(cockpit.tree.areas[area], cockpit.tree.areas[area]!.code),
            figure: { ...figure, origins: [...figure.origins] },
            rank,
          })),
        };
      },
    );

    api.get(
      "/cockpit/indexes/:code",
      { schema: { tags, params: oneCode, querystring: indexQuery, response: { 200: indexPage } } },
      async ({ params, query }) => {
        const { cockpit } = await house.open();
        return viewIndex(cockpit, knownIndex(cockpit, params.code), yearOf(cockpit, query.year), query);
      },
    );

    api.get(
      "/cockpit/indexes/:code/audit",
      { schema: { tags, params: oneCode, querystring: indexQuery, response: { 200: indexAudit } } },
      async ({ params, query }) => {
        const { cockpit } = await house.open();
        return viewIndexAudit(cockpit, knownIndex(cockpit, params.code), yearOf(cockpit, query.year), query);
      },
    );

    api.get(
      "/cockpit/export.:format",
      { schema: { tags, params: exportParams, querystring: indicatorQuery } },
      async ({ params, query }, reply) => {
        const { cockpit } = await house.open();
        const table = figuresTable(cockpit, areaAt(cockpit, query.area), yearAt(cockpit, query.year));
        reply.header("content-disposition", `attachment; filename="${table.name}.${params.format}"`);
        return params.format === "csv"
          ? reply.type("text/csv; charset=utf-8").send(writeCsv(table))
          : reply.type(XLSX).send(Buffer.from(await press.sheet(table)));
      },
    );

    workRoutes(options)(api);
    snapshotRoutes(options, press)(api);
    evaluationRoutes(options, press)(api);
    importRoutes(options)(api);
  };
}

function checkIndicator(opened: OpenedCockpit, code: string): OpenedCockpit {
  if (opened.cockpit.indicators.has(code)) return opened;
  throw new Problem("COCKPIT-INDICATOR-UNKNOWN", {
    zh: `没有指标 ${code};/api/cockpit/work?status=all 列出全部`,
    en: `There is no indicator ${code}; /api/cockpit/work?status=all lists them all`,
  });
}

function presentOverview(cockpit: Cockpit, { actions, alarms }: OpenWork) {
  const { catalogue, indicators, years, today } = cockpit;
  const open = actions.filter(({ state }) => state === "open");
  const domains = new Set([...indicators.values()].map(({ domain }) => domain));
  return {
    area: presentArea(cockpit, 0),
    years: [...years],
    plans: [...catalogue.plans.values()].map(({ code, name, base, until }) => ({ code, name, base, until })),
    indexes: [...catalogue.indexes.values()].map(({ code, name }) => ({ code, name })),
    domains: [...domains].map((code) => domainOf(cockpit, code)),
    indicators: indicators.size,
    open: {
      alarms: alarms.filter(({ state }) => state === "open").length,
      actions: open.length,
      overdue: open.filter(({ due }) => due < today).length,
    },
    today,
    provenance: presentProvenance(cockpit),
  };
}

const yearOf = (cockpit: Cockpit, year: number | undefined) => (year === undefined ? undefined : yearAt(cockpit, year));

/** The code of an index that is there. */
function knownIndex(cockpit: Cockpit, code: string): string {
  if (cockpit.catalogue.indexes.has(code)) return code;
  const known = [...cockpit.catalogue.indexes.keys()].join(", ");
  throw new Problem("COCKPIT-INDEX-UNKNOWN", { zh: `现有指数：${known}`, en: `The indexes here are ${known}` });
}
