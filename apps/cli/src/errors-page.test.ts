import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";

test("docs/errors.md tells of every refusal of the command, and of no other", () => {
  const page = readFileSync(new URL("../../../docs/errors.md", import.meta.url), "utf8");
  const told = [...page.matchAll(/^\| `(CLI-[A-Z-]+)`/gm)].map(([, code]) => code);
  const sources = readdirSync(import.meta.dirname, { recursive: true, encoding: "utf8" })
    .filter((file) => /\.ts$/.test(file) && !/\.test\.ts$/.test(file))
    .map((file) => readFileSync(path.join(import.meta.dirname, file), "utf8"));
  const given = sources.flatMap((text) => [...text.matchAll(/"(CLI-[A-Z-]+)"/g)].map(([, code]) => code));
  expect(told.toSorted()).toEqual([...new Set(given)].toSorted());
});
