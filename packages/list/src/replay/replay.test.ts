import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import type { FactsFile } from "../facts-file.ts";
import type { List } from "../model/list.ts";
import { readList } from "../node/read-list.ts";
import { overlay } from "../simulate/overlay.ts";
import { recordDecision } from "./decision-record.ts";
import { factsAsOf } from "./facts-as-of.ts";
import { listHash } from "./list-hash.ts";
import { type DecisionRecord, type FactsHistory, replayCodes } from "./model.ts";
import { replayDecision } from "./replay-decision.ts";

const single: FactsFile = {
  persons: {
    p1: {
      birthDate: "1978-03-15",
      hukouArea: "cn-310101",
      monthlyIncome: 600,
      monthlyWage: 0,
      employmentStatus: "none",
      disabilityGrade: "none",
      schoolStage: "none",
    },
    p2: {
      birthDate: "1980-09-02",
      hukouArea: "cn-310101",
      monthlyIncome: 0,
      monthlyWage: 0,
      employmentStatus: "none",
      disabilityGrade: "none",
      schoolStage: "none",
    },
  },
  households: { h1: { members: ["p1", "p2"], householdAssets: 0 } },
  subject: "p1",
};

let list: List;
beforeAll(async () => {
  const found = await readList(fileURLToPath(new URL("../../../../lists/cn-31", import.meta.url)));
  if (found.list === undefined) throw new Error("Shanghai's list has errors");
  list = found.list;
}, 60_000);

function recorded(facts = single, date = "2025-06-30", knownOn = date): DecisionRecord {
  const { record } = recordDecision(list, { area: "cn-31", date, knownOn, item: "cn-31.subsistence-allowance", facts });
  if (record === undefined) throw new Error("The list does not compile");
  return record;
}

describe("a recorded decision", () => {
  // 沪民规〔2024〕13号: 1595 yuan a member a month from July 2024; 2 x 1595 - 600 = 2590.
  test("is recomputed to the fen from its own facts, day and knowledge", () => {
    const record = recorded();
    expect(record.answer).toMatchObject({ outcome: "entitled", fen: 259_000, per: "month" });
    const through = JSON.parse(JSON.stringify(record)) as DecisionRecord;
    expect(replayDecision(list, through)).toMatchObject({ equal: true, answerEqual: true, differences: [] });
  });

  test("stays what it was, to the bit, whatever the facts, the day and the order of keys", () => {
    const day = fc.date({ min: new Date("2019-01-01"), max: new Date("2026-08-01"), noInvalidDate: true });
    fc.assert(
      fc.property(day, fc.integer({ min: 0, max: 400_000 }), fc.constantFrom("none", "1", "3"), (at, fen, grade) => {
        const facts = structuredClone(single) as { persons: Record<string, Record<string, unknown>> };
        facts.persons.p1 = { disabilityGrade: grade, ...facts.persons.p1, monthlyIncome: fen / 100 };
        const record = recorded(facts as unknown as FactsFile, at.toISOString().slice(0, 10));
        const shuffled = Object.fromEntries(Object.entries(record).reverse()) as unknown as DecisionRecord;
        expect(replayDecision(list, shuffled)).toMatchObject({ equal: true, answer: record.answer });
        expect(recorded(facts as unknown as FactsFile, at.toISOString().slice(0, 10))).toEqual(record);
      }),
      { numRuns: 15 },
    );
  });

  test("of an item that is not in force is refused", () => {
    const asked = { area: "cn-31", date: "2025-06-30", knownOn: "2025-06-30", item: "cn-31.none", facts: single };
    expect(() => recordDecision(list, asked)).toThrow(/No executable item/);
  });

  test("comes out otherwise on another version of the list, and says where", () => {
    const record = recorded();
    const raised = overlay(
      list,
      {
        code: "x",
        name: { zh: "x", en: "x" },
        parameters: [{ parameter: "subsistenceLine", change: { value: 1600 } }],
      },
      { area: "cn-31", date: "2025-06-30" },
    ).list;
    const replay = replayDecision(raised, record);
    expect(replay.differences.map(({ code }) => code)).toEqual(["REPLAY-LIST", "REPLAY-RULEBOOK", "REPLAY-AMOUNT"]);
    expect(replay.differences.at(-1)).toMatchObject({ recorded: "259000 fen/month", replayed: "260000 fen/month" });
    expect([replay.equal, replay.answerEqual]).toEqual([false, false]);
  });

  test("is not fooled by what became known later: a value published afterwards leaves the answer as it was", () => {
    const record = recorded();
    const line = list.parameters.get("subsistenceLine")!;
    const late = { ...line.values.at(-1)!, from: "2025-06-01", knownFrom: "2025-07-15", value: 170_000 };
    const later: List = {
      ...list,
      parameters: new Map(list.parameters).set("subsistenceLine", { ...line, values: [...line.values, late] }),
    };
    const replay = replayDecision(later, record);
    expect([replay.equal, replay.answerEqual]).toEqual([false, true]);
    // Known on the day of the correction, the same day answers with the corrected line: 2 x 1700 - 600.
    expect(replayDecision(later, { ...record, knownOn: "2025-07-15" }).answer?.fen).toBe(280_000);
  });

  test("that was changed says so, and what it says otherwise", () => {
    const record = recorded();
    const forged = {
      ...record,
      answer: { ...record.answer, fen: record.answer.fen + 1, reason: "x", outcome: "not" as const },
    };
    expect(replayDecision(list, forged).differences.map(({ code }) => code)).toEqual([
      "REPLAY-RECORD",
      "REPLAY-OUTCOME",
      "REPLAY-REASON",
      "REPLAY-AMOUNT",
    ]);
    const gone = { ...list, items: new Map([...list.items].filter(([code]) => code !== record.item)) };
    expect(replayDecision(gone, record).differences.map(({ code }) => code)).toContain("REPLAY-ITEM");
    const parts = { ...record, answer: { ...record.answer, parts: [{ code: "a", fen: 1 }] } };
    expect(replayDecision(list, parts).differences.map(({ code }) => code)).toContain("REPLAY-PARTS");
  });
});

test("a list's hash does not tell where things are written, and tells everything else", () => {
  const moved: List = {
    ...list,
    items: new Map(
      [...list.items]
        .reverse()
        .map(([code, item]) => [code, { ...item, origin: { ...item.origin, line: item.origin.line + 7 } }]),
    ),
  };
  expect(listHash(moved)).toBe(listHash(list));
  const [code, item] = [...list.items][0]!;
  const renamed = { ...list, items: new Map(list.items).set(code, { ...item, name: { ...item.name, en: "x" } }) };
  expect(listHash(renamed)).not.toBe(listHash(list));
});

describe("facts as known then", () => {
  const history: FactsHistory = {
    subject: "p1",
    households: [
      { household: "h1", members: ["p1"], from: "2020-01-01", knownFrom: "2020-01-01" },
      { household: "h1", members: ["p1", "p2"], from: "2024-05-01", knownFrom: "2024-06-10" },
    ],
    facts: [
      { of: { person: "p1" }, fact: "monthlyIncome", value: 900, from: "2024-01-01", knownFrom: "2024-01-05" },
      // In March it turned out that the income of February was another.
      {
        of: { person: "p1" },
        fact: "monthlyIncome",
        value: 1500,
        from: "2024-02-01",
        until: "2024-03-01",
        knownFrom: "2024-03-20",
      },
      { of: { person: "p1" }, fact: "disabilityGrade", value: "2", from: "2023-01-01", knownFrom: "2023-01-01" },
      { of: { person: "p1" }, fact: "disabilityGrade", value: null, from: "2024-04-01", knownFrom: "2024-04-01" },
      { of: { person: "p2" }, fact: "monthlyIncome", value: 0, from: "2024-05-01", knownFrom: "2024-06-10" },
      { of: { household: "h1" }, fact: "householdAssets", value: 100, from: "2020-01-01", knownFrom: "2020-01-01" },
    ],
  };
  const income = (date: string, knownOn: string) => factsAsOf(history, { date, knownOn }).persons.p1?.monthlyIncome;

  test("a correction counts from the day it was known, for the days it speaks of", () => {
    expect(income("2024-02-15", "2024-02-15")).toBe(900);
    expect(income("2024-02-15", "2024-03-19")).toBe(900);
    expect(income("2024-02-15", "2024-03-20")).toBe(1500);
    expect(income("2024-03-01", "2024-03-20")).toBe(900);
    expect(income("2023-12-31", "2024-03-20")).toBeUndefined();
  });

  test("what is known to be unknown is left out, and members are those known then", () => {
    expect(factsAsOf(history, { date: "2024-04-01", knownOn: "2024-04-01" }).persons.p1).not.toHaveProperty(
      "disabilityGrade",
    );
    expect(factsAsOf(history, { date: "2024-05-15", knownOn: "2024-06-09" }).households.h1?.members).toEqual(["p1"]);
    expect(factsAsOf(history, { date: "2024-05-15", knownOn: "2024-06-10" })).toMatchObject({
      persons: { p2: { monthlyIncome: 0 } },
      households: { h1: { members: ["p1", "p2"], householdAssets: 100 } },
    });
  });

  test("somebody without a household stands alone", () => {
    expect(factsAsOf({ ...history, households: [] }, { date: "2024-02-15", knownOn: "2024-02-15" })).toEqual({
      persons: { p1: { monthlyIncome: 900, disabilityGrade: "2" } },
      households: {},
      subject: "p1",
    });
  });
});

test("docs/errors.md tells of every difference of a replay, and of no other", () => {
  const page = readFileSync(new URL("../../../../docs/errors.md", import.meta.url), "utf8");
  const told = [...page.matchAll(/^\| `(REPLAY-[A-Z]+)`/gm)].map(([, code]) => code);
  expect(told.toSorted()).toEqual(replayCodes.toSorted());
});
