import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { powerLimbs } from "./limb-power.ts";
import { addLimbs, divideLimbs, multiplyLimbs } from "./limbs.ts";
import { divideDigits } from "./long-division.ts";
import { wholePower } from "./number-power.ts";
import { add, compareNumbers, digitsOf, divide, multiply, numberToString, parseNumber, power } from "./numbers.ts";
import type { FeelNumber } from "./values.ts";

/** Digits that carry, borrow and lie halfway: runs of nines, noughts and fives beside any others. */
const run = fc.oneof(
  fc.stringMatching(/^\d{1,7}$/u),
  fc.constantFrom("0000000", "9999999", "5000000", "4999999", "0000001", "9", "5", "000"),
);
const digits = fc.array(run, { minLength: 1, maxLength: 6 }).map((runs) => runs.join("").slice(0, 34));
const number = fc
  .tuple(fc.constantFrom("", "-"), digits, fc.integer({ min: -45, max: 20 }))
  .map(([sign, text, exponent]) => parseNumber(`${sign}${text}e${exponent}`) as FeelNumber);
const notZero = number.filter((value) => compareNumbers(value, 0) !== 0);

interface Fraction {
  readonly above: bigint;
  readonly below: bigint;
}

/** From the text, which no arithmetic has a part in. */
function fractionOf(value: FeelNumber): Fraction {
  const [whole = "", fraction = ""] = numberToString(value).split(".");
  return { above: BigInt(whole + fraction), below: 10n ** BigInt(fraction.length) };
}

/** Of 34 digits, half-even, by the definition: the nearest multiple of the unit, of two equally near the even one. */
function nearest({ above, below }: Fraction): FeelNumber | null {
  if (above === 0n) return 0;
  const size =
    above < 0n !== below < 0n ? ([abs(above), abs(below), "-"] as const) : ([abs(above), abs(below), ""] as const);
  const [top, bottom, sign] = size;
  let exponent = top.toString().length - bottom.toString().length - 34;
  const cut = (places: number) =>
    places >= 0 ? ([top, bottom * 10n ** BigInt(places)] as const) : ([top * 10n ** BigInt(-places), bottom] as const);
  let [over, under] = cut(exponent);
  if (over / under >= 10n ** 34n) {
    exponent += 1;
    [over, under] = cut(exponent);
  }
  const down = over / under;
  const twice = 2n * (over % under);
  const up = twice > under || (twice === under && down % 2n === 1n);
  return parseNumber(`${sign}${down + (up ? 1n : 0n)}e${exponent}`);
}

function abs(value: bigint): bigint {
  return value < 0n ? -value : value;
}

function raised({ above, below }: Fraction, exponent: number): Fraction {
  const count = BigInt(Math.abs(exponent));
  return exponent < 0
    ? { above: below ** count, below: above ** count }
    : { above: above ** count, below: below ** count };
}

/** The number that times `value` leaves 1 by the modulus, by Euclid's algorithm. */
function inverseOf(value: bigint, modulus: bigint): bigint {
  let [rest, next, factor, nextFactor] = [modulus, value % modulus, 0n, 1n];
  while (next !== 0n) {
    const times = rest / next;
    [rest, next, factor, nextFactor] = [next, rest - times * next, nextFactor, factor - times * nextFactor];
  }
  return factor;
}

type Operation = (a: FeelNumber, b: FeelNumber) => FeelNumber | null | undefined;

function agrees(ours: Operation, wanted: (a: Fraction, b: Fraction) => Fraction, right = number) {
  const property = fc.property(number, right, (a, b) => {
    const found = ours(a, b);
    // Equal in form too, so that a short result is a JavaScript number whichever way it is found.
    if (found !== undefined) expect(found).toEqual(nearest(wanted(fractionOf(a), fractionOf(b))));
  });
  fc.assert(property, { numRuns: 2_000 });
}

const sum = (a: Fraction, b: Fraction) => ({ above: a.above * b.below + b.above * a.below, below: a.below * b.below });
const product = (a: Fraction, b: Fraction) => ({ above: a.above * b.above, below: a.below * b.below });
const quotient = (a: Fraction, b: Fraction) => ({ above: a.above * b.below, below: a.below * b.above });

describe("arithmetic in limbs is exact arithmetic rounded once, half-even", () => {
  it.each<[string, Operation, Operation, typeof sum]>([
    ["sums", addLimbs, add, sum],
    ["products", multiplyLimbs, multiply, product],
  ])("%s", (_, inLimbs, byAnyWay, wanted) => {
    agrees(inLimbs, wanted);
    agrees(byAnyWay, wanted);
  });

  it("quotients, and those of big integers", () => {
    agrees(divideLimbs, quotient, notZero);
    agrees(divide, quotient, notZero);
    agrees((a, b) => divideDigits(digitsOf(a), digitsOf(b)), quotient, notZero);
  });

  it("quotients that lie halfway", () => {
    const odd = fc.bigInt({ min: 2n * 10n ** 33n, max: 5n * 10n ** 33n - 1n }).map((half) => 2n * half + 1n);
    const property = fc.property(odd, (above) => {
      const even = above / 2n + ((above / 2n) % 2n);
      expect(divideLimbs(parseNumber(String(above)) as FeelNumber, 2)).toEqual(parseNumber(String(even)));
    });
    fc.assert(property);
  });

  it("quotients that lie next to halfway, by less than all the limbs that are worked out can show", () => {
    const unit = 10n ** 34n;
    const divisor = fc.bigInt({ min: unit / 10n, max: unit - 1n }).filter((b) => b % 2n === 1n && b % 5n !== 0n);
    const property = fc.property(divisor, fc.constantFrom(-3n, -1n, 1n, 3n), (b, off) => {
      // Twice the unit times a is an odd multiple of b and `off`: a / b is half a unit of the 34th place and off / 2b of one.
      const a = (((off * inverseOf(2n * unit, b)) % b) + b) % b;
      fc.pre(10n * a >= b);
      const [above, below] = [a, b].map((value) => parseNumber(String(value)) as FeelNumber) as [
        FeelNumber,
        FeelNumber,
      ];
      expect(divideLimbs(above, below)).toEqual(nearest({ above: a, below: b }));
    });
    fc.assert(property, { numRuns: 300 });
  });

  it("powers, and those of big integers", () => {
    const exponent = fc.integer({ min: -400, max: 400 }).filter((value) => value !== 0);
    let undecided = 0;
    const property = fc.property(notZero, exponent, (base, count) => {
      const wanted = nearest(raised(fractionOf(base), count));
      const found = powerLimbs(base, count);
      if (found === undefined) undecided += 1;
      else expect(found).toEqual(wanted);
      expect(power(base, count)).toEqual(wanted);
      expect(wholePower(digitsOf(base), count)).toEqual(wanted);
    });
    fc.assert(property, { numRuns: 400 });
    // Left to big integers are only powers next to a half and bases beyond 15 decimal places.
    expect(undecided).toBeLessThan(60);
  });
});

describe("powers", () => {
  it("that lie halfway are left to big integers", () => {
    expect(powerLimbs(5, 50)).toBeUndefined();
    expect(powerLimbs(0.5, 50)).toBeUndefined();
    expect(powerLimbs(2, -50)).toBeUndefined();
  });

  it("of many steps are the same by limbs as by the more digits of big integers", () => {
    const rate = fc.bigInt({ min: 1n, max: 10n ** 12n }).map((digits) => parseNumber(`1.${digits}`) as FeelNumber);
    const exponent = fc.integer({ min: 1_000, max: 100_000 });
    let decided = 0;
    const property = fc.property(rate, exponent, fc.boolean(), (base, count, isInverse) => {
      const found = powerLimbs(base, isInverse ? -count : count);
      const wanted = wholePower(digitsOf(base), isInverse ? -count : count);
      if (found === undefined) return;
      decided += 1;
      expect(found).toEqual(wanted);
    });
    fc.assert(property, { numRuns: 200 });
    expect(decided).toBeGreaterThan(150);
  });

  it("of a million steps have all their digits", () => {
    // By Python's decimal with 60 digits: 2.71828046931937688381979970845435639275...
    const base = parseNumber("1.000001") as FeelNumber;
    expect(numberToString(power(base, 1_000_000) as FeelNumber)).toBe("2.718280469319376883819799708454356");
  });

  it("beyond the range of numbers are null, or nothing", () => {
    expect(power(parseNumber("1e6000") as FeelNumber, 2)).toBeNull();
    expect(power(parseNumber("1e-6000") as FeelNumber, 2)).toBe(0);
    expect(power(3, 1_000_000)).toBeNull();
    expect(power(3, -1_000_000)).toBe(0);
  });
});

describe("a long number", () => {
  it("prints all its digits and reads back in the same form", () => {
    const property = fc.property(number, (value) => {
      expect(parseNumber(numberToString(value))).toEqual(value);
    });
    fc.assert(property, { numRuns: 2_000 });
  });

  it("is told from its neighbours", () => {
    const texts = ["0.9999999999999999999999999999999999", "1", "1.000000000000000000000000000000001"];
    const [below, one, above] = texts.map((text) => parseNumber(text) as FeelNumber) as [
      FeelNumber,
      FeelNumber,
      FeelNumber,
    ];
    expect([compareNumbers(below, one), compareNumbers(above, one), compareNumbers(above, above)]).toEqual([-1, 1, 0]);
  });
});
