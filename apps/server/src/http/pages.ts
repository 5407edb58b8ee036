import { existsSync } from "node:fs";
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
    const isPage = request.method === "GET" && !path.startsWith("/api/") && !isFile(path);
    if (!isPage || folder === undefined) {
      throw new Problem("API-ADDRESS-UNKNOWN", { zh: `${path} 不存在`, en: `${path} does not exist` });
    }
    return sendDocument(reply, folder, documents[path.split("/")[1] ?? ""] ?? "index.html");
  });
}

function sendDocument(reply: FastifyReply, folder: string, name: string) {
  if (!existsSync(join(folder, name))) {
    throw new Problem("API-ADDRESS-UNKNOWN", {
      zh: "网页还没有构建:运行 npm start",
      en: "The pages are not built: run npm start",
    });
  }
  return reply.header("cache-control", "no-cache").sendFile(name);
}

/** Built assets carry a hash of their content in the name and never change; documents are asked for each time. */
const cacheHeaders: FastifyStaticOptions["setHeaders"] = (reply, path) => {
  const immutable = path.includes("/assets/");
  reply.header("cache-control", immutable ? "public, max-age=31536000, immutable" : "no-cache");
};
