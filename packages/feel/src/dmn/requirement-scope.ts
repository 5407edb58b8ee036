import { contextOf } from "../context.ts";
import type { NameTree } from "../names.ts";
import { anyType, type FeelType } from "../types.ts";
import type { FeelValue } from "../values.ts";
import { type DmnDiagnostic, dmnDiagnostic } from "./diagnostics.ts";
import { type Callee, type Known, ofType, unknown } from "./known.ts";
import { type DrgElement, follow } from "./link.ts";
import type { Requirements } from "./model.ts";
import { namesOfBoxed } from "./names.ts";
import type { Provide, State } from "./state.ts";

/** Where the names of requirements get what they stand for. */
export interface Suppliers {
  readonly fault: (diagnostic: DmnDiagnostic) => void;
  readonly valueAt: (found: DrgElement, state: State) => FeelValue;
  /** The function of a knowledge model; null for one that cannot be called directly, as within itself. */
  readonly callee: (found: DrgElement) => Callee | null;
}

/** What a name of a requirement stands for. */
export interface Member {
  readonly names: NameTree | null;
  readonly known: Known;
  /** Where an evaluation has its value, if it has it already; -1 where it is put together from several. */
  readonly slot: number;
  readonly provide: Provide;
}

export interface RequirementScope {
  readonly names: NameTree;
  readonly known: ReadonlyMap<string, Known>;
  /** In the order of the names. */
  readonly members: readonly Member[];
}

/** The names that requirements bring: own elements by their names, imported ones inside a context named by the import. */
export function requirementScope(owner: DrgElement, requires: Requirements, suppliers: Suppliers): RequirementScope {
  const own = new Map<string, Member>();
  const imported = new Map<string, Map<string, Member>>();
  for (const href of [...requires.inputs, ...requires.decisions, ...requires.knowledge]) {
    const target = follow(owner.unit, href);
    if (target === null) {
      suppliers.fault(dmnDiagnostic("DMN_UNKNOWN_ELEMENT", "error", { element: owner.element.name }, [href]));
      continue;
    }
    const { found, prefix } = target;
    const { name } = found.element.variable;
    const member = memberOf(found, suppliers);
    if (prefix === null || prefix === "") own.set(name, member);
    else imported.set(prefix, (imported.get(prefix) ?? new Map()).set(name, member));
  }
  for (const [prefix, members] of imported) own.set(prefix, importedMember([...members]));
  const all = [...own];
  return {
    names: Object.fromEntries(all.map(([name, member]) => [name, member.names])),
    known: new Map(all.map(([name, member]) => [name, member.known])),
    members: all.map(([, member]) => member),
  };
}

function memberOf(found: DrgElement, suppliers: Suppliers): Member {
  const callee = suppliers.callee(found);
  return {
    names: namesOf(found),
    known: callee === null ? ofType(valueType(found)) : { ...unknown, callee },
    slot: found.slot,
    provide: (state) => suppliers.valueAt(found, state),
  };
}

/** The type that inputs and decisions are converted to wherever their value comes from; any where there is none. */
function valueType({ kind, element, unit }: DrgElement): FeelType {
  const { typeRef } = element.variable;
  return kind === "knowledge" || kind === "service" || typeRef === undefined
    ? anyType
    : (unit.types.resolve(typeRef) ?? anyType);
}

function importedMember(members: readonly (readonly [string, Member])[]): Member {
  return {
    names: Object.fromEntries(members.map(([name, member]) => [name, member.names])),
    known: unknown,
    slot: -1,
    provide: (state) => contextOf(members.map(([name, member]) => [name, member.provide(state)] as const)),
  };
}

/** The values of the names, in their order. */
export function valuesOf(members: readonly Member[], state: State): FeelValue[] {
  const values = new Array<FeelValue>(members.length);
  for (let at = 0; at < members.length; at += 1) {
    const { slot, provide } = members[at] as Member;
    const known = slot < 0 ? undefined : state.slots[slot];
    values[at] = known === undefined ? provide(state) : known;
  }
  return values;
}

function namesOf(found: DrgElement): NameTree | null {
  const { types } = found.unit;
  const declared = types.names(found.element.variable.typeRef);
  if (declared !== null) return declared;
  if (found.kind === "decision") return namesOfBoxed(found.element.logic, types);
  return found.kind === "knowledge" ? namesOfBoxed(found.element.logic?.body, types) : null;
}
