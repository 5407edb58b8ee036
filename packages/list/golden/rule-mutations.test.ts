import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { compileRulebook } from "../src/compile/compile-rulebook.ts";
import { clubList } from "../src/testing/club-rules.ts";
import { mutationsOf } from "../src/testing/mutate-rule.ts";
import { mutateGolden, mutationsPage } from "./rule-mutations.ts";

const page = readFileSync(new URL("../../../docs/rule-mutations.md", import.meta.url), "utf8");
const rows = [...page.matchAll(/^\| (cn\S*) \| (\d+) \| (\d+) \| (\d+) \| ([\d.]+) \|$/gm)].map(
  ([, item, ...numbers]) => {
    const [cases = 0, mutations = 0, noticed = 0] = numbers.map(Number);
    return { item, cases, mutations, noticed };
  },
);

describe("wrong versions of rules", () => {
  /** One list always; all of them where QINGDAN_LONG is 1. */
  const all = process.env.QINGDAN_LONG === "1";
  test("are noticed by the golden cases as docs/rule-mutations.md says", { timeout: 300_000 }, async () => {
    const found = await mutateGolden(all ? undefined : new Set(["cn-3301"]));
    if (all) expect(mutationsPage(found)).toBe(page);
    expect(found.length).toBeGreaterThan(4);
    for (const { item, cases, mutations, survivors } of found) {
      expect(rows).toContainEqual({ item, cases, mutations, noticed: mutations - survivors.length });
      for (const words of survivors) expect(page).toContain(`- ${item}, ${words}\n`);
    }
  });

  test("are noticed at least nine times in ten", () => {
    const sum = (key: "mutations" | "noticed") => rows.reduce((total, row) => total + row[key], 0);
    expect(sum("mutations")).toBeGreaterThan(1000);
    expect(sum("noticed") / sum("mutations")).toBeGreaterThanOrEqual(0.9);
  });

  test("differ from the rule, each from the others, and leave the rule as it was", () => {
    const { rulebook } = compileRulebook(clubList(), { area: "cn-31", date: "2024-07-01" });
    for (const item of rulebook?.items ?? []) {
      const before = JSON.stringify(item);
      const texts = mutationsOf(item).map((mutation) => JSON.stringify(mutation.item));
      expect(new Set([before, ...texts]).size).toBe(texts.length + 1);
      expect(JSON.stringify(item)).toBe(before);
    }
  });
});
