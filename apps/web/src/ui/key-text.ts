import type { ParameterHistory } from "../app/api.ts";

/** The codes of a parameter's key in words, one a dimension; a code that the list has no words for stays as it is. */
export const keyTexts = (
  keys: ParameterHistory["keys"],
  key: readonly string[],
  text: (words: { readonly zh: string; readonly en: string }) => string,
): readonly string[] =>
  key.map((code, at) => {
    const label = keys[at]?.labels[code];
    return label ? text(label) : code;
  });
