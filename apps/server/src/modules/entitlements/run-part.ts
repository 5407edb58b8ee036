import { rename, writeFile } from "node:fs/promises";
import path from "node:path";
import { type BlockRequest, openSnapshot } from "../intake/index.ts";
import { districtColumn, type RunBlock, readDecisions } from "./decide-block.ts";
import type { Deciding } from "./deciding.ts";
import { startDecisionsHash } from "./decisions-hash.ts";
import type { RunPlan } from "./plan.ts";
import { openReceipts } from "./receipts.ts";
import { createAnswersFile, createFindingsFile } from "./rows-file.ts";
import { emptyTally, tallyFromJson, tallyToJson } from "./tally.ts";

/** The same for every part of a run. */
export interface PartSetting {
  readonly plan: RunPlan;
  readonly peopleDir: string;
  readonly request: BlockRequest;
  readonly personsPerBlock: number;
  /** Folder that the part's files are written to. */
  readonly folder: string;
  /** Stops after the block that is being decided; the part is then not done. */
  readonly signal: AbortSignal;
}

/** What a part leaves behind in `part-<n>.json` once its Parquet files are complete. */
export type PartRecord = {
  readonly part: number;
  readonly persons: number;
  readonly households: number;
  readonly answers: number;
  readonly findings: number;
  readonly hash: string;
  readonly tally: ReturnType<typeof tallyToJson>;
  /** People by district. */
  readonly people: readonly number[];
};

export const partName = (part: number) => `part-${String(part).padStart(5, "0")}`;

/** Decides one part of a snapshot and writes its files; the record is written last, so a part is there wholly or not at all. */
export async function runPart(
  setting: PartSetting,
  part: number,
  deciding: Deciding,
  onPeople: (people: number) => void,
): Promise<PartRecord> {
  const { plan, peopleDir, request, personsPerBlock, folder, signal } = setting;
  const snapshot = await openSnapshot(peopleDir);
  const receipts = await openReceipts(
    snapshot,
    plan.items.map(({ code }) => code),
  );
  const tally = emptyTally(plan);
  const hash = startDecisionsHash(plan.items.length);
  const answers = createAnswersFile(path.join(folder, `answers-${partName(part)}.parquet`));
  const findings = createFindingsFile(path.join(folder, `findings-${partName(part)}.parquet`));
  const peopleByDistrict = new Array<number>(plan.districts.length).fill(0);
  const counts = { persons: 0, households: 0, answers: 0, findings: 0 };
  const decider = await deciding.open(snapshot, part);
  for await (const { people, personIds } of snapshot.blocks(request, { parts: [part], personsPerBlock, signal })) {
    const decisions = await decider.decide(people);
    const block: RunBlock = { people, personIds, receipts: await receipts.of(personIds) };
    const rows = readDecisions(plan, block, decisions, tally);
    hash.add(decisions, people.persons);
    answers.append(rows.answers);
    findings.append(rows.findings);
    for (const district of districtColumn(plan, people, plan.peopleBy)) peopleByDistrict[district]!++;
    counts.persons += people.persons;
    counts.households += people.households;
    counts.answers += rows.answers.reduce((sum, { count }) => sum + count, 0);
    counts.findings += rows.findings.reduce((sum, { count }) => sum + count, 0);
    onPeople(people.persons);
  }
  await decider.close();
  receipts.close();
  await answers.close();
  await findings.close();
  const record: PartRecord = {
    part,
    ...counts,
    hash: hash.digest(),
    tally: tallyToJson(tally),
    people: peopleByDistrict,
  };
  const file = path.join(folder, `${partName(part)}.json`);
  await writeFile(`${file}.new`, JSON.stringify(record));
  await rename(`${file}.new`, file);
  return record;
}

export function partTally(record: PartRecord) {
  return tallyFromJson(record.tally);
}
