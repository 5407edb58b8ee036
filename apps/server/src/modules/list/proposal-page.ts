import type { CheckReport } from "@qingdan/list";
import { Problem } from "../../problem.ts";
import type { Catalogue, ShownList } from "./catalogue.ts";
import { contentHash, textHash } from "./content-hash.ts";
import { presentChanges, presentFinding, presentGolden, presentProposal, presentShown } from "./present-studio.ts";
import type { ProposalPage, StudioFinding, StudioGolden } from "./studio-model.ts";
import { goldenOf, headerStays, reportOf, type StudiedList, studyList } from "./study.ts";
import type { Proposal } from "./version-store.ts";

export const findingKey = ({ code, list, file, message }: StudioFinding) => [code, list, file, message.en].join("\n");

const knownFindings = new WeakMap<ShownList, { date: string; keys: ReadonlySet<string> }>();

/** What is found in the list as it is shown: not news while a draft of it is edited. */
export async function shownFindings(
  catalogue: Catalogue,
  shown: ShownList,
  date: string,
): Promise<ReadonlySet<string>> {
  const before = knownFindings.get(shown);
  if (before?.date === date) return before.keys;
  const studied = await studyList(catalogue, shown, new Map());
  const keys = new Set(reportOf(studied, date).findings.map((finding) => findingKey(presentFinding(shown, finding))));
  knownFindings.set(shown, { date, keys });
  return keys;
}

/** What the checks say of a proposal on top of a state of its list: a function of both, worked out once. */
interface Examined {
  readonly contentHash: string;
  readonly report: CheckReport;
  readonly known: ReadonlySet<string>;
  readonly golden: StudioGolden | null;
  readonly broken: ProposalPage["broken"];
  readonly headerStays: boolean;
}

const examinations = new Map<string, Promise<Examined>>();
/** Examinations that are remembered. */
const mostExamined = 32;

async function examine(catalogue: Catalogue, proposal: Proposal, shown: ShownList, date: string): Promise<Examined> {
  const studied = await studyList(catalogue, shown, proposal.files);
  const report = reportOf(studied, date);
  const { list } = studied.loaded;
  const sound = list !== undefined && report.errors === 0;
  return {
    contentHash: contentHash(studied.files),
    report,
    known: await shownFindings(catalogue, shown, date),
    golden: sound ? presentGolden(await goldenOf(list, studied.files)) : null,
    broken: sound ? await brokenBelow(catalogue, studied, date) : [],
    headerStays: headerStays(shown, studied.files),
  };
}

function examinedOnce(catalogue: Catalogue, proposal: Proposal, shown: ShownList, date: string): Promise<Examined> {
  const changed = textHash(JSON.stringify([...proposal.files]));
  const key = [proposal.list, changed, shown.contentHash, shown.parent?.contentHash, date].join(" ");
  const found = examinations.get(key) ?? examine(catalogue, proposal, shown, date);
  examinations.delete(key);
  examinations.set(key, found);
  const [oldest] = examinations.keys();
  if (examinations.size > mostExamined && oldest !== undefined) examinations.delete(oldest);
  return found.catch((error) => {
    examinations.delete(key);
    throw error;
  });
}

export async function proposalPage(catalogue: Catalogue, proposal: Proposal, date: string): Promise<ProposalPage> {
  const shown = await catalogue.shown(proposal.list);
  const examined = await examinedOnce(catalogue, proposal, shown, date);
  const { errors, warnings, findings } = examined.report;
  const { golden, broken, known } = examined;
  const baseMoved = shown.contentHash !== proposal.base;
  const changes = presentChanges(shown.files, proposal.files);
  return {
    ...presentProposal(proposal),
    shown: presentShown(shown),
    baseMoved,
    contentHash: examined.contentHash,
    errors,
    warnings,
    findings: findings
      .map((finding) => presentFinding(shown, finding))
      .filter((finding) => finding.severity === "error" || !known.has(findingKey(finding))),
    golden,
    broken,
    changes,
    publishable:
      proposal.end === null &&
      !baseMoved &&
      errors === 0 &&
      golden?.differ === 0 &&
      broken.length === 0 &&
      changes.length > 0 &&
      examined.headerStays,
  };
}

/** Lists that stand on the studied one and would have errors on top of it that they do not have now. */
async function brokenBelow(catalogue: Catalogue, studied: StudiedList, date: string): Promise<ProposalPage["broken"]> {
  const broken: ProposalPage["broken"] = [];
  const above = new Map([[studied.shown.code, studied.source]]);
  for (const code of await catalogue.codes()) {
    const shown = await catalogue.shown(code);
    const parent = shown.parent && above.get(shown.parent.code);
    if (!parent) continue;
    const source = { ...shown.source, parent };
    above.set(code, source);
    const known = await shownFindings(catalogue, shown, date);
    const loaded = await catalogue.load(source);
    const report = reportOf({ ...studied, shown, files: shown.files, source, loaded }, date);
    const errors = report.findings
      .filter(({ severity }) => severity === "error")
      .map((finding) => presentFinding(shown, finding))
      .filter((finding) => !known.has(findingKey(finding)));
    if (errors.length > 0) broken.push({ list: code, findings: errors });
  }
  return broken;
}

export function refuseUnpublishable(page: ProposalPage): void {
  const { end, baseMoved, errors, findings, golden, broken, changes, id } = page;
  if (end) {
    throw new Problem("STUDIO-PROPOSAL-ENDED", {
      zh: `提案 ${id} 已发布或已撤回`,
      en: `Proposal ${id} was published or withdrawn already`,
    });
  }
  if (changes.length === 0) throw nothingChanged(page.list);
  if (baseMoved) {
    throw new Problem("STUDIO-BASE-MOVED", {
      zh: "此提案写成之后清单又发布过；请撤回，在新版本上再提",
      en: "The list was published again since; withdraw it and propose it on the new version",
    });
  }
  const first = findings.find(({ severity }) => severity === "error");
  if (errors > 0) {
    throw new Problem("STUDIO-HAS-ERRORS", {
      zh: `共 ${errors} 个错误；${first?.file}:${first?.line} ${first?.message.zh}`,
      en: `${errors} errors; ${first?.file}:${first?.line} ${first?.message.en}`,
    });
  }
  const differing = golden?.cases.find(({ agrees }) => !agrees);
  if (differing) {
    throw new Problem("STUDIO-GOLDEN-DIFFERS", {
      zh: `${golden?.differ} 个范例不符；${differing.file}:${differing.line} ${differing.name}`,
      en: `${golden?.differ} golden cases differ; ${differing.file}:${differing.line} ${differing.name}`,
    });
  }
  const [below] = broken;
  if (below) {
    throw new Problem("STUDIO-CHILD-BROKEN", {
      zh: `${below.list}:${below.findings[0]?.file} ${below.findings[0]?.message.zh}`,
      en: `${below.list}: ${below.findings[0]?.file} ${below.findings[0]?.message.en}`,
    });
  }
}

export function nothingChanged(what: string): Problem {
  return new Problem("STUDIO-NOTHING-CHANGED", {
    zh: `${what} 与现在显示的一样`,
    en: `${what} is as it is shown now`,
  });
}
