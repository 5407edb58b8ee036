/** What can be wrong with a text before anything is evaluated. */
export type SyntaxErrorCode = "FEEL_SYNTAX" | "FEEL_TOO_LONG" | "FEEL_TOO_DEEP";

export interface SyntaxErrorDetails {
  readonly code: SyntaxErrorCode;
  readonly from: number;
  readonly to: number;
  /** 1-based. */
  readonly line: number;
  /** 1-based, in UTF-16 units. */
  readonly column: number;
  /** The text at the place, empty at the end of input. */
  readonly found: string;
  /** What would have been right here, one of these. */
  readonly expected: readonly string[];
}

/** A text that is not FEEL, with the place and what would have been right. */
export class FeelSyntaxError extends Error {
  override readonly name = "FeelSyntaxError";
  readonly details: SyntaxErrorDetails;

  constructor(details: SyntaxErrorDetails) {
    super(syntaxErrorMessage(details, "en"));
    this.details = details;
  }

  get code(): SyntaxErrorCode {
    return this.details.code;
  }
}

const expectedInChinese: Readonly<Record<string, string>> = {
  "an expression": "表达式",
  "a name": "名称",
  "a type": "类型",
  "an operator": "运算符",
  "the end": "结尾",
  "a closing quote": "右引号",
};

/** The refusal as a sentence for people. */
export function syntaxErrorMessage(details: SyntaxErrorDetails, language: "zh" | "en"): string {
  const place =
    language === "zh" ? `第 ${details.line} 行第 ${details.column} 列` : `${details.line}:${details.column}`;
  if (details.code === "FEEL_TOO_LONG") {
    return language === "zh" ? `表达式过长，上限 ${details.expected[0]}` : `Too long: at most ${details.expected[0]}`;
  }
  if (details.code === "FEEL_TOO_DEEP") {
    return language === "zh"
      ? `${place}：嵌套过深，上限 ${details.expected[0]}`
      : `${place}: nested too deeply, at most ${details.expected[0]}`;
  }
  if (language === "zh") {
    const expected = details.expected.map((what) => expectedInChinese[what] ?? what).join("、");
    return `${place}：此处应为 ${expected}，而不是${details.found === "" ? "结尾" : ` ${details.found}`}`;
  }
  const found = details.found === "" ? "the end" : details.found;
  return `${place}: expected ${details.expected.join(" or ")}, found ${found}`;
}

/** 1-based line and column of an offset. */
export function lineAndColumn(text: string, offset: number): { line: number; column: number } {
  let line = 1;
  let start = 0;
  for (let at = text.indexOf("\n"); at >= 0 && at < offset; at = text.indexOf("\n", at + 1)) {
    line += 1;
    start = at + 1;
  }
  return { line, column: offset - start + 1 };
}
