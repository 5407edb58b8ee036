import { type CheckReport, keyWords, type List, type ListSource, type ReportedFinding } from "@qingdan/list";
import type { ShownList } from "./catalogue.ts";
import { textHash } from "./content-hash.ts";
import { words } from "./present.ts";
import type {
  CheckReportPage,
  FileChange,
  ProposalCard,
  ShownVersion,
  StudioFile,
  StudioFinding,
  StudioGolden,
  StudioListPage,
  VersionHeadPage,
  VersionPage,
} from "./studio-model.ts";
import type { CheckedCase } from "./study.ts";
import { diffTexts } from "./text-diff.ts";
import type { ChangedFiles, Draft, Proposal, Version, VersionHead } from "./version-store.ts";

/** The only door from drafts, proposals and versions to JSON. */
export function presentShown({ contentHash, version }: ShownList): ShownVersion {
  return {
    kind: version ? "published" : "folder",
    contentHash,
    version: version?.version ?? null,
    publishedAt: version?.publishedAt.toISOString() ?? null,
    publishedBy: version?.publishedBy ?? null,
  };
}

export function presentDraft({ author, savedAt, text }: Draft) {
  return { author, savedAt: savedAt.toISOString(), gone: text === null };
}

type StudioEntry = StudioListPage["files"][number];

export function fileKindOf(file: string): StudioEntry["kind"] {
  if (file.startsWith("items/")) return "item";
  if (file.startsWith("parameters/")) return "parameters";
  return file.startsWith("golden/") ? "golden" : "other";
}

/** The files of a list, those that only drafts have included. */
export function presentFiles(shown: ShownList, list: List | undefined, drafts: readonly Draft[]): StudioEntry[] {
  const draftOf = new Map(drafts.map((draft) => [draft.file, draft]));
  const items = new Map([...(list?.items.values() ?? [])].map((item) => [item.code, item]));
  return [...new Set([...shown.files.keys(), ...draftOf.keys()])].toSorted().map((file) => {
    const item = items.get(`${shown.code}.${/^items\/(.+)\.yaml$/.exec(file)?.[1]}`);
    const draft = draftOf.get(file);
    return {
      file,
      kind: fileKindOf(file),
      item: item ? { code: item.code, name: words(item.name), executable: item.rule !== undefined } : null,
      draft: draft ? presentDraft(draft) : null,
    };
  });
}

/** The words of the codes that the values of parameters are written with. */
export function presentCodes(list: List): Pick<StudioFile, "areas" | "keys"> {
  const keyed = [...list.parameters.values()].filter(({ keys }) => keys.length > 0);
  return {
    areas: Object.fromEntries([...list.areas.values()].map((area) => [area.code, words(area)])),
    keys: Object.fromEntries(
      keyed.map((parameter) => [
        parameter.code,
        keyWords(list, parameter).map((labels) => ({ labels: Object.fromEntries(labels) })),
      ]),
    ),
  };
}

export function presentProposal({ id, list, title, author, proposedAt, files, end }: Proposal): ProposalCard {
  return {
    id,
    list,
    title,
    author,
    proposedAt: proposedAt.toISOString(),
    files: [...files.keys()],
    end: end && { kind: end.kind, author: end.author, endedAt: end.endedAt.toISOString() },
  };
}

/** Findings name files by their full path; people read the list and the path inside its folder. */
export function presentFinding(shown: ShownList, finding: ReportedFinding): StudioFinding {
  const { severity, code, kind, line, column, item, parameter, message, hint } = finding;
  const place = placeInChain(shown, finding.file);
  return {
    severity,
    code,
    kind,
    ...place,
    line,
    column,
    item: item ?? null,
    parameter: parameter ?? null,
    message: words(message),
    hint: words(hint),
  };
}

function placeInChain(shown: ShownList, file: string): { list: string; file: string } {
  for (let at: ShownList | null = shown; at; at = at.parent) {
    const inside = insideFolder(at.source, file);
    if (inside !== undefined) return { list: at.code, file: inside };
  }
  return { list: shown.code, file };
}

function insideFolder({ dir }: ListSource, file: string): string | undefined {
  return file.startsWith(`${dir}/`) ? file.slice(dir.length + 1) : undefined;
}

export function presentReport(shown: ShownList, contentHash: string, report: CheckReport): CheckReportPage {
  const { date, errors, warnings, items, executable, kinds, findings } = report;
  return {
    list: shown.code,
    date,
    contentHash,
    errors,
    warnings,
    items,
    executable,
    kinds: kinds.map((sum) => ({ ...sum })),
    findings: findings.map((finding) => presentFinding(shown, finding)),
  };
}

export function presentGolden(cases: readonly CheckedCase[]): StudioGolden {
  const differing = cases.filter(({ agrees }) => !agrees);
  const agreeing = cases.filter(({ agrees }) => agrees);
  return {
    agree: agreeing.length,
    differ: differing.length,
    cases: [...differing, ...agreeing].map((one) => ({
      ...one,
      expected: { ...one.expected },
      found: one.found && { ...one.found },
    })),
  };
}

/** What changes of each file, marked up. */
export function presentChanges(before: ReadonlyMap<string, string>, changed: ChangedFiles): FileChange[] {
  return [...changed]
    .filter(([file, text]) => (before.get(file) ?? null) !== text)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([file, text]) => presentChange(file, before.get(file) ?? null, text));
}

export function presentChange(file: string, before: string | null, after: string | null): FileChange {
  return {
    file,
    was: before !== null,
    is: after !== null,
    stretches: [...diffTexts(before ?? "", after ?? "")],
  };
}

export function presentVersionHead(head: VersionHead): VersionHeadPage {
  const { list, version, contentHash, parentHash, proposal, publishedBy, publishedAt } = head;
  return { list, version, contentHash, parentHash, proposal, publishedBy, publishedAt: publishedAt.toISOString() };
}

export function presentVersion(version: Version): VersionPage {
  return {
    ...presentVersionHead(version),
    files: [...version.files].toSorted().map(([file, text]) => ({ file, sha256: textHash(text), text })),
  };
}
