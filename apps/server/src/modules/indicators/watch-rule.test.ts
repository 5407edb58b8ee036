import { describe, expect, test } from "vitest";
import { acrossAreas, historyOf, type Shown, watchMonths } from "./watch-rule.ts";

const share = (numerator: number, denominator: number): Shown => ({
  value: (numerator / denominator) * 100,
  numerator,
  denominator,
});
const stated = (value: number): Shown => ({ value, numerator: null, denominator: null });

describe("rules between areas", () => {
  test("a funnel rings for the large area that is worse, not for the small one of the same share nor the better one", () => {
    const areas = [share(900, 1000), share(880, 1000), share(700, 1000), share(7, 10), share(990, 1000), null];
    expect(acrossAreas({ kind: "funnel" }, "up")(areas)).toEqual([false, false, true, false, false, false]);
    // Where less is better, the worse ones are above; 900 of 1,000 is beyond two standard deviations of 86.7 %, and not beyond three.
    expect(acrossAreas({ kind: "funnel" }, "down")(areas)).toEqual([false, false, false, false, true, false]);
    // The share of the whole counts people of no area too.
    expect(acrossAreas({ kind: "funnel" }, "up", 0.7)(areas).some(Boolean)).toBe(false);
  });
  test("a modified z rings on the worse side alone; of fewer than five areas, or of equal ones, nothing is odd", () => {
    const rule = { kind: "modified-z", limit: 3.5 } as const;
    const values = [1, 2, 3, 4, 5, 6, 7, 8, 9, 100].map(stated);
    expect(acrossAreas(rule, "down")(values)).toEqual([...Array<boolean>(9).fill(false), true]);
    expect(acrossAreas(rule, "up")(values).some(Boolean)).toBe(false);
    expect(acrossAreas(rule, "up")([...values, stated(-100), null])).toEqual([
      ...Array<boolean>(10).fill(false),
      true,
      false,
    ]);
    expect(acrossAreas(rule, "down")([1, 2, 3, 100].map(stated)).some(Boolean)).toBe(false);
    expect(acrossAreas(rule, "down")([1, 1, 1, 1, 100].map(stated)).some(Boolean)).toBe(false);
  });
});

describe("rules over months", () => {
  const months = Float64Array.from({ length: 96 }, (_, t) => Math.round(30 + 12 * Math.sin((2 * Math.PI * t) / 12)));
  const raised = months.map((count, t) => (t >= 90 ? count * 2 : count));
  test.each([
    { kind: "ears", method: "C2", baseline: 12, alpha: 0.001, minimumDeviation: 2 },
    { kind: "cusum", slack: 1.04, threshold: 6 },
    { kind: "farrington", years: 5, window: 1, alpha: 0.01 },
    { kind: "glr", threshold: 5, harmonics: 1 },
  ] as const)("$kind rings on a doubled season and waits for the history that it needs", (detector) => {
    const first = watchMonths(detector, raised, 84).find(({ at, alarm }) => alarm && at >= 90);
    expect(first!.at).toBeLessThanOrEqual(93);
    expect(watchMonths(detector, months, 0)).toEqual([]);
    expect(watchMonths(detector, months, historyOf(detector))).toHaveLength(96 - historyOf(detector));
  });
  test("Farrington and GLR know the season: a year like every year does not ring", () => {
    for (const detector of [
      { kind: "farrington", years: 5, window: 1, alpha: 0.01 },
      { kind: "glr", threshold: 5, harmonics: 1 },
    ] as const)
      expect(watchMonths(detector, months, 84).some(({ alarm }) => alarm)).toBe(false);
  });
});
