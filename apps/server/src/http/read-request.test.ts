import { readdirSync } from "node:fs";
import { expect, test } from "vitest";
import type { z } from "zod";

type Part = z.core.$ZodType | z.core.$ZodCheck;
interface Def {
  readonly check?: string;
  readonly error?: (issue: object) => unknown;
}

/** A schema, its checks, and everything inside it. */
function partsOf(value: unknown, found = new Set<Part>()): Set<Part> {
  if (typeof value !== "object" || value === null) return found;
  if (!("_zod" in value)) {
    for (const inner of Object.values(value)) partsOf(inner, found);
    return found;
  }
  const part = value as Part;
  if (found.has(part)) return found;
  found.add(part);
  return partsOf(part._zod.def, found);
}

test("every word of their own that the API's schemas have stands in both languages", async () => {
  const folder = new URL("../modules/", import.meta.url);
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((file) => /model\.ts$/.test(file));
  const models = await Promise.all(files.map((file) => import(new URL(file, folder).href)));
  const own: string[] = [];
  for (const part of partsOf(models.map((model) => ({ ...model })))) {
    const def = part._zod.def as Def;
    const message = def.error?.({ code: "custom" });
    if (message !== undefined || def.check === "custom") own.push(String(message));
  }
  expect(own.length).toBeGreaterThan(8);
  for (const message of own) expect(message).toMatch(/^(“[^”]*”|[^A-Za-z])+ \| \p{ASCII}+$/u);
});
