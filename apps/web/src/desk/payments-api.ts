import type { z } from "zod";
import type { BatchPage, batchesPage, linesPage } from "../../../server/src/modules/finance/model.ts";
import { ask, newKey } from "../app/ask.ts";

export type { BatchPage };
export type BatchesPage = z.infer<typeof batchesPage>;
export type LinesPage = z.infer<typeof linesPage>;

const batch = (id: string, more = "") => `/api/payments/${encodeURIComponent(id)}${more}`;

/** Payments, as finance officers reach them. */
export const paymentsApi = {
  batches: (after?: string) =>
    ask<BatchesPage>(`/api/payments?size=50${after === undefined ? "" : `&after=${encodeURIComponent(after)}`}`),
  one: (id: string) => ask<BatchPage>(batch(id)),
  lines: (id: string, after: number) => ask<LinesPage>(batch(id, `/lines?size=100&after=${after}`)),
  prepare: (body: { readonly list: string; readonly item: string; readonly month: string; readonly area: string }) =>
    ask<BatchPage>("/api/payments", { method: "POST", body, key: newKey() }),
  release: (id: string) => ask<BatchPage>(batch(id, "/release"), { method: "POST", key: newKey() }),
  bankFile: (id: string, name: "bank.csv" | "pain.001.xml") => batch(id, `/${name}`),
};
