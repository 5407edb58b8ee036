import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Ranged, rankIntervals } from "./rank-intervals.ts";

const entry = fc
  .tuple(fc.integer({ min: -20, max: 20 }), fc.nat(8), fc.nat(8))
  .map(([value, below, above]): Ranged => ({ value, low: value - below, high: value + above }));

describe("ranks with intervals", () => {
  it("count out who is surely above and who is surely below, as counting one by one does", () => {
    fc.assert(
      fc.property(fc.array(entry, { maxLength: 30 }), (entries) => {
        const counted = entries.map((own) => ({
          rank: 1 + entries.filter(({ value }) => value > own.value).length,
          low: 1 + entries.filter(({ low }) => low > own.high).length,
          high: entries.length - entries.filter(({ high }) => high < own.low).length,
        }));
        expect(rankIntervals(entries)).toEqual(counted);
      }),
    );
  });
  it("without intervals are the ranks themselves, and the last of those that are equal", () => {
    const exact = [3, 1, 2, 2].map((value) => ({ value, low: value, high: value }));
    expect(rankIntervals(exact)).toEqual([
      { rank: 1, low: 1, high: 1 },
      { rank: 4, low: 4, high: 4 },
      { rank: 2, low: 2, high: 3 },
      { rank: 2, low: 2, high: 3 },
    ]);
  });
});
