import { type Diagnostic, diagnosticMessage, type Severity } from "../diagnostics.ts";
import { Run, type RunOptions } from "../run.ts";
import type { FeelContext } from "../values.ts";

/** What a model can have to say beyond its expressions. The catalogue of messages is `templates`. */
export type DmnCode =
  | "DMN_MISSING_INPUT"
  | "DMN_WRONG_TYPE"
  | "DMN_NO_RULE"
  | "DMN_SEVERAL_RULES"
  | "DMN_OUTPUT_NOT_LISTED"
  | "DMN_NOT_AGGREGATED"
  | "DMN_NO_LOGIC"
  | "DMN_NOT_FEEL"
  | "DMN_SYNTAX"
  | "DMN_UNKNOWN_ELEMENT"
  | "DMN_UNKNOWN_TYPE"
  | "DMN_UNKNOWN_IMPORT"
  | "DMN_CIRCULAR";

const templates: Readonly<Record<DmnCode, Readonly<Record<"zh" | "en", string>>>> = {
  DMN_MISSING_INPUT: { zh: "没有给出输入 {0}", en: "the input {0} was not given" },
  DMN_WRONG_TYPE: {
    zh: "{0} 的值不是 {1} 类型或不在允许的取值内",
    en: "the value of {0} is not a {1}, or not allowed",
  },
  DMN_NO_RULE: { zh: "没有规则命中", en: "no rule matches" },
  DMN_SEVERAL_RULES: { zh: "第 {0} 条规则同时命中", en: "rules {0} match together" },
  DMN_OUTPUT_NOT_LISTED: { zh: "输出 {0} 不在允许的取值内", en: "the output {0} is not among the allowed values" },
  DMN_NOT_AGGREGATED: { zh: "{0} 汇总需要{1}", en: "{0} needs {1}" },
  DMN_NO_LOGIC: { zh: "没有决策逻辑", en: "there is no decision logic" },
  DMN_NOT_FEEL: { zh: "不支持表达式语言 {0}", en: "the expression language {0} is not supported" },
  DMN_SYNTAX: { zh: "表达式有误：{0}", en: "not an expression: {0}" },
  DMN_UNKNOWN_ELEMENT: { zh: "引用的元素 {0} 不存在", en: "there is no element {0}" },
  DMN_UNKNOWN_TYPE: { zh: "没有名为 {0} 的类型", en: "there is no type {0}" },
  DMN_UNKNOWN_IMPORT: { zh: "没有给出要导入的模型 {0}", en: "the imported model {0} was not given" },
  DMN_CIRCULAR: { zh: "{0} 的依赖成环", en: "the requirements of {0} run in a circle" },
};

/** Where in a model: the decision, knowledge model, service or type, and the expression in it. */
export interface Source {
  readonly element: string;
  /** The expression or cell: its text, or for rules `row n`. */
  readonly text?: string;
}

export interface DmnDiagnostic extends Source {
  readonly code: DmnCode | Diagnostic["code"];
  readonly severity: Severity;
  readonly message: { readonly zh: string; readonly en: string };
  /** Offsets in `text`, where the fault lies in an expression. */
  readonly from?: number;
  readonly to?: number;
}

export function dmnDiagnostic(
  code: DmnCode,
  severity: Severity,
  source: Source,
  details: readonly string[] = [],
): DmnDiagnostic {
  const fill = (text: string) => text.replace(/\{(\d)\}/gu, (_, index) => details[Number(index)] ?? "");
  const { zh, en } = templates[code];
  return { code, severity, ...source, message: { zh: fill(zh), en: fill(en) } };
}

/** An evaluation of a model: keeps whose expression each diagnostic comes from. */
export class DmnRun extends Run {
  readonly #told: DmnDiagnostic[] = [];
  #claimed = 0;

  constructor(options: RunOptions = {}, context: FeelContext = {}) {
    super(context, options);
  }

  /** Takes the diagnostics raised since the last claim as coming from this source. Called after every expression. */
  claim(source: Source): void {
    while (this.#claimed < this.diagnostics.length) {
      const raised = this.diagnostics[this.#claimed] as Diagnostic;
      this.#claimed += 1;
      const message = { zh: diagnosticMessage(raised, "zh"), en: diagnosticMessage(raised, "en") };
      const { code, severity, from, to } = raised;
      this.#told.push({ code, severity, ...source, message, from, to });
    }
  }

  tell(code: DmnCode, severity: Severity, source: Source, details?: readonly string[]): null {
    this.claim(source);
    this.#told.push(dmnDiagnostic(code, severity, source, details));
    return null;
  }

  /** Everything told, in order. */
  told(): readonly DmnDiagnostic[] {
    return this.#told;
  }
}
