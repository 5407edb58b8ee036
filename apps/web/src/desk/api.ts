import type { z } from "zod";
import type { CasesPage, papersSaved, queuesPage } from "../../../server/src/modules/cases/model.ts";
import { ask } from "../app/ask.ts";

export type QueuesPage = z.infer<typeof queuesPage>;

const query = (filters: Readonly<Record<string, string>>): string => {
  const said = Object.entries(filters).filter(([, value]) => value !== "");
  return new URLSearchParams(Object.fromEntries(said)).toString();
};

/** Queues of the desk. */
export const deskApi = {
  queues: (area: string) => ask<QueuesPage>(`/api/queues?${query({ area })}`),
  papersSaved: (area: string) => ask<z.infer<typeof papersSaved>>(`/api/papers-saved?${query({ area })}`),
  cases: (filters: Readonly<Record<string, string>>) => ask<CasesPage>(`/api/cases?${query(filters)}`),
};
