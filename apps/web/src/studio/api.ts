import type {
  DifferencesPage,
  ProposalPage,
  ShownVersion,
  StudioCheck,
  StudioDraft,
  StudioEdit,
  StudioFile,
  StudioListCard,
  StudioListPage,
  VersionPage,
  VersionsPage,
} from "../../../server/src/modules/list/studio-model.ts";
import { ask } from "../app/ask.ts";
import { queryOf } from "./query-of.ts";

export type {
  FileChange,
  ProposalPage,
  ShownVersion,
  StudioCheck,
  StudioEdit,
  StudioFile,
  StudioFinding,
  StudioGolden,
  StudioListPage,
} from "../../../server/src/modules/list/studio-model.ts";

const part = encodeURIComponent;
const lists = "/api/studio/lists";
const proposals = "/api/studio/proposals";

/** What the studio reads and writes, by address. */
export const studioApi = {
  lists: () => ask<{ lists: StudioListCard[] }>(lists),
  list: (code: string) => ask<StudioListPage>(`${lists}/${part(code)}`),
  file: (code: string, file: string) => ask<StudioFile>(`${lists}/${part(code)}/file${queryOf({ file })}`),
  edit: (text: string, edits: readonly StudioEdit[]) =>
    ask<{ text: string; value: unknown }>("/api/studio/edit", { method: "POST", body: { text, edits } }),
  check: (code: string, file: string, text: string, signal: AbortSignal) =>
    ask<StudioCheck>(`${lists}/${part(code)}/check`, { method: "POST", body: { file, text }, signal }),
  saveDraft: (code: string, draft: { file: string; text: string; seen: string | null; author: string }) =>
    ask<StudioDraft>(`${lists}/${part(code)}/draft`, { method: "PUT", body: draft }),
  dropDraft: (code: string, file: string) =>
    ask<void>(`${lists}/${part(code)}/draft${queryOf({ file })}`, { method: "DELETE" }),
  propose: (code: string, proposal: { title: string; author: string }) =>
    ask<{ id: string }>(`${lists}/${part(code)}/proposals`, { method: "POST", body: proposal }),
  proposal: (id: string) => ask<ProposalPage>(`${proposals}/${part(id)}`),
  publish: (id: string, body: { version: string; author: string }) =>
    ask<ShownVersion>(`${proposals}/${part(id)}/publish`, { method: "POST", body }),
  withdraw: (id: string, author: string) =>
    ask<ProposalPage>(`${proposals}/${part(id)}/withdraw`, { method: "POST", body: { author } }),
  versions: (code: string, page: number) => ask<VersionsPage>(`/api/lists/${part(code)}/versions${queryOf({ page })}`),
  version: (code: string, version: string) => ask<VersionPage>(`/api/lists/${part(code)}/versions/${part(version)}`),
  differences: (code: string, from: string, to: string) =>
    ask<DifferencesPage>(`/api/lists/${part(code)}/differences${queryOf({ from, to })}`),
};
