import { childrenOf, fold, type Node, numberType, type Type, withChildren } from "@qingdan/feel/typed";

/**
 * The first two rows of a table that one and the same input can meet, as positions; null when rows exclude each other.
 * A column is probed at every value that its cells speak of and beside it; a cell that cannot be told from its input
 * alone counts as met.
 */
export function overlappingRows(
  inputs: readonly Node[],
  rows: readonly { readonly cells: readonly Node[] }[],
  mayOverlap: (first: number, second: number) => boolean = () => false,
): readonly [number, number] | null {
  const met = inputs.map((input, column) => {
    const probes = probesOf(
      input,
      rows.map((row) => row.cells[column]).filter((cell) => cell !== undefined),
    );
    return rows.map((row) => {
      const cell = row.cells[column];
      return probes.map((probe) => cell === undefined || isMet(cell, input, probe));
    });
  });
  for (let first = 0; first < rows.length; first += 1) {
    for (let second = first + 1; second < rows.length; second += 1) {
      const both = met.every((column) => column[first]?.some((hit, at) => hit && column[second]?.[at] === true));
      if (both && !mayOverlap(first, second)) return [first, second];
    }
  }
  return null;
}

type Probe = number | boolean;

/** A quotient is probed as a number of four decimals. */
function probeType({ type }: Node): Type {
  return type.kind === "ratio" ? numberType(type.unit, 4, Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER) : type;
}

function probesOf(input: Node, cells: readonly Node[]): readonly Probe[] {
  const type = probeType(input);
  if (type.kind === "boolean") return [true, false];
  if (type.kind === "enum") return type.values.map((_, at) => at);
  const spoken = new Set<number>([0]);
  const collect = (node: Node): void => {
    if (node.op === "one-of" || node.op === "within") for (const value of node.values) spoken.add(value);
    if (node.op === "compare") {
      for (const side of [node.left, node.right].map(fold)) {
        if (side.op !== "constant" || typeof side.value !== "number") continue;
        const scaleUp =
          side.type.kind === "number" && type.kind === "number" ? 10 ** (type.scale - side.type.scale) : 1;
        for (const step of [-1, 0, 1]) spoken.add(Math.floor(side.value * scaleUp) + step);
      }
    }
    for (const child of childrenOf(node)) collect(child);
  };
  for (const cell of cells) collect(cell);
  return [...spoken];
}

function isMet(cell: Node, input: Node, probe: Probe): boolean {
  const key = JSON.stringify(input);
  const replace = (node: Node): Node => {
    if (node.type.kind === input.type.kind && JSON.stringify(node) === key) {
      return { op: "constant", type: probeType(input), value: probe };
    }
    return withChildren(node, childrenOf(node).map(replace));
  };
  const result = fold(replace(cell));
  return result.op !== "constant" || result.value === true;
}
