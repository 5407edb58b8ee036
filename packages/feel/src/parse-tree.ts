import type { SyntaxNode } from "@lezer/common";
import { nameKey } from "./names.ts";
import { unquote } from "./parse-string.ts";
import type {
  ArithmeticOperator,
  Call,
  ComparisonOperator,
  Expression,
  Iterator,
  Parameter,
  TypeReference,
  UnaryTests,
} from "./syntax.ts";

export interface TreeReader {
  readonly expression: (node: SyntaxNode) => Expression;
  readonly unaryTests: (node: SyntaxNode) => UnaryTests;
}

/** `left`, when given, stands in for what the first child would be read to. */
type Reader = (node: SyntaxNode, children: readonly SyntaxNode[], left?: Expression) => Expression;

/** Nodes that an unfinished comparison to their left must not take in. */
const looser: ReadonlySet<string> = new Set(["Disjunction", "Conjunction", "Comparison"]);

/** From the grammar's tree of tokens to the syntax tree. The tree holds no error nodes here. */
export function treeReader(
  text: string,
  spelling: ReadonlyMap<string, string>,
  rangeStarts: ReadonlySet<number>,
): TreeReader {
  const slice = (node: SyntaxNode) => text.slice(node.from, node.to);
  const span = (node: SyntaxNode) => ({ from: node.from, to: node.to });

  const nameOf = (node: SyntaxNode): string => {
    const key = nameKey(withoutComments(slice(node)));
    return spelling.get(key) ?? key;
  };

  const keyOf = (node: SyntaxNode): string => {
    const inner = at(parts(node), 0);
    return inner.name === "StringLiteral" ? unquote(slice(inner)) : nameOf(inner);
  };

  const expression = (node: SyntaxNode): Expression => {
    const read = readers[node.name];
    if (read === undefined) throw new Error(`The grammar gave a node of unknown kind ${node.name}`);
    return read(node, parts(node));
  };

  const iterators = (node: SyntaxNode): Iterator[] =>
    parts(node)
      .filter((part) => part.name === "InExpression")
      .map((part) => {
        const [name, , context] = parts(part);
        const [source, end] = parts(must(context));
        return {
          name: nameOf(must(name)),
          source: expression(must(source)),
          end: end === undefined ? null : expression(end),
          ...span(part),
        };
      });

  const parameters = (node: SyntaxNode): Parameter[] =>
    parts(node)
      .filter((part) => part.name === "FormalParameter")
      .map((part) => {
        const [name, declared] = parts(part);
        return { name: nameOf(must(name)), type: declared === undefined ? null : type(declared), ...span(part) };
      });

  const callArguments = (node: SyntaxNode | undefined): Call["arguments"] => {
    if (node?.name !== "NamedParameters") {
      return { kind: "positional", values: node === undefined ? [] : parts(node).map(expression) };
    }
    const values = parts(node).map((part) => {
      const [name, value] = parts(part);
      return { name: nameOf(must(name)), value: expression(must(value)), ...span(part) };
    });
    return { kind: "named", values };
  };

  const call: Reader = (node, children) => {
    const callee = at(children, 0);
    const given = children.find((child) => child.name === "NamedParameters" || child.name === "PositionalParameters");
    return {
      kind: "call",
      callee: callee.name in readers ? expression(callee) : { kind: "name", name: nameOf(callee), ...span(callee) },
      arguments: callArguments(given),
      ...span(node),
    };
  };

  const binary = (node: SyntaxNode, children: readonly SyntaxNode[], left?: Expression) => ({
    left: left ?? expression(at(children, 0)),
    right: expression(at(children, 2)),
    ...span(node),
  });

  const comparison: Reader = (node, children, left) => {
    const operator = at(children, 1);
    if (operator.name === "between") {
      return {
        kind: "between",
        value: left ?? expression(at(children, 0)),
        low: expression(at(children, 2)),
        high: expression(at(children, 4)),
        ...span(node),
      };
    }
    if (operator.name !== "in") {
      return { kind: "comparison", operator: slice(operator) as ComparisonOperator, ...binary(node, children, left) };
    }
    const several = children.find((child) => child.name === "PositiveUnaryTests");
    const value = left ?? expression(at(children, 0));
    const within = (tests: readonly Expression[]): Expression => ({ kind: "in", value, tests, ...span(node) });
    if (several !== undefined) return within(parts(several).map((test) => expression(at(parts(test), 0))));
    const test = at(parts(at(children, 2)), 0);
    return speaksOfInput(test)
      ? within([expression(test)])
      : bindTighter(test, (inner) => ({ ...within([inner]), to: inner.to }));
  };

  /**
   * The grammar lets `a in b or c` and `< b or c` take in what stands after them; in FEEL a comparison binds tighter
   * than `and`, `or` and a comparison to its right (DMN 1.5, grammar rules 2 and 4).
   */
  const bindTighter = (node: SyntaxNode, wrap: (inner: Expression) => Expression): Expression => {
    const children = parts(node);
    const first = children[0];
    if (node.name === "SimplePositiveUnaryTest" && first?.name === "CompareOp") {
      const operator = slice(first) as ComparisonOperator;
      return bindTighter(at(children, 1), (operand) =>
        wrap({ kind: "comparisonTest", operator, operand, from: node.from, to: operand.to }),
      );
    }
    if (first === undefined || !looser.has(node.name)) return wrap(expression(node));
    const outer = (readers[node.name] as Reader)(node, children, bindTighter(first, wrap));
    return { ...outer, from: Math.min(outer.from, node.from) };
  };

  const arithmetic: Reader = (node, children) => {
    if (children.length === 2) {
      const operand = expression(at(children, 1));
      // Unary plus is not FEEL, but the grammar takes it; it changes nothing.
      return slice(at(children, 0)) === "-" ? { kind: "negation", operand, ...span(node) } : operand;
    }
    const operator = slice(at(children, 1)).replace("^", "**") as ArithmeticOperator;
    return { kind: "arithmetic", operator, ...binary(node, children) };
  };

  const unaryTest: Reader = (node, children) => {
    const first = at(children, 0);
    return first.name === "Interval" ? expression(first) : bindTighter(node, (test) => test);
  };

  const interval: Reader = (node, children) => {
    const ends = children.filter((child) => child.name in readers);
    return {
      kind: "range",
      low: expression(at(ends, 0)),
      high: expression(at(ends, 1)),
      lowIncluded: text.charAt(node.from) === "[",
      highIncluded: text.charAt(node.to - 1) === "]",
      ...span(node),
    };
  };

  const functionDefinition: Reader = (node, children) => {
    const formal = children.find((child) => child.name === "FormalParameters");
    const body = must(children.find((child) => child.name === "FunctionBody"));
    return {
      kind: "function",
      parameters: formal === undefined ? [] : parameters(formal),
      body: expression(at(parts(body), 0)),
      external: children.some((child) => child.name === "external"),
      ...span(node),
    };
  };

  const context: Reader = (node, children) => ({
    kind: "context",
    entries: children
      .filter((child) => child.name === "ContextEntry")
      .map((child) => {
        const [key, value] = parts(child);
        return { name: keyOf(must(key)), value: expression(must(value)), ...span(child) };
      }),
    ...span(node),
  });

  const readers: Readonly<Record<string, Reader>> = {
    NumericLiteral: (node) => ({
      kind: "number",
      text: withoutComments(slice(node)).replace(/\s/gu, ""),
      ...span(node),
    }),
    StringLiteral: (node) => ({ kind: "string", value: unquote(slice(node)), ...span(node) }),
    BooleanLiteral: (node) => ({ kind: "boolean", value: slice(node) === "true", ...span(node) }),
    null: (node) => ({ kind: "null", ...span(node) }),
    "?": (node) => ({ kind: "input", ...span(node) }),
    AtLiteral: (node, children) => ({ kind: "at", text: unquote(slice(at(children, 0))), ...span(node) }),
    DateTimeLiteral: (node, children) =>
      at(children, 0).name === "AtLiteral" ? expression(at(children, 0)) : call(node, children),
    VariableName: (node) => ({ kind: "name", name: nameOf(node), ...span(node) }),
    ParenthesizedExpression: (_, children) => expression(at(children, 1)),
    ArithmeticExpression: arithmetic,
    Comparison: comparison,
    Conjunction: (node, children, left) => ({ kind: "and", ...binary(node, children, left) }),
    Disjunction: (node, children, left) => ({ kind: "or", ...binary(node, children, left) }),
    SimplePositiveUnaryTest: unaryTest,
    Interval: interval,
    InstanceOfExpression: (node, children) => ({
      kind: "instanceOf",
      value: expression(at(children, 0)),
      type: type(at(children, children.length - 1)),
      ...span(node),
    }),
    IfExpression: (node, children) => ({
      kind: "if",
      condition: expression(at(children, 1)),
      consequence: expression(at(children, 3)),
      alternative: expression(at(children, 5)),
      ...span(node),
    }),
    ForExpression: (node, children) => ({
      kind: "for",
      iterators: iterators(at(children, 1)),
      result: expression(at(children, 3)),
      ...span(node),
    }),
    QuantifiedExpression: (node, children) => ({
      kind: "quantified",
      quantifier: at(children, 0).name === "some" ? "some" : "every",
      iterators: iterators(at(children, 1)),
      condition: expression(at(children, 3)),
      ...span(node),
    }),
    PathExpression: (node, children) => ({
      kind: "path",
      source: expression(at(children, 0)),
      name: nameOf(at(children, children.length - 1)),
      ...span(node),
    }),
    FilterExpression: (node, children) => ({
      kind: "filter",
      source: expression(at(children, 0)),
      condition: expression(at(children, 2)),
      ...span(node),
    }),
    FunctionInvocation: call,
    FunctionDefinition: functionDefinition,
    List: (node, children) => ({
      kind: "list",
      items: children.filter((child) => child.name in readers).map(expression),
      ...span(node),
    }),
    Context: context,
  };

  const type = (node: SyntaxNode): TypeReference => {
    const inner = at(parts(node), 0);
    switch (inner.name) {
      case "ListType": {
        const kind = rangeStarts.has(inner.from) ? "range" : "list";
        return { kind, of: type(must(parts(inner).find((part) => part.name === "Type"))), ...span(node) };
      }
      case "ContextType": {
        const entries = parts(must(parts(inner).find((part) => part.name === "ContextEntryTypes"))).map((part) => {
          const [name, declared] = parts(part);
          return { name: nameOf(must(name)), type: type(must(declared)) };
        });
        return { kind: "context", entries, ...span(node) };
      }
      case "FunctionType": {
        const given = parts(inner).find((part) => part.name === "ArgumentTypes");
        const result = must(parts(inner).findLast((part) => part.name === "Type"));
        const types = given === undefined ? [] : parts(given).map((part) => type(at(parts(part), 0)));
        return { kind: "function", parameters: types, result: type(result), ...span(node) };
      }
      default:
        return { kind: "named", name: nameOf(inner), ...span(node) };
    }
  };

  const unaryTests = (node: SyntaxNode): UnaryTests => {
    const children = parts(node);
    if (children[0]?.name === "Wildcard") return { kind: "any", tests: [], ...span(node) };
    const listed = must(children.find((child) => child.name === "PositiveUnaryTests"));
    const tests = parts(listed).map((test) => expression(at(parts(test), 0)));
    return { kind: children[0]?.name === "not" ? "noneOf" : "oneOf", tests, ...span(node) };
  };

  return { expression, unaryTests };
}

/** Whether `?` stands anywhere in the node. */
function speaksOfInput(node: SyntaxNode): boolean {
  let found = false;
  node.cursor().iterate((inner) => {
    found ||= inner.name === "?";
    return !found;
  });
  return found;
}

function parts(node: SyntaxNode): SyntaxNode[] {
  const children: SyntaxNode[] = [];
  for (let child = node.firstChild; child !== null; child = child.nextSibling) {
    if (!child.type.isSkipped) children.push(child);
  }
  return children;
}

function at(nodes: readonly SyntaxNode[], index: number): SyntaxNode {
  return must(nodes[index]);
}

function must(node: SyntaxNode | undefined): SyntaxNode {
  if (node === undefined) throw new Error("The grammar gave an incomplete tree without an error node");
  return node;
}

function withoutComments(text: string): string {
  return text.includes("/") ? text.replace(/\/\*[\s\S]*?\*\/|\/\/[^\n]*/gu, " ") : text;
}
