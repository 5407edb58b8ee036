import type { Area, AreaLevel, List, Words } from "@qingdan/list";

/** An area of the cockpit. */
export interface TreeArea {
  readonly code: string;
  readonly name: Words;
  readonly level: AreaLevel;
  readonly kind?: "urban" | "county";
  /** Place of the area above in the tree; -1 for the first. */
  readonly parent: number;
  readonly children: readonly number[];
  /** Not a place but the rest: people counted elsewhere. It adds to the total and is never ranked. */
  readonly rest: boolean;
  /** Codes of the area and those above it, the nation last. */
  readonly chain: readonly string[];
}

/** The area of a server and all areas below it: each stands before its children. */
export interface AreaTree {
  readonly areas: readonly TreeArea[];
  at(code: string): number | undefined;
}

export const LEVELS: readonly AreaLevel[] = ["nation", "province", "city", "county", "town"];

interface AreaInput {
  readonly code: string;
  readonly name: Words;
  readonly level: AreaLevel;
  readonly kind?: "urban" | "county";
  readonly parent?: string;
  readonly rest?: boolean;
}

/** Builds the tree of areas; `above` are the codes of the areas above the first, nearest first. */
export function buildAreaTree(inputs: readonly AreaInput[], above: readonly string[]): AreaTree {
  const childrenOf = new Map<string, AreaInput[]>();
  for (const input of inputs) {
    const siblings = childrenOf.get(input.parent ?? "");
    if (siblings) siblings.push(input);
    else childrenOf.set(input.parent ?? "", [input]);
  }
  const areas: (TreeArea & { children: number[] })[] = [];
  const places = new Map<string, number>();
  const visit = (input: AreaInput, parent: number, chain: readonly string[]) => {
    const at = areas.length;
    const { code, name, level, kind, rest = false } = input;
    const own = [code, ...chain];
    areas.push({ code, name, level, ...(kind && { kind }), parent, children: [], rest, chain: own });
    places.set(code, at);
    areas[parent]?.children.push(at);
    for (const child of childrenOf.get(code) ?? []) visit(child, at, own);
  };
  const [first] = inputs;
  if (first) visit(first, -1, above);
  return { areas, at: (code) => places.get(code) };
}

/** The tree below the area of a list on a date. */
export function treeOfList(list: List, root: string, date: string, rests: readonly AreaInput[]): AreaTree {
  const inForce = ({ from, until }: Area) =>
    (from === undefined || from <= date) && (until === undefined || date < until);
  const top = list.areas.get(root);
  const input = ({ code, zh, en, level, kind, parent }: Area): AreaInput => ({
    code,
    name: { zh, en },
    level,
    ...(kind && { kind }),
    ...(code !== root && parent !== undefined && { parent }),
  });
  const above: string[] = [];
  for (let next = top?.parent; next !== undefined; next = list.areas.get(next)?.parent) above.push(next);
  const below = [...list.areas.values()].filter((area) => area.code !== root && inForce(area));
  return buildAreaTree([...(top ? [input(top)] : []), ...below.map(input), ...rests], above);
}

/** The area and all areas below it, as places. */
export function within(tree: AreaTree, root: number): number[] {
  const found = [root];
  for (let i = 0; i < found.length; i++) found.push(...tree.areas[found[i]!]!.children);
  return found;
}
