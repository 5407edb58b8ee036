import { compileCall } from "../compile/calls.ts";
import type { Code, Compiler, Frame } from "../compile/code.ts";
import { compileList } from "../compile/collections.ts";
import { compileFilter } from "../compile/filter.ts";
import { compileFor, compileQuantified } from "../compile/iteration.ts";
import { compileIf } from "../compile/logic.ts";
import { emptyContext } from "../context.ts";
import { userFunction } from "../functions.ts";
import type { NameTree } from "../names.ts";
import type { Run } from "../run.ts";
import type { Expression } from "../syntax.ts";
import { anyType, coercion, type FeelType } from "../types.ts";
import { type FeelFunction, type FeelValue, type FunctionParameter, isFunction } from "../values.ts";
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
import { compileTable } from "./table-code.ts";

/** Code for a boxed expression, its result converted to its declared type. */
export function compileBoxed(boxed: Boxed, around: Surroundings): Code {
  const code = compileKind(boxed, around);
  const type = boxed.kind === "function" ? null : typeOf(boxed.typeRef, around);
  return type === null ? code : converting(code, type, boxed.typeRef ?? "", { element: around.element });
}

function compileKind(boxed: Boxed, around: Surroundings): Code {
  switch (boxed.kind) {
    case "literal":
      return boxed.language === undefined
        ? compileText(boxed.text, around)
        : failing(around, "DMN_NOT_FEEL", [boxed.language]);
    case "context":
      return compileContext(boxed, around);
    case "function":
      return compileFunctionBox(boxed, around);
    case "relation":
      return compileRelation(boxed, around);
    case "table":
      return compileTable(boxed, around);
    default:
      return compileByFeel(boxed, around);
  }
}

/** Entries one after the other, each seeing those before; an entry without a name is the result. */
function compileContext(boxed: BoxedContext, around: Surroundings): Code {
  const entries: { readonly name: string | null; readonly code: Code }[] = [];
  let seen: NameTree = {};
  for (const { variable, value } of boxed.entries) {
    const own = variable !== undefined && value.kind === "function" ? { ...seen, [variable.name]: null } : seen;
    const inner = within(around, own);
    const code = compileBoxed(value, variable === undefined ? inner : inner);
    const type = variable === undefined ? null : typeOf(variable.typeRef, around);
    const source = { element: around.element, ...(variable === undefined ? {} : { text: variable.name }) };
    entries.push({
      name: variable?.name ?? null,
      code: type === null ? code : converting(code, type, variable?.typeRef ?? "", source),
    });
    if (variable !== undefined) {
      seen = { ...seen, [variable.name]: around.types.names(variable.typeRef) ?? namesOfBoxed(value, around.types) };
    }
  }
  return (frame, run) => {
    const own: Frame = { parent: frame, values: [] };
    const context = emptyContext();
    for (const { name, code } of entries) {
      const value = code(own, run);
      if (name === null) return value;
      own.values.push(value);
      context[name] = value;
    }
    return context;
  };
}

function compileRelation(boxed: BoxedRelation, around: Surroundings): Code {
  const rows = boxed.rows.map((row) =>
    compileContext(
      { kind: "context", entries: row.map((value, at) => ({ variable: boxed.columns[at] as Variable, value })) },
      around,
    ),
  );
  return (frame, run) => rows.map((row) => row(frame, run));
}

const nowhere = { from: 0, to: 0 };

/** Lists, calls, filters, conditions and iterations mean what FEEL's mean: each child stands in for an expression. */
function compileByFeel(
  boxed: Extract<Boxed, { kind: "list" | "invocation" | "conditional" | "filter" | "for" | "some" | "every" }>,
  around: Surroundings,
): Code {
  const { child, compiler } = standIns(around);
  const { scope } = around;
  switch (boxed.kind) {
    case "list":
      return compileList({ kind: "list", items: boxed.items.map((item) => child(item)), ...nowhere }, scope, compiler);
    case "invocation":
      return compileInvocation(boxed, around);
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

/** A call by names. The order of a function's parameters is looked up once, as the same function is called every time. */
function compileInvocation(boxed: BoxedInvocation, around: Surroundings): Code {
  const { child, compiler } = standIns(around);
  const callee = child(boxed.called);
  const bindings = boxed.bindings.map(({ parameter, value }) => ({
    name: parameter.name,
    value: child(value),
    ...nowhere,
  }));
  const node = { kind: "call" as const, callee, arguments: { kind: "named" as const, values: bindings }, ...nowhere };
  const general = compileCall(node, around.scope, compiler);
  const called = compiler.expression(callee, around.scope);
  const values = bindings.map(({ value }) => compiler.expression(value, around.scope));
  let known: FeelFunction["parameters"] = null;
  let order: readonly Code[] = [];
  const code: Code = (frame, run) => {
    const target = called(frame, run);
    if (!isFunction(target) || target.parameters === null) return general(frame, run);
    if (target.parameters !== known) {
      const codes = target.parameters.map(({ name }) => values[bindings.findIndex((binding) => binding.name === name)]);
      if (codes.length !== values.length || !codes.every((each) => each !== undefined)) return general(frame, run);
      order = codes;
      known = target.parameters;
    }
    const args = new Array<FeelValue>(order.length);
    for (let index = 0; index < order.length; index += 1) args[index] = (order[index] as Code)(frame, run);
    return target.call(args, run, nowhere);
  };
  return claiming(code, { element: around.element });
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
        return stand.wrap(compileBoxed(stand.boxed, { ...around, scope, names: { ...around.names, ...stand.names } }));
      },
    },
  };
}

function compileFunctionBox(boxed: BoxedFunction, around: Surroundings): Code {
  const make = functionMaker(boxed, around);
  return (frame, run) =>
    make(frame) ?? tell(run, "DMN_NOT_FEEL", "error", { element: around.element }, [boxed.language]);
}

/** Makes the function over a frame; null where its language is not supported. */
export function functionMaker(
  boxed: BoxedFunction,
  around: Surroundings,
): (frame: Frame | null) => FeelFunction | null {
  const parameters = boxed.parameters.map(({ name, typeRef }) => ({ name, type: typeOf(typeRef, around) ?? anyType }));
  if (boxed.language !== "FEEL") {
    const body = boxed.body === undefined ? null : compileBoxed(boxed.body, around);
    return (frame) => {
      const definition: FeelValue = body === null ? null : body(frame, new DmnRun());
      return externalFunction(
        boxed.language === "Java" ? { java: definition } : { pmml: definition },
        parameters.map(({ name }) => name),
      );
    };
  }
  const names = Object.fromEntries(boxed.parameters.map(({ name, typeRef }) => [name, around.types.names(typeRef)]));
  const body = compileBoxed(boxed.body ?? { kind: "literal", text: "" }, within(around, names));
  const result = typeOf(boxed.body?.typeRef, around) ?? anyType;
  return (frame) => modelFunction(parameters, result, (values, run) => body({ parent: frame, values }, run));
}

/** As `userFunction`, taking arguments that need no conversion as they are. */
function modelFunction(
  parameters: readonly FunctionParameter[],
  result: FeelType,
  body: (values: FeelValue[], run: Run) => FeelValue,
): FeelFunction {
  const plain = userFunction(parameters, result, body);
  const conversions = parameters.map(({ type }) => coercion(type));
  const call: FeelFunction["call"] = (args, run, site) => {
    if (args.length !== conversions.length) return plain.call(args, run, site);
    const values = new Array<FeelValue>(conversions.length);
    for (let index = 0; index < conversions.length; index += 1) {
      const value = conversions[index]?.(args[index] as FeelValue);
      if (value === undefined) return plain.call(args, run, site);
      values[index] = value;
    }
    return run.nested(site, () => body(values, run));
  };
  return { ...plain, call };
}
