import type { Frame } from "../compile/code.ts";
import { contextOf } from "../context.ts";
import { userFunction } from "../functions.ts";
import type { Run } from "../run.ts";
import { anyType, coercion, type FeelType } from "../types.ts";
import { type FeelContext, type FeelFunction, type FeelValue, isContext } from "../values.ts";
import { compileBoxed, functionMaker } from "./compile.ts";
import { converting, type Surroundings, tell, typeOf, within } from "./compile-text.ts";
import { type DmnDiagnostic, DmnRun, dmnDiagnostic, type Source } from "./diagnostics.ts";
import type { Callee, Known } from "./known.ts";
import { type DrgElement, follow, type Linked } from "./link.ts";
import { requirementScope, type Suppliers, valuesOf } from "./requirement-scope.ts";
import type { Provide, State } from "./state.ts";

export interface DmnOptions {
  /** Milliseconds since 1970 for `now()` and `today()`; without it they are null. */
  readonly clock?: () => number;
}

export interface Engine {
  start(inputs: FeelContext, options: DmnOptions): State & { readonly run: DmnRun };
  valueAt(found: DrgElement, state: State): FeelValue;
  serviceOutputs(found: Extract<DrgElement, { kind: "service" }>, state: State): FeelContext;
}

type Fault = (diagnostic: DmnDiagnostic) => void;

export function engineOf(linked: Linked, fault: Fault): Engine {
  const compiler = elementCompiler(linked, fault);
  const { valueAt, constants } = compiler;
  const accept = acceptor(linked);
  return {
    valueAt,
    start(inputs, options) {
      const run = new DmnRun(options.clock === undefined ? {} : { clock: options.clock });
      const state = { slots: constants.slice(), run };
      for (const name in inputs) accept(name, inputs[name] as FeelValue, state);
      return state;
    },
    serviceOutputs(found, state) {
      const outputs = outputsOf(found, compiler);
      const source = { element: found.element.name };
      for (const { slot, element } of targets(found, found.element.inputDecisions, compiler)) {
        state.slots[slot] ??= tell(state.run, "DMN_MISSING_INPUT", "warning", source, [element.name]);
      }
      // The type of the result is that of a single output; several are its components.
      const type = outputs.length === 1 ? resultType(found, surroundings(found, compiler)) : anyType;
      const convert = conversion(type, found.element.variable.typeRef ?? "", source);
      return contextOf(
        outputs.map((output) => [output.element.name, convert(valueAt(output, state), state.run)] as const),
      );
    },
  };
}

interface ElementCompiler extends Suppliers {
  readonly linked: Linked;
  /** By slot, the values that are the same in every evaluation: functions, once they are made. */
  readonly constants: (FeelValue | undefined)[];
}

/** Compiles every element, the knowledge models that an element calls before it. */
function elementCompiler(linked: Linked, fault: Fault): ElementCompiler {
  const compiled: (Compiled | "begun" | undefined)[] = new Array(linked.elements.length);
  const compile = (found: DrgElement): Compiled | "begun" => {
    const known = compiled[found.slot];
    if (known !== undefined) return known;
    compiled[found.slot] = "begun";
    const made = compileElement(found, compiler);
    compiled[found.slot] = made;
    return made;
  };
  const compiler: ElementCompiler = {
    linked,
    fault,
    valueAt: (found, state) => (compiled[found.slot] as Compiled).provide(state),
    constants: new Array<FeelValue | undefined>(linked.elements.length),
    callee: (found) => {
      const made = found.kind === "knowledge" ? compile(found) : "begun";
      return made === "begun" ? null : made.callee;
    },
  };
  for (const found of linked.elements) compile(found);
  return compiler;
}

interface Compiled {
  readonly provide: Provide;
  readonly callee: Callee | null;
}

function compileElement(found: DrgElement, compiler: ElementCompiler): Compiled {
  switch (found.kind) {
    case "input":
      return { provide: inputProvider(found), callee: null };
    case "decision":
      return { provide: decisionProvider(found, compiler), callee: null };
    case "knowledge":
      return compileKnowledge(found, compiler);
    case "service":
      return { provide: serviceProvider(found, compiler), callee: null };
  }
}

function inputProvider({ element, slot }: DrgElement): Provide {
  const source: Source = { element: element.name };
  return ({ slots, run }) => {
    const known = slots[slot];
    return known !== undefined ? known : tell(run, "DMN_MISSING_INPUT", "warning", source, [element.name]);
  };
}

function surroundings({ unit, element }: DrgElement, compiler: ElementCompiler): Surroundings {
  const { fault } = compiler;
  return { element: element.name, types: unit.types, scope: null, names: {}, known: new Map(), fault };
}

function decisionProvider(found: Extract<DrgElement, { kind: "decision" }>, compiler: ElementCompiler): Provide {
  const { element, slot } = found;
  const around = surroundings(found, compiler);
  const source: Source = { element: element.name };
  if (isCircular(found)) {
    compiler.fault(dmnDiagnostic("DMN_CIRCULAR", "error", source, [element.name]));
    return ({ run }) => tell(run, "DMN_CIRCULAR", "error", source, [element.name]);
  }
  if (element.logic === undefined) {
    return ({ slots, run }) => {
      const known = slots[slot];
      return known !== undefined ? known : tell(run, "DMN_NO_LOGIC", "warning", source);
    };
  }
  const { names, known: knownNames, members } = requirementScope(found, element.requires, compiler);
  const logic = compileBoxed(element.logic, within(around, names, knownNames));
  const { typeRef } = element.variable;
  const { code } = converting(logic, typeOf(typeRef, around) ?? anyType, typeRef ?? "", source);
  return (state) => {
    const { slots, run } = state;
    const known = slots[slot];
    if (known !== undefined) return known;
    const value = code({ parent: null, values: valuesOf(members, state) }, run);
    slots[slot] = value;
    return value;
  };
}

type Convert = (value: FeelValue, run: Run) => FeelValue;

function converter(typeRef: string | undefined, around: Surroundings, source: Source): Convert {
  const type = typeOf(typeRef, around) ?? anyType;
  return conversion(type, typeRef ?? "", source);
}

function conversion(type: FeelType, typeName: string, source: Source): Convert {
  if (type.kind === "any") return (value) => value;
  const convert = coercion(type);
  return (value, run) => {
    const converted = convert(value);
    return converted === undefined
      ? tell(run, "DMN_WRONG_TYPE", "error", source, [source.element, typeName])
      : converted;
  };
}

/** Whether a decision requires itself, by way of others. */
function isCircular(start: Extract<DrgElement, { kind: "decision" }>): boolean {
  const seen = new Set<DrgElement>();
  const reaches = (found: DrgElement): boolean => {
    if (found.kind !== "decision") return false;
    return found.element.requires.decisions.some((href) => {
      const next = follow(found.unit, href)?.found;
      if (next === undefined || seen.has(next)) return false;
      if (next === start) return true;
      seen.add(next);
      return reaches(next);
    });
  };
  return reaches(start);
}

/** The result type of a function: its variable's, which is either the type of the function or that of its result. */
function resultType(found: DrgElement, around: Surroundings): FeelType {
  const type = typeOf(found.element.variable.typeRef, around) ?? anyType;
  return type.kind === "function" ? type.result : type;
}

function compileKnowledge(found: Extract<DrgElement, { kind: "knowledge" }>, compiler: ElementCompiler): Compiled {
  const { element, slot } = found;
  const around = surroundings(found, compiler);
  const source: Source = { element: element.name };
  if (element.logic === undefined) {
    return { provide: ({ run }) => tell(run, "DMN_NO_LOGIC", "error", source), callee: null };
  }
  const { names, known, members } = requirementScope(found, element.requires, compiler);
  const { make, parameters, body } = functionMaker(element.logic, within(around, names, known));
  const type = resultType(found, around);
  const language = element.logic.language;
  // Knowledge requires knowledge alone, so that the function is the same in every evaluation.
  const frame: Frame = { parent: null, values: [] };
  let made: FeelFunction | null | undefined;
  const provide: Provide = (state) => {
    if (made === undefined) {
      const plain = make(frame);
      made = plain === null ? null : withResult(plain, type, source);
      // It may require itself: that it is made is known before its requirements are.
      frame.values.push(...valuesOf(members, state));
      if (made !== null) compiler.constants[slot] = made;
    }
    return made ?? tell(state.run, "DMN_NOT_FEEL", "error", source, [language]);
  };
  if (body === null) return { provide, callee: null };
  const { code, known: result } = converting(body, type, "", source);
  return { provide, callee: { parameters, code, result, frame } };
}

function withResult(plain: FeelFunction, type: FeelType, source: Source): FeelFunction {
  if (type.kind === "any") return plain;
  const convert = conversion(type, "", source);
  return {
    ...plain,
    result: type,
    call: (args, run, site) => convert(plain.call(args, run, site), run),
    callNamed: (args, run, site) => convert(plain.callNamed(args, run, site), run),
  };
}

type Service = Extract<DrgElement, { kind: "service" }>;

function targets(found: Service, hrefs: readonly string[], compiler: ElementCompiler): DrgElement[] {
  return hrefs.flatMap((href) => {
    const target = follow(found.unit, href);
    if (target !== null) return [target.found];
    compiler.fault(dmnDiagnostic("DMN_UNKNOWN_ELEMENT", "error", { element: found.element.name }, [href]));
    return [];
  });
}

function outputsOf(found: Service, compiler: ElementCompiler): DrgElement[] {
  return targets(found, found.element.outputs, compiler);
}

/** A service as a function: first its input data, then its input decisions (DMN 1.5, 10.4). */
function serviceProvider(found: Service, compiler: ElementCompiler): Provide {
  const { element } = found;
  const around = surroundings(found, compiler);
  const outputs = outputsOf(found, compiler);
  const inputs = targets(found, [...element.inputData, ...element.inputDecisions], compiler);
  const parameters = inputs.map((input) => ({
    name: input.element.variable.name,
    type: typeOf(input.element.variable.typeRef, { ...around, types: input.unit.types }) ?? anyType,
  }));
  const type = resultType(found, around);
  const body = (values: readonly FeelValue[], run: Run): FeelValue => {
    const state: State = { slots: compiler.constants.slice(), run };
    inputs.forEach((input, index) => {
      state.slots[input.slot] = values[index] as FeelValue;
    });
    const [only] = outputs;
    if (outputs.length === 1) return compiler.valueAt(only as DrgElement, state);
    return contextOf(outputs.map((output) => [output.element.variable.name, compiler.valueAt(output, state)] as const));
  };
  const made = withResult(userFunction(parameters, type, body), type, { element: element.name });
  return () => made;
}

/** Puts a given value into its slot, converted to its type; a name that fits nothing is told. */
function acceptor(linked: Linked): (name: string, value: FeelValue, state: State) => void {
  const takers = new Map<string, (value: FeelValue, state: State) => void>();
  const silent: Fault = () => undefined;
  const taker = (found: DrgElement) => {
    const { element, slot, unit } = found;
    const none = { scope: null, names: {}, known: new Map<string, Known>(), fault: silent };
    const around: Surroundings = { element: element.name, types: unit.types, ...none };
    const convert = converter(element.variable.typeRef, around, { element: element.name });
    return (value: FeelValue, state: State) => {
      state.slots[slot] = convert(value, state.run);
    };
  };
  const settable = linked.elements.filter(({ kind }) => kind === "input" || kind === "decision");
  for (const found of [...settable].reverse()) {
    takers.set(found.element.name, taker(found));
    takers.set(`${found.unit.model.namespace}#${found.element.name}`, taker(found));
  }
  for (const [prefix, unit] of linked.root.imports) {
    const members = new Map(
      settable.filter((found) => found.unit === unit).map((found) => [found.element.name, taker(found)]),
    );
    if (takers.has(prefix)) continue;
    takers.set(prefix, (value, state) => {
      if (isContext(value)) for (const [name, member] of Object.entries(value)) members.get(name)?.(member, state);
    });
  }
  return (name, value, state) => {
    const take = takers.get(name);
    if (take !== undefined) take(value, state);
    else tell(state.run, "DMN_UNKNOWN_ELEMENT", "warning", { element: linked.root.model.name }, [name]);
  };
}
