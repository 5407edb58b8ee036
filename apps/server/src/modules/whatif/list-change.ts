import type { Item, ItemChange, List, Reform } from "@qingdan/list";
import { ruleNames } from "../list/index.ts";

/** What a change of a list means for people, as a reform of the list as it would be. */
export interface ListChange {
  /** The list after the change; items that are gone are there still, for the reform to end. */
  readonly list: List;
  readonly reform: Reform;
  /** Codes of the executable items to work out again. */
  readonly items: readonly string[];
  /** Who pays is written otherwise: the break-down by payer cannot stand side by side. */
  readonly payersChanged: boolean;
}

/** Finds the items whose answers may differ between two states of a list: changed themselves, or reading something changed. */
export function listChange(before: List, after: List): ListChange {
  const parameters = changedCodes(before.parameters, after.parameters);
  const facts = changedCodes(before.facts, after.facts);
  const items = changedCodes(before.items, after.items);
  const areas = changedCodes(before.areas, after.areas);
  const moved = [...after.items.values(), ...before.items.values()].filter(
    (item) =>
      item.rule !== undefined && (items.has(item.code) || areas.size > 0 || reads(after, item, facts, parameters)),
  );
  const touched = withLinked(before, new Set(moved.map(({ code }) => code)));
  const changes = [...touched].sort().map((code): ItemChange => {
    const item = after.items.get(code);
    return item ? { put: item } : { end: code };
  });
  const gone = [...touched].flatMap((code) => (after.items.has(code) ? [] : [before.items.get(code)!]));
  const list = { ...after, items: new Map([...after.items, ...gone.map((item) => [item.code, item] as const)]) };
  return {
    list,
    reform: { code: "change", name: { zh: "改动", en: "The change" }, items: changes },
    items: [...touched].sort(),
    payersChanged: changedCodes(before.payers, after.payers).size > 0,
  };
}

/** Items that a touched one was settled with before: their answers may have stood on it. */
function withLinked(list: List, touched: ReadonlySet<string>): ReadonlySet<string> {
  const linked = new Set(touched);
  for (const code of linked) {
    for (const item of list.items.values()) {
      const others = item.interactions.filter(({ kind }) => kind !== "together").map((interaction) => interaction.item);
      if (item.code === code) for (const other of others) if (list.items.get(other)?.rule) linked.add(other);
      if (others.includes(code) && item.rule) linked.add(item.code);
    }
  }
  return linked;
}

function reads(list: List, item: Item, facts: ReadonlySet<string>, parameters: ReadonlySet<string>): boolean {
  if (item.rule === undefined || facts.size + parameters.size === 0) return false;
  const names = ruleNames(list, item.rule);
  return names.facts.some((name) => facts.has(name)) || names.parameters.some((name) => parameters.has(name));
}

/** Codes whose meaning for answers differs, or that only one side has. */
function changedCodes(before: ReadonlyMap<string, unknown>, after: ReadonlyMap<string, unknown>): ReadonlySet<string> {
  const codes = [...new Set([...before.keys(), ...after.keys()])];
  return new Set(
    codes.filter((code) => {
      const [old, made] = [before.get(code), after.get(code)];
      return old !== made && meaning(old) !== meaning(made);
    }),
  );
}

/** Words, provenance and places decide nothing. */
const silent = new Set(
  "origin zh en note notes mark source basis document article checked aliases guide places lead question".split(" "),
);

function meaning(value: unknown): string {
  return JSON.stringify(value, (key, part) => (silent.has(key) ? undefined : part)) ?? "";
}
