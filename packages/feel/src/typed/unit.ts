/**
 * A unit in canonical spelling: `CNY/month`, `m2`, `hour/week`, `1` for a plain number or a count.
 * `null` is the unit of a bare literal: it takes the unit of what it is added to or compared with, and is `1` in products.
 */
export type Unit = string | null;

/** Exponent of each base unit; a plain number has none. */
type Exponents = Map<string, number>;

const plain = new Set(["1", "count", ""]);

/** Canonical spelling of a unit as written in a list: `count` is `1`, factors are sorted. */
export function parseUnit(text: string): string {
  return spell(exponentsOf(text));
}

export function multiplyUnits(left: Unit, right: Unit): Unit {
  return combine(left, right, 1);
}

export function divideUnits(left: Unit, right: Unit): Unit {
  return combine(left, right, -1);
}

/** The unit two operands share, or `undefined` when they differ. */
export function commonUnit(left: Unit, right: Unit): Unit | undefined {
  if (left === null) return right;
  if (right === null || left === right) return left;
  return undefined;
}

function combine(left: Unit, right: Unit, sign: 1 | -1): Unit {
  const plainLeft = left === null || left === "1";
  const plainRight = right === null || right === "1";
  if (plainLeft && plainRight) return left === null || right === null ? null : "1";
  const exponents = exponentsOf(left ?? "1");
  for (const [base, exponent] of exponentsOf(right ?? "1")) {
    exponents.set(base, (exponents.get(base) ?? 0) + sign * exponent);
  }
  return spell(exponents);
}

function exponentsOf(unit: string): Exponents {
  const exponents: Exponents = new Map();
  const [numerator = "", ...denominators] = unit.split("/");
  const add = (factor: string, sign: number) => {
    const [base = "", power = "1"] = factor.trim().split("^");
    if (!plain.has(base)) exponents.set(base, (exponents.get(base) ?? 0) + sign * Number(power));
  };
  for (const factor of numerator.split("*")) add(factor, 1);
  for (const part of denominators) for (const factor of part.split("*")) add(factor, -1);
  return exponents;
}

function spell(exponents: Exponents): string {
  const factors = [...exponents].filter(([, power]) => power !== 0).sort(([a], [b]) => (a < b ? -1 : 1));
  const write = ([base, power]: [string, number]) => (Math.abs(power) === 1 ? base : `${base}^${Math.abs(power)}`);
  const above = factors.filter(([, power]) => power > 0).map(write);
  const below = factors.filter(([, power]) => power < 0).map(write);
  return [above.join("*") || "1", ...below].join("/");
}
