import { beforeAll, describe, expect, it } from "vitest";
import { type City, openCity } from "./city.ts";
import { compileRolls } from "./compile-rolls.ts";
import { openRolls, type Receipts, type RollKernels } from "./decide-receipts.ts";
import { makePart } from "./make-part.ts";
import type { Part } from "./part.ts";
import { planCity } from "./plan-city.ts";

let city: City;
let kernels: RollKernels;
let part: Part;
let receipts: Receipts;
beforeAll(async () => {
  city = openCity(planCity(4));
  kernels = openRolls(city, await compileRolls());
  ({ part, receipts } = makePart(city, { index: 1, first: 32_768, persons: 32_768 }, kernels));
});

const rowsOf = (item: string) => {
  const at = receipts.items.indexOf(item);
  return Array.from({ length: receipts.rows }, (_, row) => row).filter((row) => receipts.item[row] === at);
};

describe("the benefit rolls", () => {
  it("hold people of the part once an item, in order, with a positive sum", () => {
    const seen = new Set<string>();
    let last = 0;
    for (let row = 0; row < receipts.rows; row++) {
      const person = receipts.person[row]!;
      seen.add(`${person} ${receipts.item[row]}`);
      if (person < last || person <= part.first || person > part.first + part.persons || receipts.fen[row]! <= 0) {
        expect.fail(`row ${row}: person ${person}, fen ${receipts.fen[row]}`);
      }
      last = person;
    }
    expect(seen.size).toBe(receipts.rows);
  });

  it("pay the senior allowance to nearly all registered people of 65 and over, and to few others", () => {
    const paid = new Set(
      rowsOf("cn-31.senior-comprehensive-allowance").map((row) => receipts.person[row]! - 1 - part.first),
    );
    const owed = Array.from({ length: part.persons }, (_, row) => row).filter(
      (row) => part.local[row] === 1 && part.age[row]! >= 65,
    );
    const missed = owed.filter((row) => !paid.has(row)).length / owed.length;
    // 1.2 % registered late, and of the 2 % with an old record those who turned 65 within the year.
    expect(missed).toBeGreaterThan(0.005);
    expect(missed).toBeLessThan(0.04);
    const wrongly = [...paid].filter((row) => part.local[row] !== 1 || part.age[row]! < 65);
    expect(wrongly.length).toBeGreaterThan(0);
    expect(wrongly.length / paid.size).toBeLessThan(0.01);
  });

  it("still pay some residents' pensions by the standard of a year ago (1490 instead of 1555 yuan)", () => {
    const fen = rowsOf("cn-31.residents-pension").map((row) => receipts.fen[row]!);
    const old = fen.filter((one) => one === 149_000).length / fen.length;
    expect(old).toBeGreaterThan(0.005);
    expect(old).toBeLessThan(0.05);
    expect(fen.filter((one) => one === 155_500).length / fen.length).toBeGreaterThan(0.9);
  });

  it("pay subsistence only to households on the register", () => {
    const code = city.facts
      .find(({ name }) => name === "assistanceStatus")!
      .values!.findIndex((one) => one.code === "subsistence");
    const heads = rowsOf("cn-31.subsistence-allowance").map((row) => receipts.person[row]! - 1 - part.first);
    expect(heads.length).toBeGreaterThan(20);
    expect(heads.filter((row) => part.columns.assistanceStatus!.data[row] !== code)).toEqual([]);
  });

  it("begin on the first of a month, after the birth and before the demo date", () => {
    for (let row = 0; row < receipts.rows; row++) {
      const day = new Date(receipts.since[row]! * 86_400_000).toISOString().slice(0, 10);
      if (!day.endsWith("-01") || day > "2025-05-31") expect.fail(`since ${day}`);
    }
  });
});
