import type {
  ChangeEffect,
  GroundPage,
  ReformRequest,
  SavedCards,
  SavedPage,
  SimulationPage,
  WhatifEffect,
} from "../../../server/src/modules/whatif/model.ts";
import { ask } from "../app/ask.ts";
import { queryOf } from "../studio/query-of.ts";

export type { ChangeEffect, GroundPage, ReformRequest, SimulationPage, WhatifEffect };

const part = encodeURIComponent;

/** What the what-if pages read and write, by address. */
export const whatifApi = {
  ground: () => ask<GroundPage>("/api/whatif"),
  simulate: (reforms: readonly ReformRequest[], signal: AbortSignal) =>
    ask<SimulationPage>("/api/whatif/simulations", { method: "POST", body: { reforms }, signal }),
  save: (body: { title: string; author: string; reforms: readonly ReformRequest[] }) =>
    ask<{ hash: string }>("/api/whatif/saved", { method: "POST", body }),
  saved: (hash: string) => ask<SavedPage>(`/api/whatif/saved/${part(hash)}`),
  allSaved: (page: number) => ask<SavedCards>(`/api/whatif/saved${queryOf({ page })}`),
  draftEffect: (list: string, file: string, text: string, signal: AbortSignal) =>
    ask<ChangeEffect>(`/api/studio/lists/${part(list)}/effect`, { method: "POST", body: { file, text }, signal }),
  proposalEffect: (id: string) => ask<ChangeEffect>(`/api/studio/proposals/${part(id)}/effect`),
};
