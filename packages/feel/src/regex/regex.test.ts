import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { blowUp, matchAll, test as matches, regex, textOf } from "./index.ts";

function found(pattern: string, text: string, flags = ""): string[] | null {
  const expression = regex(pattern, flags);
  if (expression === null) return null;
  const all = matchAll(expression, text);
  if (all === blowUp) throw new Error("blow up");
  return all.matches.map((match) => textOf(all.points, ...(match[0] as [number, number])));
}

describe("XPath patterns", () => {
  const rows: readonly (readonly [pattern: string, text: string, flags: string, found: readonly string[]])[] = [
    ["[A-Z-[OI]]+", "FOIL", "", ["F", "L"]],
    ["\\p{IsCJKUnifiedIdeographs}+", "共12项service服务", "", ["共", "项", "服务"]],
    ["\\p{Lu}\\P{Lu}*", "OneTwo", "", ["One", "Two"]],
    ["^.$", "😀", "", ["😀"]],
    ["a.c", "a\nc", "s", ["a\nc"]],
    ["a.c", "a\nc", "", []],
    ["^b$", "a\nb\nc", "m", ["b"]],
    ["h e[ ]l", "he l", "x", ["he l"]],
    ["a.b", "a.b axb", "q", ["a.b"]],
    ["(a)(b)?\\2c", "ac", "", ["ac"]],
    ["(..)\\1", "abab", "", ["abab"]],
    ["a{2,3}", "aaaaa", "", ["aaa", "aa"]],
    ["a{2,3}?", "aaaaa", "", ["aa", "aa"]],
    ["\\i\\c*", "x1 2y", "", ["x1", "y"]],
    ["[\\-a]", "-a", "", ["-", "a"]],
  ];
  test.each(rows)("%s in %s with flags %s", (pattern, text, flags, expected) =>
    expect(found(pattern, text, flags)).toEqual(expected),
  );

  test.each(["(", "[", "a**", "\\1", "(a\\1)", "[\\1]", "\\q", "a{2,1}", "a{1001}", "\\p{Nope}", "(?=a)", "^*"])(
    "%s is no pattern",
    (pattern) => expect(regex(pattern, "")).toBeNull(),
  );

  test("unknown flags are refused", () => expect(regex("a", "g")).toBeNull());
});

test("what XPath and JavaScript share is found alike", () => {
  const piece = fc.constantFrom(
    "a",
    "b",
    "ab",
    ".",
    "[ab]",
    "[^a]",
    "(a|b)",
    "(?:ab|c)",
    "a*",
    "b+?",
    "(a*)b",
    "c?",
    "a{1,2}",
  );
  const pattern = fc.array(piece, { minLength: 1, maxLength: 4 }).map((parts) => parts.join(""));
  const text = fc.string({ unit: fc.constantFrom("a", "b", "c"), maxLength: 10 });
  const property = fc.property(pattern, text, (expression, subject) => {
    const theirs = Array.from(subject.matchAll(new RegExp(expression, "gsu")), (match) => match[0]);
    expect(found(expression, subject, "s")).toEqual(theirs);
  });
  fc.assert(property, { numRuns: 2_000 });
});

describe("patterns that blow up elsewhere", () => {
  const patterns = ["(a+)+b", "(a|a)*b", "(a|aa)+b", "(.*)*x", "a*a*a*a*a*b", "^(([a-z])+.)+[A-Z]([a-z])+$"];
  test.each(patterns)("%s comes to an end on a long text: its steps are in proportion to it", (pattern) => {
    expect(matches(regex(pattern, "") as NonNullable<ReturnType<typeof regex>>, "a".repeat(20_000))).toBe(false);
  });

  test("with back-references, refused after a bounded number of steps", () => {
    const expression = regex("(a*)*\\1b", "") as NonNullable<ReturnType<typeof regex>>;
    expect(matches(expression, "a".repeat(5_000))).toBe(blowUp);
  });

  test("a text too long for its pattern is refused, not tried", () => {
    const expression = regex("(a{500}){30}", "") as NonNullable<ReturnType<typeof regex>>;
    expect(matches(expression, "a".repeat(100_000))).toBe(blowUp);
  });
});
