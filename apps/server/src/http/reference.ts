import Fastify, { type FastifyInstance } from "fastify";

const address = "/api/reference";

/** The page brings its own inline script and style; the rest of the site allows neither. */
const policy =
  "default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'";

/**
 * The reference page of the API. Its library carries four megabytes of script in one module: it is read when somebody opens the
 * page, not at each start, and serves from an instance of its own because the server takes no new routes by then.
 */
export function serveReference(app: FastifyInstance): void {
  let reference: Promise<FastifyInstance> | undefined;
  for (const url of [address, `${address}/*`])
    app.get(url, { schema: { hide: true } }, async (request, reply) => {
      reference ??= openReference();
      const page = await (await reference).inject({ url: request.url, headers: { accept: "text/html" } });
      return reply
        .code(page.statusCode)
        .headers({ ...page.headers, "content-security-policy": policy })
        .send(page.rawPayload);
    });
}

async function openReference(): Promise<FastifyInstance> {
  const { default: scalar } = await import("@scalar/fastify-api-reference");
  const app = Fastify();
  await app.register(scalar, {
    routePrefix: address,
    configuration: { url: "/api/openapi.json", withDefaultFonts: false, telemetry: false },
  });
  return app;
}
