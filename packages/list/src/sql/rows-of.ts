import { childrenOf, type Node, withChildren } from "@qingdan/feel/typed";

/** Whose person facts a node reads: 0 the subject's, n those of the member at which loop n stands; the householder's are not named. */
export function rowsOf(node: Node): ReadonlySet<number> {
  const rows = new Set(childrenOf(node).flatMap((child) => [...rowsOf(child)]));
  if (node.op === "fact" && node.entity === "person" && node.row >= 0) rows.add(node.row);
  if (node.op === "aggregate") rows.delete(node.loop);
  return rows;
}

/** What is said of the member of a loop, said of the subject. */
export function ofSubject(node: Node, loop: number): Node {
  if (node.op === "fact") return node.entity === "person" && node.row === loop ? { ...node, row: 0 } : node;
  if (node.op === "aggregate" && node.loop === loop) return node;
  const inner = withChildren(
    node,
    childrenOf(node).map((child) => ofSubject(child, loop)),
  );
  if (inner.op !== "lookup" || inner.area === null || inner.area.row !== loop) return inner;
  return { ...inner, area: { ...inner.area, row: 0 } };
}
