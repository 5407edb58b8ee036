import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { problems } from "./problem.ts";

test("docs/errors.md tells of every refusal of the API with its status, and of no other", () => {
  const page = readFileSync(new URL("../../../docs/errors.md", import.meta.url), "utf8");
  const told = [...page.matchAll(/^\| `([A-Z]+-[A-Z-]+)` +\| (\d{3}) /gm)].map(([, code, status]) => [
    code,
    Number(status),
  ]);
  expect(Object.fromEntries(told)).toEqual(
    Object.fromEntries(Object.entries(problems).map(([code, { status }]) => [code, status])),
  );
});
