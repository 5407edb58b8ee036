import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { loadList } from "./load-list.ts";
import type { Split } from "./model/payer.ts";
import { type PaymentShare, splitPayment } from "./split-payment.ts";
import { club } from "./testing/federation.ts";

const list = loadList(club()).list!;
const there = { area: "cn-9901", date: "2024-06-01" };
const shares = (code: string, fen: number, more = {}) =>
  splitPayment(list, code, { ...there, fen, ...more }).map(({ payer, area, fen }) => [payer, area, fen]);

describe("a payment", () => {
  it("is paid by one level in full", () => {
    expect(shares("federation", 101)).toEqual([["central", "cn", 101]]);
  });

  it("is shared by the tier of the nearest area that has one, then by ratio, to the fen", () => {
    // 60 % of 10 001 fen is 6 000.6; of the other 4 001, 33.33 % is 1 333.5333; of 2 668 left, 33.33/66.67 is 1 333.79…
    expect(shares("thirds", 10_001)).toEqual([
      ["central", "cn", 6000],
      ["province", "cn-99", 1333],
      ["city", "cn-9901", 1333],
      ["fund:ball-fund", "cn-9901", 1335],
    ]);
  });

  it("is unsplit where the area has no tier, or where no number is published", () => {
    expect(shares("thirds", 500, { area: "cn-98" })).toEqual([["unsplit", "cn-98", 500]]);
    expect(shares("shared", 500)).toEqual([["unsplit", "cn-9901", 500]]);
  });

  it("takes a fixed sum once a household, never more than there is, and the rest from the other", () => {
    expect(shares("fixed-first", 25_000)).toEqual([
      ["city", "cn-9901", 10_000],
      ["central", "cn", 15_000],
    ]);
    expect(shares("fixed-first", 25_000, { households: 2 })).toEqual([
      ["city", "cn-9901", 20_000],
      ["central", "cn", 5000],
    ]);
    expect(shares("fixed-first", 9999)).toEqual([["city", "cn-9901", 9999]]);
  });

  it("of the city in a municipality falls to the municipality", () => {
    expect(shares("fixed-first", 5000, { area: "cn-99" })).toEqual([["city", "cn-99", 5000]]);
  });

  it("is refused when there is no such split, or no whole sum", () => {
    expect(() => shares("nobody", 1)).toThrow(RangeError);
    expect(() => shares("federation", 1.5)).toThrow(RangeError);
    expect(() => shares("federation", -1)).toThrow(RangeError);
  });
});

const level = fc.constantFrom("central", "province", "city", "county", "person") as fc.Arbitrary<"central">;
const percents = (count: number) =>
  fc
    .array(fc.integer({ min: 0, max: 100_00 }), { minLength: count - 1, maxLength: count - 1 })
    .map((cuts) => [0, ...cuts.sort((a, b) => a - b), 100_00])
    .map((cuts) => cuts.slice(1).map((cut, at) => (cut - cuts[at]!) / 100));

const splitArbitrary = fc.letrec<{ split: Split }>((tie) => ({
  split: fc.oneof(
    { maxDepth: 3 },
    level.map((payer): Split => ({ kind: "all", payer })),
    fc.constant<Split>({ kind: "fund", fund: "pool" }),
    fc.constant<Split>({ kind: "unstated" }),
    fc
      .record({ payer: level, amount: fc.integer({ min: 1, max: 9999 }), rest: tie("split") })
      .map(
        ({ payer, amount, rest }): Split => ({ kind: "fixed", payer, amount: amount / 100, per: "household", rest }),
      ),
    fc
      .record({ payer: level, percent: fc.integer({ min: 0, max: 100 }), rest: tie("split") })
      .map(({ payer, percent, rest }): Split => {
        const percentByTier = { 1: 80, 2: percent, 3: 50, 4: 30, 5: 10 };
        return { kind: "ratio-by-tier", payer, percentByTier, rest };
      }),
    fc
      .integer({ min: 2, max: 5 })
      .chain((count) => fc.tuple(percents(count), fc.array(tie("split"), { minLength: count, maxLength: count })))
      .map(([parts, splits]): Split => {
        return { kind: "ratio", shares: parts.map((percent, at) => ({ split: splits[at]!, percent })) };
      }),
  ),
})).split;

function paid(split: Split, fen: number): readonly PaymentShare[] {
  const payer = { ...list.payers.get("federation")!, split };
  return splitPayment({ areas: list.areas, payers: new Map([["any", payer]]) }, "any", { ...there, fen });
}

const fenArbitrary = fc.oneof(fc.integer({ min: 0, max: 1000 }), fc.integer({ min: 0, max: 9_000_000_000_000 }));

describe("for any split and sum", () => {
  it("the shares are whole, not negative, and make up the payment to the fen", () => {
    fc.assert(
      fc.property(splitArbitrary, fenArbitrary, (split, fen) => {
        const parts = paid(split, fen).map((share) => share.fen);
        expect(parts.every((part) => Number.isSafeInteger(part) && part > 0)).toBe(true);
        expect(parts.reduce((sum, part) => sum + part, 0)).toBe(fen);
      }),
    );
  });

  it("no payer pays less when there is a fen more to pay", () => {
    fc.assert(
      fc.property(splitArbitrary, fenArbitrary, (split, fen) => {
        const more = new Map(paid(split, fen + 1).map((share) => [`${share.payer} ${share.area}`, share.fen]));
        for (const share of paid(split, fen)) {
          expect(more.get(`${share.payer} ${share.area}`) ?? 0).toBeGreaterThanOrEqual(share.fen);
        }
      }),
    );
  });

  it("no share of a ratio is more than one fen off its exact part for each share before it", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 5 }).chain(percents),
        fc.integer({ min: 0, max: 100_000 }),
        (parts, fen) => {
          const split: Split = {
            kind: "ratio",
            shares: parts.map((percent, at) => ({ split: { kind: "fund", fund: `f${at}` }, percent })),
          };
          const found = new Map(paid(split, fen).map((share) => [share.payer, share.fen]));
          for (const [at, percent] of parts.entries()) {
            const off = (found.get(`fund:f${at}`) ?? 0) - (fen * percent) / 100;
            expect(Math.abs(off)).toBeLessThan(at + 1);
          }
        },
      ),
    );
  });
});
