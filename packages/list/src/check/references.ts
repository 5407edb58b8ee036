import { type Finding, type ListFindingCode, listFinding } from "../finding.ts";
import type { WrittenItem } from "../model/item.ts";
import type { Basis } from "../model/rule.ts";
import { nearestName } from "../nearest-name.ts";
import { type Entry, placeOf, type Reading } from "../reading.ts";
import type { Path } from "../yaml-file.ts";
import type { Checked } from "./check.ts";

/** One mention of a code. */
type Mention = readonly [entry: Entry<unknown>, path: Path, code: string];

interface Target {
  readonly finding: ListFindingCode;
  readonly words: readonly [zh: string, en: string];
  readonly known: ReadonlyMap<string, unknown>;
  /** Where such things are written. */
  readonly file: string;
}

function* dangling(own: Reading, target: Target, mentions: Iterable<Mention>): Generator<Finding> {
  if (own.broken.has(target.file)) return;
  for (const [entry, path, code] of mentions) {
    if (target.known.has(code) || own.broken.has(code) || own.broken.has(code.replace(/^.*\./, ""))) continue;
    const near = nearestName(code, target.known.keys());
    yield listFinding(
      target.finding,
      placeOf(entry, path),
      [`没有${target.words[0]}“${code}”`, `There is no ${target.words[1]} "${code}"`],
      near
        ? [`是不是“${near}”？`, `Did you mean "${near}"?`]
        : [`先在 ${target.file} 里写上它`, `Write it in ${target.file} first`],
    );
  }
}

export function sourceReferences({ own, list }: Checked): Iterable<Finding> {
  const words = ["来源", "source"] as const;
  const target = { finding: "LIST-UNKNOWN-SOURCE", words, known: list.sources, file: "sources.yaml" } as const;
  return dangling(own, target, sourceMentions(own));
}

function* sourceMentions(own: Reading): Generator<Mention> {
  for (const [entry, path, { source }] of statements(own)) {
    for (const [at, code] of source.entries()) yield [entry, [...path, "source", at], code];
  }
  for (const entry of own.items) {
    for (const [path, basis] of bases(entry.value)) yield [entry, [...path, "source"], basis.source];
  }
  for (const entry of own.sources) {
    if (entry.value.replacedBy !== undefined) yield [entry, ["replacedBy"], entry.value.replacedBy];
  }
}

/** A statement of fact with its mark. */
export type Statement = readonly [entry: Entry<unknown>, path: Path, { mark: string; source: readonly string[] }];

/** Every statement of fact of a list: its versions, payer splits, parameter values and parts of items. */
export function* statements(own: Reading): Generator<Statement> {
  if (own.header) {
    for (const [at, version] of own.header.value.versions.entries()) yield [own.header, ["versions", at], version];
  }
  for (const entry of own.payers) yield [entry, [], entry.value];
  for (const entry of own.parameters) {
    for (const [at, value] of entry.value.values.entries()) yield [entry, ["values", at], value];
  }
  for (const entry of own.items) {
    const { object, content, standard, payer, lead, guide, interactions = [], notes = [] } = entry.value;
    for (const [key, part] of Object.entries({ object, content, standard, payer, lead })) yield [entry, [key], part];
    for (const [at, part] of interactions.entries()) yield [entry, ["interactions", at], part];
    for (const [at, part] of notes.entries()) yield [entry, ["notes", at], part];
    if (guide?.mark && guide.source) yield [entry, ["guide"], { mark: guide.mark, source: guide.source }];
  }
}

function* bases({ basis, rule }: WrittenItem): Generator<readonly [Path, Basis]> {
  yield* listed(["basis"], basis);
  for (const [at, condition] of rule?.conditions.entries() ?? []) {
    yield* listed(["rule", "conditions", at, "basis"], condition.basis);
  }
  for (const [at, part] of rule?.parts?.entries() ?? []) yield* listed(["rule", "parts", at, "basis"], part.basis);
  for (const [at, row] of rule?.table?.rules.entries() ?? []) {
    yield* listed(["rule", "table", "rules", at, "basis"], row.basis);
  }
}

function* listed(path: Path, basis: Basis | Basis[] | undefined): Generator<readonly [Path, Basis]> {
  if (Array.isArray(basis)) for (const [at, one] of basis.entries()) yield [[...path, at], one];
  else if (basis) yield [path, basis];
}

export function unitReferences({ own, list }: Checked): Iterable<Finding> {
  const words = ["单位", "unit"] as const;
  const target = { finding: "LIST-UNKNOWN-UNIT", words, known: list.units, file: "units.yaml" } as const;
  return dangling(own, target, unitMentions(own));
}

function* unitMentions(own: Reading): Generator<Mention> {
  for (const entry of own.items) {
    for (const [at, unit] of entry.value.lead.units.entries()) yield [entry, ["lead", "units", at], unit];
  }
  for (const entry of own.facts) {
    if (entry.value.sourceUnit !== undefined) yield [entry, ["sourceUnit"], entry.value.sourceUnit];
  }
}

export function payerReferences({ own, list }: Checked): Iterable<Finding> {
  const words = ["支出责任", "payer split"] as const;
  const target = { finding: "LIST-UNKNOWN-PAYER", words, known: list.payers, file: "payers.yaml" } as const;
  return dangling(own, target, payerMentions(own));
}

function* payerMentions(own: Reading): Generator<Mention> {
  for (const entry of own.items) {
    yield [entry, ["payer", "split"], entry.value.payer.split];
    for (const [at, part] of entry.value.rule?.parts?.entries() ?? []) {
      if (part.split !== undefined) yield [entry, ["rule", "parts", at, "split"], part.split];
    }
  }
}

export function areaReferences({ own, list }: Checked): Iterable<Finding> {
  const words = ["区划", "area"] as const;
  const target = { finding: "LIST-UNKNOWN-AREA", words, known: list.areas, file: "areas.yaml" } as const;
  return dangling(own, target, areaMentions(own));
}

function* areaMentions(own: Reading): Generator<Mention> {
  if (own.header) yield [own.header, ["area"], own.header.value.area];
  for (const entry of own.areas) {
    if (entry.value.parent !== undefined) yield [entry, ["parent"], entry.value.parent];
  }
  for (const entry of own.units) yield [entry, ["area"], entry.value.area];
  for (const entry of own.facts) {
    if (entry.value.type !== "area") continue;
    for (const [at, { value }] of entry.value.implied?.entries() ?? []) {
      yield [entry, ["implied", at, "value"], String(value)];
    }
  }
  for (const entry of own.parameters) {
    for (const [at, { area }] of entry.value.values.entries()) yield [entry, ["values", at, "area"], area];
  }
}

/** A rule takes its standards from an area fact. */
export function factReferences({ own, list }: Checked): Iterable<Finding> {
  const areaFacts = new Map([...list.facts].filter(([, { type }]) => type === "area"));
  const words = ["区划类事实", "area fact"] as const;
  const target = { finding: "LIST-UNKNOWN-FACT", words, known: areaFacts, file: "facts.yaml" } as const;
  const mentions = own.items.flatMap((entry): Mention[] =>
    entry.value.rule ? [[entry, ["rule", "area"], entry.value.rule.area]] : [],
  );
  return dangling(own, target, mentions);
}

export function itemReferences({ own, list }: Checked): Iterable<Finding> {
  const words = ["项目", "item"] as const;
  const known = new Map([...list.replaced, ...list.items]);
  const target = { finding: "LIST-UNKNOWN-ITEM", words, known, file: "items/*.yaml" } as const;
  return dangling(own, target, itemMentions(own));
}

function* itemMentions(own: Reading): Generator<Mention> {
  for (const entry of own.items) {
    const { refines = [], interactions = [] } = entry.value;
    for (const [at, { item }] of refines.entries()) yield [entry, ["refines", at, "item"], item];
    for (const [at, { item }] of interactions.entries()) yield [entry, ["interactions", at, "item"], item];
  }
}

/** Numbers that an item states without its rule reading them. */
export function parameterReferences({ own, list }: Checked): Iterable<Finding> {
  const words = ["参数", "parameter"] as const;
  const known = list.parameters;
  const target = { finding: "LIST-UNKNOWN-PARAMETER", words, known, file: "parameters/*.yaml" } as const;
  const mentions = own.items.flatMap((entry) =>
    (entry.value.parameters ?? []).map((code, at): Mention => [entry, ["parameters", at], code]),
  );
  return dangling(own, target, mentions);
}

export function lifeStageReferences({ own, list }: Checked): Iterable<Finding> {
  const words = ["人生阶段", "life stage"] as const;
  const known = list.lifeStages;
  const target = { finding: "LIST-UNKNOWN-LIFE-STAGE", words, known, file: "life-stages.yaml" } as const;
  const mentions = own.items.flatMap((entry) =>
    entry.value.lifeStages.map((stage, at): Mention => [entry, ["lifeStages", at], stage]),
  );
  return dangling(own, target, mentions);
}

/** An item stands in a domain of the national list and in a category of that domain. */
export function* categoryReferences({ own, list }: Checked): Generator<Finding> {
  const domains = new Map(list.domains.map((domain) => [domain.code, domain]));
  const domainWords = ["领域", "domain"] as const;
  const domainTarget = {
    finding: "LIST-UNKNOWN-DOMAIN",
    words: domainWords,
    known: domains,
    file: "list.yaml",
  } as const;
  for (const entry of own.items) {
    const { domain, category } = entry.value;
    yield* dangling(own, domainTarget, [[entry, ["domain"], domain]]);
    const known = new Map(domains.get(domain)?.categories.map(({ code }) => [code, code]));
    const words = [`领域“${domain}”的大类`, `category of the domain "${domain}":`] as const;
    const target = { finding: "LIST-UNKNOWN-CATEGORY", words, known, file: "list.yaml" } as const;
    if (domains.has(domain)) yield* dangling(own, target, [[entry, ["category"], category]]);
  }
}
