import { parser, trackVariables } from "@bpmn-io/lezer-feel";
import type { SyntaxNode, Tree } from "@lezer/common";
import { FeelSyntaxError, lineAndColumn, type SyntaxErrorCode } from "./errors.ts";
import { type Names, nameTree, spellings } from "./names.ts";
import { expectedAt } from "./parse-expected.ts";
import { treeReader } from "./parse-tree.ts";
import type { Expression, UnaryTests } from "./syntax.ts";

/** Longest text accepted, in UTF-16 units. */
const maxLength = 32_768;
/** Deepest nesting accepted, counted in grammar nodes. */
const maxDepth = 1_000;

export interface ParseOptions {
  /** Names that hold spaces or `. / - ' + *` and must be read as one name. */
  readonly names?: Names;
}

/** Reads one FEEL expression. Throws `FeelSyntaxError`. */
export function parseExpression(text: string, options: ParseOptions = {}): Expression {
  const { tree, reader } = parse(text, "Expression", options);
  return reader.expression(onlyChild(tree.topNode));
}

/** Reads the unary tests of a decision table cell. Throws `FeelSyntaxError`. */
export function parseUnaryTests(text: string, options: ParseOptions = {}): UnaryTests {
  const { tree, reader } = parse(text, "UnaryTests", options);
  return reader.unaryTests(tree.topNode);
}

function parse(text: string, top: "Expression" | "UnaryTests", options: ParseOptions) {
  if (text.length > maxLength) throw failure(text, "FEEL_TOO_LONG", maxLength, text.length, [`${maxLength}`]);
  refuseDeepBrackets(text);
  const names = nameTree(options.names ?? {});
  const ranges = rangeTypes(text);
  const tree = grammarTree(ranges.text, top, names, text);
  const reader = treeReader(text, spellings(names), ranges.starts);
  return { tree, reader };
}

function grammarTree(readable: string, top: string, names: object, text: string): Tree {
  let tree: Tree;
  try {
    tree = parser.configure({ top, contextTracker: trackVariables(names) }).parse(readable);
  } catch (error) {
    // The grammar's name tracker gives up by throwing on some half-written names.
    if (error instanceof RangeError) throw failure(text, "FEEL_TOO_DEEP", 0, text.length, [`${maxDepth}`]);
    throw failure(text, "FEEL_SYNTAX", 0, text.length, ["an expression"]);
  }
  let depth = 0;
  tree.iterate({
    enter(node) {
      depth += 1;
      if (depth > maxDepth) throw failure(text, "FEEL_TOO_DEEP", node.from, node.to, [`${maxDepth}`]);
      if (!node.type.isError) return;
      // The grammar itself gives up, with an error node, where nesting is deep.
      if (depth > maxDepth / 4) throw failure(text, "FEEL_TOO_DEEP", node.from, node.to, [`${maxDepth / 4}`]);
      throw syntaxFailure(text, node.node);
    },
    leave() {
      depth -= 1;
    },
  });
  return tree;
}

function syntaxFailure(text: string, node: SyntaxNode): FeelSyntaxError {
  const start = skipSpace(text, node.from);
  const word = /^(?:[\p{L}\p{N}_]+|"[^"\n]*"?|[<>!]=|\.\.|.)/u.exec(text.slice(start))?.[0] ?? "";
  return failure(text, "FEEL_SYNTAX", start, start + word.length, expectedAt(node, text));
}

function failure(text: string, code: SyntaxErrorCode, from: number, to: number, expected: readonly string[]) {
  const found = text.slice(from, Math.min(to, from + 40));
  return new FeelSyntaxError({ code, from, to, ...lineAndColumn(text, from), found, expected });
}

function skipSpace(text: string, from: number): number {
  let at = from;
  while (at < text.length && /\s/u.test(text.charAt(at))) at += 1;
  return at;
}

function onlyChild(node: SyntaxNode): SyntaxNode {
  for (let child = node.firstChild; child !== null; child = child.nextSibling) {
    if (!child.type.isSkipped) return child;
  }
  return node;
}

const tokens = /"(?:[^"\\]|\\.)*"?|\/\/[^\n]*|\/\*[\s\S]*?\*\/|[([{]|[)\]}]/gu;

/** Refused before parsing: what opens thousands of brackets costs the grammar more than it is worth. */
function refuseDeepBrackets(text: string): void {
  let open = 0;
  for (const match of text.matchAll(tokens)) {
    const token = match[0];
    if (token === "(" || token === "[" || token === "{") open += 1;
    else if (token === ")" || token === "]" || token === "}") open -= 1;
    if (open > maxDepth / 4) {
      throw failure(text, "FEEL_TOO_DEEP", match.index, match.index + 1, [`${maxDepth / 4}`]);
    }
  }
}

/**
 * The grammar knows `list<T>` and not `range<T>` (FEEL 1.5, grammar rule 52). It reads a text of the same length in
 * which the type's name is `list `; the places are handed to the reader of the tree, which puts the name back.
 */
function rangeTypes(text: string): { text: string; starts: ReadonlySet<number> } {
  const starts = new Set<number>();
  if (!/\brange\s*</u.test(text)) return { text, starts };
  const inType = /"(?:[^"\\]|\\.)*"?|((?:\bof|[:<,>])\s*)range(?=\s*<\s*[\p{L}\s]+[<>])/gu;
  const readable = text.replace(inType, (all: string, before: string | undefined, offset: number) => {
    if (before === undefined) return all;
    starts.add(offset + before.length);
    return `${before}list `;
  });
  return { text: readable, starts };
}
