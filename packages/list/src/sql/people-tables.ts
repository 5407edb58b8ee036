import { formatDay } from "@qingdan/feel/typed";
import type { Column, People } from "../people.ts";
import type { Rulebook, RulebookFact } from "../rulebook.ts";

/** The tables that emitted SQL reads, as statements that make them and as CSV without a header; empty is null. */
export interface PeopleTables {
  readonly make: readonly string[];
  readonly persons: string;
  readonly households: string;
}

export function peopleTables(rulebook: Rulebook, people: People): PeopleTables {
  const of = (entity: "person" | "household") => rulebook.facts.filter((fact) => fact.entity === entity);
  const columns = (facts: readonly RulebookFact[]) => facts.map((fact) => `, "${fact.name}" ${typeOf(fact)}`).join("");
  const cells = (facts: readonly RulebookFact[], from: People["personColumns"], row: number) =>
    facts.map((fact) => cell(fact, from[fact.name], row));
  const rows = (count: number, cellsOf: (row: number) => readonly (string | number)[]) =>
    Array.from({ length: count }, (_, row) => `${cellsOf(row).join(",")}\n`).join("");
  const [ofPerson, ofHousehold] = [of("person"), of("household")];
  return {
    make: [
      `CREATE TABLE persons (seq BIGINT, household BIGINT${columns(ofPerson)})`,
      `CREATE TABLE households (household BIGINT${columns(ofHousehold)})`,
    ],
    persons: rows(people.persons, (row) => [
      row,
      people.householdOf[row] ?? 0,
      ...cells(ofPerson, people.personColumns, row),
    ]),
    households: rows(people.households, (row) => [row, ...cells(ofHousehold, people.householdColumns, row)]),
  };
}

function typeOf({ type }: RulebookFact): string {
  if (type.kind === "boolean") return "BOOLEAN";
  return type.kind === "date" ? "DATE" : "BIGINT";
}

function cell({ type }: RulebookFact, column: Column | undefined, row: number): string | number {
  if (column === undefined || ((column.unknown?.[row >> 3] ?? 0) >> (row & 7)) & 1) return "";
  const value = column.data[row] ?? 0;
  if (type.kind === "boolean") return value === 1 ? "true" : "false";
  return type.kind === "date" ? formatDay(value) : value;
}
