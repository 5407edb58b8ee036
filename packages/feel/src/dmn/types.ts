import type { Names, NameTree } from "../names.ts";
import { anyType, builtinType, type FeelType } from "../types.ts";
import type { FeelValue } from "../values.ts";
import type { ItemDefinition } from "./model.ts";

/** Named types of a model and of its imports. */
export interface Types {
  /** The type of a `typeRef`; null for a name that stands for none. */
  resolve(typeRef: string): FeelType | null;
  /** The names of components inside a type, which expressions over its values may use; null where there are none. */
  names(typeRef: string | undefined): NameTree | null;
  /** The text of the allowed values of a type, or of a component of it. */
  allowedValues(typeRef: string | undefined, component?: string): string | undefined;
}

/** Compiles unary tests that constrain a type; gives null, having told the fault, when they cannot be read. */
export type ReadConstraint = (text: string, names: Names, element: string) => ((value: FeelValue) => boolean) | null;

export function typesOf(
  items: readonly ItemDefinition[],
  imported: (prefix: string) => Types | undefined,
  readConstraint: ReadConstraint,
): Types {
  const byName = new Map(items.map((item) => [item.name, item]));
  const known = new Map<string, FeelType>();
  const open = new Set<string>();

  const resolve = (typeRef: string): FeelType | null => {
    const name = typeRef.replace(/^(?:feel|xsd?):/u, "");
    const own = known.get(name) ?? builtinType(name);
    if (own !== null && own !== undefined) return own;
    const item = byName.get(name);
    if (item === undefined) return resolveImported(name);
    // A type inside itself: what it holds at that depth is not checked.
    if (open.has(name)) return anyType;
    open.add(name);
    const type = typeOf(item, item.name);
    open.delete(name);
    known.set(name, type);
    return type;
  };

  const resolveImported = (name: string): FeelType | null => {
    for (let dot = name.indexOf("."); dot > 0; dot = name.indexOf(".", dot + 1)) {
      const found = imported(name.slice(0, dot))?.resolve(name.slice(dot + 1));
      if (found !== undefined && found !== null) return found;
    }
    return imported("")?.resolve(name) ?? null;
  };

  const typeOf = (item: ItemDefinition, path: string): FeelType => {
    const constrained = withConstraint(baseOf(item, path), item.allowedValues, item, path);
    const whole: FeelType = item.isCollection ? { kind: "list", of: constrained } : constrained;
    return withConstraint(whole, item.typeConstraint, item, path);
  };

  const baseOf = (item: ItemDefinition, path: string): FeelType => {
    if (item.functionItem !== undefined) {
      const parameters = item.functionItem.parameters.map(({ typeRef }) => orAny(typeRef));
      return { kind: "function", parameters, result: orAny(item.functionItem.outputTypeRef) };
    }
    if (item.components.length > 0) {
      return {
        kind: "context",
        entries: new Map(item.components.map((part) => [part.name, typeOf(part, `${path}.${part.name}`)])),
      };
    }
    return orAny(item.typeRef);
  };

  const orAny = (typeRef: string | undefined): FeelType =>
    typeRef === undefined ? anyType : (resolve(typeRef) ?? anyType);

  const withConstraint = (base: FeelType, text: string | undefined, item: ItemDefinition, path: string): FeelType => {
    if (text === undefined || text === "") return base;
    const allows = readConstraint(text, namesOfItem(item, new Set()) ?? {}, path);
    return allows === null ? base : { kind: "constrained", base, allows };
  };

  const names = (typeRef: string | undefined): NameTree | null => {
    const item = typeRef === undefined ? undefined : byName.get(typeRef.replace(/^feel:/u, ""));
    if (item !== undefined) return namesOfItem(item, new Set());
    if (typeRef === undefined || !typeRef.includes(".")) return null;
    for (let dot = typeRef.indexOf("."); dot > 0; dot = typeRef.indexOf(".", dot + 1)) {
      const found = imported(typeRef.slice(0, dot))?.names(typeRef.slice(dot + 1));
      if (found !== undefined && found !== null) return found;
    }
    return null;
  };

  const namesOfItem = (item: ItemDefinition, path: ReadonlySet<ItemDefinition>): NameTree | null => {
    if (path.has(item)) return null;
    const inner = new Set([...path, item]);
    if (item.components.length > 0) {
      return Object.fromEntries(item.components.map((part) => [part.name, namesOfItem(part, inner)]));
    }
    const base = item.typeRef === undefined ? undefined : byName.get(item.typeRef);
    return base === undefined ? names(item.typeRef) : namesOfItem(base, inner);
  };

  const allowedValues = (typeRef: string | undefined, component?: string): string | undefined => {
    const item = typeRef === undefined ? undefined : byName.get(typeRef);
    if (item === undefined) return undefined;
    if (component !== undefined) {
      const part = item.components.find(({ name }) => name === component);
      return part?.allowedValues ?? allowedValues(part?.typeRef ?? item.typeRef);
    }
    return item.allowedValues ?? allowedValues(item.typeRef);
  };

  return { resolve, names, allowedValues };
}
