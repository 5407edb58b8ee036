import { compileCall } from "../compile/calls.ts";
import type { Code, Compiler, Frame } from "../compile/code.ts";
import { compileList } from "../compile/collections.ts";
import { compileFilter } from "../compile/filter.ts";
import { compileFor, compileQuantified } from "../compile/iteration.ts";
import { compileIf } from "../compile/logic.ts";
import { emptyContext } from "../context.ts";
import { userFunction } from "../functions.ts";
import type { NameTree } from "../names.ts";
import type { Expression } from "../syntax.ts";
import { anyType, type Coercion, coercion } from "../types.ts";
import type { FeelFunction, FeelValue, FunctionParameter } from "../values.ts";
import {
  claiming,
  compileText,
  converting,
  failing,
  optionsOf,
  type Surroundings,
  tell,
  typeOf,
  within,
} from "./compile-text.ts";
import { DmnRun } from "./diagnostics.ts";
import { externalFunction } from "./external.ts";
import { type Callee, type Known, ofType, proves } from "./known.ts";
import type {
  Boxed,
  BoxedContext,
  BoxedFunction,
  BoxedInvocation,
  BoxedIterator,
  BoxedRelation,
  Variable,
} from "./model.ts";
import { namesOfBoxed } from "./names.ts";
import { type Piece, piece, pieceValue } from "./piece.ts";
import { compileTable } from "./table-code.ts";

/** A boxed expression, its result converted to its declared type. */
export function compileBoxed(boxed: Boxed, around: Surroundings): Piece {
  const made = compileKind(boxed, around);
  const type = boxed.kind === "function" ? null : typeOf(boxed.typeRef, around);
  return type === null ? made : converting(made, type, boxed.typeRef ?? "", { element: around.element });
}

function compileKind(boxed: Boxed, around: Surroundings): Piece {
  switch (boxed.kind) {
    case "literal":
      return boxed.language === undefined
        ? compileText(boxed.text, around)
        : piece(failing(around, "DMN_NOT_FEEL", [boxed.language]));
    case "context":
      return compileContext(boxed, around);
    case "function":
      return piece(compileFunctionBox(boxed, around));
    case "relation":
      return piece(compileRelation(boxed, around));
    case "table":
      return compileTable(boxed, around);
    case "invocation":
      return compileInvocation(boxed, around);
    default:
      return piece(compileByFeel(boxed, around));
  }
}

/** Entries one after the other, each seeing those before; an entry without a name is the result. */
function compileContext(boxed: BoxedContext, around: Surroundings): Piece {
  const entries: { readonly name: string; readonly code: Code }[] = [];
  const known = new Map<string, Known>();
  let seen: NameTree = {};
  for (const { variable, value } of boxed.entries) {
    const own = variable !== undefined && value.kind === "function" ? { ...seen, [variable.name]: null } : seen;
    const made = compileBoxed(value, within(around, own, known));
    if (variable === undefined) return { ...made, code: resultCode(entries, made.code), variable: -1 };
    const type = typeOf(variable.typeRef, around) ?? anyType;
    const source = { element: around.element, text: variable.name };
    const entry = converting(made, type, variable.typeRef ?? "", source);
    entries.push({ name: variable.name, code: entry.code });
    known.set(variable.name, entry.known);
    seen = { ...seen, [variable.name]: around.types.names(variable.typeRef) ?? namesOfBoxed(value, around.types) };
  }
  return piece((frame, run) => {
    const own: Frame = { parent: frame, values: [] };
    const context = emptyContext();
    for (const { name, code } of entries) {
      const value = code(own, run);
      own.values.push(value);
      context[name] = value;
    }
    return context;
  });
}

/** Of a context with a result nothing but the result is wanted. */
function resultCode(entries: readonly { readonly code: Code }[], result: Code): Code {
  const codes = entries.map(({ code }) => code);
  return (frame, run) => {
    const own: Frame = { parent: frame, values: new Array<FeelValue>(codes.length) };
    for (let at = 0; at < codes.length; at += 1) own.values[at] = (codes[at] as Code)(own, run);
    return result(own, run);
  };
}

function compileRelation(boxed: BoxedRelation, around: Surroundings): Code {
  const rows = boxed.rows.map((row) => {
    const entries = row.map((value, at) => ({ variable: boxed.columns[at] as Variable, value }));
    return compileContext({ kind: "context", entries }, around).code;
  });
  return (frame, run) => rows.map((row) => row(frame, run));
}

const nowhere = { from: 0, to: 0 };

/** Lists, calls, filters, conditions and iterations mean what FEEL's mean: each child stands in for an expression. */
function compileByFeel(
  boxed: Extract<Boxed, { kind: "list" | "conditional" | "filter" | "for" | "some" | "every" }>,
  around: Surroundings,
): Code {
  const { child, compiler } = standIns(around);
  const { scope } = around;
  switch (boxed.kind) {
    case "list":
      return compileList({ kind: "list", items: boxed.items.map((item) => child(item)), ...nowhere }, scope, compiler);
    case "conditional": {
      const check = booleanCheck(around);
      const parts = {
        condition: child(boxed.if, {}, check.body),
        consequence: child(boxed.yes),
        alternative: child(boxed.no),
      };
      return check.whole(compileIf({ kind: "if", ...parts, ...nowhere }, scope, compiler));
    }
    case "filter": {
      const item = namesOfBoxed(boxed.in, around.types) ?? {};
      const check = booleanCheck(around);
      const parts = { source: child(boxed.in), condition: child(boxed.match, { item, ...item }, check.body) };
      return check.whole(compileFilter({ kind: "filter", ...parts, ...nowhere }, scope, compiler));
    }
    default:
      return compileIterator(boxed, around);
  }
}

/** A call by names. */
function compileInvocation(boxed: BoxedInvocation, around: Surroundings): Piece {
  const called = compileBoxed(boxed.called, around);
  const { callee } = called.known;
  const args = callee === null ? null : argumentsOf(boxed, callee, around);
  const source = { element: around.element };
  if (callee === null || args === null) return piece(claiming(anyInvocation(boxed, around), source));
  return piece(claiming(linkedCall(called.code, callee, args), source), callee.result);
}

/** The bindings in the order of the parameters; null when they do not answer each other. */
function argumentsOf(boxed: BoxedInvocation, { parameters }: Callee, around: Surroundings): Piece[] | null {
  const bindings = parameters.map(({ name }) => boxed.bindings.find(({ parameter }) => parameter.name === name));
  if (boxed.bindings.length !== parameters.length || bindings.includes(undefined)) return null;
  return bindings.map((binding) => compileBoxed((binding as BoxedInvocation["bindings"][number]).value, around));
}

/** A call of a function that is known ahead. */
function linkedCall(called: Code, callee: Callee, args: readonly Piece[]): Code {
  const conversions = callee.parameters.map(({ type }, at) => {
    const convert = coercion(type);
    return proves((args[at] as Piece).known, type, (value) => convert(value) === value) ? null : convert;
  });
  const isChecked = conversions.some((convert) => convert !== null);
  const { code, frame: knowledge } = callee;
  return (frame, run) => {
    const given = new Array<FeelValue>(args.length);
    for (let at = 0; at < args.length; at += 1) given[at] = pieceValue(args[at] as Piece, frame, run);
    const values = isChecked ? convertAll(given, conversions) : given;
    // The function itself tells what is wrong with the arguments.
    if (values === null) return (called(frame, run) as FeelFunction).call(given, run, nowhere);
    if (!run.enter(nowhere)) return null;
    const value = code({ parent: knowledge, values }, run);
    run.leave();
    return value;
  };
}

function convertAll(given: readonly FeelValue[], conversions: readonly (Coercion | null)[]): FeelValue[] | null {
  const values = new Array<FeelValue>(given.length);
  for (let at = 0; at < given.length; at += 1) {
    const convert = conversions[at] ?? null;
    const value = convert === null ? given[at] : convert(given[at] as FeelValue);
    if (value === undefined) return null;
    values[at] = value;
  }
  return values;
}

/** A call of a function that is known only when it is called. */
function anyInvocation(boxed: BoxedInvocation, around: Surroundings): Code {
  const { child, compiler } = standIns(around);
  const callee = child(boxed.called);
  const bindings = boxed.bindings.map(({ parameter, value }) => ({
    name: parameter.name,
    value: child(value),
    ...nowhere,
  }));
  const node = { kind: "call" as const, callee, arguments: { kind: "named" as const, values: bindings }, ...nowhere };
  return compileCall(node, around.scope, compiler);
}

function compileIterator(boxed: BoxedIterator, around: Surroundings): Code {
  const { child, compiler } = standIns(around);
  const { scope } = around;
  const bound = { [boxed.variable]: namesOfBoxed(boxed.in, around.types) };
  const iterators = [{ name: boxed.variable, source: child(boxed.in), end: null, ...nowhere }];
  if (boxed.kind === "for") {
    const result = child(boxed.body, { ...bound, partial: null });
    return compileFor({ kind: "for", iterators, result, ...nowhere }, scope, compiler);
  }
  const check = booleanCheck(around);
  const condition = child(boxed.body, bound, check.body);
  const { kind: quantifier } = boxed;
  const node = { kind: "quantified" as const, quantifier, iterators, condition, ...nowhere };
  return check.whole(compileQuantified(node, scope, compiler));
}

/**
 * Boxed conditions have to be boolean or null: any other value makes the whole expression null, where FEEL's own operators
 * pass over it.
 */
function booleanCheck(around: Surroundings): { body: (code: Code) => Code; whole: (code: Code) => Code } {
  let faults = 0;
  return {
    body: (code) => (frame, run) => {
      const value = code(frame, run);
      if (value === null || typeof value === "boolean") return value;
      faults += 1;
      return tell(run, "DMN_WRONG_TYPE", "error", { element: around.element }, [around.element, "boolean"]);
    },
    whole: (code) => (frame, run) => {
      const before = faults;
      const value = code(frame, run);
      return faults > before ? null : value;
    },
  };
}

interface StandIns {
  /** The stand-in of a boxed expression that sees these further names, its code wrapped. */
  readonly child: (boxed: Boxed, names?: NameTree, wrap?: (code: Code) => Code) => Expression;
  readonly compiler: Compiler;
}

/** A FEEL compiler whose expressions are stand-ins for boxed ones. */
function standIns(around: Surroundings): StandIns {
  const boxes = new Map<Expression, { boxed: Boxed; names: NameTree; wrap: (code: Code) => Code }>();
  return {
    child: (boxed, names = {}, wrap = (code) => code) => {
      const node: Expression = { kind: "null", ...nowhere };
      boxes.set(node, { boxed, names, wrap });
      return node;
    },
    compiler: {
      options: optionsOf(around),
      dependsOnRun: () => undefined,
      expression: (node, scope) => {
        const stand = boxes.get(node);
        if (stand === undefined) throw new Error("an expression that stands for no boxed one");
        // What an item brings hides the names around it.
        const known = Object.keys(stand.names).length === 0 ? around.known : new Map<string, Known>();
        const names = { ...around.names, ...stand.names };
        return stand.wrap(compileBoxed(stand.boxed, { ...around, scope, names, known }).code);
      },
    },
  };
}

function compileFunctionBox(boxed: BoxedFunction, around: Surroundings): Code {
  const { make } = functionMaker(boxed, around);
  return (frame, run) =>
    make(frame) ?? tell(run, "DMN_NOT_FEEL", "error", { element: around.element }, [boxed.language]);
}

export interface FunctionMaker {
  /** The function over a frame; null where its language is not supported. */
  readonly make: (frame: Frame | null) => FeelFunction | null;
  readonly parameters: readonly FunctionParameter[];
  /** Of a function in FEEL. */
  readonly body: Piece | null;
}

export function functionMaker(boxed: BoxedFunction, around: Surroundings): FunctionMaker {
  const parameters = boxed.parameters.map(({ name, typeRef }) => ({ name, type: typeOf(typeRef, around) ?? anyType }));
  if (boxed.language !== "FEEL") {
    const body = boxed.body === undefined ? null : compileBoxed(boxed.body, around).code;
    const make = (frame: Frame | null) => {
      const definition: FeelValue = body === null ? null : body(frame, new DmnRun());
      return externalFunction(
        boxed.language === "Java" ? { java: definition } : { pmml: definition },
        parameters.map(({ name }) => name),
      );
    };
    return { make, parameters, body: null };
  }
  const names = Object.fromEntries(boxed.parameters.map(({ name, typeRef }) => [name, around.types.names(typeRef)]));
  const known = new Map(parameters.map(({ name, type }) => [name, ofType(type)]));
  const body = compileBoxed(boxed.body ?? { kind: "literal", text: "" }, within(around, names, known));
  const result = typeOf(boxed.body?.typeRef, around) ?? anyType;
  const make = (frame: Frame | null) =>
    userFunction(parameters, result, (values, run) => body.code({ parent: frame, values }, run));
  return { make, parameters, body };
}
