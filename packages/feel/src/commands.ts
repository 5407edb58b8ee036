import { diagnosticMessage } from "./diagnostics.ts";
import { analyseTable, type Finding } from "./dmn/analyse.ts";
import { type DmnOutcome, prepareDmn } from "./dmn/decide.ts";
import { type DmnDiagnostic, dmnDiagnostic } from "./dmn/diagnostics.ts";
import type { DmnModel } from "./dmn/model.ts";
import { readDmn } from "./dmn/read.ts";
import { tableOfBoxed } from "./dmn/table.ts";
import { FeelSyntaxError, syntaxErrorMessage } from "./errors.ts";
import { evaluate } from "./evaluate.ts";
import { fromJson, toJson } from "./json.ts";
import { type FeelContext, type FeelValue, isContext } from "./values.ts";

/** One thing told by a command, ready for JSON. */
export interface ToldDiagnostic {
  readonly code: string;
  readonly severity: "error" | "warning";
  readonly message: { readonly zh: string; readonly en: string };
  /** Offsets into the expression, where there is one. */
  readonly from?: number;
  readonly to?: number;
  /** Of a model: the decision, knowledge model, service or type. */
  readonly element?: string;
  /** Of a model: the expression or cell. */
  readonly text?: string;
}

export interface FeelCommandResult {
  /** Plain JSON: dates and durations as strings, numbers beyond a double's 15 digits as strings. */
  readonly value: unknown;
  readonly diagnostics: readonly ToldDiagnostic[];
}

/** `qingdan feel EXPR --context JSON`: the value of an expression. A text that is no FEEL is told as a diagnostic, with null. */
export function feelCommand(expression: string, context: unknown = {}, clock?: () => number): FeelCommandResult {
  try {
    const outcome = evaluate(expression, contextFrom(context), clock === undefined ? {} : { clock });
    const diagnostics = outcome.diagnostics.map((raised) => ({
      code: raised.code,
      severity: raised.severity,
      message: { zh: diagnosticMessage(raised, "zh"), en: diagnosticMessage(raised, "en") },
      from: raised.from,
      to: raised.to,
    }));
    return { value: toJson(outcome.value), diagnostics };
  } catch (error) {
    if (!(error instanceof FeelSyntaxError)) throw error;
    const { code, from, to } = error.details;
    const message = { zh: syntaxErrorMessage(error.details, "zh"), en: syntaxErrorMessage(error.details, "en") };
    return { value: null, diagnostics: [{ code, severity: "error", message, from, to }] };
  }
}

export interface DmnCommandOptions {
  /** One decision; all decisions of the model, as a context, unless told. */
  readonly decision?: string;
  /** One decision service; its output decisions as a context. */
  readonly service?: string;
  /** The XML of the models that the file imports. */
  readonly imports?: readonly string[];
  /** Of the file, for messages. */
  readonly file?: string;
  readonly clock?: () => number;
}

export interface DmnCommandResult extends FeelCommandResult {
  /** Gaps, overlaps, unreachable and duplicate rows of the model's tables, by decision. */
  readonly tables: readonly {
    readonly decision: string;
    readonly findings: readonly Finding[];
    readonly complete: boolean;
  }[];
}

/**
 * `qingdan dmn FILE --input JSON`: the values of a model's decisions for an input, and the findings on its tables.
 * Throws DmnFileError when the XML cannot be read.
 */
export async function dmnCommand(
  xml: string,
  input: unknown = {},
  options: DmnCommandOptions = {},
): Promise<DmnCommandResult> {
  const { model } = await readDmn(xml, options.file);
  const imports = await Promise.all((options.imports ?? []).map(async (each) => (await readDmn(each)).model));
  const prepared = prepareDmn(model, imports);
  const given = contextFrom(input);
  const clock = options.clock === undefined ? {} : { clock: options.clock };
  let outcome: DmnOutcome;
  if (options.service !== undefined) outcome = prepared.decideService(options.service, given, clock);
  else if (options.decision !== undefined) outcome = prepared.decide(options.decision, given, clock);
  else outcome = prepared.decideAll(given, clock);
  const diagnostics = [...unlessRepeated(prepared.faults, outcome.diagnostics), ...outcome.diagnostics];
  return { value: toJson(outcome.value), diagnostics, tables: tableFindings(model) };
}

/** Faults of the model that the evaluation did not meet. */
function unlessRepeated(faults: readonly DmnDiagnostic[], told: readonly DmnDiagnostic[]): DmnDiagnostic[] {
  const met = new Set(told.map((each) => JSON.stringify([each.code, each.element, each.text])));
  return faults.filter((fault) => !met.has(JSON.stringify([fault.code, fault.element, fault.text])));
}

function tableFindings(model: DmnModel): DmnCommandResult["tables"] {
  const tables = [
    ...model.decisions.map(({ name, logic }) => ({ name, logic })),
    ...model.knowledge.map(({ name, logic }) => ({ name, logic: logic?.body })),
  ];
  return tables.flatMap(({ name, logic }) => {
    if (logic?.kind !== "table") return [];
    const { findings, complete } = analyseTable(tableOfBoxed(logic));
    return findings.length === 0 ? [] : [{ decision: name, findings, complete }];
  });
}

function contextFrom(value: unknown): FeelContext {
  const context: FeelValue = fromJson(value);
  if (isContext(context)) return context;
  throw new InputError(dmnDiagnostic("DMN_WRONG_TYPE", "error", { element: "input" }, ["input", "context"]).message.en);
}

/** The context or input given to a command is not a JSON object. */
export class InputError extends Error {
  override readonly name = "InputError";
  readonly code = "FEEL_INPUT_NOT_OBJECT";
}
