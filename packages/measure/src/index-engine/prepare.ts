import { refuse } from "../errors.ts";
import type { IndexData, IndexNode, IndexTree } from "./model.ts";

/** A parent with its children, as places in {@link PreparedIndex.codes}. */
export interface PreparedParent {
  readonly at: number;
  readonly children: Int32Array;
}

/** A checked tree over checked data; every build starts from one. Missing cells are NaN. */
export interface PreparedIndex {
  readonly units: readonly string[];
  /** Indicators first, in the order of the tree; then parents, each after its children; the root last. */
  readonly codes: readonly string[];
  readonly indicatorCount: number;
  /** Raw columns of the indicators. */
  readonly raw: readonly Float64Array[];
  /** Denominator column of each indicator, or null. */
  readonly denominators: readonly (Float64Array | null)[];
  readonly directions: Int8Array;
  /** Weight of every node among its siblings. */
  readonly weights: Float64Array;
  /** Bottom up. */
  readonly parents: readonly PreparedParent[];
  /** Group number of each unit, for each grouping. */
  readonly groups: ReadonlyMap<string, Int32Array>;
  /** Of a panel: the units of each area in order of time, and those of each time. */
  readonly panel?: {
    readonly areas: readonly Int32Array[];
    readonly times: readonly Int32Array[];
    readonly timeOf: Float64Array;
  };
}

/** Checks a tree and its data. Refuses a tree that is not one, an indicator without data, a weight below 0. */
export function prepareIndex(tree: IndexTree, data: IndexData): PreparedIndex {
  const byCode = new Map(tree.nodes.map((node) => [node.code, node]));
  if (byCode.size !== tree.nodes.length) refuse("MEASURE-TREE", "节点代码重复", "two nodes share a code");
  const children = childrenOf(tree, byCode);
  const leaves = tree.nodes.filter(({ code }) => !children.has(code));
  const roots = tree.nodes.filter(({ parent }) => parent === undefined);
  if (roots.length !== 1)
    refuse("MEASURE-TREE", `根节点有 ${roots.length} 个`, `${roots.length} roots: there must be one`);
  const order = bottomUp(roots[0]!.code, children);
  const codes = [...leaves.map(({ code }) => code), ...order.filter((code) => children.has(code))];
  if (order.length !== tree.nodes.length)
    refuse("MEASURE-TREE", "节点成环", "some nodes form a circle away from the root");
  const place = new Map(codes.map((code, i) => [code, i]));
  return {
    units: data.units,
    codes,
    indicatorCount: leaves.length,
    raw: leaves.map(({ code }) => readColumn(data, code)),
    denominators: leaves.map(({ denominator }) => (denominator === undefined ? null : readColumn(data, denominator))),
    directions: Int8Array.from(leaves, directionOf),
    weights: Float64Array.from(codes, (code) => weightOf(byCode.get(code)!)),
    parents: codes.slice(leaves.length).map((code) => ({
      at: place.get(code)!,
      children: Int32Array.from(children.get(code)!, (child) => place.get(child)!),
    })),
    groups: new Map(Object.entries(data.groups ?? {}).map(([name, names]) => [name, numberGroups(name, names, data)])),
    ...(data.panel ? { panel: readPanel(data.panel, data.units) } : {}),
  };
}

function childrenOf(tree: IndexTree, byCode: ReadonlyMap<string, IndexNode>): Map<string, string[]> {
  const children = new Map<string, string[]>();
  for (const { code, parent } of tree.nodes) {
    if (parent === undefined) continue;
    if (!byCode.has(parent)) {
      refuse(
        "MEASURE-TREE",
        `节点 ${code} 的上级 ${parent} 不存在`,
        `the parent ${parent} of ${code} is not in the tree`,
      );
    }
    const siblings = children.get(parent);
    if (siblings) siblings.push(code);
    else children.set(parent, [code]);
  }
  return children;
}

function bottomUp(root: string, children: ReadonlyMap<string, string[]>): string[] {
  const order: string[] = [];
  const open = [root];
  while (open.length > 0) {
    const code = open.pop()!;
    order.push(code);
    open.push(...(children.get(code) ?? []));
  }
  return order.reverse();
}

function directionOf({ code, direction }: IndexNode): number {
  if (direction !== 1 && direction !== -1) {
    refuse("MEASURE-TREE", `指标 ${code} 没有方向`, `indicator ${code} has no direction: say 1 or -1`);
  }
  return direction;
}

function weightOf({ code, weight }: IndexNode): number {
  if (!(weight >= 0 && weight < Number.POSITIVE_INFINITY)) {
    refuse("MEASURE-WEIGHT", `节点 ${code} 的权数应为非负数`, `the weight of ${code} must be 0 or more`);
  }
  return weight;
}

function readColumn(data: IndexData, code: string): Float64Array {
  const column = data.columns[code];
  if (!column) refuse("MEASURE-MISSING", `没有 ${code} 的数据`, `there is no column ${code}`);
  if (column.length !== data.units.length) {
    refuse(
      "MEASURE-LENGTH",
      `${code} 的数据个数不对`,
      `${code} has ${column.length} values for ${data.units.length} units`,
    );
  }
  return Float64Array.from(column, (value) =>
    value === null || !Number.isFinite(value) ? Number.NaN : (value as number),
  );
}

function readPanel(
  { areas, times }: NonNullable<IndexData["panel"]>,
  units: readonly string[],
): NonNullable<PreparedIndex["panel"]> {
  if (areas.length !== units.length || times.length !== units.length) {
    refuse(
      "MEASURE-LENGTH",
      "面板的地区、时间个数不对",
      `${areas.length} areas and ${times.length} times for ${units.length} units`,
    );
  }
  const placesBy = <K>(names: readonly K[]) => {
    const places = new Map<K, number[]>();
    for (const [i, name] of names.entries()) places.set(name, [...(places.get(name) ?? []), i]);
    return [...places.values()].map((own) => Int32Array.from(own.toSorted((a, b) => times[a]! - times[b]!)));
  };
  const byArea = placesBy(areas);
  for (const own of byArea) {
    const twice = own.find((unit, k) => k > 0 && times[unit] === times[own[k - 1]!]);
    if (twice !== undefined)
      refuse(
        "MEASURE-GROUP",
        `${areas[twice]} 在 ${times[twice]} 出现两次`,
        `${areas[twice]} stands twice at time ${times[twice]}`,
      );
  }
  return { areas: byArea, times: placesBy(times), timeOf: Float64Array.from(times) };
}

function numberGroups(name: string, names: readonly string[], data: IndexData): Int32Array {
  if (names.length !== data.units.length) {
    refuse(
      "MEASURE-LENGTH",
      `分组 ${name} 个数不对`,
      `grouping ${name} has ${names.length} names for ${data.units.length} units`,
    );
  }
  const numbers = new Map<string, number>();
  return Int32Array.from(names, (group) => {
    if (!numbers.has(group)) numbers.set(group, numbers.size);
    return numbers.get(group)!;
  });
}
