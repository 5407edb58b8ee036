import { type City, codesOf } from "./city.ts";
import type { FactColumn, Part } from "./part.ts";

/** Facts as they once were, and the households (1) where they are others than now. */
export interface OldRecords {
  readonly columns: Record<string, FactColumn>;
  readonly changed: Uint8Array;
}

/**
 * The facts as the offices' old records have them where something has changed since: hukou moved away, income risen, work found,
 * disability graded anew. The other columns are the part's own.
 */
export function oldRecords(city: City, part: Part): OldRecords {
  const columns: Record<string, FactColumn> = { ...part.columns };
  const copied = [
    "hukouArea",
    "monthlyIncome",
    "householdAssets",
    "employmentStatus",
    "registeredUnemployed",
    "disabilityGrade",
  ];
  for (const name of [...copied, "leftInvoluntarily"]) columns[name] = { data: part.columns[name]!.data.slice() };
  const changed = new Uint8Array(part.households);
  changeHouseholds(city, part, { columns, changed });
  changePersons(city, part, { columns, changed });
  return { columns, changed };
}

function changeHouseholds(city: City, part: Part, { columns, changed }: OldRecords): void {
  const { rolls, assistance } = city.marginals;
  const risen = city.random.draw("rolls.income-risen");
  const moved = city.random.draw("rolls.moved");
  const status = codesOf(city, "assistanceStatus", "subsistence");
  const income = columns.monthlyIncome!.data;
  for (let h = 0; h < part.households; h++) {
    const start = part.start[h]!;
    const end = part.start[h + 1]!;
    const number = part.first + start;
    if (moved(number) < rolls.moved) {
      changed[h] = 1;
      for (let row = start; row < end; row++) columns.hukouArea!.data[row] = part.town[h]!;
    }
    // Who stands in the register as living on assistance was below the line when last looked at.
    const onRegister = part.columns.assistanceStatus!.data[start] === status.subsistence;
    if (!onRegister && risen(number) >= rolls.incomeRisen) continue;
    const most = onRegister ? assistance.line * 70 * (end - start) : Number.POSITIVE_INFINITY;
    let sum = 0;
    for (let row = start; row < end; row++) sum += income[row]!;
    const factor = onRegister ? Math.min(1, most / Math.max(1, sum)) : 0.45;
    if (onRegister && factor === 1) continue;
    changed[h] = 1;
    for (let row = start; row < end; row++) income[row] = Math.floor(income[row]! * factor);
    columns.householdAssets!.data[h] = Math.floor(columns.householdAssets!.data[h]! * Math.min(0.5, factor));
  }
}

function changePersons(city: City, part: Part, { columns, changed }: OldRecords): void {
  const { rolls } = city.marginals;
  const found = city.random.draw("rolls.job-found");
  const regraded = city.random.draw("rolls.regraded");
  const work = codesOf(city, "employmentStatus", "employed", "unemployed");
  const grade = codesOf(city, "disabilityGrade", "2", "3");
  for (let row = 0; row < part.persons; row++) {
    const person = part.first + row;
    if (columns.employmentStatus!.data[row] === work.employed && found(person) < rolls.jobFound) {
      columns.employmentStatus!.data[row] = work.unemployed;
      columns.registeredUnemployed!.data[row] = 1;
      columns.leftInvoluntarily!.data[row] = 1;
      changed[part.householdOf[row]!] = 1;
    }
    if (columns.disabilityGrade!.data[row] === grade["3"] && regraded(person) < rolls.regraded) {
      columns.disabilityGrade!.data[row] = grade["2"];
      changed[part.householdOf[row]!] = 1;
    }
  }
}
