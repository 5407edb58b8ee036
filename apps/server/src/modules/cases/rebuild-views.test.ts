import { type CalendarYear, calendarYears, makeCalendar } from "@qingdan/clock";
import { afterAll, beforeAll, expect, test } from "vitest";
import { application, type CaseDesk, caseDesk } from "../../testing/case-desk.ts";
import type { CaseCard } from "./model.ts";
import { rebuildWithoutDue } from "./rebuild-views.ts";

let desk: CaseDesk;
beforeAll(async () => {
  desk = await caseDesk();
}, 120_000);
afterAll(() => desk.close());

const withoutDue = async () =>
  (await desk.ask("clerk", "GET", "/cases?queue=without-due")).json.cases as unknown as CaseCard[];

test("a limit that ran into a year without holidays gets its day once the year is arranged", async () => {
  desk.at("2026-12-21T02:00:00Z");
  const opened = await desk.ask("resident", "POST", "/cases", application());
  const id = String(opened.json.id);
  await desk.ask("clerk", "POST", `/cases/${id}/actions`, { seq: 1, channel: "window", action: { kind: "accept" } });
  expect((await withoutDue()).map((card) => [card.id, card.due])).toEqual([[id, null]]);
  expect(await rebuildWithoutDue(desk.cases)).toBe(0);

  // A made-up 2027 with New Year's Day alone: 20 working days after Monday 21 December 2026 end on Tuesday 19 January.
  const next: CalendarYear = {
    ...(calendarYears.at(-1) as CalendarYear),
    year: 2027,
    holidays: [{ name: "元旦", off: ["2027-01-01"], work: [] }],
  };
  const arranged = { ...desk.cases, calendar: makeCalendar([...calendarYears, next]) };
  expect(await rebuildWithoutDue(arranged)).toBe(1);
  expect(await withoutDue()).toEqual([]);
  const row = await desk.cases.database.selectFrom("case_view").selectAll().where("id", "=", id).executeTakeFirst();
  expect(row).toMatchObject({ due: "2027-01-19", sort_day: "2027-01-19", without_due: false });
  expect(await rebuildWithoutDue(arranged)).toBe(0);
});
