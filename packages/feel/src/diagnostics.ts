/** Why an evaluation gave null, or less than was asked. The catalogue of messages is `diagnosticMessage`. */
export type DiagnosticCode =
  | "UNKNOWN_NAME"
  | "UNKNOWN_ENTRY"
  | "UNKNOWN_PROPERTY"
  | "UNKNOWN_FUNCTION"
  | "NOT_A_FUNCTION"
  | "BAD_ARGUMENTS"
  | "BAD_VALUE"
  | "TYPE_MISMATCH"
  | "NULL_OPERAND"
  | "NOT_COMPARABLE"
  | "NOT_BOOLEAN"
  | "NOT_ITERABLE"
  | "DIVISION_BY_ZERO"
  | "OUT_OF_RANGE"
  | "INDEX_OUT_OF_BOUNDS"
  | "DUPLICATE_ENTRY"
  | "UNKNOWN_TYPE"
  | "NO_CLOCK"
  | "TOO_MUCH_WORK"
  | "TOO_DEEP";

/** An error is a fault in the expression or its input; a warning is a null that FEEL foresees. */
export type Severity = "error" | "warning";

export interface Diagnostic {
  /** Half-open offsets into the text. */
  readonly from: number;
  readonly to: number;
  readonly code: DiagnosticCode;
  readonly severity: Severity;
  /** What the message speaks of: an operator, a name, the kinds of the operands. */
  readonly details: readonly string[];
}

type Template = Readonly<Record<"zh" | "en", string>>;

const templates: Readonly<Record<DiagnosticCode, Template>> = {
  UNKNOWN_NAME: { zh: "没有名为 {0} 的变量或函数", en: "there is no variable or function {0}" },
  UNKNOWN_ENTRY: { zh: "上下文中没有条目 {0}", en: "the context has no entry {0}" },
  UNKNOWN_PROPERTY: { zh: "{1} 类型的值没有属性 {0}", en: "a {1} has no property {0}" },
  UNKNOWN_FUNCTION: { zh: "没有名为 {0} 的函数", en: "there is no function {0}" },
  NOT_A_FUNCTION: { zh: "{0} 类型的值不能调用", en: "a {0} cannot be called" },
  BAD_ARGUMENTS: { zh: "函数 {0} 不接受参数 ({1})，应为 {2}", en: "{0} does not take ({1}); it takes {2}" },
  BAD_VALUE: { zh: "{0}：{1}", en: "{0}: {1}" },
  TYPE_MISMATCH: { zh: "{0} 不能用于 {1} 和 {2}", en: "{0} cannot be applied to {1} and {2}" },
  NULL_OPERAND: { zh: "{0} 的操作数为空", en: "{0} has a null operand" },
  NOT_COMPARABLE: { zh: "{1} 与 {2} 不能比较（{0}）", en: "{1} and {2} cannot be compared with {0}" },
  NOT_BOOLEAN: { zh: "{0} 需要布尔值，得到 {1}", en: "{0} needs a boolean, got {1}" },
  NOT_ITERABLE: { zh: "不能逐项取 {0}", en: "cannot go through a {0}" },
  DIVISION_BY_ZERO: { zh: "除数为零", en: "division by zero" },
  OUT_OF_RANGE: { zh: "{0} 的结果超出范围", en: "the result of {0} is out of range" },
  INDEX_OUT_OF_BOUNDS: { zh: "列表有 {1} 项，没有第 {0} 项", en: "a list of {1} has no item {0}" },
  DUPLICATE_ENTRY: { zh: "条目 {0} 重复", en: "the entry {0} occurs twice" },
  UNKNOWN_TYPE: { zh: "没有名为 {0} 的类型", en: "there is no type {0}" },
  NO_CLOCK: { zh: "{0} 需要时钟，求值时没有给出", en: "{0} needs a clock, and none was given" },
  TOO_MUCH_WORK: { zh: "{0} 超出工作量上限 {1}", en: "{0} is beyond the limit of {1}" },
  TOO_DEEP: { zh: "函数调用嵌套超过 {0} 层", en: "function calls nested beyond {0}" },
};

export function diagnosticMessage(diagnostic: Diagnostic, language: "zh" | "en"): string {
  return templates[diagnostic.code][language].replace(
    /\{(\d)\}/gu,
    (_, index) => diagnostic.details[Number(index)] ?? "",
  );
}
