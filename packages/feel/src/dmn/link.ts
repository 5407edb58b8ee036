import { type DmnDiagnostic, dmnDiagnostic } from "./diagnostics.ts";
import type { Decision, DecisionService, DmnModel, InputData, KnowledgeModel } from "./model.ts";
import { type ReadConstraint, type Types, typesOf } from "./types.ts";

/** A model with the models it imports, and its elements by id. */
export interface Unit {
  readonly model: DmnModel;
  /** By the name of the import, which is the prefix of imported names; an empty name imports without prefix. */
  readonly imports: ReadonlyMap<string, Unit>;
  readonly elements: ReadonlyMap<string, DrgElement>;
  readonly types: Types;
}

export type DrgElement =
  | { readonly kind: "input"; readonly unit: Unit; readonly element: InputData; readonly slot: number }
  | { readonly kind: "decision"; readonly unit: Unit; readonly element: Decision; readonly slot: number }
  | { readonly kind: "knowledge"; readonly unit: Unit; readonly element: KnowledgeModel; readonly slot: number }
  | { readonly kind: "service"; readonly unit: Unit; readonly element: DecisionService; readonly slot: number };

export interface Linked {
  readonly root: Unit;
  readonly units: readonly Unit[];
  /** Elements by their slots. */
  readonly elements: readonly DrgElement[];
}

/** Joins a model with its imports, found among `others` by namespace, and numbers all elements. */
export function linkModels(
  model: DmnModel,
  others: readonly DmnModel[],
  readConstraint: (unit: () => Unit) => ReadConstraint,
  fault: (diagnostic: DmnDiagnostic) => void,
): Linked {
  const units = new Map<DmnModel, Unit>();
  const elements: DrgElement[] = [];

  const unitOf = (own: DmnModel): Unit => {
    const known = units.get(own);
    if (known !== undefined) return known;
    const imports = new Map<string, Unit>();
    const byId = new Map<string, DrgElement>();
    const types = typesOf(
      own.items,
      (prefix) => imports.get(prefix)?.types,
      readConstraint(() => unit),
    );
    const unit: Unit = { model: own, imports, elements: byId, types };
    units.set(own, unit);
    number(unit, byId, elements);
    for (const { name, namespace, importType } of own.imports) {
      const target = others.find((other) => other.namespace === namespace);
      if (target !== undefined) imports.set(name, unitOf(target));
      else if (/dmn/iu.test(importType)) {
        fault(dmnDiagnostic("DMN_UNKNOWN_IMPORT", "error", { element: own.name }, [`${name} (${namespace})`]));
      }
    }
    return unit;
  };

  return { root: unitOf(model), units: [...units.values()], elements };
}

function number(unit: Unit, byId: Map<string, DrgElement>, elements: DrgElement[]): void {
  const add = (found: DrgElement) => {
    byId.set(found.element.id, found);
    elements.push(found);
  };
  const { model } = unit;
  for (const element of model.inputs) add({ kind: "input", unit, element, slot: elements.length });
  for (const element of model.decisions) add({ kind: "decision", unit, element, slot: elements.length });
  for (const element of model.knowledge) add({ kind: "knowledge", unit, element, slot: elements.length });
  for (const element of model.services) add({ kind: "service", unit, element, slot: elements.length });
}

/** The element that an href leads to, and the prefix under which the model knows it (null for its own). */
export function follow(
  unit: Unit,
  href: string,
): { readonly found: DrgElement; readonly prefix: string | null } | null {
  const hash = href.indexOf("#");
  const [namespace, id] = hash < 0 ? ["", href] : [href.slice(0, hash), href.slice(hash + 1)];
  if (namespace === "" || namespace === unit.model.namespace) {
    const found = unit.elements.get(id);
    return found === undefined ? null : { found, prefix: null };
  }
  for (const [prefix, imported] of unit.imports) {
    if (imported.model.namespace !== namespace) continue;
    const found = imported.elements.get(id);
    if (found !== undefined) return { found, prefix };
  }
  return null;
}
