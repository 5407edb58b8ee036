import * as z from "zod";
import { type Finding, listFinding, type Place } from "./finding.ts";
import { type Area, areaSchema } from "./model/area.ts";
import { type Fact, factSchema } from "./model/fact.ts";
import { type WrittenItem, writtenItemSchema } from "./model/item.ts";
import { type LifeStage, lifeStageSchema } from "./model/life-stage.ts";
import { type ListHeader, listHeaderSchema } from "./model/list-header.ts";
import { type WrittenParameter, writtenParameterSchema } from "./model/parameter.ts";
import { type Payer, payerSchema } from "./model/payer.ts";
import { type Source, sourceSchema } from "./model/source.ts";
import { type Unit, unitSchema } from "./model/unit.ts";
import { readPart } from "./schema-findings.ts";
import { type Path, readYaml, type YamlFile } from "./yaml-file.ts";

/** The files of a list by path inside its folder, and the list that it stands on. */
export interface ListSource {
  /** The folder, as it is to be shown in findings. */
  readonly dir: string;
  readonly files: ReadonlyMap<string, string>;
  readonly parent?: ListSource;
}

/** One thing of a list as it is written, with the file and the path at which it stands. */
export interface Entry<T> {
  readonly value: T;
  readonly file: YamlFile;
  readonly path: Path;
}

/** Place of a part of an entry. */
export function placeOf(entry: Entry<unknown>, path: Path = [], side: "key" | "value" = "value"): Place {
  return entry.file.place([...entry.path, ...path], side);
}

/** One list of a chain as it is written: what its own files say. */
export interface Reading {
  readonly dir: string;
  readonly header?: Entry<ListHeader>;
  readonly areas: readonly Entry<Area>[];
  readonly units: readonly Entry<Unit>[];
  readonly payers: readonly Entry<Payer>[];
  readonly lifeStages: readonly Entry<LifeStage>[];
  readonly sources: readonly Entry<Source>[];
  readonly facts: readonly Entry<Fact>[];
  readonly parameters: readonly Entry<WrittenParameter>[];
  readonly items: readonly Entry<WrittenItem>[];
  /**
   * Codes of things that are written but faulty, and paths and names of files that are no YAML, in the list or in
   * those it stands on: they are refused themselves, not the references to them.
   */
  readonly broken: ReadonlySet<string>;
  readonly findings: readonly Finding[];
}

/** The kinds of files: which paths, and the schema of the file or of each entry of its list. */
export const FILE_KINDS = {
  header: { path: /^list\.yaml$/, schema: listHeaderSchema, many: false },
  areas: { path: /^areas\.yaml$/, schema: areaSchema, many: true },
  units: { path: /^units\.yaml$/, schema: unitSchema, many: true },
  payers: { path: /^payers\.yaml$/, schema: payerSchema, many: true },
  lifeStages: { path: /^life-stages\.yaml$/, schema: lifeStageSchema, many: true },
  sources: { path: /^sources\.yaml$/, schema: sourceSchema, many: true },
  facts: { path: /^facts\.yaml$/, schema: factSchema, many: true },
  parameters: { path: /^parameters\/[^/]+\.yaml$/, schema: writtenParameterSchema, many: true },
  items: { path: /^items\/[^/]+\.yaml$/, schema: writtenItemSchema, many: false },
} as const;
type Kind = keyof typeof FILE_KINDS;
type EntryOf<K extends Kind> = Entry<z.infer<(typeof FILE_KINDS)[K]["schema"]>>;

/** Reads the own files of a list; what is faulty is left out and told. */
export function readFiles(source: ListSource): Reading {
  const findings: Finding[] = [];
  const broken = new Set<string>();
  const files = new Map<Kind, YamlFile[]>();
  for (const [path, text] of [...source.files].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const kind = kindOf(path);
    const shown = `${source.dir}/${path}`;
    if (!kind) {
      findings.push(unknownFile(shown));
      continue;
    }
    const file = readYaml(shown, text);
    findings.push(...file.findings);
    if (file.findings.length === 0) files.set(kind, [...(files.get(kind) ?? []), file]);
    else broken.add(path).add(stemOf(path));
  }
  const entries = <K extends Kind>(kind: K): EntryOf<K>[] =>
    (files.get(kind) ?? []).flatMap((file) => readEntries(kind, file, findings, broken));
  if (!source.files.has("list.yaml")) findings.push(missingHeader(source.dir));
  return {
    dir: source.dir,
    header: entries("header")[0],
    areas: entries("areas"),
    units: entries("units"),
    payers: entries("payers"),
    lifeStages: entries("lifeStages"),
    sources: entries("sources"),
    facts: entries("facts"),
    parameters: entries("parameters"),
    items: entries("items"),
    broken,
    findings,
  };
}

/** The name of a file without folder and ending. */
export function stemOf(path: string): string {
  return path.replace(/^.*\//, "").replace(/\.yaml$/, "");
}

/** Whether a path inside a list's folder is that of a file of the list. */
export function isListFile(path: string): boolean {
  return kindOf(path) !== undefined;
}

function kindOf(path: string): Kind | undefined {
  return (Object.keys(FILE_KINDS) as Kind[]).find((kind) => FILE_KINDS[kind].path.test(path));
}

function readEntries<K extends Kind>(kind: K, file: YamlFile, findings: Finding[], broken: Set<string>): EntryOf<K>[] {
  const { many } = FILE_KINDS[kind];
  const schema: z.ZodType = FILE_KINDS[kind].schema;
  if (many && file.value === null) return [];
  const list = many ? readPart(z.array(z.unknown()), file, [], file.value) : { value: [file.value], findings: [] };
  findings.push(...list.findings);
  return (list.value ?? []).flatMap((written, index) => {
    const path = many ? [index] : [];
    const part = readPart(schema, file, path, written);
    findings.push(...part.findings);
    if (part.findings.length === 0) return [{ value: part.value, file, path } as EntryOf<K>];
    for (const key of ["code", "name"]) {
      const code = (written as Record<string, unknown> | null)?.[key];
      if (typeof code === "string") broken.add(code);
    }
    return [];
  });
}

function unknownFile(file: string): Finding {
  return listFinding(
    "LIST-FILE-UNKNOWN",
    { file, line: 1, column: 1 },
    ["清单里没有这种文件", "A list has no such file"],
    [
      "list、facts、areas、units、payers、life-stages、sources.yaml,parameters/*.yaml,items/*.yaml",
      "list, facts, areas, units, payers, life-stages, sources.yaml, parameters/*.yaml, items/*.yaml",
    ],
  );
}

function missingHeader(dir: string): Finding {
  return listFinding(
    "LIST-FILE-MISSING",
    { file: `${dir}/list.yaml`, line: 1, column: 1 },
    ["缺少 list.yaml", "list.yaml is missing"],
    ["写上清单的编码、辖区、名称和版本", "Write the code, area, name and versions of the list"],
  );
}
