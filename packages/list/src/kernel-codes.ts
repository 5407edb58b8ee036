import { childrenOf, type Node, withChildren } from "@qingdan/feel/typed";

/** Alternatives about the codes of one fact become one question: `f = "a" or f = "b"` is `f in ("a", "b")`, unknown alike. */
export function withJoinedCodes(node: Node): Node {
  const inner = withChildren(node, childrenOf(node).map(withJoinedCodes));
  if (inner.op !== "or") return inner;
  const items: Node[] = [];
  for (const item of inner.items) {
    const at = items.findIndex((other) => areOfOneFact(other, item));
    const other = items[at];
    if (other?.op !== "one-of" || item.op !== "one-of") items.push(item);
    else items[at] = { ...other, values: [...new Set([...other.values, ...item.values])] };
  }
  const [only] = items;
  return items.length === 1 && only !== undefined ? only : { ...inner, items };
}

function areOfOneFact(a: Node, b: Node): boolean {
  if (a.op !== "one-of" || b.op !== "one-of" || a.of.op !== "fact" || b.of.op !== "fact") return false;
  return a.of.fact === b.of.fact && a.of.entity === b.of.entity && a.of.row === b.of.row;
}
