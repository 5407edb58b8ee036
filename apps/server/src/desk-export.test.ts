import ExcelJS from "exceljs";
import type { FastifyInstance } from "fastify";
import { afterAll, beforeAll, expect, it } from "vitest";
import { z } from "zod";
import { deskExportRoutes } from "./desk-export.ts";
import { compose } from "./http/compose.ts";
import { guardAs, testActors } from "./testing/actors.ts";

let app: FastifyInstance;
const card = (at: number) => ({
  number: `2026-${at}`,
  item: { name: { zh: "会员球场", en: "Court" } },
  person: String(at),
  area: "cn-3199",
  stage: "handling",
  channel: "web",
  assignee: at % 2 === 0 ? { id: "a", name: '=HYPERLINK("x")' } : null,
  openedAt: "2026-11-22T00:00:00.000Z",
  due: null,
  clock: "none",
  outcome: null,
  fen: at * 100 + 5,
});

beforeAll(async () => {
  app = await compose({
    version: "0",
    logger: false,
    pages: undefined,
    requestsPerMinute: 10_000,
    guard: guardAs(testActors),
    routes: [
      deskExportRoutes,
      // Two pages of three cases, as the desk's own address gives them.
      (api) => {
        const query = z.object({ after: z.string().optional(), stage: z.string().optional() });
        api.get("/cases", { schema: { querystring: query } }, ({ query: { after, stage } }) => {
          const cases = after ? [card(3)] : [card(1), card(2)];
          return { cases: cases.filter((one) => !stage || one.stage === stage), after: after ? null : "next" };
        });
      },
    ],
  });
});
afterAll(() => app.close());

const get = (actor: string, more = "") =>
  app.inject({ url: `/api/desk/export.xlsx?language=en${more}`, headers: { "x-test-actor": actor } });

it("holds every row of every page, and says how many", async () => {
  const answer = await get("clerk");
  expect(answer.headers["content-disposition"]).toContain("cases-3.xlsx");
  const book = new ExcelJS.Workbook();
  // The package's own types know Node's older Buffer.
  await book.xlsx.load(answer.rawPayload as unknown as ExcelJS.Buffer);
  const sheet = book.worksheets[0]!;
  expect(sheet.getCell("A1").value).toBe("3 rows");
  expect([3, 4, 5].map((row) => sheet.getCell(row, 1).value)).toEqual(["2026-1", "2026-2", "2026-3"]);
  expect(sheet.getCell(3, 12).value).toBe(1.05);
  // A name that looks like a formula stays a text.
  expect(sheet.getCell(4, 7).value).toBe('=HYPERLINK("x")');
});

it("filters as the page does, and is for clerks and auditors", async () => {
  expect((await get("auditor", "&stage=decided")).headers["content-disposition"]).toContain("cases-0.xlsx");
  expect((await get("checker")).statusCode).toBe(403);
  expect((await get("resident")).statusCode).toBe(403);
  expect((await get("")).statusCode).toBe(401);
});
