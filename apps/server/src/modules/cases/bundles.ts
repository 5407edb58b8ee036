import type { List } from "@qingdan/list";
import type { DatabaseTransaction } from "../../store/database.ts";
import { systemActor } from "../identity/index.ts";
import type { CaseView } from "./case-rows.ts";
import type { CaseState } from "./case-state.ts";
import type { BundleProgress, BundleView } from "./form-model.ts";
import { itemName } from "./present.ts";
import type { Cases } from "./seams.ts";
import { type Branch, openBranches } from "./submit-form.ts";

/** The bundles of a list, with their branches. */
export function presentBundles(cases: Cases, list: List, executable: ReadonlySet<string>): BundleView[] {
  return cases.guides.bundles(list).map(({ code, zh, en, note, branches }) => ({
    code,
    name: { zh, en },
    note: note ?? null,
    branches: branches.map(({ item, after }) => ({
      item: { code: item, name: itemName(list, item) },
      after: [...after],
      executable: executable.has(item),
    })),
  }));
}

/** Opens the branches whose turn has come: every branch that they wait for was granted (串联起算: their own clocks begin then). */
export async function advanceBundle(tx: DatabaseTransaction, cases: Cases, id: string): Promise<void> {
  const row = await tx.selectFrom("bundle_case").selectAll().where("id", "=", id).forUpdate().executeTakeFirstOrThrow();
  const branches = row.branches as Branch[];
  const decided = await tx.selectFrom("case_view").select(["item", "outcome"]).where("bundle", "=", id).execute();
  const granted = new Set(decided.filter(({ outcome }) => outcome === "grant").map(({ item }) => item));
  const ready = branches.filter((branch) => branch.case === null && branch.after.every((item) => granted.has(item)));
  if (ready.length === 0) return;
  const opened = await openBranches(tx, cases, ready, { actor: systemActor, channel: "system" });
  const kept = branches.map((branch) => ({ ...branch, case: branch.case ?? opened.get(branch.item) ?? null }));
  await tx
    .updateTable("bundle_case")
    .set({ branches: JSON.stringify(kept) })
    .where("id", "=", id)
    .execute();
}

/** Whether an action may have opened the way for other branches. */
export const mayAdvance = (before: CaseState, after: CaseState): boolean =>
  after.opening.bundle !== null && before.decision === null && after.decision?.outcome === "grant";

type BundleRow = {
  readonly id: string;
  readonly list: string;
  readonly bundle: string;
  readonly person: string;
  readonly branches: unknown;
  readonly at: Date;
};

/** One progress view over the branches of a life event. */
export function presentProgress(cases: Cases, list: List, row: BundleRow, views: readonly CaseView[]): BundleProgress {
  const branches = row.branches as Branch[];
  const byItem = new Map(views.map((view) => [view.item, view]));
  const bundle = cases.guides.bundles(list).find(({ code }) => code === row.bundle);
  const shown = branches.map(({ item, after }) => {
    const view = byItem.get(item);
    const before = after.map((other) => byItem.get(other));
    const blocked = before.some((other) => other && !other.open && other.outcome !== "grant");
    const state = view ? (view.open ? "open" : "decided") : blocked ? "blocked" : "waiting";
    return {
      item: { code: item, name: itemName(list, item) },
      after: [...after],
      state: state as BundleProgress["branches"][number]["state"],
      case: view?.id ?? null,
      stage: view?.stage ?? null,
      due: view?.due ?? null,
      outcome: view?.outcome ?? null,
    };
  });
  return {
    id: row.id,
    bundle: { code: row.bundle, name: { zh: bundle?.zh ?? row.bundle, en: bundle?.en ?? row.bundle } },
    person: row.person,
    at: row.at.toISOString(),
    done: shown.filter(({ state }) => state === "decided" || state === "blocked").length,
    of: shown.length,
    branches: shown,
  };
}
