import {
  childrenOf,
  evaluate,
  fold,
  type Node,
  numberType,
  type Situation,
  type Type,
  withChildren,
} from "@qingdan/feel/typed";

/** What is put in the place of an expression: a number, a position or true and false, as the kernels hold them. */
export type Probe = number | boolean;

/** Text of a node without places and names, the same for the same expression. */
export function keyOf(node: Node): string {
  return JSON.stringify(node, (key, value) => (key === "at" || key === "name" ? undefined : value));
}

/** A quotient is probed as a number of four decimals. */
function probeType({ type }: Node): Type {
  return type.kind === "ratio" ? numberType(type.unit, 4, Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER) : type;
}

/** The expressions that conditions compare with numbers, codes or areas: what a person is looked at for. */
export function inputsOf(nodes: readonly Node[]): ReadonlyMap<string, Node> {
  const inputs = new Map<string, Node>();
  const add = (node: Node) => {
    if (!isConstant(node) && !readsMembers(node)) inputs.set(keyOf(node), node);
  };
  const visit = (node: Node): void => {
    if (node.op === "aggregate") return;
    if (node.op === "compare") {
      if (isConstant(node.right)) add(node.left);
      else if (isConstant(node.left)) add(node.right);
    } else if (node.op === "one-of" || node.op === "within") add(node.of);
    else if (node.op === "fact" && node.type.kind === "boolean") add(node);
    for (const child of childrenOf(node)) visit(child);
  };
  for (const node of nodes) visit(node);
  return inputs;
}

const isConstant = (node: Node) => fold(node).op === "constant";

function readsMembers(node: Node): boolean {
  return node.op === "aggregate" || childrenOf(node).some(readsMembers);
}

/** Values of an expression of which any two others behave alike in these conditions: each bound, and beside it. */
export function probesOf(input: Node, nodes: readonly Node[]): readonly Probe[] {
  const type = probeType(input);
  if (type.kind === "boolean") return [true, false];
  if (type.kind === "enum") return type.values.map((_, at) => at);
  const own = keyOf(input);
  const spoken = new Set<number>();
  const collect = (node: Node): void => {
    if (node.op === "one-of" || node.op === "within") {
      if (keyOf(node.of) === own) {
        for (const value of node.values) for (const step of stepsOf(type)) spoken.add(value + step);
      }
    } else if (node.op === "compare") {
      for (const [side, bound] of [
        [node.left, node.right],
        [node.right, node.left],
      ] as const) {
        const at = fold(bound);
        if (keyOf(side) !== own || at.op !== "constant" || typeof at.value !== "number") continue;
        const up = at.type.kind === "number" && type.kind === "number" ? 10 ** (type.scale - at.type.scale) : 1;
        for (const step of [-1, 0, 1]) spoken.add(Math.floor(at.value * up) + step);
      }
    }
    for (const child of childrenOf(node)) collect(child);
  };
  for (const node of nodes) collect(node);
  if (spoken.size === 0) spoken.add(type.kind === "number" ? type.min : 0);
  const inside = (value: number) =>
    type.kind === "number" ? value >= type.min && value <= type.max : type.kind !== "area" || value >= 0;
  return [...spoken].filter(inside).sort((a, b) => a - b);
}

const stepsOf = (type: Type) => (type.kind === "area" ? [0] : [-1, 0, 1]);

const PLACE = "\u0000probe";

/** Whether a condition holds when one of its expressions has a value and nothing else is known. */
export function prober(node: Node, input: Node): (probe: Probe) => boolean | undefined {
  const holds = jointProber(node, [input]);
  return (probe) => holds([probe]);
}

/** Whether a condition holds when some of its expressions have values and nothing else is known. */
export function jointProber(node: Node, inputs: readonly Node[]): (probes: readonly Probe[]) => boolean | undefined {
  const keys = inputs.map(keyOf);
  let members = false;
  const replace = (of: Node): Node => {
    const at = inputs.findIndex((input) => input.type.kind === of.type.kind && input.op === of.op);
    const found = at < 0 ? -1 : keys.indexOf(keyOf(of));
    const input = inputs[found];
    if (input !== undefined)
      return { op: "fact", fact: `${PLACE}${found}`, entity: "person", row: 0, type: probeType(input) };
    if (of.op === "aggregate") members = true;
    const children = childrenOf(of);
    return children.length === 0 ? of : withChildren(of, children.map(replace));
  };
  const asked = replace(node);
  if (members) return () => undefined;
  return (probes) => {
    const known = (name: string) => (name.startsWith(PLACE) ? probes[Number(name.slice(PLACE.length))] : undefined);
    const situation: Situation = { members: 1, fact: known };
    return evaluate(asked, situation) as boolean | undefined;
  };
}
