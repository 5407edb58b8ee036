import { type Finding, listFinding, type Place } from "../finding.ts";
import { type Entry, placeOf, stemOf } from "../reading.ts";
import type { Checked } from "./check.ts";

/** Names that rules may use and that are neither facts nor parameters. */
const RESERVED_NAMES: ReadonlySet<string> = new Set([
  "asOf",
  "monthStart",
  "monthEnd",
  "yearStart",
  "yearEnd",
  "members",
  "within",
]);

/** A code stands for one thing: in the list itself and in the lists it stands on. */
export function* duplicateCodes({ own, parent }: Checked): Generator<Finding> {
  yield* repeated(own.areas, "code", parent?.areas);
  yield* repeated(own.units, "code", parent?.units);
  yield* repeated(own.payers, "code", parent?.payers);
  yield* repeated(own.lifeStages, "code", parent?.lifeStages);
  yield* repeated(own.sources, "code", parent?.sources);
  yield* repeated(own.facts, "name", parent?.facts);
  yield* repeated(own.items, "code", parent?.items);
  const defined = own.parameters.filter(({ value }) => value.type !== undefined);
  yield* repeated(defined, "code", parent?.parameters);
}

function* repeated<K extends "code" | "name", T extends { [key in K]: string }>(
  entries: readonly Entry<T>[],
  key: K,
  inherited: ReadonlyMap<string, unknown> | undefined,
): Generator<Finding> {
  const first = new Map<string, Place>();
  for (const entry of entries) {
    const code = entry.value[key];
    const place = placeOf(entry, [key]);
    const before = first.get(code);
    if (before) yield duplicateCode(code, place, [`${before.file}:${before.line}`, `${before.file}:${before.line}`]);
    else if (inherited?.has(code)) yield duplicateCode(code, place, ["上级清单", "the parent list"]);
    else first.set(code, place);
  }
}

function duplicateCode(code: string, place: Place, where: readonly [zh: string, en: string]): Finding {
  return listFinding(
    "LIST-DUPLICATE-CODE",
    place,
    [`编码“${code}”已在 ${where[0]} 使用`, `The code "${code}" is used in ${where[1]}`],
    ["换一个编码，或删去一处", "Choose another code, or remove one of the two"],
  );
}

/** Values of an enum, of a parameter key, categories, conditions and rows are told apart by their codes. */
export function* duplicateValues({ own }: Checked): Generator<Finding> {
  for (const entry of own.facts) yield* repeatedIn(entry, ["values"], codesOf(entry.value.values), "code");
  for (const entry of own.parameters) {
    const keys = entry.value.keys ?? [];
    for (const [at, key] of keys.entries()) yield* repeatedIn(entry, ["keys", at, "values"], key.values);
  }
  for (const entry of own.items) {
    const { rule } = entry.value;
    yield* repeatedIn(entry, ["rule", "conditions"], codesOf(rule?.conditions), "code");
    yield* repeatedIn(entry, ["rule", "parts"], codesOf(rule?.parts), "code");
    yield* repeatedIn(entry, ["rule", "table", "rules"], codesOf(rule?.table?.rules), "code");
  }
  if (!own.header) return;
  const { domains = [], versions } = own.header.value;
  yield* repeatedIn(
    own.header,
    ["versions"],
    versions.map(({ version }) => version),
    "version",
  );
  yield* repeatedIn(own.header, ["domains"], codesOf(domains), "code");
  const categories = new Set<string>();
  for (const [at, domain] of domains.entries()) {
    for (const [number, { code }] of domain.categories.entries()) {
      if (categories.has(code)) {
        yield duplicateValue(code, placeOf(own.header, ["domains", at, "categories", number, "code"]));
      }
      categories.add(code);
    }
  }
}

function codesOf(things: readonly { code: string }[] | undefined): string[] {
  return (things ?? []).map(({ code }) => code);
}

function* repeatedIn(
  entry: Entry<unknown>,
  path: readonly PropertyKey[],
  codes: readonly string[],
  ...key: string[]
): Generator<Finding> {
  for (const [at, code] of codes.entries()) {
    if (codes.indexOf(code) < at) yield duplicateValue(code, placeOf(entry, [...path, at, ...key]));
  }
}

function duplicateValue(code: string, place: Place): Finding {
  return listFinding(
    "LIST-DUPLICATE-VALUE",
    place,
    [`“${code}”写了两次`, `"${code}" is written twice`],
    ["每个值只写一次", "Write each value once"],
  );
}

/** An item's code is the list's code, a dot and the name of its file. */
export function* codesOfFiles({ own, list }: Checked): Generator<Finding> {
  for (const entry of own.items) {
    const stem = stemOf(entry.file.file);
    const right = `${list.code}.${stem}`;
    if (entry.value.code === right) continue;
    yield listFinding(
      "LIST-CODE-FILE",
      placeOf(entry, ["code"]),
      [`编码“${entry.value.code}”与清单和文件名不符`, `The code "${entry.value.code}" does not fit its list and file`],
      [`应当是“${right}”`, `It should be "${right}"`],
    );
  }
}

/** In rules a name means one thing: a fact, a parameter, a local name of the rule or one of the reserved names. */
export function* takenNames({ own, list }: Checked): Generator<Finding> {
  for (const entry of own.facts) {
    if (RESERVED_NAMES.has(entry.value.name)) yield takenName(entry.value.name, placeOf(entry, ["name"]));
  }
  for (const entry of own.parameters) {
    const { code } = entry.value;
    if (RESERVED_NAMES.has(code) || list.facts.has(code)) yield takenName(code, placeOf(entry, ["code"]));
  }
  for (const entry of own.items) {
    for (const name of Object.keys(entry.value.rule?.define ?? {})) {
      if (!RESERVED_NAMES.has(name) && !list.facts.has(name) && !list.parameters.has(name)) continue;
      yield takenName(name, placeOf(entry, ["rule", "define", name], "key"));
    }
  }
}

function takenName(name: string, place: Place): Finding {
  return listFinding(
    "LIST-NAME-TAKEN",
    place,
    [`规则里的名字“${name}”已有别的意思`, `In rules the name "${name}" already means something else`],
    ["换一个名字", "Choose another name"],
  );
}
