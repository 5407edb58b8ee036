import type {
  BlockPage,
  BlocksPage,
  CatchmentPage,
  CoveragePage,
  DirectoryPage,
  ImportPage,
  NearestPage,
  PlacesPage,
  QuarantinePage,
  SiteEdit,
  StreetsPage,
  WhatIfPage,
} from "../../../server/src/modules/facilities/model.ts";
import type { NextBestBody, NextBestPage } from "../../../server/src/modules/facilities/next-best-model.ts";
import type { PlanningBody, PlanningRun } from "../../../server/src/modules/facilities/planning-model.ts";
import type { SitingBody, SitingPlan, SitingRun } from "../../../server/src/modules/facilities/siting-model.ts";
import { ApiError } from "../app/api.ts";

export type {
  BlockPage,
  BlocksPage,
  CatchmentPage,
  CoveragePage,
  Facility,
  ImportPage,
  NearestPage,
  PlacesPage,
  QuarantinePage,
  SiteEdit,
  StreetsPage,
  WhatIfPage,
} from "../../../server/src/modules/facilities/model.ts";
export type { NextBestPage } from "../../../server/src/modules/facilities/next-best-model.ts";
export type {
  PlanningBody,
  PlanningPlan,
  PlanningRun,
} from "../../../server/src/modules/facilities/planning-model.ts";
export type { SitingBody, SitingPlan, SitingRun } from "../../../server/src/modules/facilities/siting-model.ts";

/** A plan of the front of number, coverage and the worst-off. */
export type FrontPoint = NonNullable<SitingPlan["front"]>[number];

/** What is looked at: it stands in the address. */
export interface View {
  readonly standard: string;
  readonly level: string;
  readonly group: BlocksPage["group"];
  readonly stepFree: boolean;
}

type Values = Readonly<Record<string, string | number | boolean | undefined>>;

const headers = () => ({ accept: "application/json", "accept-language": document.documentElement.lang });

/** A deed is sent by a page of this site: the header says so. */
const deed = (type: string) => ({ method: "POST", headers: { ...headers(), "content-type": type, "x-qingdan": "1" } });

async function answered<T>(response: Response): Promise<T> {
  const answer: unknown = await response.json();
  if (response.ok) return answer as T;
  const { code = "HTTP", title = response.statusText, detail } = answer as Record<string, string | undefined>;
  throw new ApiError(response.status, code, detail ? `${title}: ${detail}` : title);
}

async function ask<T>(path: string, body?: unknown): Promise<T> {
  const init =
    body === undefined ? { headers: headers() } : { ...deed("application/json"), body: JSON.stringify(body) };
  return answered<T>(await fetch(path, init));
}

/** Sends a file as it is. */
async function send<T>(path: string, file: File): Promise<T> {
  return answered<T>(await fetch(path, { ...deed("text/plain"), body: await file.text() }));
}

const formatOf = ({ name }: File) => (/\.(geo)?json$/i.test(name) ? "geojson" : "csv");

function query(values: Values): string {
  const entries = Object.entries(values).filter(([, value]) => value !== undefined && value !== "");
  return `?${new URLSearchParams(entries.map(([key, value]) => [key, String(value)])).toString()}`;
}

/** What the map pages ask the server. */
export const mapApi = {
  places: () => ask<PlacesPage>("/api/places"),
  file: <T>(name: "roads" | "ground" | "blocks") => ask<T>(`/api/places/files/${name}.geojson`),
  streets: () => ask<StreetsPage>("/api/streets"),
  facilities: (filters: Values) => ask<DirectoryPage>(`/api/facilities${query(filters)}`),
  catchment: (code: string, stepFree: boolean) =>
    ask<CatchmentPage>(`/api/facilities/${encodeURIComponent(code)}/catchment${query({ stepFree })}`),
  nearest: (filters: Values) => ask<NearestPage>(`/api/facilities/nearest${query(filters)}`),
  imports: () => ask<{ imports: ImportPage[] }>("/api/facilities/imports"),
  quarantine: (id: string, page = 1, size = 200) =>
    ask<QuarantinePage>(`/api/facilities/imports/${id}/quarantine${query({ page, size })}`),
  coverage: ({ standard, stepFree }: View) => ask<CoveragePage>(`/api/coverage${query({ standard, stepFree })}`),
  blocks: (view: View) => ask<BlocksPage>(`/api/coverage/blocks${query({ ...view })}`),
  block: (code: string, { standard, stepFree }: View) =>
    ask<BlockPage>(`/api/coverage/blocks/${encodeURIComponent(code)}${query({ standard, stepFree })}`),
  whatIf: (view: View, edits: readonly SiteEdit[]) => ask<WhatIfPage>("/api/coverage/what-if", { ...view, edits }),
  nextBest: (asked: Pick<NextBestBody, "standard" | "stepFree" | "kind" | "area" | "floorM2" | "budgetFen">) =>
    ask<NextBestPage>("/api/coverage/next-best", asked),
  startSiting: (request: Partial<SitingBody>) => ask<SitingRun>("/api/siting/runs", request),
  siting: (id: string) => ask<SitingRun>(`/api/siting/runs/${encodeURIComponent(id)}`),
  stopSiting: (id: string) => ask<SitingRun>(`/api/siting/runs/${encodeURIComponent(id)}/stop`, {}),
  startPlanning: (request: PlanningBody) => ask<PlanningRun>("/api/planning/runs", request),
  planning: (id: string) => ask<PlanningRun>(`/api/planning/runs/${encodeURIComponent(id)}`),
  stopPlanning: (id: string) => ask<PlanningRun>(`/api/planning/runs/${encodeURIComponent(id)}/stop`, {}),
  importRegister: (file: File, { datum, source }: { readonly datum: string; readonly source: string }) =>
    send<ImportPage>(`/api/facilities/imports${query({ format: formatOf(file), datum, source })}`, file),
};

/** All facilities of a kind, page by page. */
export async function everyFacility(kind: string): Promise<DirectoryPage["facilities"]> {
  const all: DirectoryPage["facilities"] = [];
  for (let page = 1; ; page++) {
    const { total, facilities } = await mapApi.facilities({ kind, size: 200, page });
    all.push(...facilities);
    if (all.length >= total || facilities.length === 0) return all;
  }
}
