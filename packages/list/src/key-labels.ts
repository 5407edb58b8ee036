import { childrenOf, type Node } from "@qingdan/feel/typed";
import type { Words } from "./model/words.ts";
import { nodesOf } from "./nodes-of.ts";
import type { Rulebook } from "./rulebook.ts";

type Labels = ReadonlyMap<string, Words>;

/**
 * The words of the codes that an expression may give where it is a key of a parameter: the same code means other things
 * elsewhere. Facts are not in it, they have words of their own.
 */
export function keyLabels(rulebook: Rulebook): WeakMap<Node, Labels> {
  const found = new WeakMap<Node, Labels>();
  const keysOf = new Map(
    rulebook.parameters.map(({ code, keys = [] }) => [
      code,
      keys.map(({ labels }) => new Map(labels.map(({ code, zh, en }) => [code, { zh, en }] as const))),
    ]),
  );
  const label = (node: Node, labels: Labels): void => {
    if (node.type.kind !== "enum" || node.op === "fact" || found.has(node)) return;
    found.set(node, labels);
    if (node.op === "if") for (const branch of [node.yes, node.no]) label(branch, labels);
  };
  const visited = new WeakSet<Node>();
  const visit = (node: Node): void => {
    if (visited.has(node)) return;
    visited.add(node);
    if (node.op === "lookup") {
      for (const [at, key] of node.keys.entries()) label(key, keysOf.get(node.parameter)?.[at] ?? new Map());
    }
    for (const child of childrenOf(node)) visit(child);
  };
  for (const item of rulebook.items) for (const node of nodesOf(item)) visit(node);
  return found;
}
