import { describe, expect, it } from "vitest";
import { goldenRunner, readGolden } from "./golden.ts";
import { loadList } from "./load-list.ts";
import { club } from "./testing/federation.ts";

// Free courts are owed from 65; the court fee is 32.5 a month since 2022 (the federation's fees.yaml).
const inside = `- name: At 65 the court is free.
  area: cn-99
  date: 2024-05-01
  facts:
    persons: { p1: { homeCourt: cn-99, birthDate: 1959-05-01 } }
    households: { h1: { members: [p1] } }
    subject: p1
  expect: { cn.free-court: { outcome: entitled, fen: 3250, per: month } }
  why: 2024 − 1959 = 65
  source: [S1]
`;
const courts = () =>
  club({
    "items/free-court.yaml": null,
    "parameters/fees.yaml": null,
  });
const runner = goldenRunner(loadList(courts()).list!);
const first = (text: string) => readGolden("golden/a.yaml", text).cases[0]!.golden;

describe("golden cases", () => {
  it("that the rules answer as worked by hand agree", () => {
    expect(runner(first(inside))).toMatchObject([{ item: "cn.free-court", agrees: true }]);
  });

  it.each([
    ["amount", inside.replace("3250", "3251"), { fen: 3250 }],
    ["outcome", inside.replace("1959-05-01", "1959-05-02"), { outcome: "not", reason: "age" }],
    ["day", inside.replace("2024-05-01", "2018-05-01"), { outcome: "absent" }],
  ])("whose %s differs tell what was found", (_, text, found) => {
    expect(runner(first(text))).toMatchObject([{ agrees: false, found }]);
  });

  it("with facts that the list does not have are refused by the place of the fact", () => {
    const refused = runner(first(inside.replace("birthDate", "hats: 1, birthDate")));
    expect(refused).toMatchObject({ refused: expect.stringContaining("persons.p1.hats") });
  });

  it("that are written wrongly are told by file and line, and the others stay", () => {
    const { cases, findings } = readGolden("golden/a.yaml", `${inside}- name: Half a case.\n  area: cn-99\n`);
    expect(cases).toHaveLength(1);
    expect(findings[0]).toMatchObject({ code: "LIST-MISSING-KEY", file: "golden/a.yaml", line: 11 });
    expect(readGolden("golden/a.yaml", "- {").findings[0]).toMatchObject({ code: "LIST-YAML" });
    expect(readGolden("golden/a.yaml", "").cases).toEqual([]);
  });
});
