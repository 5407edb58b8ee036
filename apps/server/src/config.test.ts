import { expect, test } from "vitest";
import { ConfigError, readConfig } from "./config.ts";

test("an empty environment has the defaults of the manual", () => {
  expect(readConfig({}, "/srv")).toEqual({
    databaseUrl: undefined,
    dataDir: "/srv/data",
    host: "127.0.0.1",
    port: 4173,
    people: 200_000,
    workers: undefined,
  });
});

test("a wrong environment is refused with every fault, not the first only", () => {
  const wrong = { QINGDAN_PORT: "http", QINGDAN_PEOPLE: "-1", QINGDAN_POEPLE: "5" };
  try {
    readConfig(wrong, "/srv");
    expect.unreachable();
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigError);
    const { zh, en } = (error as ConfigError).words;
    for (const words of [zh, en])
      for (const name of Object.keys(wrong)) expect(words.match(new RegExp(`^ +${name}: `, "gm"))).toHaveLength(1);
    expect(zh).toContain("QINGDAN_PEOPLE: 不小于 100");
    expect(zh).not.toMatch(/[a-z] [a-z]/);
  }
});

test("a server for the store is an address of PostgreSQL and nothing else", () => {
  expect(readConfig({ DATABASE_URL: "postgres://me@db/q" }, "/srv").databaseUrl).toBe("postgres://me@db/q");
  expect(() => readConfig({ DATABASE_URL: "mysql://me@db/q" }, "/srv")).toThrow(/DATABASE_URL: takes postgres/);
});

test("an identity provider is named whole or not at all, and the site without a path", () => {
  const provider = { QINGDAN_OIDC_ISSUER: "https://id.example", QINGDAN_OIDC_CLIENT: "q", QINGDAN_OIDC_SECRET: "s" };
  expect(readConfig({ ...provider, QINGDAN_ORIGIN: "https://city.example" }, "/srv")).toMatchObject({
    origin: "https://city.example",
    provider: { issuer: "https://id.example", clientId: "q", clientSecret: "s" },
  });
  const { QINGDAN_OIDC_SECRET: _, ...half } = provider;
  expect(() => readConfig(half, "/srv")).toThrow("QINGDAN_OIDC_SECRET: missing beside the others");
  expect(() => readConfig({ QINGDAN_ORIGIN: "city.example/list" }, "/srv")).toThrow("takes https://host");
});
