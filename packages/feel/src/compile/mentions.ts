import type { Expression } from "../syntax.ts";

/** Whether the expression speaks of `?`, the value under test. */
export function mentionsInput(node: Expression): boolean {
  return node.kind === "input" || childrenOf(node).some(mentionsInput);
}

/** The expressions a node is made of, in the order of the text. */
function childrenOf(node: Expression): readonly Expression[] {
  switch (node.kind) {
    case "number":
    case "string":
    case "boolean":
    case "null":
    case "at":
    case "name":
    case "input":
      return [];
    case "negation":
    case "comparisonTest":
      return [node.operand];
    case "arithmetic":
    case "comparison":
    case "and":
    case "or":
      return [node.left, node.right];
    case "between":
      return [node.value, node.low, node.high];
    case "in":
      return [node.value, ...node.tests];
    case "instanceOf":
      return [node.value];
    case "if":
      return [node.condition, node.consequence, node.alternative];
    case "for":
      return [...iterated(node.iterators), node.result];
    case "quantified":
      return [...iterated(node.iterators), node.condition];
    case "path":
      return [node.source];
    case "filter":
      return [node.source, node.condition];
    case "call":
      return [node.callee, ...argumentsOf(node)];
    case "function":
      return [node.body];
    case "list":
      return node.items;
    case "context":
      return node.entries.map((entry) => entry.value);
    case "range":
      return [node.low, node.high];
  }
}

function iterated(iterators: Extract<Expression, { kind: "for" }>["iterators"]): Expression[] {
  return iterators.flatMap(({ source, end }) => (end === null ? [source] : [source, end]));
}

function argumentsOf(node: Extract<Expression, { kind: "call" }>): readonly Expression[] {
  const given = node.arguments;
  return given.kind === "positional" ? given.values : given.values.map((argument) => argument.value);
}
