import { childrenOf, decidedEarly, fold, type Node, withChildren } from "@qingdan/feel/typed";
import { withJoinedCodes } from "./kernel-codes.ts";
import { withCutOffs } from "./kernel-cut-off.ts";

/** An expression of a kernel; equal expressions of all items are one vertex. */
export interface Vertex {
  readonly id: number;
  readonly node: Node;
  /** Of a comparison that unknown facts reach, after its two sides, what decides it early: see `earlyIn`. */
  readonly children: readonly Vertex[];
  /** Deepest thing the value depends on: 0 nothing, 1 the household, 2 the subject. */
  readonly level: 0 | 1 | 2;
  /** Loop rows that are open in it. */
  readonly rows: ReadonlySet<number>;
  readonly hasAggregate: boolean;
  /** Whether its value can be unknown. */
  readonly mayBeUnknown: boolean;
  /** How often it is written in all items. */
  uses: number;
  /** The items that it is written in. */
  readonly users: Set<number>;
}

export interface Graph {
  readonly vertex: (node: Node, user: number) => Vertex;
}

/** Row of the householder: in items of the household the subject's facts are the householder's. */
export const householderRow = -1;

/** Prepares the expressions of an item: constants folded, ages as cut-offs, the subject of the household its householder. */
export function prepared(node: Node, subject: "person" | "household"): Node {
  const folded = withLeastLoops(fold(withJoinedCodes(withCutOffs(fold(node)))));
  return subject === "household" ? asHouseholder(folded) : folded;
}

/** Numbers loops by what they depend on, so that equal ones are equal wherever they stand: 1 needs no other member. */
function withLeastLoops(node: Node): Node {
  const inner = withChildren(node, childrenOf(node).map(withLeastLoops));
  if (inner.op !== "aggregate") return inner;
  const others = [...openRows(inner)];
  const loop = Math.max(0, ...others) + 1;
  return loop === inner.loop ? inner : ({ ...renamed(inner, inner.loop, loop), loop } as Node);
}

function openRows(node: Node): Set<number> {
  const rows = new Set(childrenOf(node).flatMap((child) => [...openRows(child)]));
  if (node.op === "fact" && node.entity === "person" && node.row > 0) rows.add(node.row);
  if (node.op === "aggregate") rows.delete(node.loop);
  return rows;
}

/** The children of a loop with its member's row renamed; loops inside that bind the same row keep it. */
function renamed(node: Node, from: number, to: number): Node {
  const rename = (child: Node): Node => {
    if (child.op === "fact") return child.entity === "person" && child.row === from ? { ...child, row: to } : child;
    return child.op === "aggregate" && child.loop === from ? child : renamed(child, from, to);
  };
  return withChildren(node, childrenOf(node).map(rename));
}

function asHouseholder(node: Node): Node {
  if (node.op === "fact" && node.entity === "person" && node.row === 0) return { ...node, row: householderRow };
  const inner = withChildren(node, childrenOf(node).map(asHouseholder));
  if (inner.op !== "lookup" || inner.area === null) return inner;
  return { ...inner, area: { ...inner.area, row: householderRow } };
}

/** Joins equal expressions. `unknown` names the facts whose columns can hold unknown values. */
export function graph(unknown: ReadonlySet<string>): Graph {
  const found = new Map<string, Vertex>();
  const vertex = (node: Node, user: number): Vertex => {
    const below = (inner: Node) => vertex(inner, user);
    const own = childrenOf(node).map(below);
    const children = own.some((child) => child.mayBeUnknown) ? [...own, ...earlyOf(node).map(below)] : own;
    const key = keyOf(node, children);
    const known = found.get(key);
    if (known !== undefined) {
      known.uses += 1;
      known.users.add(user);
      for (const child of children) child.uses -= 1;
      return known;
    }
    const made = vertexOf(found.size, node, children, unknown);
    made.users.add(user);
    found.set(key, made);
    return made;
  };
  return { vertex };
}

function earlyOf(node: Node): readonly Node[] {
  const decided = node.op === "compare" ? decidedEarly(node) : null;
  return decided === null ? [] : [decided.possible, decided.certain].filter((part) => part !== null);
}

/** What decides a comparison although facts are unknown; null when nothing does. */
export function earlyIn({ node, children }: Vertex): { possible: Vertex | null; certain: Vertex | null } | null {
  if (node.op !== "compare" || children.length < 3) return null;
  const possible = decidedEarly(node)?.possible == null ? null : (children[2] ?? null);
  return { possible, certain: children[possible === null ? 2 : 3] ?? null };
}

/** Everything that makes the value, with the children by their ids. */
function keyOf(node: Node, children: readonly Vertex[]): string {
  const own = Object.entries(node).map(([key, value]: [string, unknown]) => {
    if (key === "name" || key === "at") return "";
    if (key === "type") return JSON.stringify(value, (inner, of: unknown) => (inner === "values" ? undefined : of));
    const isChild = typeof value === "object" && value !== null && !(key === "values");
    return isChild ? key : `${key}=${JSON.stringify(value)}`;
  });
  return `${own.join(";")}|${children.map((child) => child.id).join(",")}`;
}

function vertexOf(id: number, node: Node, children: readonly Vertex[], unknown: ReadonlySet<string>): Vertex {
  const rows = new Set(children.flatMap((child) => [...child.rows]));
  let level = Math.max(0, ...children.map((child) => child.level)) as Vertex["level"];
  let mayBeUnknown = children.some((child) => child.mayBeUnknown);
  if (node.op === "fact") {
    if (node.entity === "person" && node.row > 0) rows.add(node.row);
    level = node.entity === "person" && node.row === 0 ? 2 : 1;
    mayBeUnknown = unknown.has(node.fact);
  }
  if (node.op === "lookup") mayBeUnknown ||= node.values.includes(null);
  if (node.op === "aggregate") {
    rows.delete(node.loop);
    level = Math.max(1, level) as Vertex["level"];
  }
  if (node.op === "otherwise") mayBeUnknown = false;
  const counted = node.op === "aggregate" && node.kind === "count" && node.where === null;
  const hasAggregate = (node.op === "aggregate" && !counted) || children.some((child) => child.hasAggregate);
  return { id, node, children, level, rows, hasAggregate, mayBeUnknown, uses: 1, users: new Set() };
}

/** A vertex directly below, by position. */
export function childAt(vertex: Vertex, at: number): Vertex {
  const found = vertex.children[at];
  if (found === undefined) throw new Error(`${vertex.node.op} lacks child ${at}`);
  return found;
}
