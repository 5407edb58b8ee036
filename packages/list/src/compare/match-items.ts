import type { Item, List } from "../model/list.ts";
import type { MatchReason } from "./model.ts";

/** Items of two lists about the same thing; one may stand against several. */
export interface MatchedItems {
  readonly by: MatchReason;
  readonly left: readonly Item[];
  readonly right: readonly Item[];
}

export interface Matching {
  readonly matches: readonly MatchedItems[];
  readonly onlyLeft: readonly Item[];
  readonly onlyRight: readonly Item[];
}

interface Side {
  readonly list: List;
  readonly items: readonly Item[];
}

/**
 * Matches items by their codes; then by what they stand for, directly or over the lists between; then by their names and
 * aliases; and at last those that are parts of one item above, several against several.
 */
export function matchItems(left: Side, right: Side): Matching {
  const open = { left: new Set(left.items), right: new Set(right.items) };
  const matches: MatchedItems[] = [];
  const pass = (by: MatchReason, keysOf: (item: Item, list: List) => readonly string[]) => {
    for (const group of groups(open, (item, side) => keysOf(item, side === "left" ? left.list : right.list))) {
      matches.push({ by, ...group });
      for (const item of group.left) open.left.delete(item);
      for (const item of group.right) open.right.delete(item);
    }
  };
  pass("code", ({ code }) => [code]);
  pass("refines", (item, list) => [item.code, ...above(item, list, false)]);
  pass("name", ({ name, aliases }) => [name.zh, ...aliases]);
  pass("refines", (item, list) => above(item, list, true));
  for (const side of ["left", "right"] as const) joinParts(matches, open[side], side, side === "left" ? left : right);
  const order = new Map(left.items.map((item, at) => [item, at]));
  const first = ({ left: [item] }: MatchedItems) => (item === undefined ? 0 : (order.get(item) ?? 0));
  return {
    matches: matches.sort((a, b) => first(a) - first(b)),
    onlyLeft: [...open.left],
    onlyRight: [...open.right],
  };
}

/** What is left and is split from an item that was matched stands beside it in its match. */
function joinParts(matches: MatchedItems[], open: Set<Item>, side: "left" | "right", { list }: Side): void {
  for (const item of open) {
    const parents = above(item, list, true);
    const at = matches.findIndex((match) => match[side].some(({ code }) => parents.includes(code)));
    const match = matches[at];
    if (match === undefined) continue;
    matches[at] = { ...match, [side]: [...match[side], item] };
    open.delete(item);
  }
}

/** Codes of the items that an item stands for, over all lists between; those it is split from too when asked. */
function above(item: Item, list: List, split: boolean, depth = 0): readonly string[] {
  if (depth > list.chain.length) return [];
  return item.refines
    .filter(({ relation }) => split || relation !== "split")
    .flatMap(({ item: code }) => {
      const next = list.replaced.get(code) ?? list.items.get(code);
      return [code, ...(next === undefined ? [] : above(next, list, split, depth + 1))];
    });
}

/** Items that share a key, or are linked by others that do, where both sides have some. */
function groups(
  open: { readonly left: ReadonlySet<Item>; readonly right: ReadonlySet<Item> },
  keysOf: (item: Item, side: "left" | "right") => readonly string[],
): { left: readonly Item[]; right: readonly Item[] }[] {
  interface Group {
    readonly left: Item[];
    readonly right: Item[];
    readonly keys: Set<string>;
  }
  let found: Group[] = [];
  for (const side of ["left", "right"] as const) {
    for (const item of open[side]) {
      const joined: Group = { left: [], right: [], keys: new Set(keysOf(item, side)) };
      joined[side].push(item);
      const linked = found.filter(({ keys }) => [...keys].some((key) => joined.keys.has(key)));
      for (const group of linked) {
        joined.left.unshift(...group.left);
        joined.right.unshift(...group.right);
        for (const key of group.keys) joined.keys.add(key);
      }
      found = [...found.filter((group) => !linked.includes(group)), joined];
    }
  }
  return found.filter(({ left, right }) => left.length > 0 && right.length > 0);
}
