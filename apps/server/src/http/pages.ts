import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fastifyStatic, { type FastifyStaticOptions } from "@fastify/static";
import type { FastifyInstance, FastifyReply } from "fastify";
import { Problem } from "../problem.ts";

/** Documents of the built web app by the first step of the address; every other address gets `index.html`. */
const documents: Readonly<Record<string, string>> = { me: "me.html" };

const isFile = (path: string) => /\.[a-z0-9]+$/i.test(path);

/** Serves the built pages; an address that is no file is a page of the app (but never one under /api). */
export async function servePages(app: FastifyInstance, folder: string | undefined) {
  if (folder !== undefined) {
    // Files are looked up when they are asked for: the pages may be built anew while the server runs.
    await app.register(fastifyStatic, { root: folder, index: false, allowedPath: isFile, setHeaders: cacheHeaders });
  }
  app.setNotFoundHandler((request, reply) => {
    const path = request.url.split("?", 1)[0] ?? "/";
    const isPage = folder !== undefined && request.method === "GET" && !path.startsWith("/api/");
    // The address of an item ends as a file may: `/list/cn/cn.radio`.
    if (!isPage || (isFile(path) && !isPath(folder, path))) {
      throw new Problem("API-ADDRESS-UNKNOWN", { zh: `${path} 不存在`, en: `${path} does not exist` });
    }
    return sendDocument(reply, folder, path);
  });
}

/** Whether the app has a page at the address, by the list of its paths (`/list/:list`) that the build writes down. */
function isPath(folder: string, path: string): boolean {
  const file = join(folder, "pages.json");
  if (!existsSync(file)) return false;
  const steps = path.split("/").filter((step) => step !== "");
  const paths: readonly string[] = JSON.parse(readFileSync(file, "utf8"));
  return paths.some((one) => {
    const wanted = one.split("/").filter((step) => step !== "");
    return (
      wanted.length === steps.length &&
      wanted.every((step, at) => step.startsWith(":") || step === steps[at]?.toLowerCase())
    );
  });
}

function sendDocument(reply: FastifyReply, folder: string, path: string) {
  const own = documents[path.split("/")[1] ?? ""];
  const name = own ?? "index.html";
  if (!existsSync(join(folder, name))) {
    throw new Problem("API-ADDRESS-UNKNOWN", {
      zh: "网页还没有构建：运行 npm start",
      en: "The pages are not built: run npm start",
    });
  }
  // Where the app has no page it says so itself, in the reader's language.
  return reply
    .code(own !== undefined || isPath(folder, path) ? 200 : 404)
    .header("cache-control", "no-cache")
    .sendFile(name);
}

/** Built assets carry a hash of their content in the name and never change; documents are asked for each time. */
const cacheHeaders: FastifyStaticOptions["setHeaders"] = (reply, path) => {
  const immutable = path.includes("/assets/");
  reply.header("cache-control", immutable ? "public, max-age=31536000, immutable" : "no-cache");
};
