import type { Routes } from "../../http/compose.ts";
import { Problem } from "../../problem.ts";
import { annualReport } from "./annual-report.ts";
import type { Cockpit } from "./cockpit.ts";
import { snapshotTable } from "./export-figures.ts";
import { allSnapshots, freezeFigures, oneSnapshot, type StoredSnapshot } from "./freeze.ts";
import { DOCX, pageOf, planner, XLSX } from "./lookup.ts";
import {
  newSnapshot,
  oneId,
  oneReportFile,
  oneSdmxMessage,
  oneSnapshotFile,
  pageQuery,
  reportQuery,
  snapshotCard,
  snapshotPage,
  snapshotsPage,
} from "./model.ts";
import { named } from "./present.ts";
import type { Press } from "./report/press.ts";
import { sdmxData } from "./sdmx/sdmx-data.ts";
import { sdmxStructure } from "./sdmx/sdmx-structure.ts";
import type { IndicatorRoutesOptions } from "./work-routes.ts";
import { writeCsv } from "./write-table.ts";

const tags = ["indicators"];

/** Freezing figures, and reading what was frozen. */
export function snapshotRoutes({ database, house, now }: IndicatorRoutesOptions, press: Press): Routes {
  return (api) => {
    const card = (cockpit: Cockpit, { area, at, ...stored }: StoredSnapshot) => ({
      ...stored,
      area: named(cockpit.tree.areas[cockpit.tree.at(area) ?? -1], area),
      at: at.toISOString(),
    });

    api.get(
      "/cockpit/snapshots",
      { schema: { tags, querystring: pageQuery, response: { 200: snapshotsPage } } },
      async ({ query }) => {
        const [{ cockpit }, snapshots] = await Promise.all([house.open(), allSnapshots(database)]);
        return pageOf(snapshots, query, "snapshots", (one) => card(cockpit, one));
      },
    );

    api.post(
      "/cockpit/snapshots",
      { schema: { tags, body: newSnapshot, response: { 201: snapshotCard } } },
      async ({ body, actor }, reply) => {
        const { cockpit } = await house.open();
        const by = planner(actor, cockpit.tree.areas[0]!.code);
        return reply
          .code(201)
          .send(card(cockpit, await freezeFigures(database, cockpit, { title: body.title, by, at: now() })));
      },
    );

    api.get(
      "/cockpit/snapshots/:id",
      { schema: { tags, params: oneId, response: { 200: snapshotPage } } },
      async ({ params }) => {
        const { cockpit } = await house.open();
        const { snapshot, provenance, ...stored } = await oneSnapshot(database, params.id);
        return {
          ...card(cockpit, stored),
          provenance,
          intact: snapshot !== undefined,
          current: stored.version === cockpit.version,
        };
      },
    );

    api.get(
      "/cockpit/snapshots/:id/figures.:format",
      { schema: { tags, params: oneSnapshotFile } },
      async ({ params }, reply) => {
        const { snapshot } = await oneSnapshot(database, params.id);
        if (!snapshot) throw damaged(params.id);
        const table = snapshotTable(snapshot);
        reply.header("content-disposition", `attachment; filename="${table.name}.${params.format}"`);
        if (params.format === "json") return reply.type("application/json").send(JSON.stringify(snapshot));
        return params.format === "csv"
          ? reply.type("text/csv; charset=utf-8").send(writeCsv(table))
          : reply.type(XLSX).send(Buffer.from(await press.sheet(table)));
      },
    );

    api.get(
      "/cockpit/snapshots/:id/sdmx-:message.json",
      { schema: { tags, params: oneSdmxMessage } },
      async ({ params }, reply) => {
        const { snapshot, area, at } = await oneSnapshot(database, params.id);
        if (!snapshot) throw damaged(params.id);
        const { name } = snapshot.areas.find(({ code }) => code === area) ?? { name: { zh: area, en: area } };
        // An agency is named by letters, digits and underscores.
        const sender = { agency: area.toUpperCase().replaceAll(/[^A-Z0-9]/g, "_"), name, prepared: at };
        const message = params.message === "data" ? sdmxData(snapshot, sender) : sdmxStructure(snapshot, sender);
        const file = `qingdan-${snapshot.hash.slice(0, 12)}-sdmx-${params.message}.json`;
        reply.header("content-disposition", `attachment; filename="${file}"`);
        return reply.type("application/json").send(JSON.stringify(message));
      },
    );

    api.get(
      "/cockpit/snapshots/:id/report.:format",
      { schema: { tags, params: oneReportFile, querystring: reportQuery } },
      async ({ params, query }, reply) => {
        const { snapshot, area } = await oneSnapshot(database, params.id);
        if (!snapshot) throw damaged(params.id);
        const report = await annualReport(snapshot, { area: query.area ?? area, language: query.language });
        const made = await press.set(report);
        const name = `qingdan-report-${query.area ?? area}-${snapshot.hash.slice(0, 12)}.${params.format}`;
        reply.header("content-disposition", `attachment; filename="${name}"`);
        return params.format === "docx"
          ? reply.type(DOCX).send(Buffer.from(made.docx))
          : reply.type("application/pdf").send(Buffer.from(made.pdf));
      },
    );
  };
}

const damaged = (hash: string) =>
  new Problem("COCKPIT-SNAPSHOT-UNKNOWN", {
    zh: `快照 ${hash} 的内容与指纹不符，不能使用`,
    en: `The content of snapshot ${hash} does not have that hash and cannot be used`,
  });
