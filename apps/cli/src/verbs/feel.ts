import {
  diagnosticMessage,
  evaluate,
  FeelSyntaxError,
  fromJson,
  syntaxErrorMessage,
  toFeelString,
  toJson,
} from "@qingdan/feel";
import { readJson } from "../json-option.ts";
import { Refusal, UsageError, type Verb } from "../verb.ts";

export const feel: Verb = {
  usage: "<expression>",
  options: { context: { type: "string" } },
  async run(context, values, [expression]) {
    if (expression === undefined) throw new UsageError({ zh: "请给出表达式", en: "Give an expression" });
    const names = await readJson(context, values.context, "context");
    const input = Object.fromEntries(Object.entries(names).map(([name, value]) => [name, fromJson(value)]));
    const { value, diagnostics } = read(() => evaluate(expression, input));
    const told = diagnostics.map((diagnostic) => ({
      code: diagnostic.code,
      severity: diagnostic.severity,
      message: diagnosticMessage(diagnostic, context.language),
    }));
    context.answer({ value: toJson(value), diagnostics: told }, () =>
      [toFeelString(value), ...told.map(({ code, message }) => `${code}: ${message}`)].join("\n"),
    );
    return told.some(({ severity }) => severity === "error") ? 1 : 0;
  },
};

/** @throws Refusal when the expression cannot be read */
function read<T>(evaluation: () => T): T {
  try {
    return evaluation();
  } catch (error) {
    if (!(error instanceof FeelSyntaxError)) throw error;
    const { details } = error;
    throw new Refusal(error.code, { zh: syntaxErrorMessage(details, "zh"), en: syntaxErrorMessage(details, "en") });
  }
}
