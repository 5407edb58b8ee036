import { isAbsolute, resolve } from "node:path";
import { z } from "zod";

/** The environment, one sentence a variable. */
const environment = z.object({
  /** Folder for the store and the lake. */
  QINGDAN_DATA: z.string().min(1).default("data"),
  /** A PostgreSQL server that holds the store in place of the folder: postgres://user@host/database. */
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//, "takes postgres://user@host/database")
    .optional(),
  /** Address to listen on; 0.0.0.0 for every interface. */
  QINGDAN_HOST: z.string().min(1).default("127.0.0.1"),
  /** Port to listen on; 0 takes a free one. */
  QINGDAN_PORT: z.coerce.number().int().min(0).max(65_535).default(4173),
  /** People of the demo city. */
  QINGDAN_PEOPLE: z.coerce.number().int().min(100).max(100_000_000).default(200_000),
  /** Worker threads of a run. */
  QINGDAN_WORKERS: z.coerce.number().int().min(1).max(256).optional(),
  /** The site as browsers see it, behind a gateway that ends TLS: https://host. Cookies and passkeys are bound to it. */
  QINGDAN_ORIGIN: z
    .string()
    .regex(/^https?:\/\/[^/\s]+$/, "takes https://host, without a path")
    .optional(),
  /** An identity provider to sign in at, with the client that is registered there; all three or none. */
  QINGDAN_OIDC_ISSUER: z.url().optional(),
  QINGDAN_OIDC_CLIENT: z.string().min(1).optional(),
  QINGDAN_OIDC_SECRET: z.string().min(1).optional(),
});

export interface Config {
  readonly dataDir: string;
  readonly databaseUrl: string | undefined;
  readonly host: string;
  readonly port: number;
  readonly people: number;
  readonly workers: number | undefined;
  readonly origin: string | undefined;
  readonly provider: { readonly issuer: string; readonly clientId: string; readonly clientSecret: string } | undefined;
}

/** The environment is wrong; `faults` lists everything that is, not the first thing only. */
export class ConfigError extends Error {
  readonly code = "CONFIG-WRONG";
  readonly faults: readonly string[];
  readonly words: { readonly zh: string; readonly en: string };

  constructor(faults: readonly string[]) {
    const list = faults.map((fault) => `\n  ${fault}`).join("");
    super(`The environment is wrong:${list}`);
    this.faults = faults;
    this.words = { zh: `环境变量有误：${list}`, en: this.message };
  }
}

/**
 * Reads the configuration.
 *
 * @throws {ConfigError} with the whole list of faults; a misspelt QINGDAN_ name is one.
 */
export function readConfig(env: Readonly<Record<string, string | undefined>>, cwd: string): Config {
  const read = environment.safeParse(env);
  const faults = Object.keys(env)
    .filter((name) => name.startsWith("QINGDAN_") && name !== "QINGDAN_SHARED" && !(name in environment.shape))
    .map((name) => `${name}: unknown; known are ${Object.keys(environment.shape).join(", ")}`);
  if (!read.success) {
    faults.push(...read.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`));
  }
  const oidc = ["QINGDAN_OIDC_ISSUER", "QINGDAN_OIDC_CLIENT", "QINGDAN_OIDC_SECRET"];
  const missing = oidc.filter((name) => !env[name]);
  if (missing.length > 0 && missing.length < oidc.length)
    faults.push(`${missing.join(", ")}: missing beside the others`);
  if (faults.length > 0 || !read.success) throw new ConfigError(faults);
  const { QINGDAN_DATA: data, QINGDAN_HOST, QINGDAN_PORT, QINGDAN_PEOPLE, QINGDAN_WORKERS } = read.data;
  return {
    databaseUrl: read.data.DATABASE_URL,
    dataDir: isAbsolute(data) ? data : resolve(cwd, data),
    host: QINGDAN_HOST,
    port: QINGDAN_PORT,
    people: QINGDAN_PEOPLE,
    workers: QINGDAN_WORKERS,
    origin: read.data.QINGDAN_ORIGIN,
    provider: providerOf(read.data),
  };
}

function providerOf(read: z.infer<typeof environment>): Config["provider"] {
  const { QINGDAN_OIDC_ISSUER: issuer, QINGDAN_OIDC_CLIENT: clientId, QINGDAN_OIDC_SECRET: clientSecret } = read;
  return issuer && clientId && clientSecret ? { issuer, clientId, clientSecret } : undefined;
}
