import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type AskedType, draftOf, emptyDraft, parseDraft } from "./answer.ts";

const today = "2025-06-01";
const date = (year: string, month: string, day: string) => ({ ...emptyDraft, year, month, day });
const text = (value: string) => ({ ...emptyDraft, text: value });
const income: AskedType = { type: "money", range: { min: 0, max: 1_000_000 } };

describe("a date in three boxes", () => {
  it("reads a day, with full-width digits as an input method gives them", () => {
    expect(parseDraft(date("1960", "6", "1"), { type: "date" }, today)).toEqual({ ok: true, value: "1960-06-01" });
  });
  it.each([
    ["1960", "2", "30", "date-impossible"],
    ["60", "2", "3", "date-year"],
    ["1960", "", "3", "date-incomplete"],
    ["1960", "二", "3", "date-digits"],
    ["2025", "6", "2", "date-future"],
    ["1800", "1", "1", "date-past"],
  ])("refuses %s-%s-%s with %s", (year, month, day, key) => {
    expect(parseDraft(date(year, month, day), { type: "date" }, today)).toMatchObject({
      ok: false,
      fault: { key: `fault.${key}` },
    });
  });
});

describe("a number", () => {
  it("reads 1,595.50元 as people write it", () => {
    expect(parseDraft(text("1,595.50元"), income, today)).toEqual({ ok: true, value: 1595.5 });
  });
  it.each([
    ["", "number-missing"],
    ["-5", "number-digits"],
    ["约一千", "number-digits"],
    ["1.005", "number-decimals"],
    ["1000001", "number-range"],
  ])("refuses %j with %s", (value, key) => {
    expect(parseDraft(text(value), income, today)).toMatchObject({ ok: false, fault: { key: `fault.${key}` } });
  });
});

it("going back to a question shows what was written", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 1_000_000 }), (value) => {
      expect(parseDraft(draftOf(value, income), income, today)).toEqual({ ok: true, value });
    }),
  );
  fc.assert(
    fc.property(fc.date({ min: new Date("1900-01-01"), max: new Date("2025-05-31"), noInvalidDate: true }), (day) => {
      const iso = day.toISOString().slice(0, 10);
      expect(parseDraft(draftOf(iso, { type: "date" }), { type: "date" }, today)).toEqual({ ok: true, value: iso });
    }),
  );
});
