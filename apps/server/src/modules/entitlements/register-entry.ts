import type { FactsFile } from "@qingdan/list";
import { householdFacts } from "./household-facts.ts";
import type { Lake } from "./lake.ts";
import type { StoredRun } from "./run-store.ts";

/** What the registers hold on a person's household, by the run's snapshot and on its day; undefined for nobody known. */
export async function registerEntry(
  lake: Lake,
  run: StoredRun,
  person: string,
): Promise<{ readonly facts: FactsFile; readonly date: string } | undefined> {
  if (!/^\d{1,10}$/.test(person)) return undefined;
  const found = await lake.findPerson(run, Number(person));
  if (!found) return undefined;
  const { manifest } = run.snapshot;
  const stored = await lake.household(run, found.part, found.household);
  const facts = householdFacts(manifest, stored, Number(person));
  // In a snapshot a household may bear the number of its householder; here names tell persons and households apart.
  const households = Object.fromEntries(Object.entries(facts.households).map(([name, held]) => [`h${name}`, held]));
  return { facts: { ...facts, households }, date: manifest.date };
}
