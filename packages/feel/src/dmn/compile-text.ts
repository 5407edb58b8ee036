import type { Code, CompileOptions, Frame, Scope } from "../compile/code.ts";
import { variables } from "../compile/code.ts";
import { compileExpression, compileUnaryTests } from "../compile/index.ts";
import type { Severity } from "../diagnostics.ts";
import { FeelSyntaxError } from "../errors.ts";
import { type Names, type NameTree, nameTree } from "../names.ts";
import { parseExpression, parseUnaryTests } from "../parse.ts";
import type { Run } from "../run.ts";
import type { Expression } from "../syntax.ts";
import { coercion, type FeelType } from "../types.ts";
import type { FeelValue } from "../values.ts";
import { type DmnCode, type DmnDiagnostic, DmnRun, dmnDiagnostic, type Source } from "./diagnostics.ts";
import { externalFunction } from "./external.ts";
import { type FastTest, fastTest } from "./fast-test.ts";
import type { Types } from "./types.ts";

/** What stands around a boxed expression: whose it is, its types, the names in its frames, and where faults are told. */
export interface Surroundings {
  readonly element: string;
  readonly types: Types;
  readonly scope: Scope | null;
  readonly names: NameTree;
  readonly fault: (diagnostic: DmnDiagnostic) => void;
}

/** Surroundings with further variables, innermost. */
export function within(around: Surroundings, added: Names): Surroundings {
  const tree = nameTree(added);
  return { ...around, scope: variables(around.scope, Object.keys(tree)), names: { ...around.names, ...tree } };
}

/** An expression's code, which claims the diagnostics it raises. A text that is no FEEL is told now and gives null then. */
export function compileText(text: string, around: Surroundings): Code {
  if (text === "") return failing(around, "DMN_NO_LOGIC", []);
  try {
    const expression = parseExpression(text, { names: around.names });
    const code = compileExpression(expression, optionsOf(around), around.scope);
    return tellsNothing(expression, around.scope) ? code : claiming(code, { element: around.element, text });
  } catch (error) {
    return syntaxFailure(error, text, around);
  }
}

/** Whether an expression never raises a diagnostic: a literal within the range of numbers, or a variable that is there. */
function tellsNothing(node: Expression, scope: Scope | null): boolean {
  if (node.kind === "string" || node.kind === "boolean" || node.kind === "null") return true;
  if (node.kind === "number") return node.text.length <= 15;
  return node.kind === "name" && scope?.kind === "variables" && scope.names.includes(node.name);
}

/** Unary tests of the variable `?`, which is the first of the innermost scope. */
export interface Tests {
  readonly code: Code;
  /** The short cut, where there is one. */
  readonly fast: FastTest | null;
}

export function compileTests(text: string, around: Surroundings): Tests {
  try {
    const cell = parseUnaryTests(text, { names: around.names });
    const code = claiming(compileUnaryTests(cell, optionsOf(around), around.scope), { element: around.element, text });
    return { code, fast: fastTest(cell) };
  } catch (error) {
    return { code: syntaxFailure(error, text, around), fast: null };
  }
}

/** Whether a value passes: true, false, or null with its cause told. */
export function passes(tests: Tests, value: FeelValue, frame: Frame | null, run: Run): FeelValue {
  return tests.fast?.passes(value) ?? tests.code({ parent: frame, values: [value] }, run);
}

function syntaxFailure(error: unknown, text: string, around: Surroundings): Code {
  if (!(error instanceof FeelSyntaxError)) throw error;
  return failing(around, "DMN_SYNTAX", [error.message], text);
}

/** Tells a fault of the model at once, and again as the cause of the null whenever it is evaluated. */
export function failing(around: Surroundings, code: DmnCode, details: readonly string[], text?: string): Code {
  const source: Source = { element: around.element, ...(text === undefined ? {} : { text }) };
  around.fault(dmnDiagnostic(code, "error", source, details));
  return (_, run) => tell(run, code, "error", source, details);
}

export function tell(
  run: Run,
  code: DmnCode,
  severity: Severity,
  source: Source,
  details: readonly string[] = [],
): null {
  if (run instanceof DmnRun) return run.tell(code, severity, source, details);
  const { message } = dmnDiagnostic(code, severity, source, details);
  return run.report(severity, "BAD_VALUE", { from: 0, to: 0 }, [source.element, message.en]);
}

export function claiming(code: Code, source: Source): Code {
  return (frame, run) => {
    const before = run.diagnostics.length;
    const value = code(frame, run);
    if (run.diagnostics.length > before && run instanceof DmnRun) run.claim(source);
    return value;
  };
}

export function converting(code: Code, type: FeelType, typeName: string, source: Source): Code {
  if (type.kind === "any") return code;
  const convert = coercion(type);
  return (frame, run) => {
    const value = code(frame, run);
    const converted = convert(value);
    return converted === undefined
      ? tell(run, "DMN_WRONG_TYPE", "error", source, [source.element, typeName])
      : converted;
  };
}

/** The type of a `typeRef`; a name that stands for none is told and taken as Any. */
export function typeOf(typeRef: string | undefined, around: Surroundings): FeelType | null {
  if (typeRef === undefined) return null;
  const type = around.types.resolve(typeRef);
  if (type === null) around.fault(dmnDiagnostic("DMN_UNKNOWN_TYPE", "error", { element: around.element }, [typeRef]));
  return type;
}

export function optionsOf(around: Surroundings): CompileOptions {
  return {
    declared: new Set(Object.keys(around.names)),
    types: (name) => around.types.resolve(name),
    external: (definition, parameters) => externalFunction(definition, parameters),
  };
}
