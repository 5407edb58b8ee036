import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { FastifyInstance } from "fastify";
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { Problem } from "../problem.ts";
import { compose } from "./compose.ts";

let app: FastifyInstance;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "qingdan-pages-"));
  await mkdir(join(folder, "assets"));
  await writeFile(join(folder, "index.html"), "<title>index</title>");
  await writeFile(join(folder, "me.html"), "<title>me</title>");
  await writeFile(join(folder, "pages.json"), JSON.stringify(["/", "/list", "/list/:list/:item"]));
  await writeFile(join(folder, "assets/a-1.js"), "1");
  app = await compose({
    version: "0.0.0",
    logger: false,
    requestsPerMinute: 1000,
    pages: folder,
    routes: [
      (api) => {
        api.get("/tea", { schema: { querystring: z.object({ cups: z.coerce.number().int() }) } }, (request) => {
          if (request.query.cups > 9)
            throw new Problem("API-ITEM-UNKNOWN", { zh: "没有这么多杯", en: "Not that many cups" });
          if (request.query.cups < 0) throw new Error("secret of the house");
          return { cups: request.query.cups };
        });
      },
    ],
  });
});
afterAll(() => app.close());

test("a refusal is problem JSON with its stable code, in the reader's language", async () => {
  const zh = await app.inject("/api/tea?cups=10");
  expect(zh.statusCode).toBe(404);
  expect(zh.headers["content-type"]).toContain("application/problem+json");
  expect(zh.json()).toMatchObject({ code: "API-ITEM-UNKNOWN", status: 404, detail: "没有这么多杯" });
  const en = await app.inject({ url: "/api/tea?cups=10", headers: { "accept-language": "en-GB,en;q=0.9" } });
  expect(en.json()).toMatchObject({ title: "No such item in the list", detail: "Not that many cups" });
});

test("a request that breaks its schema names the field", async () => {
  const answer = await app.inject("/api/tea?cups=many");
  expect(answer.statusCode).toBe(400);
  expect(answer.json()).toMatchObject({ code: "API-REQUEST-INVALID", errors: [{ field: "cups" }] });
});

test("an unexpected failure tells nothing of its inside", async () => {
  const answer = await app.inject("/api/tea?cups=-1");
  expect(answer.statusCode).toBe(500);
  expect(answer.body).not.toContain("secret");
});

test("pages: an address of the app gets its document, another the same with a 404, an unknown file and an unknown API address a 404", async () => {
  for (const address of ["/", "/list", "/list/", "/List?q=x", "/list/cn-31/cn-31.new-year-aid", "/list/cn/cn.radio"]) {
    const { statusCode, body } = await app.inject(address);
    expect([address, statusCode, body]).toEqual([address, 200, "<title>index</title>"]);
  }
  for (const address of ["/nowhere", "/list/cn-31", "/list/cn-31/item/more"]) {
    const { statusCode, body } = await app.inject(address);
    expect([address, statusCode, body]).toEqual([address, 404, "<title>index</title>"]);
  }
  expect((await app.inject("/me")).body).toContain("me");
  expect((await app.inject("/me/answers")).body).toContain("me");
  expect((await app.inject("/assets/a-1.js")).headers["cache-control"]).toContain("immutable");
  expect((await app.inject("/missing.js")).statusCode).toBe(404);
  expect((await app.inject("/api/none")).json()).toMatchObject({ code: "API-ADDRESS-UNKNOWN" });
});

test("pages that are built anew while the server runs are served as they are then", async () => {
  await rm(join(folder, "assets/a-1.js"));
  await writeFile(join(folder, "assets/a-2.js"), "22");
  await writeFile(join(folder, "index.html"), "<title>anew</title>");
  expect((await app.inject("/")).body).toContain("anew");
  expect((await app.inject("/list")).body).toContain("anew");
  const asset = await app.inject("/assets/a-2.js");
  expect(asset).toMatchObject({ statusCode: 200, body: "22" });
  expect(asset.headers["cache-control"]).toContain("immutable");
  expect((await app.inject("/assets/a-1.js")).statusCode).toBe(404);
  for (const outside of ["/../compose.ts", "/..%2f..%2fetc/passwd", "/assets/%2e%2e/%2e%2e/etc/passwd"]) {
    expect((await app.inject(outside)).body).not.toMatch(/root:|import/);
  }
});

test("scripts come from this server only and nothing may be evaluated", async () => {
  const policy = String((await app.inject("/")).headers["content-security-policy"]);
  expect(policy).toContain("script-src 'self';");
  expect(policy).not.toContain("unsafe-eval");
});

test("the OpenAPI document is 3.1 and the reference page is there", async () => {
  const document = (await app.inject("/api/openapi.json")).json();
  expect(document.openapi).toBe("3.1.0");
  expect(Object.keys(document.paths)).toContain("/api/tea");
  const page = await app.inject({ url: "/api/reference/", headers: { accept: "text/html" } });
  expect(page.statusCode).toBe(200);
  expect(page.headers["content-security-policy"]).toContain("script-src 'self' 'unsafe-inline'");
  expect(page.body).toContain("/api/openapi.json");
  const script = /src="(js\/[^"]+|[^"]*scalar[^"]*\.js)"/.exec(page.body)?.[1] ?? "";
  const loaded = await app.inject(new URL(script, "http://host/api/reference/").pathname);
  expect(loaded.headers["content-type"]).toContain("javascript");
});

test("every answer bears the headers by which browsers guard a site", async () => {
  // Those of the OWASP Secure Headers Project that are for a site's own server to set.
  for (const url of ["/", "/api/tea?cups=1", "/api/none", "/api/reference/"]) {
    const { headers } = await app.inject(url);
    expect({ url, ...headers }).toMatchObject({
      url,
      "x-content-type-options": "nosniff",
      "x-frame-options": "SAMEORIGIN",
      "referrer-policy": "no-referrer",
      "cross-origin-opener-policy": "same-origin",
      "cross-origin-resource-policy": "same-origin",
      "x-permitted-cross-domain-policies": "none",
      "x-dns-prefetch-control": "off",
    });
    expect(String(headers["content-security-policy"])).toContain("default-src 'self'");
    expect(headers).not.toHaveProperty("x-powered-by");
  }
});
