import { columnArray } from "./facts-file.ts";
import type { Column, People } from "./people.ts";
import type { RulebookFact } from "./rulebook.ts";

/** People with a column for each of these facts: a fact that they do not have is unknown of everybody, and named. */
export function withFacts(
  people: People,
  facts: readonly RulebookFact[],
): { readonly people: People; readonly missing: readonly string[] } {
  const missing = facts.filter(({ name, entity }) => !Object.hasOwn(people[columnsOf[entity]], name));
  if (missing.length === 0) return { people, missing: [] };
  const added = (entity: RulebookFact["entity"], rows: number) =>
    Object.fromEntries(
      missing.filter((fact) => fact.entity === entity).map((fact) => [fact.name, nothing(fact, rows)]),
    );
  return {
    people: {
      ...people,
      personColumns: { ...people.personColumns, ...added("person", people.persons) },
      householdColumns: { ...people.householdColumns, ...added("household", people.households) },
    },
    missing: missing.map(({ name }) => name),
  };
}

const columnsOf = { person: "personColumns", household: "householdColumns" } as const;

function nothing(fact: RulebookFact, rows: number): Column {
  return { data: columnArray(fact, rows), unknown: new Uint8Array((rows + 7) >> 3).fill(255) };
}

/** Names of the columns that may hold unknown values. */
export function unknownColumns(people: People): ReadonlySet<string> {
  const all = [...Object.entries(people.personColumns), ...Object.entries(people.householdColumns)];
  return new Set(all.filter(([, column]) => column.unknown !== undefined).map(([name]) => name));
}
