import type {
  BlockPage,
  BlocksPage,
  CoveragePage,
  DirectoryPage,
  ImportPage,
  NearestPage,
  PlacesPage,
  QuarantinePage,
  SiteEdit,
  SitingBody,
  SitingRun,
  StreetsPage,
  WhatIfPage,
} from "../../../server/src/modules/facilities/model.ts";
import { ApiError } from "../app/api.ts";

export type {
  BlockPage,
  BlocksPage,
  CoveragePage,
  Facility,
  ImportPage,
  NearestPage,
  PlacesPage,
  QuarantinePage,
  SiteEdit,
  SitingBody,
  SitingPlan,
  SitingRun,
  StreetsPage,
  WhatIfPage,
} from "../../../server/src/modules/facilities/model.ts";

/** What is looked at: it stands in the address. */
export interface View {
  readonly standard: string;
  readonly level: string;
  readonly group: BlocksPage["group"];
  readonly stepFree: boolean;
}

type Values = Readonly<Record<string, string | number | boolean | undefined>>;

async function ask<T>(path: string, body?: unknown): Promise<T> {
  const headers = { accept: "application/json", "accept-language": document.documentElement.lang };
  const response = await fetch(
    path,
    body === undefined
      ? { headers }
      : { method: "POST", headers: { ...headers, "content-type": "application/json" }, body: JSON.stringify(body) },
  );
  const answer: unknown = await response.json();
  if (response.ok) return answer as T;
  const { code = "HTTP", title = response.statusText, detail } = answer as Record<string, string | undefined>;
  throw new ApiError(response.status, code, detail ? `${title}: ${detail}` : title);
}

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
  nearest: (filters: Values) => ask<NearestPage>(`/api/facilities/nearest${query(filters)}`),
  imports: () => ask<{ imports: ImportPage[] }>("/api/facilities/imports"),
  quarantine: (id: string) => ask<QuarantinePage>(`/api/facilities/imports/${id}/quarantine?size=200`),
  coverage: ({ standard, stepFree }: View) => ask<CoveragePage>(`/api/coverage${query({ standard, stepFree })}`),
  blocks: (view: View) => ask<BlocksPage>(`/api/coverage/blocks${query({ ...view })}`),
  block: (code: string, { standard, stepFree }: View) =>
    ask<BlockPage>(`/api/coverage/blocks/${encodeURIComponent(code)}${query({ standard, stepFree })}`),
  whatIf: (view: View, edits: readonly SiteEdit[]) => ask<WhatIfPage>("/api/coverage/what-if", { ...view, edits }),
  startSiting: (request: Partial<SitingBody>) => ask<SitingRun>("/api/siting/runs", request),
  siting: (id: string) => ask<SitingRun>(`/api/siting/runs/${encodeURIComponent(id)}`),
  stopSiting: (id: string) => ask<SitingRun>(`/api/siting/runs/${encodeURIComponent(id)}/stop`, {}),
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
