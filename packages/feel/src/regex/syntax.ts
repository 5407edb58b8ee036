/** Syntax of an XPath 2.0 regular expression (the pattern language of FEEL's matches, replace and split). */
export type Pattern =
  | { readonly kind: "empty" }
  | { readonly kind: "class"; readonly test: CharacterTest }
  | { readonly kind: "start" }
  | { readonly kind: "end" }
  | { readonly kind: "reference"; readonly group: number }
  | { readonly kind: "group"; readonly inner: Pattern; readonly group: number | null }
  | { readonly kind: "sequence"; readonly parts: readonly Pattern[] }
  | { readonly kind: "choice"; readonly options: readonly Pattern[] }
  | {
      readonly kind: "repeat";
      readonly inner: Pattern;
      readonly least: number;
      /** Null for no upper bound. */
      readonly most: number | null;
      readonly lazy: boolean;
    };

/** Whether one code point passes. */
export type CharacterTest = (codePoint: number) => boolean;

export interface Flags {
  /** `s`: the dot also takes line ends. */
  readonly dotAll: boolean;
  /** `m`: ^ and $ also at line feeds. */
  readonly multiline: boolean;
  /** `i` */
  readonly ignoreCase: boolean;
  /** `x`: white space in the pattern is for the reader. */
  readonly extended: boolean;
  /** `q`: every character stands for itself. */
  readonly literal: boolean;
}

/** Null for a letter that is no flag. */
export function parseFlags(text: string): Flags | null {
  if (!/^[smixq]*$/u.test(text)) return null;
  return {
    dotAll: text.includes("s"),
    multiline: text.includes("m"),
    ignoreCase: text.includes("i"),
    extended: text.includes("x"),
    literal: text.includes("q"),
  };
}
