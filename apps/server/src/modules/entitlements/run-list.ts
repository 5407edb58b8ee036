import { createHash } from "node:crypto";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import type { List, Rulebook } from "@qingdan/list";
import { type BlockRequest, openSnapshot, type Snapshot } from "../intake/index.ts";
import type { RunPlan } from "./plan.ts";
import { planRun } from "./plan-run.ts";
import { readRolls } from "./receipts.ts";
import { openPartialRun, type RunKey } from "./run-folder.ts";
import { type PartRecord, partTally } from "./run-part.ts";
import { type RunRecord, runRecord } from "./run-record.ts";
import { runWorkers } from "./run-workers.ts";
import type { EngineName } from "./sql-engine.ts";
import { summarise } from "./summary.ts";
import { writeReasons, writeSummary } from "./summary-file.ts";
import { addTally, emptyTally } from "./tally.ts";

export interface RunOptions {
  readonly list: List;
  readonly rulebook: Rulebook;
  /** Folder of the people snapshot. */
  readonly peopleDir: string;
  /** Where the run's files go; it appears when the run is whole. */
  readonly outDir: string;
  readonly workers: number;
  /** What decides; default kernels. Changes neither the answers nor their hash. */
  readonly engine?: EngineName;
  /** Default 131072, and 8192 for postgres. Changes neither the answers nor their hash. */
  readonly personsPerBlock?: number;
  readonly onProgress?: (people: number, of: number) => void;
  /** Stops the run; the parts that are done stay beside `outDir`, and the next run goes on from them. */
  readonly signal?: AbortSignal;
  readonly now: () => Date;
}

/** Decides every item for every person of a snapshot and writes the answers, what was found against the rolls, and the sums. */
export async function runList(options: RunOptions): Promise<RunRecord> {
  const started = performance.now();
  const { list, rulebook, peopleDir, outDir } = options;
  const snapshot = await openSnapshot(peopleDir);
  const key = runKey(rulebook, snapshot);
  const plan = planRun(list, rulebook, await readRolls(snapshot));
  const partial = await openPartialRun(outDir, key, snapshot.manifest.files.persons.length);
  const parts = await runParts(options, snapshot, { plan, folder: partial.folder, done: partial.done });
  const tally = emptyTally(plan);
  for (const part of parts) addTally(tally, partTally(part));
  const people = plan.districts.map((_, at) => parts.reduce((sum, part) => sum + part.people[at]!, 0));
  const summary = summarise({ list, rulebook, plan }, tally, people);
  await writeSummary(partial.folder, summary);
  await writeReasons(partial.folder, rulebook, plan, tally);
  const seconds = (performance.now() - started) / 1000;
  const record = runRecord({ list, rulebook, plan, snapshot, summary, parts, key, seconds, finishedAt: options.now() });
  await writeFile(path.join(partial.folder, "rulebook.json"), JSON.stringify(rulebook));
  await writeFile(path.join(partial.folder, "run.json"), JSON.stringify(record));
  await partial.finish();
  return record;
}

/** What a run is a function of. */
export function runKey(rulebook: Rulebook, snapshot: Snapshot): RunKey {
  const snapshotHash = createHash("sha256").update(JSON.stringify(snapshot.manifest)).digest("hex");
  return { rulebookHash: rulebook.hash, snapshotHash };
}

/** What is read of a snapshot: the facts of the rulebook's kernels, and the areas that people are counted by. */
function blockRequest(list: List, rulebook: Rulebook, plan: RunPlan): BlockRequest {
  const names = [
    ...rulebook.facts.map(({ name }) => name),
    ...plan.items.map(({ area }) => area.name),
    plan.peopleBy.name,
  ];
  return {
    facts: [...new Set(names)].map((name) => list.facts.get(name)!),
    areas: rulebook.areas.map(({ code }) => code),
  };
}

type Rest = Pick<Parameters<typeof runWorkers>[0]["setting"], "plan" | "folder"> & {
  readonly done: ReadonlyMap<number, PartRecord>;
};

/** Decides the parts that are not done yet; gives all of them, in order. */
async function runParts(options: RunOptions, snapshot: Snapshot, { plan, folder, done }: Rest): Promise<PartRecord[]> {
  const { list, rulebook, peopleDir, workers, engine = "kernels", onProgress, signal } = options;
  const { personsPerBlock = engine === "postgres" ? 8_192 : 131_072 } = options;
  const records = new Map(done);
  let people = [...done.values()].reduce((sum, { persons }) => sum + persons, 0);
  onProgress?.(people, snapshot.persons);
  await runWorkers({
    setting: {
      plan,
      peopleDir,
      request: blockRequest(list, rulebook, plan),
      personsPerBlock,
      folder,
      rulebook,
      engine,
    },
    parts: snapshot.manifest.files.persons.flatMap((_, part) => (records.has(part) ? [] : [part])),
    workers,
    signal,
    onPeople: (more) => {
      people += more;
      onProgress?.(people, snapshot.persons);
    },
    onPart: (record) => records.set(record.part, record),
  });
  return [...records.values()].toSorted((a, b) => a.part - b.part);
}
