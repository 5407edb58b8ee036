import type { CharacterTest } from "./syntax.ts";

/** Unicode blocks by their XML Schema names, first and last code point (Unicode Blocks.txt). */
const blocks: Readonly<Record<string, readonly [number, number]>> = {
  BasicLatin: [0x0, 0x7f],
  "Latin-1Supplement": [0x80, 0xff],
  "LatinExtended-A": [0x100, 0x17f],
  "LatinExtended-B": [0x180, 0x24f],
  IPAExtensions: [0x250, 0x2af],
  SpacingModifierLetters: [0x2b0, 0x2ff],
  CombiningDiacriticalMarks: [0x300, 0x36f],
  Greek: [0x370, 0x3ff],
  GreekandCoptic: [0x370, 0x3ff],
  Cyrillic: [0x400, 0x4ff],
  Armenian: [0x530, 0x58f],
  Hebrew: [0x590, 0x5ff],
  Arabic: [0x600, 0x6ff],
  Devanagari: [0x900, 0x97f],
  Thai: [0xe00, 0xe7f],
  Tibetan: [0xf00, 0xfff],
  Georgian: [0x10a0, 0x10ff],
  HangulJamo: [0x1100, 0x11ff],
  Mongolian: [0x1800, 0x18af],
  GeneralPunctuation: [0x2000, 0x206f],
  CurrencySymbols: [0x20a0, 0x20cf],
  LetterlikeSymbols: [0x2100, 0x214f],
  NumberForms: [0x2150, 0x218f],
  Arrows: [0x2190, 0x21ff],
  MathematicalOperators: [0x2200, 0x22ff],
  EnclosedAlphanumerics: [0x2460, 0x24ff],
  BoxDrawing: [0x2500, 0x257f],
  CJKRadicalsSupplement: [0x2e80, 0x2eff],
  KangxiRadicals: [0x2f00, 0x2fdf],
  CJKSymbolsandPunctuation: [0x3000, 0x303f],
  Hiragana: [0x3040, 0x309f],
  Katakana: [0x30a0, 0x30ff],
  Bopomofo: [0x3100, 0x312f],
  EnclosedCJKLettersandMonths: [0x3200, 0x32ff],
  CJKCompatibility: [0x3300, 0x33ff],
  CJKUnifiedIdeographsExtensionA: [0x3400, 0x4dbf],
  CJKUnifiedIdeographs: [0x4e00, 0x9fff],
  YiSyllables: [0xa000, 0xa48f],
  HangulSyllables: [0xac00, 0xd7af],
  PrivateUse: [0xe000, 0xf8ff],
  CJKCompatibilityIdeographs: [0xf900, 0xfaff],
  CJKCompatibilityForms: [0xfe30, 0xfe4f],
  HalfwidthandFullwidthForms: [0xff00, 0xffef],
  Specials: [0xfff0, 0xffff],
};

const nameStart =
  ":A-Z_a-z\\u{C0}-\\u{D6}\\u{D8}-\\u{F6}\\u{F8}-\\u{2FF}\\u{370}-\\u{37D}\\u{37F}-\\u{1FFF}\\u{200C}-\\u{200D}" +
  "\\u{2070}-\\u{218F}\\u{2C00}-\\u{2FEF}\\u{3001}-\\u{D7FF}\\u{F900}-\\u{FDCF}\\u{FDF0}-\\u{FFFD}\\u{10000}-\\u{EFFFF}";

/** Letter escapes as JavaScript character classes (XML Schema Datatypes, appendix G.4.2.5). */
const escapes: Readonly<Record<string, string>> = {
  s: "[ \\t\\n\\r]",
  S: "[^ \\t\\n\\r]",
  d: "\\p{Nd}",
  D: "\\P{Nd}",
  w: "[^\\p{P}\\p{Z}\\p{C}]",
  W: "[\\p{P}\\p{Z}\\p{C}]",
  i: `[${nameStart}]`,
  I: `[^${nameStart}]`,
  c: `[${nameStart}\\-.0-9\\u{B7}\\u{300}-\\u{36F}\\u{203F}-\\u{2040}]`,
  C: `[^${nameStart}\\-.0-9\\u{B7}\\u{300}-\\u{36F}\\u{203F}-\\u{2040}]`,
};

export function classEscape(letter: string): string | null {
  return Object.hasOwn(escapes, letter) ? (escapes[letter] as string) : null;
}

/** `\p{Lu}`, `\P{Lu}`, `\p{IsCyrillic}`; null for a property there is not. */
export function propertyClass(name: string, negated: boolean): string | null {
  if (name.startsWith("Is")) {
    const block = Object.hasOwn(blocks, name.slice(2)) ? blocks[name.slice(2)] : undefined;
    return block === undefined ? null : `[${negated ? "^" : ""}${codePoint(block[0])}-${codePoint(block[1])}]`;
  }
  const known = /^(?:L[ultmo]?|M[nce]?|N[dlo]?|P[cdseifo]?|Z[slp]?|S[mcko]?|C[cfon]?)$/u.test(name);
  return known ? `\\${negated ? "P" : "p"}{${name}}` : null;
}

export function codePoint(point: number): string {
  return `\\u{${point.toString(16)}}`;
}

/** The test of a JavaScript character class, with answers for the first code points kept. */
export function characterTest(javascriptClass: string, ignoreCase: boolean): CharacterTest {
  const expression = new RegExp(`^${javascriptClass}$`, ignoreCase ? "iv" : "v");
  const answers = new Int8Array(256);
  return (point) => {
    const known = answers[point];
    if (known !== undefined && known !== 0) return known > 0;
    const passed = expression.test(String.fromCodePoint(point));
    if (known !== undefined) answers[point] = passed ? 1 : -1;
    return passed;
  };
}
