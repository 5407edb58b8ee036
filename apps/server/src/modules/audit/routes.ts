import { readTileIndex, tileWidth, toBase64 } from "@qingdan/proof";
import type { FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import type { Routes } from "../../http/compose.ts";
import { Problem } from "../../problem.ts";
import type { Log } from "./log.ts";
import { consistencyQuery, consistencyView, eraseRequest, keyView, linesPage, linesQuery, proofFile } from "./model.ts";
import { presentKey, presentLines } from "./present.ts";

/** Whose and where the matter of a line is. */
interface Matter {
  readonly area?: string;
  readonly office?: string;
  readonly owner?: string;
}

/** Who asks, as the guard of identity says. */
type Asker = FastifyRequest["actor"];

export interface LogRoutesOptions {
  readonly log: Log;
  /** Lets pass or throws. */
  readonly authorise: (asker: Asker, action: string, resource: Matter & { readonly type: "log" }) => void;
  /** The matter of a line's subject; undefined where there is no such matter. */
  readonly matterOf: (subject: string) => Promise<Matter | undefined>;
  /** The area that the server serves. */
  readonly area: () => Promise<string | undefined>;
}

const tags = ["audit"];
const byLine = z.object({ id: z.coerce.number().int().min(1) });
const year = "public, max-age=31536000, immutable";

const unknownLine = () =>
  new Problem("LOG-LINE-UNKNOWN", { zh: "没有这一条，或不是您的", en: "There is no such line, or it is not yours" });

/** The log as outside clients read it (c2sp.org/tlog-tiles, with `/api/log` as prefix), and its lines for those they concern. */
export function logRoutes({ log, authorise, matterOf, area }: LogRoutesOptions): Routes {
  const requireReader = async (actor: Asker, subject: string | null) => {
    const matter = subject === null ? undefined : await matterOf(subject);
    if (!matter) throw unknownLine();
    authorise(actor, "log.line", { type: "log", ...matter });
  };
  const bytes = (reply: FastifyReply, content: Uint8Array) =>
    reply.type("application/octet-stream").header("cache-control", year).send(Buffer.from(content));

  return (api) => {
    api.get("/log/checkpoint", { schema: { tags } }, async (_, reply) => {
      let head = await log.head();
      if (!head) {
        await log.seal();
        head = await log.head();
      }
      if (!head) throw new Problem("LOG-TILE-UNKNOWN", { zh: "日志还是空的", en: "The log is still empty" });
      return reply.type("text/plain; charset=utf-8").header("cache-control", "no-cache").send(head.note);
    });

    api.get("/log/key", { schema: { tags, response: { 200: keyView } } }, () => presentKey(log));

    api.get(
      "/log/tile/*",
      { schema: { tags, params: z.object({ "*": z.string().max(80) }) } },
      async ({ params }, reply) => {
        const tile = readTilePath(params["*"]);
        if (!tile) throw new Problem("LOG-TILE-UNKNOWN", { zh: "路径不是瓦片", en: "The path is no tile" });
        const { level, n, width } = tile;
        return bytes(reply, level === "entries" ? await log.entries(n, width) : await log.tile({ level, n }, width));
      },
    );

    api.get(
      "/log/consistency",
      { schema: { tags, querystring: consistencyQuery, response: { 200: consistencyView } } },
      async ({ query: { older, newer } }) => ({
        older,
        newer,
        proof: (await log.consistency(older, newer)).map(toBase64),
      }),
    );

    api.get(
      "/log/lines",
      { schema: { tags, querystring: linesQuery, response: { 200: linesPage } } },
      async ({ actor, query: { subject, after, size } }) => {
        await requireReader(actor, subject);
        return presentLines(await log.about(subject, after, size), size);
      },
    );

    api.get(
      "/log/lines/:id/proof",
      { schema: { tags, params: byLine, response: { 200: proofFile } } },
      async (request) => {
        const { actor, params } = request;
        const line = await log.line(params.id);
        // An erased line tells nobody whose it was; everyone may learn that it was erased.
        if (line.erased_at === null) await requireReader(actor, line.subject);
        return log.proofFile(params.id);
      },
    );

    api.post(
      "/log/lines/:id/erase",
      { schema: { tags, params: byLine, body: eraseRequest } },
      async ({ actor, params, body }, reply) => {
        const { subject } = await log.line(params.id);
        const matter = subject === null ? undefined : await matterOf(subject);
        authorise(actor, "log.erase", { type: "log", area: matter?.area ?? (await area()) });
        await log.erase(params.id, { reason: body.reason, by: actor?.id ?? "" });
        return reply.code(204).send();
      },
    );
  };
}

/** `<level>/<index>` with `.p/<width>` for a partial tile. */
function readTilePath(path: string): { level: number | "entries"; n: number; width: number } | undefined {
  const [, kind, index, part] = /^(entries|0|[1-9]\d?)\/([x\d/]+?)(?:\.p\/([1-9]\d{0,2}))?$/.exec(path) ?? [];
  const n = index === undefined ? undefined : readTileIndex(index);
  const width = part === undefined ? tileWidth : Number(part);
  if (kind === undefined || n === undefined || (part !== undefined && width >= tileWidth)) return undefined;
  return { level: kind === "entries" ? kind : Number(kind), n, width };
}
