import type { Column } from "@qingdan/list";
import { allocateBits, allocateColumn, factWidth } from "../../apps/server/src/modules/intake/index.ts";
import { demoDay, packedDate, yearsBetween } from "./calendar.ts";
import { type City, codesOf } from "./city.ts";
import { cells } from "./household-cells.ts";
import { newMembers } from "./household-members.ts";

/**
 * People of a part of a city of `people` (the last part has fewer): at least four parts from 32,768 people on. Parts are made
 * apart from each other: threads and their order change nothing.
 */
export function partSizeOf(people: number): number {
  const quarter = 2 ** Math.floor(Math.log2(Math.max(1, people / 4)));
  return Math.min(131_072, Math.max(8192, quarter));
}

/** Which part to make: people `first` (counted from 0) to `first + persons`. */
export interface PartTask {
  readonly index: number;
  readonly first: number;
  readonly persons: number;
}

/** A part of the city while it is made: who lives with whom, and the columns that the facts fill. */
export interface Part {
  readonly index: number;
  /** Number of the first person; person numbers run through the city. A household has the number of its first member. */
  readonly first: number;
  readonly persons: number;
  readonly households: number;
  /** Rows of the members of household h: start[h] to start[h + 1] - 1. */
  readonly start: Int32Array;
  /** By household: position in the cells, town, village (0: in the town), and whether the hukou is local. */
  readonly cell: Uint16Array;
  readonly town: Uint8Array;
  readonly village: Uint8Array;
  readonly x: Int32Array;
  readonly y: Int32Array;
  /** By person. */
  readonly householdOf: Int32Array;
  readonly role: Uint8Array;
  readonly male: Uint8Array;
  readonly local: Uint8Array;
  readonly age: Uint8Array;
  /** Birth date as y * 10000 + m * 100 + d. */
  readonly birth: Int32Array;
  /** Row of the mother in the household, or -1. */
  readonly mother: Int32Array;
  readonly tertiary: Uint8Array;
  readonly columns: Readonly<Record<string, FactColumn>>;
}

/** A column of a fact; a bit of `unknown` is set where the registers do not know the value. */
export interface FactColumn {
  readonly data: Column["data"];
  unknown?: Uint8Array;
}

export function setUnknown(column: FactColumn, row: number): void {
  column.unknown ??= allocateBits(column.data.length);
  column.unknown[row >>> 3]! |= 1 << (row & 7);
  column.data[row] = 0;
}

/** Forms the households of a part and lays out its columns; the subjects (assign-*.ts) then fill them. */
export function formPart(city: City, { index, first, persons }: PartTask): Part {
  const members = newMembers();
  const cellDraw = city.random.draw("household.cell");
  const alignDraw = city.random.draw("household.align");
  const start = new Int32Array(persons + 1);
  const cell = new Uint16Array(persons);
  const rows = newRows(persons);
  let filled = 0;
  let households = 0;
  while (filled < persons) {
    const number = first + filled;
    const rest = persons - filled;
    let chosen = cellAt(city, cellDraw(number));
    // The last household must fit the people that are left.
    for (let again = 0; cells[chosen]!.size > rest; again++)
      chosen = again < 64 ? cellAt(city, alignDraw(number * 64 + again)) : 0;
    city.formHousehold(cells[chosen]!, number, members);
    for (let m = 0; m < members.size; m++) {
      const row = filled + m;
      rows.householdOf[row] = households;
      rows.role[row] = members.role[m]!;
      rows.male[row] = members.sex[m]!;
      const birth = demoDay - members.ageDays[m]!;
      rows.birthDay[row] = birth;
      rows.birth[row] = packedDate(birth);
      rows.age[row] = yearsBetween(rows.birth[row]!, city.today);
      rows.mother[row] = members.mother[m]! < 0 ? -1 : filled + members.mother[m]!;
    }
    cell[households] = chosen;
    start[households++] = filled;
    filled += members.size;
  }
  start[households] = filled;
  const columns: Record<string, FactColumn> = {};
  for (const fact of city.facts) {
    columns[fact.name] = { data: allocateColumn(factWidth(fact), fact.entity === "person" ? persons : households) };
  }
  columns.birthDate!.data.set(rows.birthDay);
  setSex(city, columns.sex!, rows.male);
  const { birthDay: _, ...kept } = rows;
  return {
    index,
    first,
    persons,
    households,
    start: start.slice(0, households + 1),
    cell: cell.slice(0, households),
    town: new Uint8Array(households),
    village: new Uint8Array(households),
    x: new Int32Array(households),
    y: new Int32Array(households),
    ...kept,
    local: new Uint8Array(persons),
    tertiary: new Uint8Array(persons),
    columns,
  };
}

function newRows(persons: number) {
  return {
    householdOf: new Int32Array(persons),
    role: new Uint8Array(persons),
    male: new Uint8Array(persons),
    age: new Uint8Array(persons),
    birth: new Int32Array(persons),
    birthDay: new Int32Array(persons),
    mother: new Int32Array(persons),
  };
}

function cellAt({ cellSums }: City, u: number): number {
  let low = 0;
  let high = cellSums.length - 1;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (cellSums[middle]! > u) high = middle;
    else low = middle + 1;
  }
  return low;
}

function setSex(city: City, column: FactColumn, male: Uint8Array): void {
  const codes = codesOf(city, "sex", "female", "male");
  for (let row = 0; row < male.length; row++) column.data[row] = male[row] === 1 ? codes.male : codes.female;
}
