import type { Code, CompileOptions } from "./compile/code.ts";
import { compileExpression, compileUnaryTests } from "./compile/index.ts";
import type { Diagnostic } from "./diagnostics.ts";
import { type Names, nameTree } from "./names.ts";
import { parseExpression, parseUnaryTests } from "./parse.ts";
import { Run, type RunOptions } from "./run.ts";
import type { Expression, UnaryTests } from "./syntax.ts";
import type { FeelType } from "./types.ts";
import type { FeelContext, FeelFunction, FeelValue } from "./values.ts";

export interface Evaluation {
  readonly value: FeelValue;
  readonly diagnostics: readonly Diagnostic[];
  /** Diagnostics beyond the limit of one evaluation. */
  readonly suppressed: number;
}

export interface PrepareOptions {
  /** Names the context may hold: needed for names with operators in them, and to hide a built-in function. */
  readonly names?: Names;
  /** Item definitions by name, for `instance of` and typed parameters. */
  readonly types?: (name: string) => FeelType | null;
  /** What an external function definition stands for; by default nothing. */
  readonly external?: (definition: FeelValue, parameters: readonly string[]) => FeelFunction | null;
}

/** An expression or cell ready to be evaluated any number of times. */
export interface Prepared {
  readonly evaluate: (context?: FeelContext, options?: RunOptions) => Evaluation;
  /** The bare computation, for callers that hold their own run. */
  readonly code: Code;
}

/** Reads and compiles an expression. Throws `FeelSyntaxError`; evaluation itself never throws. */
export function prepare(source: string | Expression, options: PrepareOptions = {}): Prepared {
  const tree = typeof source === "string" ? parseExpression(source, options) : source;
  return prepared(compileExpression(tree, compileOptions(options)));
}

/** The same for a cell of unary tests; the value under test is `options.input`. */
export function prepareUnaryTests(source: string | UnaryTests, options: PrepareOptions = {}): Prepared {
  const tree = typeof source === "string" ? parseUnaryTests(source, options) : source;
  return prepared(compileUnaryTests(tree, compileOptions(options)));
}

/** Prepares and evaluates once. Throws `FeelSyntaxError`. */
export function evaluate(
  text: string,
  context: FeelContext = {},
  options: PrepareOptions & RunOptions = {},
): Evaluation {
  return prepare(text, { names: Object.keys(context), ...options }).evaluate(context, options);
}

/** Whether the input passes the unary tests: true, false, or null with its cause. Throws `FeelSyntaxError`. */
export function unaryTest(
  text: string,
  input: FeelValue,
  context: FeelContext = {},
  options: PrepareOptions & RunOptions = {},
): Evaluation {
  const cell = prepareUnaryTests(text, { names: Object.keys(context), ...options });
  return cell.evaluate(context, { ...options, input });
}

const noContext: FeelContext = {};

function prepared(code: Code): Prepared {
  return {
    code,
    evaluate: (context = noContext, options) => {
      const run = new Run(context, options);
      const value = code(null, run);
      return { value, diagnostics: run.diagnostics, suppressed: run.work.suppressed };
    },
  };
}

function compileOptions(options: PrepareOptions): CompileOptions {
  return {
    declared: new Set(Object.keys(nameTree(options.names ?? {}))),
    types: options.types ?? (() => null),
    external: options.external ?? (() => null),
  };
}
