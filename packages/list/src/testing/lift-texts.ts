/** What a string is to a function of texts: what is looked at, what is looked for, and how. */
export type TextRole = "subject" | "number" | "match" | "pattern" | "flags" | "replacement" | "separator";

/** Names and roles of the arguments of functions of texts. */
export const textRoles: ReadonlyMap<string, readonly (readonly [string, TextRole])[]> = new Map<
  string,
  readonly (readonly [string, TextRole])[]
>([
  ["substring", [["string", "subject"]]],
  ...["string length", "upper case", "lower case"].map((name): [string, [string, TextRole][]] => [
    name,
    [["string", "subject"]],
  ]),
  ...["substring before", "substring after", "contains", "starts with", "ends with"].map(
    (name): [string, [string, TextRole][]] => [
      name,
      [
        ["string", "subject"],
        ["match", "match"],
      ],
    ],
  ),
  [
    "matches",
    [
      ["input", "subject"],
      ["pattern", "pattern"],
      ["flags", "flags"],
    ],
  ],
  [
    "replace",
    [
      ["input", "subject"],
      ["pattern", "pattern"],
      ["replacement", "replacement"],
      ["flags", "flags"],
    ],
  ],
  [
    "string join",
    [
      ["list", "subject"],
      ["delimiter", "replacement"],
    ],
  ],
  [
    "number",
    [
      ["from", "number"],
      ["grouping separator", "separator"],
      ["decimal separator", "separator"],
    ],
  ],
  ["string", [["from", "subject"]]],
]);

/** A text, first as it is written, with others for which the function has a value too. */
export function textsLike(written: string, role: TextRole): readonly string[] {
  const letters = Array.from(written);
  const others: Readonly<Record<TextRole, readonly string[]>> = {
    subject: [
      [...letters].reverse().join(""),
      [...letters.slice(1), ...letters.slice(0, 1)].join(""),
      written.toUpperCase(),
      `${written}${written}`,
      `${written}abc`,
      `${written} Else`,
    ],
    number: [written.replace(/\d/g, (digit) => String(9 - Number(digit))), written.replace(/\d/g, "7")],
    match: [[...letters].reverse().join(""), letters[0] ?? "e", "b"],
    pattern: ["[a-m]+", "b"],
    flags: written === "" ? ["i"] : [""],
    replacement: [`${written}+`, "-"],
    separator: [],
  };
  return [...new Set([written, ...others[role]])];
}
