import { refuse } from "./case-refusal.ts";
import type { CaseView } from "./case-rows.ts";
import type { OpenedCase } from "./case-store.ts";
import type { KeyRow } from "./request-key.ts";
import type { Cases } from "./seams.ts";

/** What identity is asked of a case. `by` is whose deed this one confirms. */
export function caseResource(view: Pick<CaseView, "id" | "area" | "office" | "person" | "item">, by?: string) {
  return {
    type: "case" as const,
    id: view.id,
    area: view.area,
    ...(view.office !== null && { office: view.office }),
    owner: view.person,
    item: view.item,
    ...(by !== undefined && { by }),
  };
}

/** @throws {Problem} CASE-UNKNOWN */
export async function viewOrRefuse(cases: Cases, id: string): Promise<CaseView> {
  return (await cases.store.view(id)) ?? refuseUnknown();
}

/** The case with its journal; see `CaseStore.open`. @throws {Problem} CASE-UNKNOWN */
export async function openOrRefuse(
  cases: Cases,
  id: string,
  asked?: Pick<KeyRow, "actor" | "key">,
): Promise<OpenedCase> {
  return (await cases.store.open(id, asked)) ?? refuseUnknown();
}

function refuseUnknown(): never {
  return refuse("CASE-UNKNOWN", "请核对办件编号", "Check the case's identifier");
}
