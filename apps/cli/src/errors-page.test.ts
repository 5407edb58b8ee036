import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";

test.each([
  ["command", "CLI", "."],
  ["clock", "CLOCK", "../../../packages/clock/src"],
])("docs/errors.md tells of every refusal of the %s, and of no other", (_, prefix, from) => {
  const page = readFileSync(new URL("../../../docs/errors.md", import.meta.url), "utf8");
  const told = [...page.matchAll(new RegExp(`^\\| \`(${prefix}-[A-Z-]+)\``, "gm"))].map(([, code]) => code);
  const folder = path.join(import.meta.dirname, from);
  const sources = readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => /\.ts$/.test(file) && !/\.test\.ts$/.test(file))
    .map((file) => readFileSync(path.join(folder, file), "utf8"));
  const given = sources.flatMap((text) =>
    [...text.matchAll(new RegExp(`"(${prefix}-[A-Z-]+)"`, "g"))].map(([, code]) => code),
  );
  expect(told.length).toBeGreaterThan(0);
  expect(told.toSorted()).toEqual([...new Set(given)].toSorted());
});
