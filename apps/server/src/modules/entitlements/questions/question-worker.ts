import { rename, writeFile } from "node:fs/promises";
import { parentPort, workerData } from "node:worker_threads";
import { type HouseholdFacts, householdFacts, learnQuestions, type Rulebook } from "@qingdan/list";
import { openSnapshot, type SnapshotFact } from "../../intake/index.ts";

/** What a tree is made from, and where it is written. */
export interface QuestionWork {
  readonly rulebook: Rulebook;
  readonly facts: readonly SnapshotFact[];
  readonly peopleDir: string;
  readonly file: string;
  /** People drawn from the city; half of them are kept aside to tell what the tree is worth. */
  readonly drawn: number;
}

/** Parts of the city that people are drawn from, at most: a large city is not read whole for a few thousand people. */
const mostParts = 8;

const work: QuestionWork = workerData;
const people = await draw(work);
// From here on nothing is open that would mind being torn down.
parentPort?.postMessage("drawn");
const tree = learnQuestions(work.rulebook, people);
await writeFile(`${work.file}.partial`, JSON.stringify(tree));
await rename(`${work.file}.partial`, work.file);

/** People evenly from first to last. */
async function draw({ rulebook, facts, peopleDir, drawn }: QuestionWork): Promise<HouseholdFacts[]> {
  const snapshot = await openSnapshot(peopleDir);
  const parts = evenly(snapshot.manifest.files.persons.length, mostParts);
  const request = { facts, areas: rulebook.areas.map(({ code }) => code) };
  const found: HouseholdFacts[] = [];
  for (const part of parts) {
    const before = found.length;
    const wanted = Math.ceil(drawn / parts.length);
    for await (const { people: block } of snapshot.blocks(request, { parts: [part] })) {
      const factsOf = householdFacts(rulebook, block);
      for (const row of evenly(block.persons, wanted - (found.length - before))) found.push(factsOf(row));
    }
  }
  return found;
}

/** So many positions of `of`, evenly from first to last. */
function evenly(of: number, wanted: number): number[] {
  const count = Math.min(of, wanted);
  return Array.from({ length: count }, (_, at) => Math.floor((at * of) / count));
}
