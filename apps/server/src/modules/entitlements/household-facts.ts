import type { FactsFile } from "@qingdan/list";
import type { Manifest } from "../intake/index.ts";
import type { StoredRow } from "./lake.ts";

type FactsOfOne = FactsFile["persons"][string];
export type WrittenFact = FactsOfOne[string];

/** Turns the stored rows of a household back into facts: codes for numbers, yuan for fen, days as YYYY-MM-DD. */
export function householdFacts(
  manifest: Manifest,
  rows: { readonly household: StoredRow; readonly persons: readonly StoredRow[] },
  subject: number,
): FactsFile {
  const members = rows.persons.map(({ person }) => String(person));
  const household = factsOf(manifest, "households", rows.household);
  return {
    persons: Object.fromEntries(rows.persons.map((row, at) => [members[at]!, factsOf(manifest, "persons", row)])),
    households: { [String(rows.household.household)]: { ...household, members } },
    subject: String(subject),
  };
}

function factsOf(manifest: Manifest, entity: "persons" | "households", row: StoredRow): FactsOfOne {
  const facts: Record<string, WrittenFact> = {};
  for (const column of manifest.columns[entity]) {
    const value = factValue(manifest, column, row[column.name]);
    if (value !== undefined) facts[column.name] = value;
  }
  return facts;
}

function factValue(
  manifest: Manifest,
  column: Manifest["columns"]["persons"][number],
  stored: unknown,
): WrittenFact | undefined {
  if (stored === null || stored === undefined) return undefined;
  switch (column.type) {
    case "boolean":
      return stored === true || stored === 1;
    case "enum":
      return column.values?.[Number(stored)];
    case "area":
      return manifest.areas[Number(stored)];
    case "date":
      return stored instanceof Date ? stored.toISOString().slice(0, 10) : undefined;
    default:
      return Number(stored) / (column.scale ?? 1);
  }
}
