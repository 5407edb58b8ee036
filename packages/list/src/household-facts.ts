import type { HouseholdFacts } from "./decide.ts";
import type { Column, People } from "./people.ts";
import type { Rulebook } from "./rulebook.ts";

/** The facts of each person's household, read from columns. */
export function householdFacts(rulebook: Rulebook, people: People): (row: number) => HouseholdFacts {
  const isBoolean = new Map(rulebook.facts.map((fact) => [fact.name, fact.type.kind === "boolean"]));
  const read = (name: string, column: Column | undefined, row: number) => {
    if (column === undefined || ((column.unknown?.[row >> 3] ?? 0) >> (row & 7)) & 1) return undefined;
    const value = column.data[row] ?? 0;
    return isBoolean.get(name) === true ? value === 1 : value;
  };
  const { start, members } = people.household;
  return (row) => {
    const household = people.householdOf[row] ?? 0;
    const own = members.subarray(start[household], start[household + 1]);
    return {
      members: own.length,
      subject: own.indexOf(row),
      fact: (name, entity, member) =>
        entity === "household"
          ? read(name, people.householdColumns[name], household)
          : read(name, people.personColumns[name], own[member] ?? -1),
    };
  };
}
