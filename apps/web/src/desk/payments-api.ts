import type { z } from "zod";
import type {
  AccountChangeView as AccountChange,
  accountChanges,
  BatchPage,
  batchesPage,
  linesPage,
  missingPage,
  payerRequest,
  payersPage,
  Reconciliation,
} from "../../../server/src/modules/finance/model.ts";
import { ask, newKey } from "../app/ask.ts";
import type { BankResult } from "./bank-results.ts";

export type { AccountChange, BatchPage };
export type BatchesPage = z.infer<typeof batchesPage>;
export type LinesPage = z.infer<typeof linesPage>;

const batch = (id: string, more = "") => `/api/payments/${encodeURIComponent(id)}${more}`;

/** Payments, as finance officers reach them. */
export const paymentsApi = {
  batches: (after?: string) =>
    ask<BatchesPage>(`/api/payments?size=50${after === undefined ? "" : `&after=${encodeURIComponent(after)}`}`),
  one: (id: string) => ask<BatchPage>(batch(id)),
  lines: (id: string, after: number, state = "") =>
    ask<LinesPage>(batch(id, `/lines?size=100&after=${after}${state && `&state=${state}`}`)),
  prepare: (body: { readonly list: string; readonly item: string; readonly month: string; readonly area: string }) =>
    ask<BatchPage>("/api/payments", { method: "POST", body, key: newKey() }),
  release: (id: string) => ask<BatchPage>(batch(id, "/release"), { method: "POST", key: newKey() }),
  discard: (id: string, reason: string) =>
    ask<BatchPage>(batch(id, "/discard"), { method: "POST", body: { reason }, key: newKey() }),
  results: (id: string, results: readonly BankResult[], key: string) =>
    ask<BatchPage>(batch(id, "/results"), { method: "POST", body: { results }, key }),
  retry: (id: string, key: string) => ask<BatchPage>(batch(id, "/retry"), { method: "POST", key }),
  payee: (body: { readonly person: string; readonly name: string; readonly account: string }) =>
    ask<AccountChange>("/api/payees", { method: "PUT", body }),
  accountChanges: (after: string) =>
    ask<z.infer<typeof accountChanges>>(`/api/account-changes?${new URLSearchParams({ after })}`),
  answerChange: (id: string, word: "confirm" | "refuse") =>
    ask<AccountChange>(`/api/account-changes/${encodeURIComponent(id)}/${word}`, { method: "POST" }),
  payers: (area: string) => ask<z.infer<typeof payersPage>>(`/api/payers?${new URLSearchParams({ area, size: "1" })}`),
  payer: (area: string, body: z.infer<typeof payerRequest>) =>
    ask<AccountChange>(`/api/payers/${encodeURIComponent(area)}`, { method: "PUT", body }),
  missing: (list: string, item: string, area: string) =>
    ask<z.infer<typeof missingPage>>(`/api/payees/missing?${new URLSearchParams({ list, item, area })}`),
  reconciliation: (month: string) => ask<Reconciliation>(`/api/reconciliation?month=${month}`),
  bankFile: (id: string, name: "bank.csv" | "pain.001.xml") => batch(id, `/${name}`),
};
