import type { FastifyRequest } from "fastify";
import { z } from "zod";
import type { Routes } from "./http/compose.ts";
import type { CasesPage } from "./modules/cases/model.ts";
import { authorise } from "./modules/identity/index.ts";
import { Problem } from "./problem.ts";

/** Rows of one workbook; more are asked for by narrower filters. */
const mostRows = 20_000;
const filters = z.object({
  queue: z.string().max(40).optional(),
  stage: z.string().max(40).optional(),
  area: z.string().max(20).optional(),
  number: z.string().max(40).optional(),
  language: z.enum(["zh", "en"]).default("zh"),
});

const heads = {
  zh: [
    "办件编号",
    "项目",
    "当事人",
    "地区",
    "阶段",
    "渠道",
    "经办",
    "收件时间",
    "最迟办结",
    "时限状态",
    "结果",
    "金额（元）",
  ],
  en: [
    "Number",
    "Item",
    "Person",
    "Area",
    "Stage",
    "Channel",
    "Handled by",
    "Received",
    "Due",
    "Clock",
    "Outcome",
    "Yuan",
  ],
} as const;

/** What the desk's table shows, whole, as a workbook that says how many rows it holds. */
export const deskExportRoutes: Routes = (api) => {
  api.get("/desk/export.xlsx", { schema: { tags: ["cases"], querystring: filters } }, async (request, reply) => {
    const { actor, query } = request;
    const area = query.area ?? actor?.roles[0]?.area;
    authorise(actor, "case.export", { type: "case", ...(area && { area }) });
    const { language, ...asked } = query;
    const cases = await allCases(request, { ...asked, ...(area && { area }) });
    const name = `cases-${cases.length}.xlsx`;
    reply.header("content-disposition", `attachment; filename="${name}"`);
    reply.type("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
    return reply.send(await workbook(cases, language));
  });
};

/** Asks the address that the page reads, page by page, as the one who asks. */
async function allCases(request: FastifyRequest, asked: Readonly<Record<string, string>>): Promise<CasesPage["cases"]> {
  const found: CasesPage["cases"] = [];
  let after: string | null = "";
  while (after !== null) {
    const query = new URLSearchParams({ ...asked, size: "200", ...(after && { after }) });
    const { cookie = "" } = request.headers;
    const answer = await request.server.inject({ url: `/api/cases?${query}`, headers: { cookie } });
    if (answer.statusCode !== 200) {
      throw new Problem("API-REQUEST-INVALID", { zh: "筛选条件有误", en: "The filters are not valid" });
    }
    const page = answer.json<CasesPage>();
    found.push(...page.cases);
    after = page.after;
    if (found.length > mostRows) {
      throw new Problem("API-REQUEST-INVALID", {
        zh: `超过 ${mostRows} 行，请缩小筛选范围`,
        en: `More than ${mostRows} rows; narrow the filters`,
      });
    }
  }
  return found;
}

async function workbook(cases: CasesPage["cases"], language: "zh" | "en"): Promise<Buffer> {
  const { default: ExcelJS } = await import("exceljs");
  const book = new ExcelJS.Workbook();
  const sheet = book.addWorksheet(language === "zh" ? "办件" : "Cases", { views: [{ state: "frozen", ySplit: 2 }] });
  sheet.addRow([language === "zh" ? `共 ${cases.length} 行` : `${cases.length} rows`]);
  sheet.addRow([...heads[language]]).font = { bold: true };
  for (const card of cases) {
    sheet.addRow([
      card.number,
      card.item.name[language],
      card.person,
      card.area,
      card.stage,
      card.channel,
      card.assignee?.name ?? "",
      card.openedAt,
      card.due ?? "",
      card.clock,
      card.outcome ?? "",
      card.fen === null ? null : card.fen / 100,
    ]);
  }
  return Buffer.from(await book.xlsx.writeBuffer());
}
