import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { LIST_FINDINGS } from "./finding.ts";

describe("docs/errors.md", () => {
  it("tells of every finding about lists, and of no other", () => {
    const page = readFileSync(new URL("../../../docs/errors.md", import.meta.url), "utf8");
    const rows = [...page.matchAll(/^\| `(LIST-[A-Z-]+)` +\| (\w+) +\| .+ · .+ \| .+ · .+ \|$/gm)];
    expect(Object.fromEntries(rows.map(([, code, severity]) => [code, severity]))).toEqual(LIST_FINDINGS);
    expect(page.match(/^\| `LIST-/gm)).toHaveLength(rows.length);
  });
});
