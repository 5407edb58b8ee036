import rateLimit from "@fastify/rate-limit";
import swagger from "@fastify/swagger";
import Fastify, { type FastifyInstance, type FastifyServerOptions } from "fastify";
import { jsonSchemaTransform, type ZodTypeProvider } from "fastify-type-provider-zod";
import { z } from "zod";
import { sendProblem } from "../problem.ts";
import { servePages } from "./pages.ts";
import { requestCompiler } from "./read-request.ts";
import { serveReference } from "./reference.ts";
import { securityHeaders } from "./security-headers.ts";
import { answerCompiler } from "./write-answer.ts";

/** A module's routes: registered under `/api`. */
export type Routes = (api: Api) => void;
type Api = ReturnType<typeof typed>;

export interface ComposeOptions {
  readonly version: string;
  readonly logger: FastifyServerOptions["logger"];
  readonly routes: readonly Routes[];
  /** Folder of the built web app; without one only the API is served. */
  readonly pages: string | undefined;
  /** Requests a minute from one address. */
  readonly requestsPerMinute: number;
  /** Says who asks, before any route; without one everybody is a visitor. */
  readonly guard?: (app: FastifyInstance) => void | Promise<void>;
}

const typed = (app: FastifyInstance) => app.withTypeProvider<ZodTypeProvider>();

/** Puts the HTTP server together; nothing listens yet. */
export async function compose(options: ComposeOptions): Promise<FastifyInstance> {
  const app = Fastify({ logger: options.logger, routerOptions: { maxParamLength: 200 } });
  app.setValidatorCompiler(requestCompiler);
  app.setSerializerCompiler(answerCompiler);
  app.setErrorHandler(sendProblem);
  const guarding = await securityHeaders();
  app.addHook("onRequest", (_, reply, done) => {
    reply.headers(guarding);
    done();
  });
  await app.register(rateLimit, { max: options.requestsPerMinute, timeWindow: 60_000 });
  if (options.guard) await options.guard(app);
  else app.decorateRequest("actor", undefined);
  await app.register(swagger, {
    openapi: {
      openapi: "3.1.0",
      info: {
        title: "Qingdan 清单",
        version: options.version,
        description: "The executable list of basic public services: lists, rulebooks and runs.",
      },
      tags: [
        { name: "list", description: "Lists, items, parameters, rulebooks, published versions, checks" },
        { name: "studio", description: "Drafts, proposals and publication of lists" },
        { name: "whatif", description: "Reforms and drafts tried on the city in memory" },
        { name: "identity", description: "Accounts, sign-in, sessions, who looked at whom" },
        { name: "audit", description: "The public log: checkpoints, tiles, proofs" },
        {
          name: "cases",
          description: "Applications, their journals, clocks and decisions; forms and life-event bundles",
        },
        { name: "payments", description: "Payment batches, bank files, returns, reconciliation" },
        { name: "entitlements", description: "Who is owed what, who is missed, who pays" },
        { name: "indicators", description: "Indicators, targets, index, warnings, actions, frozen snapshots" },
        { name: "places", description: "Map, facilities, coverage, what-if and siting" },
      ],
    },
    transform: jsonSchemaTransform,
  });
  await app.register(
    async (instance) => {
      const api = typed(instance);
      api.get("/health", { schema: { response: { 200: health } } }, () => ({ ok: true, version: options.version }));
      instance.get("/openapi.json", { schema: { hide: true } }, () => app.swagger());
      for (const routes of options.routes) routes(api);
    },
    { prefix: "/api" },
  );
  serveReference(app);
  await servePages(app, options.pages);
  return app;
}

const health = z.object({ ok: z.boolean(), version: z.string() });
