import { isWithin } from "../compile/environment.ts";
import { columnArray } from "../facts-file.ts";
import type { List } from "../model/list.ts";
import type { Column, People } from "../people.ts";
import { withFacts } from "../people-with-facts.ts";
import type { Rulebook, RulebookFact } from "../rulebook.ts";
import type { SideToCompare } from "./model.ts";

/**
 * The people of one side as the other side's rules would see them if our area were theirs: whoever is of our area is of
 * theirs, whoever is of elsewhere stays of elsewhere. Facts that they do not have, or that mean something else there,
 * are unknown and named.
 */
export function transplant(
  people: People,
  from: SideToCompare,
  to: SideToCompare,
): { readonly people: People; readonly missing: readonly string[] } {
  const known = to.rulebook.facts.filter((fact) => sameFact(fact, from));
  const columns = (entity: RulebookFact["entity"], held: Readonly<Record<string, Column>>) =>
    Object.fromEntries(
      known.flatMap((fact): [string, Column][] => {
        const column = held[fact.name];
        if (fact.entity !== entity || column === undefined) return [];
        return [[fact.name, fact.type.kind === "area" ? moved(column, positions(from, to), fact) : column]];
      }),
    );
  const moving: People = {
    ...people,
    personColumns: columns("person", people.personColumns),
    householdColumns: columns("household", people.householdColumns),
  };
  return withFacts(moving, to.rulebook.facts);
}

/** Whether a fact of one side is read in the same encoding on the other; facts that its rules do not read are the list's. */
function sameFact(fact: RulebookFact, { list, rulebook }: SideToCompare): boolean {
  const own = rulebook.facts.find(({ name }) => name === fact.name);
  if (own !== undefined) return own.entity === fact.entity && JSON.stringify(own.type) === JSON.stringify(fact.type);
  const written = list.facts.get(fact.name);
  if (written === undefined || written.entity !== fact.entity || written.type !== fact.factType) return false;
  return (
    JSON.stringify((written.values ?? []).map(({ code }) => code)) ===
    JSON.stringify(fact.values.map(({ code }) => code))
  );
}

/** For each area of the one side its position on the other. */
function positions(from: SideToCompare, to: SideToCompare): Int32Array {
  const at = new Map(to.rulebook.areas.map(({ code }, position) => [code, position]));
  const outside = at.get(rootOf(to.list)) ?? 0;
  const home = at.get(to.rulebook.area) ?? outside;
  return Int32Array.from(from.rulebook.areas, ({ code }) => {
    const same = at.get(code);
    const theirs = same !== undefined && isWithin(to.list, code, to.rulebook.area);
    if (isWithin(from.list, code, from.rulebook.area)) return theirs ? same : home;
    // Whoever comes from their area to ours is a stranger here, and is not to be at home there.
    return same === undefined || theirs ? outside : same;
  });
}

function rootOf({ areas }: List): string {
  return [...areas.values()].find(({ parent }) => parent === undefined)?.code ?? "cn";
}

function moved(column: Column, to: Int32Array, fact: Rulebook["facts"][number]): Column {
  const data = columnArray(fact, column.data.length);
  for (let row = 0; row < data.length; row += 1) data[row] = to[column.data[row] as number] ?? 0;
  return { ...column, data };
}
