import { type DmnOutcome, type PreparedDmn, prepareDmn } from "../dmn/decide.ts";
import type { DmnModel } from "../dmn/model.ts";
import { toFeelString } from "../format.ts";
import { type FeelContext, type FeelValue, isContext } from "../values.ts";
import { isExpected } from "./compare.ts";
import type { TckCase, TckFile, TckResult } from "./read.ts";
import { toFeelValue } from "./values.ts";

interface TckFailure {
  readonly folder: string;
  readonly file: string;
  readonly case: string;
  readonly node: string;
  readonly expected: string;
  readonly actual: string;
}

/** One case of one folder, with what failed in it. */
export interface TckOutcome {
  readonly folder: string;
  readonly file: string;
  readonly case: string;
  readonly failures: readonly TckFailure[];
}

export interface TckFolder {
  readonly folder: string;
  readonly file: string;
  readonly tests: TckFile;
  readonly model: DmnModel;
  /** The other models of the folder, for imports. */
  readonly others: readonly DmnModel[];
}

/** Fixed, so that two runs agree; the tests ask of `now()` and `today()` only what kind of value they give. */
const clock = () => Date.UTC(2024, 0, 31, 12);

/** Runs the test cases of one folder. */
export function runFolder(given: TckFolder): TckOutcome[] {
  const prepared = prepareDmn(given.model, given.others);
  return given.tests.cases.map((test) => ({
    folder: given.folder,
    file: given.file,
    case: test.id,
    failures: test.results.flatMap((result) => runResult(given, prepared, test, result)),
  }));
}

function runResult(given: TckFolder, prepared: PreparedDmn, test: TckCase, result: TckResult): TckFailure[] {
  const { value, diagnostics } = evaluate(prepared, test, result.name);
  const expected = toFeelValue(result.expected);
  const errors = diagnostics.filter(({ severity }) => severity === "error");
  const met = isExpected(expected, value) && errorsFit(result, expected, errors.length);
  if (met) return [];
  const causes = diagnostics.map(({ code, message }) => `${code} ${message.en}`).join("; ");
  return [
    {
      folder: given.folder,
      file: given.file,
      case: test.id,
      node: result.name,
      expected: toFeelString(expected) + (result.errorResult ? " with an error" : ""),
      actual: toFeelString(value) + (causes === "" ? "" : ` (${causes})`),
    },
  ];
}

/**
 * A node marked as an error result has to tell an error, a node with a value must not. Of nulls that are not marked the files mean
 * both kinds: `10 * null` is an error in 0100 and none in 0105.
 */
function errorsFit({ errorResult }: TckResult, expected: FeelValue, errors: number): boolean {
  if (errorResult) return errors > 0;
  return expected === null || errors === 0;
}

function evaluate(prepared: PreparedDmn, test: TckCase, node: string): DmnOutcome {
  const inputs: Record<string, FeelValue> = {};
  for (const { name, namespace, value } of test.inputs) {
    inputs[namespace === undefined ? name : `${namespace}#${name}`] = toFeelValue(value);
  }
  if (test.type !== "decisionService") return prepared.decide(node, inputs, { clock });
  const outcome = prepared.decideService(test.invocable ?? "", inputs, { clock });
  const outputs: FeelContext = isContext(outcome.value) ? outcome.value : {};
  return { ...outcome, value: outputs[node] ?? null };
}

export interface TckReport {
  readonly cases: number;
  readonly passed: number;
  readonly failed: number;
  readonly ignored: number;
  readonly failures: readonly TckFailure[];
}

export function reportOf(outcomes: readonly TckOutcome[]): TckReport {
  const failed = outcomes.filter(({ failures }) => failures.length > 0).length;
  return {
    cases: outcomes.length,
    passed: outcomes.length - failed,
    failed,
    ignored: 0,
    failures: outcomes.flatMap(({ failures }) => failures),
  };
}

/** The TCK's own result format: folder, file, case, SUCCESS or ERROR, comment. */
export function csvOf(outcomes: readonly TckOutcome[]): string {
  const lines = outcomes.map(({ folder, file, case: id, failures }) => {
    const comment = failures
      .map(({ node, expected, actual }) => `${node}: expected ${expected}, got ${actual}`)
      .join("; ");
    const status = failures.length === 0 ? "SUCCESS" : "ERROR";
    return [folder, file.replace(/\.xml$/u, ""), id, status, comment].map(quoted).join(",");
  });
  return `${lines.join("\n")}\n`;
}

function quoted(field: string): string {
  return `"${field.replace(/"/gu, '""').replace(/\s+/gu, " ")}"`;
}
