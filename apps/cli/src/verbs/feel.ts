import { feelCommand } from "@qingdan/feel";
import { readJson } from "../json-option.ts";
import { tellDiagnostics } from "../tell-diagnostics.ts";
import { UsageError, type Verb } from "../verb.ts";

export const feel: Verb = {
  usage: "<expression>",
  options: { context: { type: "string" } },
  async run(context, values, [expression]) {
    if (expression === undefined) throw new UsageError({ zh: "请给出表达式", en: "Give an expression" });
    const given = await readJson(context, values.context, "context");
    const { value, diagnostics } = feelCommand(expression, given, Date.now);
    return tellDiagnostics(context, { value }, diagnostics);
  },
};
