import { editYaml, isListFile, type List, YamlEditError, yamlValue } from "@qingdan/list";
import { Problem } from "../../problem.ts";
import type { Catalogue, ShownList } from "./catalogue.ts";
import { textHash } from "./content-hash.ts";
import { named } from "./present.ts";
import {
  fileKindOf,
  presentChange,
  presentCodes,
  presentDraft,
  presentFiles,
  presentFinding,
  presentGolden,
  presentProposal,
  presentShown,
} from "./present-studio.ts";
import { findingKey, nothingChanged, proposalPage, refuseUnpublishable, shownFindings } from "./proposal-page.ts";
import { parametersOfItem, ruleNames } from "./rule-names.ts";
import type {
  ProposalPage,
  StudioCheck,
  StudioEdit,
  StudioFile,
  StudioListCard,
  StudioListPage,
} from "./studio-model.ts";
import { goldenOf, headerStays, reportOf, type StudiedList, studyList } from "./study.ts";
import type { Draft, Proposal, VersionHead, VersionStore } from "./version-store.ts";

export interface StudioOptions {
  readonly catalogue: Catalogue;
  readonly versions: VersionStore;
  /** The day for which lists are checked. */
  readonly date: () => string;
}

/** Reading and changing lists: drafts, their checks, proposals and publication. */
export type Studio = ReturnType<typeof createStudio>;

export function createStudio({ catalogue, versions, date }: StudioOptions) {
  const cardOf = async (shown: ShownList): Promise<StudioListCard> => {
    const { code } = shown;
    const proposals = await versions.proposals(code);
    const list = await listOrNothing(catalogue, code);
    return {
      code,
      name: list ? { zh: list.name.zh, en: list.name.en } : { zh: code, en: code },
      parent: shown.parent?.code ?? null,
      shown: presentShown(shown),
      drafts: (await versions.drafts(code)).length,
      openProposals: proposals.filter(({ end }) => end === null).length,
    };
  };

  /** The list as it would be with all drafts, and with one file as it stands on somebody's page. */
  const study = async (code: string, file: string, text: string | null): Promise<StudiedList> => {
    const drafts = (await versions.drafts(code)).map((draft) => [draft.file, draft.text] as const);
    return studyList(catalogue, await catalogue.shown(code), new Map([...drafts, [file, text]]));
  };

  return {
    study,

    /** The list as a proposal would make it. */
    async studyProposal(id: string): Promise<StudiedList> {
      const { list, files } = await versions.proposal(id);
      return studyList(catalogue, await catalogue.shown(list), files);
    },

    async lists(): Promise<StudioListCard[]> {
      const codes = await catalogue.codes();
      return Promise.all(codes.map(async (code) => cardOf(await catalogue.shown(code))));
    },

    async list(code: string): Promise<StudioListPage> {
      const shown = await catalogue.shown(code);
      const [drafts, proposals] = [await versions.drafts(code), await versions.proposals(code)];
      return {
        ...(await cardOf(shown)),
        files: presentFiles(shown, await listOrNothing(catalogue, code), drafts),
        proposals: proposals.map(presentProposal),
      };
    },

    async file(code: string, file: string): Promise<StudioFile> {
      const shown = await catalogue.shown(code);
      const draft = (await versions.drafts(code)).find((one) => one.file === file);
      const shownText = shown.files.get(file) ?? null;
      if (shownText === null && !draft) throw unknownFile(code, file);
      const text = draft?.text ?? shownText ?? "";
      const list = await listOrNothing(catalogue, code);
      return {
        list: code,
        file,
        kind: fileKindOf(file),
        text,
        shownText,
        value: yamlValue(text) ?? null,
        draft: draft ? { ...presentDraft(draft), stale: draft.base !== baseOf(shownText) } : null,
        parameters: list ? parametersOf(shown, list, file) : [],
        names: list && fileKindOf(file) === "item" ? namesOf(list) : [],
        ...(list && fileKindOf(file) === "parameters" ? presentCodes(list) : { areas: {}, keys: {} }),
      };
    },

    /** @throws {Problem} STUDIO-EDIT-REFUSED */
    edit(text: string, edits: readonly StudioEdit[]): { text: string; value: unknown } {
      try {
        const edited = editYaml(text, edits);
        return { text: edited, value: yamlValue(edited) ?? null };
      } catch (error) {
        if (!(error instanceof YamlEditError)) throw error;
        throw new Problem("STUDIO-EDIT-REFUSED", {
          zh: `${error.path.join(".")}：先在原文里改正这里`,
          en: `${error.message}; put it right in the text first`,
        });
      }
    },

    async check(code: string, file: string, text: string | null): Promise<StudioCheck> {
      mustBeListFile(file);
      const studied = await study(code, file, text);
      const { shown, loaded } = studied;
      const { findings, errors, warnings } = reportOf(studied, date());
      const presented = findings.map((finding) => presentFinding(shown, finding));
      const here = presented.filter((finding) => finding.list === code && finding.file === file);
      const known = await shownFindings(catalogue, shown, date());
      const others = presented.filter((finding) => !here.includes(finding) && !known.has(findingKey(finding)));
      const { list } = loaded;
      return {
        contentHash: studied.contentHash,
        errors,
        warnings,
        here,
        elsewhere: others,
        golden:
          list && errors === 0
            ? presentGolden(await goldenOf(list, studied.files, touched(studied, list, file)))
            : null,
        change: presentChange(file, shown.files.get(file) ?? null, text),
      };
    },

    /** @throws {Problem} STUDIO-FILE-NAME, STUDIO-NOTHING-CHANGED, STUDIO-DRAFT-CONFLICT */
    async saveDraft(code: string, draft: Pick<Draft, "file" | "text" | "author">, seen: string | null): Promise<Draft> {
      mustBeListFile(draft.file);
      const shownText = (await catalogue.shown(code)).files.get(draft.file) ?? null;
      const before = (await versions.drafts(code)).some(({ file }) => file === draft.file);
      if (!before && shownText === draft.text) throw nothingChanged(draft.file);
      return versions.saveDraft(code, { ...draft, base: baseOf(shownText) }, seen);
    },

    async dropDraft(code: string, file: string): Promise<void> {
      await catalogue.shown(code);
      await versions.dropDraft(code, file);
    },

    /** @throws {Problem} STUDIO-NOTHING-CHANGED */
    async propose(code: string, proposal: Pick<Proposal, "title" | "author" | "account">): Promise<Proposal> {
      const shown = await catalogue.shown(code);
      return versions.propose(code, { ...proposal, base: shown.contentHash });
    },

    async proposal(id: string): Promise<ProposalPage> {
      const proposal = await versions.proposal(id);
      return proposalPage(catalogue, proposal, date());
    },

    /** The list and the account of whoever wrote it: what the guard of its end asks for. */
    async proposalOf(id: string): Promise<Pick<Proposal, "list" | "account">> {
      return versions.proposal(id);
    },

    withdraw: versions.withdraw,

    /**
     * Publishes a proposal as a version that never changes; it is what is shown from now on.
     * @throws {Problem} STUDIO-PROPOSAL-ENDED, STUDIO-BASE-MOVED, STUDIO-HEADER-FIXED, STUDIO-HAS-ERRORS,
     * STUDIO-GOLDEN-DIFFERS, STUDIO-CHILD-BROKEN, STUDIO-VERSION-TAKEN
     */
    async publish(id: string, { version, author }: { version: string; author: string }): Promise<VersionHead> {
      const proposal = await versions.proposal(id);
      const page = await proposalPage(catalogue, proposal, date());
      refuseUnpublishable(page);
      const shown = await catalogue.shown(proposal.list);
      const { files } = await studyList(catalogue, shown, proposal.files);
      if (!headerStays(shown, files)) throw headerFixed(proposal.list);
      const parentHash = shown.parent?.contentHash ?? null;
      const published = await versions.publish(proposal.list, { version, proposal: id, files, parentHash, author });
      catalogue.refresh();
      return published;
    },
  };
}

const baseOf = (text: string | null): string => (text === null ? "" : textHash(text));

async function listOrNothing(catalogue: Catalogue, code: string): Promise<List | undefined> {
  return catalogue.list(code).catch((error) => {
    if (error instanceof Problem) return undefined;
    throw error;
  });
}

/** Items whose golden cases a change of the file can move: its own, or those that read what it writes. */
function touched({ shown }: StudiedList, list: List, file: string): ReadonlySet<string> {
  const kind = fileKindOf(file);
  const path = `${shown.source.dir}/${file}`;
  const items = [...list.items.values()];
  if (kind === "item") return new Set(items.filter(({ origin }) => origin.file === path).map(({ code }) => code));
  if (kind !== "parameters") return new Set(items.map(({ code }) => code));
  const written = new Set(
    [...list.parameters.values()]
      .filter(({ origin, values }) => origin.file === path || values.some((value) => value.origin.file === path))
      .map(({ code }) => code),
  );
  const reads = (item: List["items"] extends ReadonlyMap<string, infer I> ? I : never) =>
    item.rule !== undefined && ruleNames(list, item.rule).parameters.some((name) => written.has(name));
  return new Set(items.filter(reads).map(({ code }) => code));
}

function parametersOf(shown: ShownList, list: List, file: string): StudioFile["parameters"] {
  const item = [...list.items.values()].find(({ origin }) => origin.file === `${shown.source.dir}/${file}`);
  if (!item) return [];
  return parametersOfItem(list, item).flatMap((code) => {
    const parameter = list.parameters.get(code);
    if (!parameter) return [];
    const origins = [parameter.origin, ...parameter.values.map(({ origin }) => origin)];
    const files = new Map(
      origins.map((origin) => [`${origin.list} ${origin.file}`, { list: origin.list, file: inside(shown, origin) }]),
    );
    return [{ ...named(code, parameter), files: [...files.values()] }];
  });
}

function namesOf(list: List): StudioFile["names"] {
  const facts = [...list.facts.values()].filter(({ type }) => type !== "text" && type !== "id");
  return [
    ...facts.map(({ name, zh, en, unit }) => ({ name, kind: "fact" as const, label: { zh, en }, unit: unit ?? null })),
    ...[...list.parameters.values()].map(({ code, zh, en, unit }) => ({
      name: code,
      kind: "parameter" as const,
      label: { zh, en },
      unit: unit ?? null,
    })),
  ];
}

function inside(shown: ShownList, origin: { readonly list: string; readonly file: string }): string {
  for (let at: ShownList | null = shown; at; at = at.parent) {
    if (at.code === origin.list) return origin.file.slice(at.source.dir.length + 1);
  }
  return origin.file;
}

function mustBeListFile(file: string): void {
  if (isListFile(file) || /^golden\/[a-z0-9-]+\.yaml$/.test(file)) return;
  throw new Problem("STUDIO-FILE-NAME", {
    zh: `${file}：只有 items/、parameters/、golden/ 下的 .yaml 和清单格式所列的文件`,
    en: `${file}: only .yaml files of items/, parameters/ and golden/, and those of the list format`,
  });
}

function unknownFile(list: string, file: string): Problem {
  return new Problem("STUDIO-FILE-UNKNOWN", { zh: `${list} 没有 ${file}`, en: `${list} has no ${file}` });
}

function headerFixed(list: string): Problem {
  return new Problem("STUDIO-HEADER-FIXED", {
    zh: `${list} 的编码、辖区和上级清单不能在这里改`,
    en: `Code, area and parent of ${list} cannot be changed here`,
  });
}
