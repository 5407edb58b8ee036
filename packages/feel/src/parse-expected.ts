import type { SyntaxNode } from "@lezer/common";

/** What the grammar would have accepted where it gave up, told from the unfinished construct and what it has so far. */
export function expectedAt(error: SyntaxNode, text: string): readonly string[] {
  if (text.slice(error.from).trimStart().startsWith('"')) return ["a closing quote"];
  const parent = error.parent;
  if (parent === null) return ["an expression"];
  const before = finished(parent, error);
  const has = (token: string) => before.some((node) => node.name === token);
  const last = before[before.length - 1];
  const afterComma = text.slice(0, error.from).trimEnd().endsWith(",");
  const endsWithValue = last !== undefined && /[A-Z?]/u.test(last.name.charAt(0)) && !afterComma;
  switch (parent.name) {
    case "IfExpression":
      return keywordChain(["if", "then", "else"], has, last);
    case "ForExpression":
      return has("return") ? ["an expression"] : ["return", ","];
    case "QuantifiedExpression":
      return has("satisfies") ? ["an expression"] : ["satisfies", ","];
    case "InExpression":
      return has("in") ? ["an expression"] : ["in"];
    case "IterationContext":
      return [isIn(parent, "ForExpression") ? "return" : "satisfies", ","];
    case "InExpressions":
    case "ParameterName":
      return ["a name"];
    case "ParenthesizedExpression":
      return endsWithValue ? [")", "an operator"] : ["an expression"];
    case "FunctionInvocation":
    case "DateTimeLiteral":
      return endsWithValue ? [")", ","] : ["an expression", ")"];
    case "List":
    case "FilterExpression":
      return endsWithValue ? ["]", "an operator"] : ["an expression", "]"];
    case "Interval":
      return before.length > 2 ? ["]", ")", "["] : ["an expression", ".."];
    case "Context":
      return endsWithValue ? ["}", ","] : ["a name", "}"];
    case "ContextEntry":
      return before.length > 1 ? ["an expression"] : [":", "an expression"];
    case "PathExpression":
      return ["a name"];
    case "InstanceOfExpression":
      return has("of") ? ["a type"] : ["of"];
    case "Type":
    case "ListType":
    case "ContextType":
    case "FunctionType":
      return ["a type"];
    case "FunctionDefinition":
      return has("(") ? [")", "an expression"] : ["("];
    case "Expression":
    case "UnaryTests":
    case "PositiveUnaryTests":
      return endsWithValue ? ["an operator", "the end"] : ["an expression"];
    default:
      return ["an expression"];
  }
}

function isIn(node: SyntaxNode, name: string): boolean {
  return node.parent?.parent?.parent?.name === name;
}

function keywordChain(keywords: readonly string[], has: (token: string) => boolean, last: SyntaxNode | undefined) {
  if (last !== undefined && keywords.includes(last.name)) return ["an expression"];
  const next = keywords.find((keyword) => !has(keyword));
  return next === undefined ? ["an expression"] : [next];
}

function finished(parent: SyntaxNode, error: SyntaxNode): SyntaxNode[] {
  const nodes: SyntaxNode[] = [];
  for (let child = parent.firstChild; child !== null && child.from < error.to + 1; child = child.nextSibling) {
    if (child.type.isError) break;
    if (!child.type.isSkipped) nodes.push(child);
  }
  return nodes;
}
