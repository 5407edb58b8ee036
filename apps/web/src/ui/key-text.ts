import type { Words } from "./words.ts";

/** The codes of a parameter's key in words, one a dimension; a code that the list has no words for stays as it is. */
export const keyTexts = (
  keys: readonly { readonly labels: Readonly<Record<string, Words>> }[],
  key: readonly string[],
  text: (words: Words) => string,
): readonly string[] =>
  key.map((code, at) => {
    const label = keys[at]?.labels[code];
    return label ? text(label) : code;
  });
