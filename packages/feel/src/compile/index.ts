import { Run } from "../run.ts";
import type { Expression, UnaryTests } from "../syntax.ts";
import { compileArithmetic, compileNegation } from "./arithmetic.ts";
import { compileCall, compileFunction } from "./calls.ts";
import type { Code, Compile, CompileOptions, Compiler, Scope } from "./code.ts";
import { compileContext, compileList, compileRange } from "./collections.ts";
import {
  anyOf,
  compileBetween,
  compileComparison,
  compileComparisonTest,
  compileMembership,
  compileTest,
} from "./comparison.ts";
import { compileFilter } from "./filter.ts";
import { compileFor, compileQuantified } from "./iteration.ts";
import { compileAt, compileBoolean, compileNull, compileNumber, compileString, constant } from "./literals.ts";
import { compileAnd, compileIf, compileInstanceOf, compileOr } from "./logic.ts";
import { compileInput, compileName, compilePath } from "./names.ts";

const compilers: { readonly [K in Expression["kind"]]: Compile<K> } = {
  number: compileNumber,
  string: compileString,
  boolean: compileBoolean,
  null: compileNull,
  at: compileAt,
  name: compileName,
  input: compileInput,
  negation: compileNegation,
  arithmetic: compileArithmetic,
  comparison: compileComparison,
  between: compileBetween,
  in: compileMembership,
  and: compileAnd,
  or: compileOr,
  instanceOf: compileInstanceOf,
  if: compileIf,
  for: compileFor,
  quantified: compileQuantified,
  path: compilePath,
  filter: compileFilter,
  call: compileCall,
  function: compileFunction,
  list: compileList,
  context: compileContext,
  range: compileRange,
  comparisonTest: compileComparisonTest,
};

/** Not worth doing ahead, or not bounded by the length of the text. */
const neverAhead: ReadonlySet<Expression["kind"]> = new Set([
  "for",
  "quantified",
  "number",
  "string",
  "boolean",
  "null",
  "at",
]);

/** Names that the scope holds are read from the frame the code is given, all others from the run's context. */
export function compileExpression(node: Expression, options: CompileOptions, scope: Scope | null = null): Code {
  return compilerFor(options).expression(node, scope);
}

/** A test against the cell of a decision table: of the scope's variable `?`, else of `run.input`. */
export function compileUnaryTests(node: UnaryTests, options: CompileOptions, scope: Scope | null = null): Code {
  const compiler = compilerFor(options);
  if (node.kind === "any") return constant(true);
  const tests = node.tests.map((test) => compileTest(test, scope, compiler, "warning"));
  const input = compiler.expression({ kind: "input", from: node.from, to: node.from }, scope);
  if (node.kind === "oneOf") return (frame, run) => anyOf(tests, input(frame, run), frame, run);
  return (frame, run) => {
    const passed = anyOf(tests, input(frame, run), frame, run);
    return passed === null ? null : !passed;
  };
}

/** What does not depend on a run and gives no diagnostic is computed once, ahead. */
function compilerFor(options: CompileOptions): Compiler {
  let dependencies = 0;
  const expression = (node: Expression, scope: Scope | null): Code => {
    const before = dependencies;
    const code = (compilers[node.kind] as Compile<Expression["kind"]>)(node as never, scope, compiler);
    if (dependencies > before || neverAhead.has(node.kind)) return code;
    const run = new Run({});
    const value = code(null, run);
    return run.diagnostics.length === 0 ? constant(value) : code;
  };
  const compiler: Compiler = {
    options,
    expression,
    dependsOnRun: () => {
      dependencies += 1;
    },
  };
  return compiler;
}
