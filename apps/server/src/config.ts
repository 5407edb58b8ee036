import { isAbsolute, resolve } from "node:path";
import { form, readValue } from "@qingdan/list";
import { z } from "zod";
import type { Words } from "./problem.ts";

/** The environment, one sentence a variable. */
const environment = z.object({
  /** Folder for the store and the lake. */
  QINGDAN_DATA: z.string().min(1).default("data"),
  /** A PostgreSQL server that holds the store in place of the folder: postgres://user@host/database. */
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//, form("应写作 postgres://user@host/database", "takes postgres://user@host/database"))
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
    .regex(/^https?:\/\/[^/\s]+$/, form("应写作 https://host，不带路径", "takes https://host, without a path"))
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

/** The environment is wrong; its words list everything that is, not the first thing only. */
export class ConfigError extends Error {
  readonly code = "CONFIG-WRONG";
  readonly words: Words;

  constructor(faults: readonly ConfigFault[]) {
    const list = (language: keyof Words) => faults.map(({ name, words }) => `\n  ${name}: ${words[language]}`).join("");
    super(`The environment is wrong:${list("en")}`);
    this.words = { zh: `环境变量有误：${list("zh")}`, en: this.message };
  }
}

/** What is wrong with one variable. */
interface ConfigFault {
  readonly name: string;
  readonly words: Words;
}

/**
 * Reads the configuration.
 *
 * @throws {ConfigError} with the whole list of faults; a misspelt QINGDAN_ name is one.
 */
export function readConfig(env: Readonly<Record<string, string | undefined>>, cwd: string): Config {
  const read = readValue(environment, env);
  const known = Object.keys(environment.shape);
  const faults: ConfigFault[] = Object.keys(env)
    .filter((name) => name.startsWith("QINGDAN_") && name !== "QINGDAN_SHARED" && !known.includes(name))
    .map((name) => ({
      name,
      words: { zh: `没有这个变量；有：${known.join("、")}`, en: `unknown; known are ${known.join(", ")}` },
    }));
  if (!read.ok) faults.push(...read.faults.map(({ path, words }) => ({ name: path.join("."), words })));
  const oidc = ["QINGDAN_OIDC_ISSUER", "QINGDAN_OIDC_CLIENT", "QINGDAN_OIDC_SECRET"];
  const missing = oidc.filter((name) => !env[name]);
  if (missing.length > 0 && missing.length < oidc.length)
    faults.push({ name: missing.join(", "), words: { zh: "三个变量须同时给出", en: "missing beside the others" } });
  if (faults.length > 0 || !read.ok) throw new ConfigError(faults);
  const { QINGDAN_DATA: data, QINGDAN_HOST, QINGDAN_PORT, QINGDAN_PEOPLE, QINGDAN_WORKERS } = read.value;
  return {
    databaseUrl: read.value.DATABASE_URL,
    dataDir: isAbsolute(data) ? data : resolve(cwd, data),
    host: QINGDAN_HOST,
    port: QINGDAN_PORT,
    people: QINGDAN_PEOPLE,
    workers: QINGDAN_WORKERS,
    origin: read.value.QINGDAN_ORIGIN,
    provider: providerOf(read.value),
  };
}

function providerOf(read: z.infer<typeof environment>): Config["provider"] {
  const { QINGDAN_OIDC_ISSUER: issuer, QINGDAN_OIDC_CLIENT: clientId, QINGDAN_OIDC_SECRET: clientSecret } = read;
  return issuer && clientId && clientSecret ? { issuer, clientId, clientSecret } : undefined;
}
