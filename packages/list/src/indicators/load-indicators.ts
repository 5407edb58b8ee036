import * as z from "zod";
import type { Finding, Place } from "../finding.ts";
import type { List } from "../model/list.ts";
import { nearestName } from "../nearest-name.ts";
import { type Entry, stemOf } from "../reading.ts";
import { readPart } from "../schema-findings.ts";
import { readYaml } from "../yaml-file.ts";
import type { IndicatorCatalogue } from "./catalogue.ts";
import { checkCatalogue } from "./check-catalogue.ts";
import { indicatorFinding } from "./finding.ts";
import {
  CATALOGUE_FILES,
  type CatalogueKind,
  type IndexDefinition,
  type Indicator,
  type IndicatorAddition,
  type IndicatorEntry,
  indicatorSchema,
  type Plan,
  type WarningRule,
} from "./model.ts";
import type { WrittenCatalogue } from "./written.ts";

/** The files in the folder `indicators` of a list by name, and those of the list it stands on. */
export interface IndicatorSource {
  /** The folder, as it is to be shown in findings. */
  readonly dir: string;
  readonly files: ReadonlyMap<string, string>;
  readonly parent?: IndicatorSource;
}

/** A catalogue as far as it could be read. */
export interface LoadedIndicators {
  /** Absent when a finding is an error. */
  readonly catalogue?: IndicatorCatalogue;
  readonly findings: readonly Finding[];
}

/** Reads the indicators of a list and of the lists it stands on, and checks them against the list. Never throws. */
export function loadIndicators(list: List, source: IndicatorSource): LoadedIndicators {
  const findings: Finding[] = [];
  const written = read(list, source, findings);
  findings.push(...checkCatalogue(list, written));
  if (findings.some(({ severity }) => severity === "error")) return { findings };
  const { places: _, ...catalogue } = written;
  return { catalogue, findings };
}

function read(list: List, source: IndicatorSource, findings: Finding[]): WrittenCatalogue {
  const above = source.parent && read(list, source.parent, findings);
  const places = new Map(above?.places);
  const entries = readFiles(source, findings);
  const collect = <T extends { readonly code: string }>(kind: CatalogueKind, inherited?: ReadonlyMap<string, T>) => {
    const all = new Map(inherited);
    for (const entry of entries) {
      if (entry.kind !== kind || !isDefinition(entry.value)) continue;
      const value = entry.value as unknown as T;
      places.set(value, entry);
      if (all.has(value.code)) findings.push(duplicate(value.code, placeOf(entry, ["code"])));
      else all.set(value.code, value);
    }
    return all;
  };
  const indicators = collect<Indicator>("indicators", above?.indicators);
  for (const entry of entries) {
    if (entry.kind !== "indicators" || isDefinition(entry.value)) continue;
    add(indicators, entry as KindEntry & Entry<IndicatorAddition>, places, findings);
  }
  return {
    list: list.code,
    indicators,
    plans: collect<Plan>("plans", above?.plans),
    indexes: collect<IndexDefinition>("indexes", above?.indexes),
    warnings: collect<WarningRule>("warnings", above?.warnings),
    sources: collect("sources", above?.sources ?? list.sources),
    places,
  };
}

interface KindEntry extends Entry<IndicatorEntry | Plan | IndexDefinition | WarningRule> {
  readonly kind: CatalogueKind;
}

function readFiles(source: IndicatorSource, findings: Finding[]): KindEntry[] {
  return [...source.files]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([name, text]) => {
      const file = readYaml(`${source.dir}/${name}`, text);
      findings.push(...file.findings);
      if (file.findings.length > 0 || file.value === null) return [];
      const kind = kindOf(stemOf(name));
      const whole = readPart(z.array(z.unknown()), file, [], file.value);
      findings.push(...whole.findings);
      return (whole.value ?? []).flatMap((value, index): KindEntry[] => {
        const part = readPart<unknown>(schemaOf(kind, value), file, [index], value);
        findings.push(...part.findings);
        return part.findings.length > 0 ? [] : [{ kind, value: part.value as KindEntry["value"], file, path: [index] }];
      });
    });
}

/** An entry is an addition when it says so; a definition is then held against the definition's schema alone. */
function schemaOf(kind: CatalogueKind, value: unknown): z.ZodType {
  const adds = typeof value === "object" && value !== null && "adds" in value;
  return kind === "indicators" && !adds ? indicatorSchema : CATALOGUE_FILES[kind];
}

function kindOf(stem: string): CatalogueKind {
  return stem === "sources" || stem === "plans" || stem === "indexes" || stem === "warnings" ? stem : "indicators";
}

function isDefinition(value: object): value is { readonly code: string } {
  return "code" in value;
}

export function placeOf(entry: Entry<unknown>, path: readonly PropertyKey[] = []): Place {
  return entry.file.place([...entry.path, ...path]);
}

/** Puts what a list adds onto the indicator of its parent; the places of the added targets and figures are kept. */
function add(
  indicators: Map<string, Indicator>,
  entry: Entry<IndicatorAddition>,
  places: Map<object, Entry<unknown>>,
  findings: Finding[],
): void {
  const { adds, lead, targets = [], published = [] } = entry.value;
  const known = indicators.get(adds);
  if (!known) {
    const near = nearestName(adds, indicators.keys());
    findings.push(
      indicatorFinding(
        "INDICATOR-UNKNOWN",
        placeOf(entry, ["adds"]),
        [`没有指标“${adds}”`, `There is no indicator "${adds}"`],
        near
          ? [`是不是“${near}”？`, `Did you mean "${near}"?`]
          : ["写已定义的指标编码", "Write the code of a defined indicator"],
      ),
    );
    return;
  }
  for (const [key, parts] of [
    ["targets", targets],
    ["published", published],
  ] as const) {
    parts.forEach((part, i) => {
      places.set(part, { value: part, file: entry.file, path: [...entry.path, key, i] });
    });
  }
  const joined: Indicator = {
    ...known,
    lead: lead ?? known.lead,
    targets: [...known.targets, ...targets],
    published: [...(known.published ?? []), ...published],
  };
  const place = places.get(known);
  if (place) places.set(joined, place);
  if (lead) places.set(joined.lead, { value: lead, file: entry.file, path: [...entry.path, "lead"] });
  indicators.set(adds, joined);
}

function duplicate(code: string, place: Place): Finding {
  return indicatorFinding(
    "INDICATOR-DUPLICATE",
    place,
    [`编码“${code}”已用过`, `The code "${code}" is taken`],
    [
      "换一个编码；要补充上级清单的指标，写 adds",
      "Choose another code; to add to an indicator of the parent list write adds",
    ],
  );
}
