import fc from "fast-check";
import { expect, test } from "vitest";
import type { List } from "../model/list.ts";
import type { Split } from "../model/payer.ts";
import { splitPayment } from "../split-payment.ts";
import { payersOf, splitInto } from "./split-sums.ts";

const level = fc.constantFrom("central" as const, "province" as const, "city" as const, "county" as const);
const { split } = fc.letrec<{ split: Split }>((tie) => ({
  split: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    fc.record({ kind: fc.constant("all" as const), payer: level }),
    fc.record({ kind: fc.constant("fund" as const), fund: fc.constantFrom("pension", "work-injury") }),
    fc.record({ kind: fc.constant("unstated" as const) }),
    fc.tuple(fc.integer({ min: 0, max: 10_000 }), level, tie("split")).map(
      ([part, payer, rest]): Split => ({
        kind: "ratio",
        shares: [
          { payer, percent: part / 100 },
          { split: rest, percent: (10_000 - part) / 100 },
        ],
      }),
    ),
    fc.tuple(fc.array(fc.integer({ min: 0, max: 100 }), { minLength: 5, maxLength: 5 }), level, tie("split")).map(
      ([[a, b, c, d, e], payer, rest]): Split => ({
        kind: "ratio-by-tier",
        payer,
        percentByTier: { 1: a ?? 0, 2: b ?? 0, 3: c ?? 0, 4: d ?? 0, 5: e ?? 0 },
        rest,
      }),
    ),
    fc
      .tuple(fc.integer({ min: 1, max: 100_000 }), level, tie("split"))
      .map(([fen, payer, rest]): Split => ({ kind: "fixed", payer, amount: fen / 100, per: "person", rest })),
  ),
}));

test("sums by payer are those of splitPayment, to the fen", () => {
  fc.assert(
    fc.property(split, fc.nat(5), fc.array(fc.nat(10 ** 9), { maxLength: 8 }), (rule, tier, payments) => {
      const area = { code: "cn-31", zh: "东", en: "East", level: "province", ...(tier > 0 && { payerTier: tier }) };
      const list = {
        areas: new Map([["cn-31", area]]),
        payers: new Map([["p", { code: "p", split: rule }]]),
      } as unknown as List;
      const payers = payersOf([rule]);
      const expected = payers.map(() => 0);
      const sums = new Float64Array(payers.length + 1);
      const into = splitInto(rule, payers);
      for (const fen of payments) {
        for (const share of splitPayment(list, "p", { area: "cn-31", date: "2024-01-01", fen })) {
          expected[payers.indexOf(share.payer)]! += share.fen;
        }
        into(fen, tier, 1, sums, 1);
      }
      expect([...sums.subarray(1)]).toEqual(expected);
    }),
    { numRuns: 300 },
  );
});
