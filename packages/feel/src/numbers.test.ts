import { Decimal } from "decimal.js";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  add,
  compareNumbers,
  Decimal34,
  divide,
  multiply,
  numberToString,
  parseNumber,
  power,
  toDecimal,
} from "./numbers.ts";
import { round } from "./rounding.ts";
import type { FeelNumber } from "./values.ts";

/** Decimals as people write them, with the hard edges: many digits, near 15 and 16 digits, whole, tiny. */
const decimalText = fc
  .tuple(
    fc.bigInt({ min: -(10n ** 36n), max: 10n ** 36n }),
    fc.integer({ min: 0, max: 36 }),
    fc.integer({ min: 0, max: 20 }),
  )
  .map(([digits, shorten, scale]) => new Decimal(`${digits / 10n ** BigInt(shorten)}e-${scale}`).toFixed());

const number = decimalText.map((text) => parseNumber(text) as FeelNumber);

function exact(operation: (a: Decimal, b: Decimal) => Decimal, a: FeelNumber, b: FeelNumber): string {
  return operation(toDecimal(a), toDecimal(b)).toFixed();
}

describe("arithmetic on held numbers is decimal arithmetic with 34 digits", () => {
  const check = (
    name: string,
    ours: (a: FeelNumber, b: FeelNumber) => FeelNumber | null,
    theirs: (a: Decimal, b: Decimal) => Decimal,
  ) =>
    test(name, () => {
      const both = fc.property(number, number, (a, b) => {
        fc.pre(name !== "division" || compareNumbers(b, 0) !== 0);
        const result = ours(a, b);
        expect(toDecimal(result as FeelNumber).toFixed()).toBe(exact(theirs, a, b).replace(/^-0$/u, "0"));
      });
      fc.assert(both, { numRuns: 3_000 });
    });
  check("addition", add, (a, b) => a.plus(b));
  check("multiplication", multiply, (a, b) => a.times(b));
  check("division", divide, (a, b) => a.div(b));
});

test("numbers compare as decimals do", () => {
  const property = fc.property(number, number, (a, b) => {
    expect(Math.sign(compareNumbers(a, b))).toBe(toDecimal(a).cmp(toDecimal(b)));
  });
  fc.assert(property, { numRuns: 3_000 });
});

test("a number reads back from its text", () => {
  fc.assert(fc.property(number, (a) => compareNumbers(parseNumber(numberToString(a)) as FeelNumber, a) === 0));
});

test("money stays exact where binary fractions do not", () => {
  expect(add(0.1, 0.2)).toBe(0.3);
  expect(multiply(1.1, 1.1)).toBe(1.21);
  expect(multiply(68_212_200.35, 100)).toBe(6_821_220_035);
  expect(add(9_007_199_254_740_991, 1)?.toString()).toBe("9007199254740992");
  expect(divide(1, 3)?.toString()).toBe(`0.${"3".repeat(34)}`);
});

test("whole powers are rounded correctly", () => {
  const wide = Decimal34.clone({ precision: 90 });
  const base = fc.tuple(fc.integer({ min: 1, max: 10 ** 9 }), fc.integer({ min: 4, max: 9 }));
  const property = fc.property(base, fc.integer({ min: -500, max: 500 }), ([digits, scale], exponent) => {
    const value = parseNumber(`${digits}e-${scale}`) as FeelNumber;
    const expected = new wide(toDecimal(value)).pow(exponent).toSignificantDigits(34, Decimal.ROUND_HALF_EVEN);
    expect(toDecimal(power(value, exponent) as FeelNumber).toFixed()).toBe(expected.toFixed());
  });
  fc.assert(property, { numRuns: 300 });
});

test("a power halfway between two numbers goes to the even one", () => {
  // 5^50 has 35 digits and ends in 5.
  expect(power(5, 50)?.toString()).toBe("88817841970012523233890533447265620");
  expect(power(2, -50)).toEqual(power(0.5, 50));
  expect(numberToString(power(0.5, 50) as FeelNumber)).toBe("0.0000000000000008881784197001252323389053344726562");
});

test("half-even is decided on the decimal digits", () => {
  expect(round(2.5, 0, "half even")).toBe(2);
  expect(round(3.5, 0, "half even")).toBe(4);
  expect(round(1.005, 2, "half up")).toBe(1.01);
  expect(round(1.115, 2, "half even")).toBe(1.12);
  expect(round(125, -1, "half even")).toBe(120);
  expect(round(135, -1, "half up")).toBe(140);
});

test("results beyond decimal128 are null, not infinity", () => {
  expect(power(10, 7_000)).toBeNull();
  expect(divide(1, 0)).toBeNull();
  expect(power(0, -1)).toBeNull();
  expect(power(-8, 0.5)).toBeNull();
});
