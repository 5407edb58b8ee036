import helmet from "@fastify/helmet";
import Fastify from "fastify";

/** Scripts and data come from this server alone; charts and the page's own components set styles on elements. */
const contentPolicy = {
  "default-src": ["'self'"],
  "script-src": ["'self'"],
  "style-src": ["'self'", "'unsafe-inline'"],
  "img-src": ["'self'", "data:", "blob:"],
  "connect-src": ["'self'"],
  "worker-src": ["'self'"],
  "object-src": ["'none'"],
  "frame-ancestors": ["'none'"],
  "upgrade-insecure-requests": null,
};

/**
 * The headers that every answer bears so that browsers guard the site. Helmet works them out anew for each request that it serves;
 * they are the same each time, so it is asked once.
 */
export async function securityHeaders(): Promise<Readonly<Record<string, string>>> {
  const asked = Fastify();
  const headers: Record<string, string> = {};
  await asked.register(helmet, { contentSecurityPolicy: { directives: contentPolicy }, hsts: false });
  asked.get("/", (_, reply) => {
    for (const [name, value] of Object.entries(reply.raw.getHeaders())) headers[name] = String(value);
    return "";
  });
  await asked.inject("/");
  await asked.close();
  return headers;
}
