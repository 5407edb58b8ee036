import type { Item, List, ListFact, Origin, Parameter, ParameterValue } from "./model/list.ts";
import type { WrittenParameter } from "./model/parameter.ts";
import { heldValue } from "./parameter-value.ts";
import { type Entry, placeOf, type Reading } from "./reading.ts";
import { expressionPaths, ruleOf } from "./rule-of.ts";
import type { Path } from "./yaml-file.ts";

/** Puts what a list writes on top of its parent; the first of two things with one code stays. */
export function assemble(reading: Reading, parent: List | undefined): List | undefined {
  const header = reading.header?.value;
  if (!header) return undefined;
  const list = header.code;
  const own = reading.items.map((entry) => itemOf(entry, list, header.area));
  return {
    code: list,
    area: header.area,
    name: header.name,
    versions: header.versions,
    chain: [list, ...(parent?.chain ?? [])],
    domains: header.domains ?? parent?.domains ?? [],
    areas: merged(parent?.areas, reading.areas, (area) => area.code),
    units: merged(parent?.units, reading.units, (unit) => unit.code),
    payers: merged(parent?.payers, reading.payers, (payer) => payer.code),
    lifeStages: merged(parent?.lifeStages, reading.lifeStages, (stage) => stage.code),
    sources: merged(parent?.sources, reading.sources, (source) => source.code),
    facts: factsOf(reading, list, parent),
    parameters: parametersOf(reading, list, parent),
    ...itemsOf(own, parent),
  };
}

function merged<T>(
  inherited: ReadonlyMap<string, T> | undefined,
  entries: readonly Entry<T>[],
  code: (value: T) => string,
): ReadonlyMap<string, T> {
  const all = new Map(inherited);
  for (const { value } of entries) if (!all.has(code(value))) all.set(code(value), value);
  return all;
}

function originOf(entry: Entry<unknown>, list: string, paths: readonly Path[]): Origin {
  const positions = paths.map((path) => {
    const { line, column } = entry.file.textPlace([...entry.path, ...path]);
    return [path.join("."), [line, column] as const] as const;
  });
  return { list, ...placeOf(entry), positions: Object.fromEntries(positions) };
}

function factsOf(reading: Reading, list: string, parent: List | undefined): List["facts"] {
  const all = new Map(parent?.facts);
  for (const entry of reading.facts) {
    const { formula, implied = [] } = entry.value;
    const paths: Path[] = implied.map((_, at) => ["implied", at, "when"]);
    if (formula !== undefined) paths.push(["formula"]);
    const fact: ListFact = { ...entry.value, origin: originOf(entry, list, paths) };
    if (!all.has(fact.name)) all.set(fact.name, fact);
  }
  return all;
}

function parametersOf(reading: Reading, list: string, parent: List | undefined): List["parameters"] {
  const all = new Map(parent?.parameters);
  const changed = new Map<string, ParameterValue[]>();
  const definitionsFirst = [...reading.parameters].sort(
    (a, b) => Number(a.value.type === undefined) - Number(b.value.type === undefined),
  );
  for (const entry of definitionsFirst) {
    const parameter = all.get(entry.value.code) ?? definitionOf(entry, list);
    if (!parameter) continue;
    all.set(parameter.code, parameter);
    const values = changed.get(parameter.code) ?? [...parameter.values];
    values.push(...valuesOf(entry, parameter, list));
    changed.set(parameter.code, values);
  }
  for (const [code, values] of changed) all.set(code, { ...all.get(code)!, values: values.sort(byAreaKeyAndDate) });
  return all;
}

function definitionOf(entry: Entry<WrittenParameter>, list: string): Parameter | undefined {
  const { type, zh, en, keys, ...rest } = entry.value;
  if (!type || !zh || !en) return undefined;
  const origin = originOf(entry, list, rest.formula ? [["formula"]] : []);
  return { ...rest, type, zh, en, keys: keys ?? [], values: [], origin };
}

function valuesOf(entry: Entry<WrittenParameter>, parameter: Parameter, list: string): ParameterValue[] {
  return entry.value.values.flatMap((written, at) => {
    const value = heldValue(parameter.type, written.value);
    if (value === undefined) return [];
    const { line, column } = placeOf(entry, ["values", at, "value"]);
    const origin = { list, ...placeOf(entry, ["values", at]), positions: { value: [line, column] as const } };
    const { key = [], status = "in-force", knownFrom = written.from } = written;
    return [{ ...written, key, status, knownFrom, value, origin }];
  });
}

function byAreaKeyAndDate(a: ParameterValue, b: ParameterValue): number {
  return compare(a.area, b.area) || compare(a.key.join("\n"), b.key.join("\n")) || compare(a.from, b.from);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

function itemOf(entry: Reading["items"][number], list: string, area: string): Item {
  const { rule, refines = [], aliases = [], interactions = [], places = [], notes = [], ...rest } = entry.value;
  return {
    ...rest,
    list,
    area,
    refines,
    aliases,
    interactions,
    places,
    notes,
    ...(rule && { rule: ruleOf(rule) }),
    origin: originOf(entry, list, [...partPaths(entry.value), ...(rule ? expressionPaths(rule) : [])]),
  };
}

/** Parts of an item that findings point to. */
function partPaths({ refines = [], interactions = [], rule }: Reading["items"][number]["value"]): Path[] {
  return [
    ["lead"],
    ["basis"],
    ...refines.map((_, at): Path => ["refines", at]),
    ...interactions.map((_, at): Path => ["interactions", at]),
    ...(rule?.table?.rules.map((_, at): Path => ["rule", "table", "rules", at]) ?? []),
  ];
}

/** An own item stands for the inherited item that it refines, and for inherited ones that refine the same. */
function itemsOf(own: readonly Item[], parent: List | undefined): Pick<List, "items" | "replaced"> {
  const stoodFor = new Set(own.flatMap(standsFor));
  const items = new Map<string, Item>();
  const replaced = new Map(parent?.replaced);
  for (const [code, item] of parent?.items ?? []) {
    const gone = stoodFor.has(code) || standsFor(item).some((target) => stoodFor.has(target));
    (gone ? replaced : items).set(code, item);
  }
  for (const item of own) if (!items.has(item.code)) items.set(item.code, item);
  return { items, replaced };
}

/** Codes of the items that an item stands for; a `split` leaves the item that it is split from in the list. */
function standsFor(item: Item): string[] {
  return item.refines.filter(({ relation }) => relation !== "split").map((refined) => refined.item);
}
