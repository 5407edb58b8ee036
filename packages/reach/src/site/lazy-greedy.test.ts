import fc from "fast-check";
import { expect, test } from "vitest";
import { lazyGreedy } from "./lazy-greedy.ts";

const sets = fc.array(fc.uniqueArray(fc.nat(14), { maxLength: 8 }), { minLength: 1, maxLength: 12 });

test("each place is taken when no other adds more", () => {
  fc.assert(
    fc.property(sets, fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 15, maxLength: 15 }), (places, weight) => {
      const served = new Set<number>();
      const gain = (place: number) =>
        places[place]!.reduce((sum, one) => sum + (served.has(one) ? 0 : weight[one]!), 0);
      const left = new Set(places.keys());
      const wanted = 1 + (weight[0]! % places.length);
      const taken = lazyGreedy(
        places.length,
        gain,
        (place) => {
          expect(gain(place)).toBe(Math.max(...[...left].map(gain)));
          left.delete(place);
          for (const one of places[place]!) served.add(one);
        },
        (count) => count === wanted,
      );
      expect(new Set(taken).size).toBe(wanted);
    }),
  );
});

test("a place that adds less than it did is put back, not counted again and again", () => {
  // 200 places that serve one client each: after the first look at all, each is looked at once more.
  let looks = 0;
  const gain = (place: number) => {
    looks += 1;
    return 200 - place;
  };
  const taken = lazyGreedy(
    200,
    gain,
    () => {},
    (count) => count === 50,
  );
  expect(taken).toEqual(Array.from({ length: 50 }, (_, place) => place));
  expect(looks).toBe(250);
});

test("what all places together do not reach is an error", () => {
  expect(() =>
    lazyGreedy(
      2,
      () => 1,
      () => {},
      () => false,
    ),
  ).toThrow("All 2 places are not enough");
});
