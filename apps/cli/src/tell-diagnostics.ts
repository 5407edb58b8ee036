import type { ToldDiagnostic } from "@qingdan/feel";
import type { Context } from "./verb.ts";

/** Answers with a value and what was told about it; 1 when an error is among it. */
export function tellDiagnostics(
  context: Context,
  result: { readonly value: unknown } & Readonly<Record<string, unknown>>,
  diagnostics: readonly ToldDiagnostic[],
): number {
  const told = diagnostics.map((diagnostic) => ({ ...diagnostic, message: context.say(diagnostic.message) }));
  context.answer({ ...result, diagnostics: told }, () =>
    [
      JSON.stringify(result.value, null, 2),
      ...told.map(({ code, element = "", message }) => `${code} ${element} ${message}`),
    ].join("\n"),
  );
  return told.some(({ severity }) => severity === "error") ? 1 : 0;
}
