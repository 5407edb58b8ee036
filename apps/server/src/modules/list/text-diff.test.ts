import fc from "fast-check";
import { expect, test } from "vitest";
import { diffTexts, type Stretch } from "./text-diff.ts";

const told = (stretches: readonly Stretch[]) =>
  stretches.map(({ kind, text }) => (kind === "same" ? text : kind === "ins" ? `[+${text}+]` : `[-${text}-]`)).join("");
const side = (stretches: readonly Stretch[], without: Stretch["kind"]) =>
  stretches
    .filter(({ kind }) => kind !== without)
    .map(({ text }) => text)
    .join("");

test.each([
  ["满 65 岁", "满 60 岁", "满 [-65-][+60+] 岁"],
  ['within(hukouArea, "cn-31")', 'within(residenceArea, "cn-31")', 'within([-hukouArea-][+residenceArea+], "cn-31")'],
  ["每人每月 1595 元", "每人每月 1680.5 元", "每人每月 [-1595-][+1680.5+] 元"],
  ["同", "同", "同"],
  ["", "新", "[+新+]"],
  ["旧", "", "[-旧-]"],
])("%s becomes %s as %s", (before, after, marked) => {
  expect(told(diffTexts(before, after))).toBe(marked);
});

/** The length of a longest common subsequence, by the table of the textbooks. */
function commonLength(a: string, b: string): number {
  let row = new Array<number>(b.length + 1).fill(0);
  for (const letter of a) {
    const next = [0];
    for (let at = 0; at < b.length; at++) {
      next.push(letter === b[at] ? row[at]! + 1 : Math.max(row[at + 1]!, next[at]!));
    }
    row = next;
  }
  return row[b.length]!;
}

test("any two texts: both can be read off, and no more is struck out than must be", () => {
  const text = fc.string({ unit: fc.constantFrom("低", "保", "线", "户") });
  fc.assert(
    fc.property(text, text, (before, after) => {
      const stretches = diffTexts(before, after);
      expect(side(stretches, "ins")).toBe(before);
      expect(side(stretches, "del")).toBe(after);
      const same = stretches
        .filter(({ kind }) => kind === "same")
        .reduce((sum, { text: kept }) => sum + kept.length, 0);
      expect(same).toBe(commonLength(before, after));
    }),
  );
  fc.assert(
    fc.property(fc.string(), fc.string(), (before, after) => {
      const stretches = diffTexts(before, after);
      expect([side(stretches, "ins"), side(stretches, "del")]).toEqual([before, after]);
    }),
  );
});

test("texts that have nothing in common are struck out and written whole", () => {
  const [before, after] = ["旧\n".repeat(3_000), "新 ".repeat(3_000)];
  const stretches = diffTexts(before, after);
  expect(side(stretches, "ins")).toBe(before);
  expect(side(stretches, "del")).toBe(after);
});
