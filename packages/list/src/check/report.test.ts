import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it, test } from "vitest";
import { loadList } from "../load-list.ts";
import { readList } from "../node/read-list.ts";
import type { ListSource } from "../reading.ts";
import { type Changes, club, federation } from "../testing/federation.ts";
import { checkReport } from "./report.ts";
import { REPORT_FINDINGS, type ReportFindingCode } from "./report-codes.ts";
import { mayPublish } from "./report-model.ts";

const day = "2024-06-01";

function codesOf(source: ListSource, date = day): string[] {
  return checkReport(loadList(source), { date }).findings.map(({ code }) => code);
}

const put = (from: string, to: string) => (text: string) => {
  if (!text.includes(from)) throw new Error(`The file has no "${from}"`);
  return text.replace(from, to);
};

const COURT = "items/free-court.yaml";
const GRANT = "items/ball-grant.yaml";
/** The club's item as an executable one. */
const rule = (conditions: string, amount: string) =>
  `${clubCourt()}rule: { subject: person, area: homeCourt, per: month, conditions: [${conditions}], amount: "${amount}" }\n`;
const clubCourt = () => club().files.get(COURT) ?? "";
const age = (test: string) => `{ code: age, test: "${test}", zh: 年龄, en: Age }`;

/** What each finding of a report is told of: a change of the federation's files, of the club's, and the place. */
const FAULTS: readonly {
  readonly code: ReportFindingCode;
  readonly title: string;
  readonly federation?: Changes;
  readonly club?: Changes;
  readonly date?: string;
  readonly file: string;
  /** The line begins to speak of this text. */
  readonly at: string;
}[] = [
  {
    code: "RULE-UNREACHABLE",
    title: "conditions that exclude each other",
    federation: { [COURT]: put("test: age >= 65", 'test: "age >= 65 and age < 40"') },
    file: `federation/${COURT}`,
    at: '"age >= 65 and',
  },
  {
    code: "TABLE-GAP",
    title: "a value that no row speaks of",
    federation: {
      [GRANT]: put(`      - { when: ['"master"'], amount: 10, code: master, zh: 高手, en: Master }\n`, ""),
    },
    file: `federation/${GRANT}`,
    at: "grade, zh: 等级",
  },
  {
    code: "TABLE-ROW-UNREACHABLE",
    title: "a row below one that meets everybody",
    federation: {
      [GRANT]: (text) =>
        put("hitPolicy: U", "hitPolicy: F")(put(`['"novice"'], amount: 20`, `["-"], amount: 20`)(text)),
    },
    file: `federation/${GRANT}`,
    at: "- { when: ['\"master\"']",
  },
  {
    code: "FLOOR-ITEM-MISSING",
    title: "an item that stands for one above and is not yet in force",
    date: "2022-06-01",
    file: `club/${COURT}`,
    at: "code: cn-99.free-court",
  },
  {
    code: "FLOOR-OBJECT-NARROWER",
    title: "an object from 70 years on where the federation has 65",
    club: { [COURT]: rule(age("age >= 70"), "courtFee") },
    file: `club/${COURT}`,
    at: '"age >= 70"',
  },
  {
    code: "FLOOR-AMOUNT-LOWER",
    title: "a fee below the federation's",
    club: { [COURT]: rule(age("age >= 60"), "20") },
    file: `club/${COURT}`,
    at: '"20" }',
  },
  {
    code: "FLOOR-EXCESS-UNDECLARED",
    title: "more than the federation gives under the name of the same",
    club: { [COURT]: () => rule(age("age >= 60"), "courtFee + 5").replace("relation: above", "relation: same") },
    file: `club/${COURT}`,
    at: "refines:",
  },
  {
    code: "FLOOR-EXCESS-UNAPPROVED",
    title: "more than the federation gives, on no document",
    club: { [COURT]: put('basis: [{ source: C1, article: "1" }]', "basis: []") },
    file: `club/${COURT}`,
    at: "basis:",
  },
  {
    code: "FLOOR-NOT-COMPARED",
    title: "an item without a rule",
    file: `club/${COURT}`,
    at: "code: cn-99.free-court",
  },
  {
    code: "INTERACTION-CONTRADICTS",
    title: "two items that say different things of each other",
    federation: {
      [COURT]: (text) => `${text}interactions: [{ item: cn.ball-grant, kind: exclusive, mark: V, source: [S1] }]\n`,
    },
    file: `federation/${GRANT}`,
    at: "interactions:",
  },
  {
    code: "INTERACTION-ABSENT",
    title: "an item that speaks of one that another stands for",
    club: {},
    file: `federation/${GRANT}`,
    at: "interactions:",
  },
  {
    code: "BASIS-MISSING",
    title: "an item without a basis",
    federation: { [COURT]: put('basis: [{ source: S1, article: "3" }]', "basis: []") },
    file: `federation/${COURT}`,
    at: "code: cn.free-court",
  },
  {
    code: "BASIS-UNLINKED",
    title: "a basis without an address",
    federation: {},
    file: `federation/${GRANT}`,
    at: "basis:",
  },
  {
    code: "BASIS-EXPIRED",
    title: "a basis that is no longer in force",
    federation: { "sources.yaml": put("date: 2018-12-01", "date: 2018-12-01, until: 2024-05-31, replacedBy: S2") },
    file: `federation/${COURT}`,
    at: "basis:",
  },
  {
    code: "PARAMETER-EXPIRED",
    title: "a parameter whose last value ended",
    federation: { "parameters/fees.yaml": put("from: 2022-01-01,", "from: 2022-01-01, until: 2024-01-01,") },
    file: "federation/parameters/fees.yaml",
    at: "value: 32.5",
  },
  {
    code: "PARAMETER-MISSING",
    title: "a parameter that is missing at its source",
    federation: { "parameters/fees.yaml": put("value: 32.5", "value: null") },
    file: "federation/parameters/fees.yaml",
    at: "value: null",
  },
  {
    code: "PARAMETER-UNCHECKED",
    title: "a value that was checked long ago",
    federation: {
      "parameters/fees.yaml": put("value: 32.5,", "value: 32.5, checked: 2023-05-31,"),
    },
    file: "federation/parameters/fees.yaml",
    at: "value: 32.5",
  },
  {
    code: "PARAMETER-OVERTAKEN",
    title: "a value of the club's from before the federation's rise above it",
    federation: { "parameters/fees.yaml": put("from: 2022-01-01, value: 32.5", "from: 2024-01-01, value: 50") },
    club: { [COURT]: rule(age("age >= 60"), "courtFee") },
    file: "club/parameters/fees.yaml",
    at: "value: 45.25",
  },
  {
    code: "PARAMETER-UNUSED",
    title: "a number that neither a rule nor a formula reads any longer",
    federation: {
      "parameters/fees.yaml": put("formula: lessonFee * lessonShare(grade)", "formula: 60 * lessonShare(grade)"),
    },
    file: "federation/parameters/fees.yaml",
    at: "code: lessonFee",
  },
  {
    code: "RESPONSIBILITY-NONE",
    title: "a unit that was dissolved",
    federation: { "units.yaml": put("from: 2021-05-01 }", "from: 2021-05-01, until: 2024-01-01 }") },
    file: `federation/${COURT}`,
    at: "lead:",
  },
  {
    code: "RESPONSIBILITY-SHARED",
    title: "two lead units",
    federation: {
      "units.yaml": (text) =>
        `${text}- { code: second-office, level: nation, area: cn, names: [{ zh: 第二室, en: Second office }] }\n`,
      [COURT]: put("units: [federation-office]", "units: [federation-office, second-office]"),
    },
    file: `federation/${COURT}`,
    at: "lead:",
  },
  {
    code: "RESPONSIBILITY-DISTANT",
    title: "items of a club that only a unit of the federation leads",
    club: {},
    file: `federation/${GRANT}`,
    at: "lead:",
  },
];

describe("checkReport", () => {
  it.each(FAULTS)("$code: $title", (fault) => {
    const above = federation(fault.federation);
    const ownFault = fault.club !== undefined || fault.file.startsWith("club/");
    const source = ownFault ? club(fault.club, above) : above;
    const sound = ownFault ? club() : federation();
    const date = fault.date ?? day;
    const found = checkReport(loadList(source), { date }).findings.filter(({ code }) => code === fault.code);
    const [dir = "", ...path] = fault.file.split("/");
    const text = (dir === "club" ? source : above).files.get(path.join("/")) ?? "";
    const line = text.slice(0, text.indexOf(fault.at)).split("\n").length;
    expect(text).toContain(fault.at);
    expect(found.map((finding) => ({ file: finding.file, line: finding.line }))).toContainEqual({
      file: fault.file,
      line,
    });
    for (const { message, hint, kind, severity } of found) {
      expect([severity, kind]).toEqual(REPORT_FINDINGS[fault.code]);
      for (const words of [message, hint]) expect(words.zh + words.en).toMatch(/\p{Script=Han}.*[a-z]/su);
    }
    // The change brings the finding, unless the unchanged files have it too.
    if (fault.federation !== undefined && Object.keys(fault.federation).length > 0) {
      const places = checkReport(loadList(sound), { date }).findings.map(({ code, file, line }) => [code, file, line]);
      if (fault.code !== "PARAMETER-UNCHECKED") expect(places).not.toContainEqual([fault.code, fault.file, line]);
    }
  });

  test("a value checked less than a year ago is not told, one of a year and a day is", () => {
    const checked = (on: string) =>
      codesOf(federation({ "parameters/fees.yaml": put("value: 32.5,", `value: 32.5, checked: ${on},`) }));
    expect(checked("2023-06-01")).not.toContain("PARAMETER-UNCHECKED");
    expect(checked("2023-05-31")).toContain("PARAMETER-UNCHECKED");
  });

  test("a number that an item states is used, and its age is told like that of one that a rule reads", () => {
    const told = (changes: Changes) =>
      checkReport(loadList(federation(changes)), { date: "2024-06-01" }).findings.filter(
        ({ parameter }) => parameter === "seasonOpens",
      );
    expect(told({}).map(({ code }) => code)).toEqual(["PARAMETER-UNUSED"]);
    const stated = put("standard:", "parameters: [seasonOpens]\nstandard:");
    expect(told({ [COURT]: stated }).map(({ code }) => code)).toEqual(["PARAMETER-UNCHECKED"]);
    // What is missing leaves no answer open where no rule reads it.
    const missing = put("value: 2024-04-01", "value: null");
    expect(told({ [COURT]: stated, "parameters/fees.yaml": missing })).toEqual([]);
  });

  test("a table may leave out what the conditions exclude together", () => {
    const only = put(
      "conditions: []",
      `conditions: [{ code: novice, test: 'grade = "novice"', zh: 新手, en: Novice }]`,
    );
    const novice = `      - { when: ['"master"'], amount: 10, code: master, zh: 高手, en: Master }\n`;
    expect(codesOf(federation({ [GRANT]: (text) => only(put(novice, "")(text)) }))).not.toContain("TABLE-GAP");
  });

  test("a wider object with a higher sum keeps the floor", () => {
    const codes = codesOf(club({ [COURT]: rule(age("age >= 60"), "courtFee + 5") }));
    expect(codes.filter((code) => /NARROWER|LOWER|UNDECLARED|ITEM-MISSING/.test(code))).toEqual([]);
  });

  test("an overlap of rows, found when the list is compiled, is told with the rest", () => {
    const report = checkReport(loadList(federation({ [GRANT]: put(`['"master"']`, `["-"]`) })), { date: day });
    expect(report.findings).toContainEqual(
      expect.objectContaining({ code: "RULE-TABLE-OVERLAP", kind: "table", item: "cn.ball-grant", severity: "error" }),
    );
    expect(mayPublish(report)).toBe(false);
  });

  test("errors block publication, warnings do not, and what cannot be read cannot be published", () => {
    const report = checkReport(loadList(federation()), { date: day });
    expect(report.errors).toBe(0);
    expect(report.warnings).toBeGreaterThan(0);
    expect(mayPublish(report)).toBe(true);
    const faulty = checkReport(loadList(federation({ [COURT]: put("age >= 65", "aeg >= 65") })), { date: day });
    expect(faulty.errors).toBe(1);
    expect(mayPublish(faulty)).toBe(false);
    expect(mayPublish(checkReport(loadList({ dir: "x", files: new Map() }), { date: day }))).toBe(false);
  });

  test("counts by kind sum to the findings", () => {
    const report = checkReport(loadList(club()), { date: day });
    const sum = (key: "errors" | "warnings") => report.kinds.reduce((total, kind) => total + kind[key], 0);
    expect([sum("errors"), sum("warnings")]).toEqual([report.errors, report.warnings]);
    expect(report.findings).toHaveLength(report.errors + report.warnings);
  });

  test.each(["cn", "cn-31", "cn-3301", "cn-34", "cn-3401", "cn-340122", "cn-3406"])(
    "%s may be published",
    async (code) => {
      const dir = fileURLToPath(new URL(`../../../../lists/${code}`, import.meta.url));
      const report = checkReport(await readList(dir), { date: "2026-08-01" });
      expect(report.findings.filter(({ severity }) => severity === "error")).toEqual([]);
      expect(mayPublish(report)).toBe(true);
    },
  );

  // The national item names orphans (社会救助暂行办法); Shanghai's rules on medical assistance go by assistance status.
  test("Shanghai's medical assistance is told to leave out orphans who are not assisted otherwise", async () => {
    const dir = fileURLToPath(new URL("../../../../lists/cn-31", import.meta.url));
    const { findings } = checkReport(await readList(dir), { date: "2026-08-01" });
    const narrower = findings.find(
      ({ code, item }) => code === "FLOOR-OBJECT-NARROWER" && item === "cn-31.medical-assistance",
    );
    expect(narrower?.message.en).toMatch(
      /Assistance status already determined: None, Status of a child in need: Orphan/,
    );
  });
});

describe("docs/errors.md", () => {
  it("tells of every finding of a report, and of no other", () => {
    const page = readFileSync(new URL("../../../../docs/errors.md", import.meta.url), "utf8");
    const [section = ""] = page.slice(page.indexOf("## Check reports") + 3).split(/^## /m);
    const rows = [...section.matchAll(/^\| `([A-Z-]+)` +\| (\w+) +\| .+ · .+ \| .+ · .+ \|$/gm)];
    expect(Object.fromEntries(rows.map(([, code, severity]) => [code, severity]))).toEqual(
      Object.fromEntries(Object.entries(REPORT_FINDINGS).map(([code, [severity]]) => [code, severity])),
    );
  });
  it("has a fault here for each but the search that is given up", () => {
    const tried = new Set<string>(FAULTS.map(({ code }) => code));
    expect(Object.keys(REPORT_FINDINGS).filter((code) => !tried.has(code))).toEqual(["TABLE-LARGE"]);
  });
});
