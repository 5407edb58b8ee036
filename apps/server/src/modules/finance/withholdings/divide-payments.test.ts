import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { dividePayments, type Offset, type Payment } from "./divide-payments.ts";

const offset: Offset = {
  clawBack: "c1",
  person: "1",
  agreement: 7,
  leftFen: 100_00,
  mostPercent: 100,
  mostFen: null,
  from: "2026-04",
};
const payment: Payment = { n: 1, person: "1", month: "2026-04", fen: 150_00 };

describe("what payments withhold", () => {
  test("is the whole agreed sum where nothing limits it, and nothing of a payment before its month or of somebody else", () => {
    const others = [
      { ...payment, n: 2, month: "2026-03" },
      { ...payment, n: 3, person: "2" },
    ];
    expect(dividePayments([...others, payment], [offset])).toEqual([
      { n: 1, claw_back: "c1", agreement: 7, fen: 100_00 },
    ]);
  });

  test("is at most the share and the sum stated for one payment, the share rounded down to the fen", () => {
    const fens = (more: Partial<Offset>, fen = 150_00) =>
      dividePayments([{ ...payment, fen }], [{ ...offset, ...more }]).map((part) => part.fen);
    expect(fens({ mostPercent: 30 })).toEqual([45_00]);
    // 33 % of 101 fen are 33.33.
    expect(fens({ mostPercent: 33 }, 101)).toEqual([33]);
    expect(fens({ mostPercent: 30, mostFen: 20_00 })).toEqual([20_00]);
    // 1 % of 99 fen is less than one fen: nothing.
    expect(fens({ mostPercent: 1 }, 99)).toEqual([]);
  });

  test("ends with what is left, payment after payment", () => {
    const months = ["2026-04", "2026-05", "2026-06"].map((month, at) => ({ ...payment, n: at + 1, month }));
    const parts = dividePayments(months, [{ ...offset, mostPercent: 40 }]);
    expect(parts.map(({ fen }) => fen)).toEqual([60_00, 40_00]);
  });

  test("two claims on one payment take no more than it, the older first", () => {
    const second = { ...offset, clawBack: "c2", leftFen: 100_00 };
    expect(dividePayments([payment], [offset, second]).map(({ fen }) => fen)).toEqual([100_00, 50_00]);
  });

  test("never goes beyond an agreement, a limit or a payment, and leaves nothing that a limit allows", () => {
    const money = fc.integer({ min: 1, max: 10_000 });
    const person = fc.constantFrom("1", "2");
    const month = fc.constantFrom("2026-03", "2026-04", "2026-05");
    const payments = fc.array(fc.record({ person, month, fen: money }), { maxLength: 8 });
    const offsets = fc.array(
      fc.record({
        person,
        agreement: fc.constant(1),
        leftFen: money,
        mostPercent: fc.integer({ min: 1, max: 100 }),
        mostFen: fc.option(money),
        from: month,
      }),
      { maxLength: 4 },
    );
    fc.assert(
      fc.property(payments, offsets, (someMoney, someOffsets) => {
        const lines = someMoney.map((one, at) => ({ n: at + 1, ...one }));
        const claims = someOffsets.map((one, at) => ({ clawBack: `c${at}`, ...one }));
        const parts = dividePayments(lines, claims);
        const sum = (of: (part: (typeof parts)[number]) => boolean) =>
          parts.filter(of).reduce((total, { fen }) => total + fen, 0);
        for (const line of lines) expect(sum(({ n }) => n === line.n)).toBeLessThanOrEqual(line.fen);
        for (const claim of claims) {
          const whole = sum(({ claw_back }) => claw_back === claim.clawBack);
          expect(whole).toBeLessThanOrEqual(claim.leftFen);
          for (const line of lines) {
            const part = sum(({ n, claw_back }) => n === line.n && claw_back === claim.clawBack);
            const limit =
              line.person === claim.person && line.month >= claim.from
                ? Math.min(Math.floor((line.fen * claim.mostPercent) / 100), claim.mostFen ?? line.fen)
                : 0;
            expect(part).toBeLessThanOrEqual(limit);
            // What is not withheld was bound by the limit, the agreement or the payment.
            const isBound = part === limit || whole === claim.leftFen || sum(({ n }) => n === line.n) === line.fen;
            expect(isBound).toBe(true);
          }
        }
      }),
      { numRuns: 500 },
    );
  });
});
