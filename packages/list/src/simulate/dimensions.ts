import { addMonths, parseDay } from "@qingdan/feel/typed";
import { areaChain } from "../area-chain.ts";
import type { List } from "../model/list.ts";
import type { Words } from "../model/words.ts";
import type { Column, People } from "../people.ts";
import type { Rulebook } from "../rulebook.ts";
import type { Dimension } from "./model.ts";

const unknownGroup = { code: "unknown", zh: "未知", en: "Unknown" } as const;

function valueAt(column: Column | undefined, row: number): number | undefined {
  if (column === undefined) return undefined;
  const unknown = column.unknown !== undefined && (((column.unknown[row >> 3] as number) >> (row & 7)) & 1) === 1;
  return unknown ? undefined : column.data[row];
}

/** People by the county or district of an area fact; those outside of the rulebook's area together. */
export function districtDimension(
  list: List,
  rulebook: Pick<Rulebook, "areas" | "area" | "date">,
  people: People,
  fact: string,
): Dimension {
  const groups = new Map<string, { code: string } & Words>();
  const positions = rulebook.areas.map(({ code }) => {
    const chain = areaChain(list, code, rulebook.date);
    const inside = chain.some((area) => area.code === rulebook.area);
    const district = chain.find(({ level }) => level === "county") ?? chain[0];
    const group =
      inside && district
        ? { code: district.code, zh: district.zh, en: district.en }
        : { code: "elsewhere", zh: "外地", en: "Elsewhere" };
    if (!groups.has(group.code)) groups.set(group.code, group);
    return group.code;
  });
  groups.set(unknownGroup.code, unknownGroup);
  const order = new Map([...groups.keys()].map((code, at) => [code, at]));
  const byArea = Uint16Array.from(positions, (code) => order.get(code) ?? 0);
  const column = people.personColumns[fact];
  const of = new Uint16Array(people.persons);
  for (let row = 0; row < people.persons; row += 1) {
    const area = valueAt(column, row);
    of[row] = area === undefined ? groups.size - 1 : (byArea[area] as number);
  }
  return { name: "district", groups: [...groups.values()], of };
}

const householdTypes = [
  { code: "older-alone", zh: "独居老人", en: "Older person alone" },
  { code: "alone", zh: "单人户", en: "One person" },
  { code: "older-only", zh: "纯老年户", en: "Older people only" },
  { code: "with-children", zh: "有未成年人", en: "With children" },
  { code: "children-and-older", zh: "有未成年人和老人", en: "With children and older people" },
  { code: "adults", zh: "其他成年人户", en: "Other adults" },
  unknownGroup,
] as const;

/** People by who lives in their household: minors are under 18, older people 60 or over, on a day `YYYY-MM-DD`. */
export function householdTypeDimension(people: People, date: string): Dimension {
  const today = parseDay(date) ?? 0;
  const [minorAfter, olderUntil] = [addMonths(today, -18 * 12), addMonths(today, -60 * 12)];
  const births = people.personColumns.birthDate;
  const of = new Uint8Array(people.persons);
  const { start, members } = people.household;
  for (let household = 0; household < people.households; household += 1) {
    const [first, last] = [start[household] as number, start[household + 1] as number];
    let [minors, older, unknown] = [0, 0, 0];
    for (let at = first; at < last; at += 1) {
      const birth = valueAt(births, members[at] as number);
      if (birth === undefined) unknown += 1;
      else if (birth > minorAfter) minors += 1;
      else if (birth <= olderUntil) older += 1;
    }
    const type = householdType(last - first, minors, older, unknown);
    for (let at = first; at < last; at += 1) of[members[at] as number] = type;
  }
  return { name: "household-type", groups: householdTypes, of };
}

function householdType(size: number, minors: number, older: number, unknown: number): number {
  const code = ((): (typeof householdTypes)[number]["code"] => {
    if (unknown > 0) return "unknown";
    if (older === size) return size === 1 ? "older-alone" : "older-only";
    if (size === 1) return "alone";
    if (minors > 0) return older > 0 ? "children-and-older" : "with-children";
    return "adults";
  })();
  return householdTypes.findIndex((type) => type.code === code);
}

/** Monthly income a member of each household, in fen; NaN where a member's income is unknown. */
export function incomeByHousehold(people: People): Float64Array {
  const income = people.personColumns.monthlyIncome;
  const { start, members } = people.household;
  return Float64Array.from({ length: people.households }, (_, household) => {
    const [first, last] = [start[household] as number, start[household + 1] as number];
    let total = 0;
    for (let at = first; at < last; at += 1) total += valueAt(income, members[at] as number) ?? Number.NaN;
    return total / (last - first);
  });
}

/**
 * The nine incomes a member that cut people into tenths, poorest first: the least income so that a tenth, two tenths, ...
 * of all people whose income is known have it or less. Blocks that are simulated apart share the bounds of the whole.
 */
export function incomeBounds(blocks: readonly People[]): readonly number[] {
  const incomes = new Float64Array(blocks.reduce((sum, { persons }) => sum + persons, 0));
  let known = 0;
  for (const people of blocks) {
    const byHousehold = incomeByHousehold(people);
    for (let row = 0; row < people.persons; row += 1) {
      const income = byHousehold[people.householdOf[row] as number] as number;
      if (Number.isNaN(income)) continue;
      incomes[known] = income;
      known += 1;
    }
  }
  const sorted = incomes.subarray(0, known).sort();
  return Array.from({ length: 9 }, (_, tenth) => sorted[Math.ceil((sorted.length * (tenth + 1)) / 10) - 1] ?? 0);
}

/** People by the tenth of income that their household falls into. */
export function incomeDecileDimension(people: People, bounds: readonly number[] = incomeBounds([people])): Dimension {
  const tenths = Array.from({ length: 10 }, (_, at) => ({
    code: String(at + 1),
    zh: `第 ${at + 1} 个十分位`,
    en: `Tenth ${at + 1}`,
  }));
  const byHousehold = Uint8Array.from(incomeByHousehold(people), (income) =>
    Number.isNaN(income) ? 10 : bounds.filter((bound) => income > bound).length,
  );
  const of = Uint8Array.from(people.householdOf, (household) => byHousehold[household] as number);
  return { name: "income-decile", groups: [...tenths, unknownGroup], of };
}
