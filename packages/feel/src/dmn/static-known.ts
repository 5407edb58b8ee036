import type { Expression } from "../syntax.ts";
import type { FeelType } from "../types.ts";
import { either, isNumeric, type Known, ofType, ofValues, unknown } from "./known.ts";

const number: Known = ofType({ kind: "simple", name: "number" });
const boolean: Known = ofType({ kind: "simple", name: "boolean" });

/** What is known of an expression's values from its form and from its variables. */
export function knownOf(node: Expression, variables: ReadonlyMap<string, Known>): Known {
  switch (node.kind) {
    case "number":
      return number;
    case "string":
    case "boolean":
      return ofValues([node.value]);
    case "null":
      return ofValues([null]);
    case "name":
      return variables.get(node.name) ?? unknown;
    case "path":
      return ofType(entryType(knownOf(node.source, variables).type, node.name));
    case "negation":
      return isNumeric(knownOf(node.operand, variables)) ? number : unknown;
    case "arithmetic":
      return isNumeric(knownOf(node.left, variables)) && isNumeric(knownOf(node.right, variables)) ? number : unknown;
    case "comparison":
    case "between":
    case "in":
    case "and":
    case "or":
    case "instanceOf":
      return boolean;
    case "if":
      return either([knownOf(node.consequence, variables), knownOf(node.alternative, variables)]);
    default:
      return unknown;
  }
}

/** The type of an entry that every context of the type has; any for others. */
export function entryType(type: FeelType, name: string): FeelType {
  if (type.kind === "constrained") return entryType(type.base, name);
  const entry = type.kind === "context" ? type.entries.get(name) : undefined;
  return entry ?? { kind: "any" };
}
