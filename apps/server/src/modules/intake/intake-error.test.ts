import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { intakeErrorCodes } from "./intake-error.ts";
import { quarantineReasons } from "./quarantine-reasons.ts";

const page = readFileSync(new URL("../../../../../docs/errors.md", import.meta.url), "utf8");
const people = page.slice(page.indexOf("## People")).split(/^## /m)[1] ?? "";

describe("docs/errors.md", () => {
  it("tells of every refusal of a snapshot or an import, and of no other", () => {
    const codes = [...people.matchAll(/^\| `([A-Z-]+)` +\| .+ · .+ \| .+ · .+ \|$/gm)].map(([, code]) => code);
    expect(codes.toSorted()).toEqual([...intakeErrorCodes].toSorted());
  });

  it("gives every reason of quarantine with its words, and no other", () => {
    const rows = [...people.matchAll(/^\| `([a-z-]+)` +\| (.+?) · (.+?) +\|$/gm)].map(([, code, zh, en]) => [
      code,
      { zh, en },
    ]);
    expect(Object.fromEntries(rows)).toEqual(quarantineReasons);
  });
});
