import { readFileSync } from "node:fs";
import { transformSync } from "@swc/core";
import { expect, test } from "vitest";
import * as feel from "./index.ts";

const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");
const code = /```ts\n([\s\S]*?)```/u.exec(readme)?.[1] ?? "";

test("the examples of the README give what they say", () => {
  const lines = code.split("\n").map((line) => {
    const match = /^(.*); \/\/ (.*)$/u.exec(line);
    return match === null ? line : `results.push([String(${match[1]}), ${JSON.stringify(match[2])}]);`;
  });
  const program = lines.join("\n").replace(/import (\{.*\}) from "@qingdan\/feel";/u, "const $1 = feel;");
  const { code: script } = transformSync(program, { jsc: { parser: { syntax: "typescript" }, target: "es2022" } });
  const results: [string, string][] = [];
  new Function("feel", "results", script)(feel, results);
  expect(results.length).toBeGreaterThanOrEqual(6);
  for (const [got, said] of results) expect(got).toBe(said);
});
