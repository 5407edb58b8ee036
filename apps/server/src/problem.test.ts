import { readFileSync } from "node:fs";
import { form } from "@qingdan/list";
import Fastify from "fastify";
import { expect, test } from "vitest";
import { z } from "zod";
import { requestCompiler } from "./http/read-request.ts";
import { problems, sendProblem } from "./problem.ts";

test("docs/errors.md tells of every refusal of the API with its status, and of no other", () => {
  const page = readFileSync(new URL("../../../docs/errors.md", import.meta.url), "utf8");
  const told = [...page.matchAll(/^\| `([A-Z]+-[A-Z-]+)` +\| (\d{3}) /gm)].map(([, code, status]) => [
    code,
    Number(status),
  ]);
  expect(Object.fromEntries(told)).toEqual(
    Object.fromEntries(Object.entries(problems).map(([code, { status }]) => [code, status])),
  );
});

test("what is wrong with a request is told in the reader's language, by general words or a schema's own", async () => {
  const app = Fastify();
  app.setValidatorCompiler(requestCompiler);
  app.setErrorHandler(sendProblem);
  const asked = z.object({
    size: z.coerce.number().int().max(500),
    many: z.coerce.number(),
    kind: z.enum(["clinic", "market"]),
    day: z.string().refine((text) => text !== "never", form("有这一天", "a day that comes")),
    area: z.string(),
  });
  app.get("/", { schema: { querystring: asked } }, async () => "");
  const told = async (language: string) => {
    const url = "/?size=501&many=few&kind=school&day=never";
    const { errors } = (await app.inject({ url, headers: { "accept-language": language } })).json();
    return errors;
  };
  expect(await told("zh-CN")).toEqual([
    { field: "size", message: "不大于 500" },
    { field: "many", message: "应为数" },
    { field: "kind", message: "应为“clinic”、“market”之一" },
    { field: "day", message: "有这一天" },
    { field: "area", message: "缺少这一项" },
  ]);
  expect(await told("en-GB")).toEqual([
    { field: "size", message: "At most 500" },
    { field: "many", message: "It should be a number" },
    { field: "kind", message: 'It should be one of "clinic", "market"' },
    { field: "day", message: "a day that comes" },
    { field: "area", message: "It is missing" },
  ]);
  await app.close();
});
