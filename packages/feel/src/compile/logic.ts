import type { TypeReference } from "../syntax.ts";
import { builtinType, type FeelType, isInstance } from "../types.ts";
import { type CallSite, type FeelValue, kindOf } from "../values.ts";
import type { Code, Compile, CompileOptions } from "./code.ts";

/** Three-valued, from left to right; what is not a boolean counts as null (DMN 1.5, table 50). */
function connective(operator: "and" | "or", left: Code, right: Code, site: CallSite): Code {
  const settles = operator === "or";
  return (frame, run) => {
    const a = left(frame, run);
    if (a === settles) return settles;
    const b = right(frame, run);
    if (b === settles) return settles;
    if (typeof a === "boolean" && typeof b === "boolean") return !settles;
    return run.warn("NOT_BOOLEAN", site, [operator, kindOf(typeof a === "boolean" ? b : a)]);
  };
}

export const compileAnd: Compile<"and"> = (node, scope, compiler) =>
  connective("and", compiler.expression(node.left, scope), compiler.expression(node.right, scope), node);

export const compileOr: Compile<"or"> = (node, scope, compiler) =>
  connective("or", compiler.expression(node.left, scope), compiler.expression(node.right, scope), node);

/** Anything but true takes the other branch. */
export const compileIf: Compile<"if"> = (node, scope, compiler) => {
  const condition = compiler.expression(node.condition, scope);
  const consequence = compiler.expression(node.consequence, scope);
  const alternative = compiler.expression(node.alternative, scope);
  return (frame, run) => {
    const met: FeelValue = condition(frame, run);
    if (met === true) return consequence(frame, run);
    if (met !== false) run.warn("NOT_BOOLEAN", node.condition, ["if", kindOf(met)]);
    return alternative(frame, run);
  };
};

export const compileInstanceOf: Compile<"instanceOf"> = (node, scope, compiler) => {
  const value = compiler.expression(node.value, scope);
  const type = resolveType(node.type, compiler.options);
  if (typeof type === "string") return (_, run) => run.error("UNKNOWN_TYPE", node.type, [type]);
  return (frame, run) => isInstance(value(frame, run), type);
};

/** The type a reference stands for, or the name in it that stands for none. */
export function resolveType(reference: TypeReference, options: CompileOptions): FeelType | string {
  switch (reference.kind) {
    case "named":
      return builtinType(reference.name) ?? options.types(reference.name) ?? reference.name;
    case "list":
    case "range": {
      const of = resolveType(reference.of, options);
      return typeof of === "string" ? of : { kind: reference.kind, of };
    }
    case "context": {
      const entries = new Map<string, FeelType>();
      for (const { name, type } of reference.entries) {
        const resolved = resolveType(type, options);
        if (typeof resolved === "string") return resolved;
        entries.set(name, resolved);
      }
      return { kind: "context", entries };
    }
    case "function": {
      const parameters: FeelType[] = [];
      for (const type of reference.parameters) {
        const resolved = resolveType(type, options);
        if (typeof resolved === "string") return resolved;
        parameters.push(resolved);
      }
      const result = resolveType(reference.result, options);
      return typeof result === "string" ? result : { kind: "function", parameters, result };
    }
  }
}
