import fc from "fast-check";
import { expect, it } from "vitest";
import { rankAscending, rankDescending } from "./rank.ts";

const value = fc.oneof(
  fc.double({ min: -1e6, max: 1e6, noNaN: true }),
  fc.integer({ min: 0, max: 3 }),
  fc.constantFrom(Number.NaN, 1e300, -1e-300, Number.POSITIVE_INFINITY),
);

it("a rank is one more than the values above; a gap has none; one far value does not slow it into pairs", () => {
  fc.assert(
    fc.property(fc.array(value, { maxLength: 200 }), (given) => {
      const values = Float64Array.from(given);
      const ranks = rankDescending(values);
      for (const [i, x] of values.entries()) {
        expect(ranks[i]).toBe(Number.isNaN(x) ? Number.NaN : 1 + values.filter((other) => other > x).length);
      }
      expect(rankAscending(values)).toEqual(rankDescending(values.map((x) => -x)));
    }),
  );
  const crowded = Float64Array.from({ length: 20_000 }, (_, i) => (i === 0 ? 1e9 : i / 20_000));
  expect(rankDescending(crowded)[19_999]).toBe(2);
  expect(rankDescending(crowded)[1]).toBe(20_000);
});
