import { readFileSync } from "node:fs";
import { ruleErrorCodes } from "@qingdan/feel/typed";
import { describe, expect, test } from "vitest";
import { factsFileCodes } from "../facts-file.ts";
import { clubList, clubRules } from "../testing/club-rules.ts";
import { checkRules } from "./check-rules.ts";
import { compileRulebook } from "./compile-rulebook.ts";
import { ruleFindingCodes } from "./rule-findings.ts";

const rule = (body: string, per = "month") => `
    subject: person
    area: home
    per: ${per}
    conditions: []${body}`;

function findings(rules: Readonly<Record<string, string>>) {
  return compileRulebook(clubList(rules), { area: "cn-31", date: "2024-07-01" }).findings.map(
    ({ code, line, column }) => `${code} ${line}:${column}`,
  );
}

describe("what is wrong in a rule is told at its place", () => {
  // The rule of an item begins in line 17 of its file; the amount stands in line 21 behind "    amount: ".
  test.each([
    ["a fraction of a fen", "\n    amount: line * 0.333", "RULE-NOT-INTEGER-FEN 21:13"],
    ["another unit than the period's", "\n    amount: savings", "RULE-AMOUNT-UNIT 21:13"],
    ["a condition for an amount", "\n    amount: plays", "RULE-TYPE 21:13"],
    ["a misspelt name, inside the text", "\n    amount: line + incom", "RULE-UNKNOWN-NAME 21:20"],
    ["rows that overlap", tableOf("U", ["[0..10]", ">= 10"]), "RULE-TABLE-OVERLAP 26:21"],
    [
      "a count of rows for an amount",
      tableOf("C\n      aggregation: COUNT", ["< 3", ">= 3"]),
      "RULE-TABLE-AGGREGATION 24:30",
    ],
  ])("%s", (_, body, expected) => {
    expect(findings({ lessons: rule(body) })).toEqual([expected]);
  });

  test("rows that only touch do not overlap, and all rows of one column may differ in another", () => {
    expect(findings({ lessons: rule(tableOf("U", ["[0..10)", "[10..20)", ">= 20"])) })).toEqual([]);
  });

  test("an area fact that is none, and times a year that differ by person", () => {
    const body = rule("\n    amount: 10\n    timesPerYear: wins").replace("area: home", "area: ground");
    expect(findings({ lessons: body }).map((finding) => finding.split(" ")[0])).toEqual(["RULE-AREA-FACT"]);
    expect(findings({ lessons: rule("\n    amount: 10\n    timesPerYear: wins") })).toEqual([
      "RULE-TIMES-PER-YEAR 22:19",
    ]);
  });

  function tableOf(policy: string, cells: readonly string[]): string {
    const rows = cells.map(
      (cell, at) => `\n        - { when: ["${cell}"], amount: ${at + 1}, code: r${at}, zh: 行, en: Row }`,
    );
    return `\n    table:\n      hitPolicy: ${policy}\n      inputs: [{ expression: wins, zh: 胜场, en: Wins }]\n      rules:${rows.join("")}`;
  }
});

describe("a rulebook", () => {
  const book = (date: string, area = "cn-31") => {
    const { rulebook } = compileRulebook(clubList(), { area, date });
    if (rulebook === undefined) throw new Error("The club's rules have errors");
    return rulebook;
  };

  test("has the same hash when compiled again, and another on another day", () => {
    expect(book("2024-07-01").hash).toBe(book("2024-07-01").hash);
    expect(book("2024-07-01").hash).not.toBe(book("2024-07-02").hash);
  });

  test("is plain JSON: nothing is lost when it is sent", () => {
    expect(JSON.parse(JSON.stringify(book("2024-07-01")))).toEqual(book("2024-07-01"));
  });

  test("reads a parameter as a table by area only where areas below its own differ", () => {
    const lookups = (area: string) => {
      const text = JSON.stringify(book("2024-07-01", area).items.find((item) => item.code === "cn.court-rate")?.amount);
      return JSON.parse(text).amount as { area: unknown; values: readonly number[] };
    };
    // East: the senior rate is 66 at East Two and 55 elsewhere; West has one rate for all. The key is level: none, junior, senior.
    expect(lookups("cn-31").area).not.toBeNull();
    expect(lookups("cn-32")).toMatchObject({ area: null, values: [null, 3000, 5500] });
  });

  test("says which values it was made from", () => {
    const line = (date: string) =>
      book(date)
        .parameters.find(({ code }) => code === "line")
        ?.values.map(({ value, from }) => [value, from]);
    expect(line("2023-12-31")).toEqual([[100_000, "2020-01-01"]]);
    expect(line("2024-01-01")).toEqual([[120_050, "2024-01-01"]]);
  });

  test("holds only the items asked for", () => {
    const { rulebook } = compileRulebook(clubList(), { area: "cn-31", date: "2024-07-01", items: ["cn.gift"] });
    expect(rulebook?.items.map(({ code }) => code)).toEqual(["cn.gift"]);
    expect(rulebook?.interactions).toEqual([]);
  });

  test("the club's rules have no fault on any day", () => {
    expect(checkRules(clubList(clubRules))).toEqual([]);
  });
});

test("docs/errors.md tells of every finding about rules and facts files, and of no other", () => {
  const whole = readFileSync(new URL("../../../../docs/errors.md", import.meta.url), "utf8");
  // What depends on the day stands in a part of its own, held by the reports' test.
  const page = whole.replace(/^## Check reports[\s\S]*?(?=^## )/m, "");
  const told = [...page.matchAll(/^\| `((?:RULE|FACTS)-[A-Z-]+)` +\| error +\| .+ · .+ \| .+ · .+ \|$/gm)].map(
    (row) => row[1],
  );
  expect(told).toEqual([...ruleErrorCodes, ...ruleFindingCodes, ...factsFileCodes]);
});
