export { builtins } from "./builtins/index.ts";
export {
  type DmnCommandOptions,
  type DmnCommandResult,
  dmnCommand,
  type FeelCommandResult,
  feelCommand,
  InputError,
  type ToldDiagnostic,
} from "./commands.ts";
export { type Diagnostic, type DiagnosticCode, diagnosticMessage, type Severity } from "./diagnostics.ts";
export * from "./dmn/index.ts";
export { compare, equals, same } from "./equality.ts";
export { FeelSyntaxError, type SyntaxErrorCode, type SyntaxErrorDetails, syntaxErrorMessage } from "./errors.ts";
export {
  type Evaluation,
  evaluate,
  type Prepared,
  type PrepareOptions,
  prepare,
  prepareUnaryTests,
  unaryTest,
} from "./evaluate.ts";
export { toFeelString } from "./format.ts";
export { userFunction } from "./functions.ts";
export { fromJson, toJson } from "./json.ts";
export { inRange, passes } from "./membership.ts";
export type { Names, NameTree } from "./names.ts";
export { add, compareNumbers, divide, multiply, negate, parseNumber, power, subtract } from "./numbers.ts";
export { type ParseOptions, parseExpression, parseUnaryTests } from "./parse.ts";
export { type RoundingMode, round } from "./rounding.ts";
export { Run, type RunOptions } from "./run.ts";
export type * from "./syntax.ts";
export { parseDate, parseDateTime, parseDuration, parseTemporal, parseTime } from "./temporal-parse.ts";
export { anyType, builtinType, coerce, conformsTo, type FeelType, isInstance } from "./types.ts";
export * from "./values.ts";
