import { setImmediate } from "node:timers/promises";
import {
  type CheckReport,
  checkReport,
  type GoldenAnswer,
  goldenRunner,
  type List,
  type ListSource,
  type LoadedList,
  type PlacedCase,
  readGolden,
} from "@qingdan/list";
import { type Catalogue, type ShownList, withoutGolden } from "./catalogue.ts";
import { contentHash, type ListFiles } from "./content-hash.ts";
import type { ChangedFiles } from "./version-store.ts";

/** A list as it would be with some files changed. */
export interface StudiedList {
  readonly shown: ShownList;
  readonly changed: ChangedFiles;
  /** Own files after the change, golden cases included. */
  readonly files: ListFiles;
  readonly contentHash: string;
  readonly source: ListSource;
  readonly loaded: LoadedList;
}

/** Puts changes on a list as it is shown and reads the result by the loader that every list is read by. */
export async function studyList(catalogue: Catalogue, shown: ShownList, changed: ChangedFiles): Promise<StudiedList> {
  const files = changedFiles(shown.files, changed);
  const source = { ...shown.source, files: withoutGolden(files) };
  return { shown, changed, files, contentHash: contentHash(files), source, loaded: await catalogue.load(source) };
}

export function changedFiles(files: ListFiles, changed: ChangedFiles): ListFiles {
  const all = new Map(files);
  for (const [file, text] of changed) {
    if (text === null) all.delete(file);
    else all.set(file, text);
  }
  return all;
}

/** What stays the same of a list's header, whatever is published: other lists and the store know it by these. */
export function headerStays(shown: ShownList, files: ListFiles): boolean {
  const fixed = (text: string | undefined) =>
    ["code", "area", "parent"].map((key) => new RegExp(`^${key}:[ \\t]*(\\S+)`, "m").exec(text ?? "")?.[1]).join(" ");
  return fixed(shown.files.get("list.yaml")) === fixed(files.get("list.yaml"));
}

/** The report of the checks on a day, with what is wrong in files of golden cases. */
export function reportOf({ files, loaded, source }: StudiedList, date: string): CheckReport {
  const report = checkReport(loaded, { date });
  const golden = goldenFiles(files, source.dir).flatMap(({ findings }) => findings);
  if (golden.length === 0) return report;
  return {
    ...report,
    errors: report.errors + golden.length,
    kinds: report.kinds.map((sum) => (sum.kind === "form" ? { ...sum, errors: sum.errors + golden.length } : sum)),
    findings: [...report.findings, ...golden.map((finding) => ({ ...finding, kind: "form" as const }))],
  };
}

/** A golden case and what the list answers about one of its items. */
export interface CheckedCase {
  readonly name: string;
  readonly file: string;
  readonly line: number;
  readonly item: string;
  readonly why: string;
  readonly agrees: boolean;
  readonly expected: GoldenAnswer;
  /** null: the case cannot be decided, `refused` says why. */
  readonly found: GoldenAnswer | null;
  readonly refused: string | null;
}

/**
 * Decides the golden cases beside a list that expect something of `items`; all of them when absent. Other requests are
 * answered between the cases.
 */
export async function goldenOf(
  list: List,
  files: ListFiles,
  items?: ReadonlySet<string>,
): Promise<readonly CheckedCase[]> {
  const run = goldenRunner(list);
  const wanted = (code: string) => items === undefined || items.has(code);
  const checked: CheckedCase[] = [];
  for (const placed of goldenFiles(files, "").flatMap((file) => file.cases)) {
    if (!Object.keys(placed.golden.expect).some(wanted)) continue;
    checked.push(...checkedCase(placed, run(placed.golden)).filter(({ item }) => wanted(item)));
    await setImmediate();
  }
  return checked;
}

function checkedCase(
  { golden, place }: PlacedCase,
  results: ReturnType<ReturnType<typeof goldenRunner>>,
): readonly CheckedCase[] {
  const at = { name: golden.name, file: place.file, line: place.line, why: golden.why };
  if ("refused" in results) {
    return Object.entries(golden.expect).map(([item, expected]) => ({
      ...at,
      item,
      agrees: false,
      expected,
      found: null,
      refused: results.refused,
    }));
  }
  return results.map(({ item, agrees, expected, found }) => ({ ...at, item, agrees, expected, found, refused: null }));
}

function goldenFiles(files: ListFiles, dir: string) {
  return [...files]
    .filter(([file]) => file.startsWith("golden/"))
    .map(([file, text]) => readGolden(dir === "" ? file : `${dir}/${file}`, text));
}
