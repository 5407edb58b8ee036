import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { loadList } from "./load-list.ts";
import { lookupParameter, type ParameterAnswer } from "./lookup-parameter.ts";
import type { List, ParameterValue } from "./model/list.ts";
import { club } from "./testing/federation.ts";

const list = loadList(club()).list!;
const ask = (area: string, date: string, knownOn?: string) =>
  lookupParameter(list, { code: "courtFee", area, date, knownOn });
const fen = (answer: ParameterAnswer) => (answer.kind === "value" ? answer.value : answer.kind);

describe("a parameter", () => {
  it("has its value from the first day, and another from the first day of the next", () => {
    expect(fen(ask("cn-98", "2019-01-01"))).toBe(3000);
    expect(fen(ask("cn-98", "2021-12-31"))).toBe(3000);
    expect(fen(ask("cn-98", "2022-01-01"))).toBe(3250);
  });

  it("has no value before the first", () => {
    expect(ask("cn-98", "2018-12-31")).toEqual({ kind: "none", why: "no-value-on-date" });
  });

  it("falls back to the nearest area above that has a value in force", () => {
    expect(fen(ask("cn-9901", "2019-06-01"))).toBe(3000);
    expect(fen(ask("cn-9901", "2020-06-01"))).toBe(4000);
    expect(fen(ask("cn-9901", "2023-02-28"))).toBe(5000);
  });

  it("falls back again when the nearer value has ended: the end itself is not in it", () => {
    expect(fen(ask("cn-9901", "2023-03-01"))).toBe(4100);
  });

  it("is superseded before its written end", () => {
    expect(fen(ask("cn-99", "2021-06-30"))).toBe(4000);
    expect(fen(ask("cn-99", "2021-07-01"))).toBe(4100);
  });

  it("is missing where the source has no value, and does not fall back", () => {
    const answer = ask("cn-990102", "2024-06-01");
    expect(answer.kind).toBe("missing");
    expect(answer.kind === "missing" && answer.entry.note).toBe("未查到");
  });

  it("counts what is announced from its day, marked as announced", () => {
    expect(ask("cn-9901", "2024-12-31").kind).toBe("missing");
    const answer = ask("cn-9901", "2025-01-01");
    expect(answer.kind === "value" && [answer.value, answer.entry.status]).toEqual([5500, "announced"]);
  });

  it("never counts a draft", () => {
    expect(fen(ask("cn-9901", "2026-06-01"))).toBe(5500);
  });

  it("is as it was known on a day: the value published later does not yet count", () => {
    expect(fen(ask("cn-99", "2023-08-01"))).toBe(4525);
    expect(fen(ask("cn-99", "2023-08-01", "2023-09-14"))).toBe(4100);
    expect(fen(ask("cn-99", "2023-08-01", "2023-09-15"))).toBe(4525);
  });

  it("says why it has no value", () => {
    const query = { code: "courtFee", area: "cn-99", date: "2023-01-01" };
    expect(lookupParameter(list, { ...query, code: "courtFees" })).toEqual({ kind: "none", why: "unknown-parameter" });
    expect(lookupParameter(list, { ...query, key: ["x"] })).toEqual({ kind: "none", why: "unknown-key" });
    expect(lookupParameter(list, { ...query, area: "cn-97" })).toEqual({ kind: "none", why: "area-not-in-force" });
    expect(ask("cn-990101", "2024-01-01")).toEqual({ kind: "none", why: "area-not-in-force" });
    expect(ask("cn-990102", "2023-12-31")).toEqual({ kind: "none", why: "area-not-in-force" });
  });

  it("with keys has a value for each key", () => {
    const share = (key: string[]) =>
      fen(lookupParameter(list, { code: "lessonShare", key, area: "cn-99", date: "2021-01-01" }));
    expect(share(["novice"])).toBe("0.5");
    expect(share(["master"])).toBe("0.25");
    expect(share(["nobody"])).toBe("none");
    expect(share([])).toBe("none");
  });

  it("that is a day is held as a day", () => {
    expect(fen(lookupParameter(list, { code: "seasonOpens", area: "cn", date: "2024-01-01" }))).toBe("2024-04-01");
  });
});

/** Days of one year, for intervals that meet often. */
const dayArbitrary = fc
  .integer({ min: 0, max: 364 })
  .map((day) => new Date(Date.UTC(2024, 0, 1 + day)).toISOString().slice(0, 10));
const areaArbitrary = fc.constantFrom("cn", "cn-99", "cn-9901");
const valueArbitrary = fc.record(
  {
    area: areaArbitrary,
    from: dayArbitrary,
    until: dayArbitrary,
    value: fc.option(fc.integer({ min: 0, max: 99 })),
    status: fc.constantFrom("in-force", "announced", "superseded", "draft"),
    knownFrom: dayArbitrary,
  },
  { requiredKeys: ["area", "from", "value", "status"] },
);
const historyArbitrary = fc.array(valueArbitrary, { maxLength: 12 }).map((written) => {
  const days = new Set<string>();
  return written
    .filter(({ from, until }) => until === undefined || from < until)
    .filter(({ area, from }) => !days.has(`${area} ${from}`) && days.add(`${area} ${from}`))
    .map((value) => ({ ...value, key: [], knownFrom: value.knownFrom ?? value.from }) as unknown as ParameterValue);
});

function withHistory(values: readonly ParameterValue[]): Pick<List, "areas" | "parameters"> {
  const parameter = { ...list.parameters.get("courtFee")!, values };
  return { areas: list.areas, parameters: new Map([["courtFee", parameter]]) };
}

describe("for any history, area and day", () => {
  const query = fc.record({
    area: areaArbitrary,
    date: dayArbitrary,
    knownOn: fc.option(dayArbitrary, { nil: undefined }),
  });

  it("there is exactly one answer, or the reason why there is none, whatever the order of the values", () => {
    fc.assert(
      fc.property(historyArbitrary, query, (values, asked) => {
        const forwards = lookupParameter(withHistory(values), { code: "courtFee", ...asked });
        const backwards = lookupParameter(withHistory([...values].reverse()), { code: "courtFee", ...asked });
        expect(backwards).toEqual(forwards);
      }),
    );
  });

  it("a value that answers holds the day, is known, is no draft, and none of its area has begun since", () => {
    fc.assert(
      fc.property(historyArbitrary, query, (values, asked) => {
        const answer = lookupParameter(withHistory(values), { code: "courtFee", ...asked });
        if (answer.kind === "none") return;
        const { entry } = answer;
        const { date, knownOn = "9999" } = asked;
        expect(entry.from <= date && (entry.until === undefined || date < entry.until)).toBe(true);
        expect(entry.knownFrom <= knownOn && entry.status !== "draft").toBe(true);
        const later = values.filter(
          ({ area, from, status, knownFrom }) =>
            area === entry.area && from > entry.from && from <= date && status !== "draft" && knownFrom <= knownOn,
        );
        expect(later).toEqual([]);
      }),
    );
  });

  it("no answer means that on no area of the chain a known value holds the day", () => {
    fc.assert(
      fc.property(historyArbitrary, query, (values, asked) => {
        const answer = lookupParameter(withHistory(values), { code: "courtFee", ...asked });
        if (answer.kind !== "none") return;
        const { area, date, knownOn = "9999" } = asked;
        const begun = values.filter(
          (value) =>
            area.startsWith(value.area) && value.from <= date && value.status !== "draft" && value.knownFrom <= knownOn,
        );
        const lastOfEach = begun.filter(
          (value) => !begun.some((other) => other.area === value.area && other.from > value.from),
        );
        expect(lastOfEach.every(({ until }) => until !== undefined && until <= date)).toBe(true);
      }),
    );
  });
});
