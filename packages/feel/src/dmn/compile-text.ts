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
import type { FeelContext, FeelValue } from "../values.ts";
import { type DmnCode, type DmnDiagnostic, DmnRun, dmnDiagnostic, type Source } from "./diagnostics.ts";
import { externalFunction } from "./external.ts";
import { type FastTest, fastTest } from "./fast-test.ts";
import { type Known, ofType, proves, unknown } from "./known.ts";
import { constantPiece, type Piece, piece } from "./piece.ts";
import { entryType, knownOf } from "./static-known.ts";
import type { Types } from "./types.ts";

/** What stands around a boxed expression: whose it is, its types, the names in its frames, and where faults are told. */
export interface Surroundings {
  readonly element: string;
  readonly types: Types;
  readonly scope: Scope | null;
  readonly names: NameTree;
  /** What is known of the variables in the frames, by their names. */
  readonly known: ReadonlyMap<string, Known>;
  readonly fault: (diagnostic: DmnDiagnostic) => void;
}

const nothing: ReadonlyMap<string, Known> = new Map();

/** Surroundings with further variables, innermost, of which this much is known. */
export function within(around: Surroundings, added: Names, known = nothing): Surroundings {
  const tree = nameTree(added);
  const own = Object.keys(tree);
  const all = new Map([...around.known, ...own.map((name) => [name, known.get(name) ?? unknown] as const)]);
  return { ...around, scope: variables(around.scope, own), names: { ...around.names, ...tree }, known: all };
}

/** An expression's code, which claims the diagnostics it raises. A text that is no FEEL is told now and gives null then. */
export function compileText(text: string, around: Surroundings): Piece {
  if (text === "") return piece(failing(around, "DMN_NO_LOGIC", []));
  try {
    const expression = parseExpression(text, { names: around.names });
    const code = compileExpression(expression, optionsOf(around), around.scope);
    if (isLiteral(expression)) return constantPiece(code(null, new DmnRun()));
    const known = knownOf(expression, around.known);
    const variable = expression.kind === "name" ? innermost(expression.name, around.scope) : -1;
    if (variable >= 0) return { code, known, variable, isConstant: false };
    const claimed = claiming(code, { element: around.element, text });
    return piece(typedPath(expression, around, claimed) ?? claimed, known);
  } catch (error) {
    return piece(syntaxFailure(error, text, around));
  }
}

/** A literal within the range of numbers. */
function isLiteral({ kind, ...node }: Expression): boolean {
  return (
    kind === "string" ||
    kind === "boolean" ||
    kind === "null" ||
    (kind === "number" && "text" in node && node.text.length <= 15)
  );
}

/** The place of a name in the innermost frame; -1 when it is not there. */
function innermost(name: string, scope: Scope | null): number {
  return scope?.kind === "variables" ? scope.names.lastIndexOf(name) : -1;
}

/** Entries of contexts whose types say that they are there, without asking; only of a null the full code has to tell. */
function typedPath(node: Expression, { scope, known }: Surroundings, full: Code): Code | null {
  const names: string[] = [];
  let root = node;
  for (; root.kind === "path"; root = root.source) {
    const { type } = knownOf(root.source, known);
    if (entryType(type, root.name).kind === "any") return null;
    names.unshift(root.name);
  }
  const variable = root.kind === "name" ? innermost(root.name, scope) : -1;
  if (names.length === 0 || variable < 0) return null;
  return (frame, run) => {
    let value = (frame as Frame).values[variable] as FeelContext | null;
    for (let at = 0; at < names.length; at += 1) {
      if (value === null) return full(frame, run);
      value = value[names[at] as string] as FeelContext | null;
    }
    return value;
  };
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

/** The piece converted to a type; as it is where its values are known to need no conversion. */
export function converting(of: Piece, type: FeelType, typeName: string, source: Source): Piece {
  if (type.kind === "any") return of;
  const convert = coercion(type);
  if (proves(of.known, type, (value) => convert(value) === value)) {
    return of.known.values === null ? { ...of, known: ofType(type) } : of;
  }
  const { code } = of;
  const converted: Code = (frame, run) => {
    const value = convert(code(frame, run));
    return value === undefined ? tell(run, "DMN_WRONG_TYPE", "error", source, [source.element, typeName]) : value;
  };
  return piece(converted, ofType(type));
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
