import { createHash } from "node:crypto";
import type { List, Rulebook } from "@qingdan/list";
import type { Snapshot } from "../intake/index.ts";
import { findings, outcomes, type RunItemPage, type RunPage } from "./model.ts";
import type { RunPlan } from "./plan.ts";
import type { RunKey } from "./run-folder.ts";
import type { PartRecord } from "./run-part.ts";
import type { Summary } from "./summary.ts";

/** `run.json` of a run's folder: everything that is shown of it except single rows. */
export interface RunRecord {
  readonly format: 1;
  readonly run: Omit<RunPage, "perItem">;
  readonly items: readonly RunItemPage[];
  /** What the numbers in the Parquet files mean: positions in these. */
  readonly codes: {
    readonly items: readonly { readonly code: string; readonly reasons: readonly string[] }[];
    readonly districts: readonly string[];
    readonly outcomes: readonly string[];
    readonly findings: readonly string[];
  };
}

interface Finished {
  readonly list: List;
  readonly rulebook: Rulebook;
  readonly plan: RunPlan;
  readonly snapshot: Snapshot;
  readonly summary: Summary;
  /** In the order of the snapshot's parts. */
  readonly parts: readonly PartRecord[];
  readonly key: RunKey;
  readonly seconds: number;
  readonly finishedAt: Date;
}

export function runRecord(finished: Finished): RunRecord {
  const { list, rulebook, plan, snapshot, summary, parts, key, seconds, finishedAt } = finished;
  const area = list.areas.get(rulebook.area);
  const { name, people, households, seed } = snapshot.manifest;
  const { total } = summary;
  return {
    format: 1,
    run: {
      id: runId(key),
      list: { code: list.code, name: { zh: list.name.zh, en: list.name.en } },
      area: { code: rulebook.area, name: { zh: area?.zh ?? rulebook.area, en: area?.en ?? rulebook.area } },
      date: rulebook.date,
      city: name,
      synthetic: seed !== undefined,
      people,
      households,
      items: rulebook.items.length,
      decisions: total.entitled + total.undetermined + total.notEntitled,
      entitled: total.entitled,
      undetermined: total.undetermined,
      seconds: Math.round(seconds * 1000) / 1000,
      hash: runHash(key, parts),
      rulebookHash: key.rulebookHash,
      snapshotHash: key.snapshotHash,
      finishedAt: finishedAt.toISOString(),
      total,
      districts: [...summary.districts],
    },
    items: summary.items,
    codes: {
      items: rulebook.items.map(({ code, reasons }) => ({ code, reasons: reasons.map((reason) => reason.code) })),
      districts: plan.districts,
      outcomes,
      findings,
    },
  };
}

/** The same rulebook over the same people is the same run. */
export function runId(key: RunKey): string {
  return createHash("sha256").update(`${key.rulebookHash} ${key.snapshotHash}`).digest("hex").slice(0, 16);
}

/** SHA-256 over what decided, whom, and every decision; the parts are those of the snapshot, however it was worked through. */
function runHash(key: RunKey, parts: readonly PartRecord[]): string {
  const hash = createHash("sha256").update(`${key.rulebookHash}\n${key.snapshotHash}\n`);
  for (const part of parts) hash.update(`${part.part} ${part.persons} ${part.hash}\n`);
  return hash.digest("hex");
}
