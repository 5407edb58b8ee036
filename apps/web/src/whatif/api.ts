import type {
  ChangeEffect,
  GroundPage,
  ReformRequest,
  SavedCards,
  SavedPage,
  SimulationPage,
  WhatifEffect,
} from "../../../server/src/modules/whatif/model.ts";
import { queryOf, request } from "../studio/request.ts";

export type { ChangeEffect, GroundPage, ReformRequest, SimulationPage, WhatifEffect };

const part = encodeURIComponent;

/** What the what-if pages read and write, by address. */
export const whatifApi = {
  ground: () => request<GroundPage>("/api/whatif"),
  simulate: (reforms: readonly ReformRequest[], signal: AbortSignal) =>
    request<SimulationPage>("/api/whatif/simulations", { method: "POST", body: { reforms }, signal }),
  save: (body: { title: string; author: string; reforms: readonly ReformRequest[] }) =>
    request<{ hash: string }>("/api/whatif/saved", { method: "POST", body }),
  saved: (hash: string) => request<SavedPage>(`/api/whatif/saved/${part(hash)}`),
  allSaved: (page: number) => request<SavedCards>(`/api/whatif/saved${queryOf({ page })}`),
  draftEffect: (list: string, file: string, text: string, signal: AbortSignal) =>
    request<ChangeEffect>(`/api/studio/lists/${part(list)}/effect`, { method: "POST", body: { file, text }, signal }),
  proposalEffect: (id: string) => request<ChangeEffect>(`/api/studio/proposals/${part(id)}/effect`),
};
