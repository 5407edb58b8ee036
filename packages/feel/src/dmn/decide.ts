import { emptyContext } from "../context.ts";
import type { NameTree } from "../names.ts";
import { Run } from "../run.ts";
import type { FeelContext, FeelValue } from "../values.ts";
import { compileTests, passes, type Surroundings, within } from "./compile-text.ts";
import { type DmnDiagnostic, type DmnRun, dmnDiagnostic } from "./diagnostics.ts";
import { type DmnOptions, engineOf } from "./engine.ts";
import type { Known } from "./known.ts";
import { type DrgElement, linkModels, type Unit } from "./link.ts";
import type { DmnModel } from "./model.ts";
import type { ReadConstraint } from "./types.ts";

export interface DmnOutcome {
  readonly value: FeelValue;
  readonly diagnostics: readonly DmnDiagnostic[];
}

/** A model that is read, linked and compiled once and evaluated as often as wanted. */
export interface PreparedDmn {
  readonly model: DmnModel;
  /** Faults found while preparing: unreadable expressions, unknown types, circular requirements. */
  readonly faults: readonly DmnDiagnostic[];
  /** The value of a decision. Inputs go by name; a decision's name among them replaces its logic. */
  decide(decision: string, inputs: FeelContext, options?: DmnOptions): DmnOutcome;
  /** The values of all decisions of the model, or of those named, as a context. */
  decideAll(inputs: FeelContext, options?: DmnOptions & { readonly decisions?: readonly string[] }): DmnOutcome;
  /** The values of a decision service's output decisions, as a context by their names. */
  decideService(service: string, inputs: FeelContext, options?: DmnOptions): DmnOutcome;
}

/** Prepares a model. Models it imports are found in `imports` by namespace. Faults are told, not thrown. */
export function prepareDmn(model: DmnModel, imports: readonly DmnModel[] = []): PreparedDmn {
  const faults: DmnDiagnostic[] = [];
  const fault = (diagnostic: DmnDiagnostic) => faults.push(diagnostic);
  const linked = linkModels(model, imports, (unit) => constraintReader(unit, fault), fault);
  const engine = engineOf(linked, fault);
  const decisions = new Map<string, DrgElement>();
  const services = new Map<string, DrgElement>();
  for (const found of linked.root.elements.values()) {
    if (found.kind === "decision") decisions.set(found.element.name, found);
    if (found.kind === "service") services.set(found.element.name, found);
  }
  const everyDecision = model.decisions.map(({ name }) => name);
  const outcome = (run: DmnRun, value: FeelValue): DmnOutcome => ({ value, diagnostics: run.told() });
  const unknown = (name: string): DmnOutcome => {
    return {
      value: null,
      diagnostics: [dmnDiagnostic("DMN_UNKNOWN_ELEMENT", "error", { element: model.name }, [name])],
    };
  };
  return {
    model,
    faults,
    decide(decision, inputs, options = {}) {
      const found = decisions.get(decision);
      if (found === undefined) return unknown(decision);
      const state = engine.start(inputs, options);
      return outcome(state.run, engine.valueAt(found, state));
    },
    decideAll(inputs, options = {}) {
      const state = engine.start(inputs, options);
      const values = emptyContext();
      for (const name of options.decisions ?? everyDecision) {
        const found = decisions.get(name);
        values[name] = found === undefined ? null : engine.valueAt(found, state);
      }
      return outcome(state.run, values);
    },
    decideService(service, inputs, options = {}) {
      const found = services.get(service);
      if (found?.kind !== "service") return unknown(service);
      const state = engine.start(inputs, options);
      return outcome(state.run, engine.serviceOutputs(found, state));
    },
  };
}

/** Why a value does not meet a constraint is told as a wrong type, once. */
const quiet = new (class extends Run {
  override report(): null {
    return null;
  }
})({});

function constraintReader(unit: () => Unit, fault: (diagnostic: DmnDiagnostic) => void): ReadConstraint {
  return (text, names, element) => {
    const here = { scope: null, names: names as NameTree, known: new Map<string, Known>() };
    const around: Surroundings = { element, types: unit().types, ...here, fault };
    const tests = compileTests(text, within(around, { "?": null }));
    return (value) => passes(tests, value, null, quiet) === true;
  };
}
