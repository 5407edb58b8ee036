import { readFileSync } from "node:fs";
import Fastify from "fastify";
import { validatorCompiler } from "fastify-type-provider-zod";
import { expect, test } from "vitest";
import { z } from "zod";
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

test("what is wrong with a request is told in the reader's language, and a schema's own words as they stand", async () => {
  const app = Fastify();
  app.setValidatorCompiler(validatorCompiler);
  app.setErrorHandler(sendProblem);
  const asked = z.object({
    size: z.coerce.number().int().max(500),
    kind: z.enum(["clinic", "market"]),
    day: z.string().refine((text) => text !== "never", "从不 / never"),
  });
  app.get("/", { schema: { querystring: asked } }, async () => "");
  const told = async (language: string) => {
    const url = "/?size=501&kind=school&day=never";
    const { errors } = (await app.inject({ url, headers: { "accept-language": language } })).json();
    return errors;
  };
  const own = { field: "day", message: "从不 / never" };
  const [zh, en] = [await told("zh-CN"), await told("en-GB")];
  expect(en.map(({ field }: { field: string }) => field)).toEqual(["size", "kind", "day"]);
  expect([zh[2], en[2]]).toEqual([own, own]);
  for (const at of [0, 1]) {
    expect(zh[at].field).toBe(en[at].field);
    expect(zh[at].message).toMatch(/\p{Script=Han}/u);
    expect(en[at].message).toMatch(/^[\p{ASCII}]+$/u);
  }
  expect([zh[0].message, en[0].message]).toEqual([expect.stringContaining("500"), expect.stringContaining("500")]);
  await app.close();
});
