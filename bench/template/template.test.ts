import { screen } from "@qingdan/list";
import { expect, test } from "vitest";
import { templateRulebook } from "./list.ts";

/** What one person alone with a rent gets and owes in a month, by item, in hundredths. */
function month(date: string, facts: { birthDate: string; salary: number; rent: number }): Record<string, number> {
  const { rent, ...own } = facts;
  const file = {
    persons: { p: own },
    households: { h: { members: ["p"], rent } },
    subject: "p",
  };
  const { entitled } = screen(templateRulebook(date), file, { others: new Set(["rent"]) });
  return Object.fromEntries(entitled.map(({ code, fen }) => [code.slice(3), fen]));
}

/** Worked by hand from the template's published rules. */
test.each([
  // 12,300 x 4 % + 7,700 x 12 % = 492 + 924; a salary leaves no basic income before December 2016; a quarter of the rent.
  [
    "2016-06-01",
    { birthDate: "1980-01-01", salary: 20_000, rent: 1_000 },
    { "two-bracket-contribution": 141_600, "housing-allowance": 25_000 },
  ],
  // Without salary: 600 from the age of 18, on the birthday itself.
  ["2016-06-01", { birthDate: "1998-06-01", salary: 0, rent: 0 }, { "basic-income-without-salary": 60_000 }],
  ["2016-06-01", { birthDate: "1998-06-02", salary: 0, rent: 0 }, {}],
  // From December 2016 a salary does not count, and the housing allowance has ended.
  [
    "2016-12-01",
    { birthDate: "1980-01-01", salary: 1_000, rent: 400 },
    { "basic-income": 60_000, "two-bracket-contribution": 4_000 },
  ],
  // 6,000 x 2 % + 6,400 x 6 % + 7,600 x 12 % = 120 + 384 + 912; 62 years of age reach the pension of 2017.
  [
    "2017-03-01",
    { birthDate: "1955-03-01", salary: 20_000, rent: 0 },
    { "basic-income": 60_000, pension: 100, contribution: 141_600 },
  ],
  // 60.33 years: whole years, so 61.
  ["2016-06-01", { birthDate: "1955-06-01", salary: 100, rent: 0 }, { pension: 100, "two-bracket-contribution": 400 }],
  ["2016-06-01", { birthDate: "1955-07-01", salary: 100, rent: 0 }, { "two-bracket-contribution": 400 }],
] as const)("the template's month of %s: %o", (date, facts, answers) => {
  expect(month(date, facts)).toEqual(answers);
});
