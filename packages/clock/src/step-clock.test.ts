import { describe, expect, it } from "vitest";
import { makeCalendar } from "./calendar.ts";
import { firstDayPaid, firstDayUnpaid } from "./month-rules.ts";
import { type ClockEvent, clockState, type StepClock } from "./step-clock.ts";

const calendar = makeCalendar();

/** Confirmation of a subsistence allowance where it is delegated to the town: 20 working days (2022 notice). */
const confirmation: StepClock = {
  step: "confirmation",
  owner: "town",
  basis: "关于进一步做好最低生活保障等社会救助兜底保障工作的通知(2022-10-20)四(一)",
  amount: 20,
  unit: "working-day",
  pauses: ["hearing", "appraisal"],
  extensions: [{ reason: "notice-objection", amount: 25 }],
};

const start: ClockEvent = { kind: "start", day: "2026-02-10" };
const state = (events: readonly ClockEvent[], today: string) => clockState(calendar, confirmation, events, today);

describe("a clock on a step", () => {
  it("has not started before acceptance", () => {
    expect(state([], "2026-02-10")).toEqual({ status: "not-started", used: 0, pauses: [] });
  });
  it("runs, warns at four fifths and is breached after the last day", () => {
    expect(state([start], "2026-02-11")).toMatchObject({ status: "running", due: { due: "2026-03-16" }, used: 1 / 20 });
    // 16 of 20 working days: 2026-03-10.
    expect(state([start], "2026-03-09").status).toBe("running");
    expect(state([start], "2026-03-10").status).toBe("warning");
    expect(state([start], "2026-03-16").status).toBe("warning");
    expect(state([start], "2026-03-17").status).toBe("breached");
  });
  it("is met by finishing on the last day, not the day after", () => {
    expect(state([start, { kind: "finish", day: "2026-03-16" }], "2026-06-01").status).toBe("met");
    expect(state([start, { kind: "finish", day: "2026-03-17" }], "2026-06-01").status).toBe("breached");
    expect(state([start, { kind: "cancel", day: "2026-03-01" }], "2026-06-01").status).toBe("void");
  });
  it("stands still for a listed reason; the day of resuming counts", () => {
    const paused: ClockEvent[] = [start, { kind: "pause", day: "2026-03-02", reason: "hearing" }];
    expect(state(paused, "2026-03-03")).toMatchObject({ status: "paused", due: { due: "2026-03-18", paused: 2 } });
    expect(state([...paused, { kind: "resume", day: "2026-03-04" }], "2026-03-05")).toMatchObject({
      status: "running",
      due: { due: "2026-03-18", paused: 2 },
    });
  });
  it("refuses to wait for a means test: no text lists it", () => {
    expect(() => state([start, { kind: "pause", day: "2026-03-02", reason: "means-test" }], "2026-03-03")).toThrowError(
      expect.objectContaining({ code: "CLOCK-EVENT" }),
    );
  });
  it("is extended once, for a listed reason: 45 working days", () => {
    const extend: ClockEvent = { kind: "extend", day: "2026-03-02", reason: "notice-objection", approver: "county" };
    expect(state([start, extend], "2026-03-17")).toMatchObject({ status: "running", due: { due: "2026-04-21" } });
    expect(() => state([start, extend, extend], "2026-03-17")).toThrowError(
      expect.objectContaining({ code: "CLOCK-EXTENSION" }),
    );
  });
  it("refuses events out of order", () => {
    for (const events of [
      [start, start],
      [{ kind: "finish", day: "2026-02-10" }],
      [start, { kind: "resume", day: "2026-02-11" }],
      [start, { kind: "finish", day: "2026-02-11" }, { kind: "finish", day: "2026-02-12" }],
    ] as ClockEvent[][]) {
      expect(() => state(events, "2026-03-01")).toThrowError(expect.objectContaining({ code: "CLOCK-EVENT" }));
    }
  });
});

describe("from which month and until when", () => {
  it.each([
    ["application-month", "2025-03-18", "2025-03-01"],
    ["eligible-month", "2025-03-18", "2025-03-01"],
    ["month-after-decision", "2025-12-31", "2026-01-01"],
    ["month-after-age", "2025-03-18", "2025-04-01"],
    ["event-date", "2025-03-18", "2025-03-18"],
  ] as const)("%s from %s is paid from %s", (rule, day, first) => {
    expect(firstDayPaid(rule, day)).toBe(first);
  });
  it.each([
    ["month-after-change", "2025-03-18", 0, "2025-04-01"],
    ["month-after-death", "2025-12-01", 0, "2026-01-01"],
    ["through-month-after-death", "2025-03-18", 0, "2025-05-01"],
    ["months-after-death", "2025-03-18", 6, "2025-10-01"],
    ["months-after-death", "2025-03-18", 12, "2026-04-01"],
  ] as const)("%s on %s with %i months is unpaid from %s", (rule, day, months, first) => {
    expect(firstDayUnpaid(rule, day, months)).toBe(first);
  });
});
