import { type City, codesOf } from "./city.ts";
import { cells } from "./household-cells.ts";
import type { Part } from "./part.ts";
import { atAge, byAge, normal } from "./random.ts";

/** Earnings, income, homes and savings. Everything is in fen. */
export function assignMoney(city: City, part: Part): void {
  assignWages(city, part);
  assignHomes(city, part);
  assignIncome(city, part);
  assignBelowAverage(city, part);
  assignAssets(city, part);
  assignMedicalCosts(city, part);
}

/** Earnings over the working life around its mean. */
const career = byAge([
  [16, 0.45],
  [22, 0.62],
  [30, 0.98],
  [40, 1.15],
  [50, 1.08],
  [60, 0.9],
  [70, 0.6],
]);

/** The statutory minimum for full-time work, yuan a month (lists/cn-31: 2023-07-01). */
const minimumWage = 2690;

function assignWages(city: City, part: Part): void {
  const { wage } = city.marginals;
  const status = codesOf(city, "employmentStatus", "employed", "flexible", "self-employed");
  const own = city.random.draw("wage.own");
  const shared = city.random.draw("wage.household");
  const ability = codesOf(city, "workAbility", "full").full;
  const ownSigma = wage.sigma * Math.sqrt(1 - wage.household);
  const sharedSigma = wage.sigma * Math.sqrt(wage.household);
  const c = part.columns;
  for (let row = 0; row < part.persons; row++) {
    const now = c.employmentStatus!.data[row]!;
    if (now !== status.employed && now !== status.flexible && now !== status["self-employed"]) continue;
    const home = part.first + part.start[part.householdOf[row]!]!;
    const z = ownSigma * normal(own(part.first + row)) + sharedSigma * normal(shared(home));
    const kind = now === status.employed ? 1 : now === status.flexible ? 0.66 : 1.05;
    const level =
      wage.median *
      career[part.age[row]!]! *
      (part.tertiary[row] === 1 ? wage.tertiary : 1) *
      (part.male[row] === 1 ? 1 : wage.female) *
      (part.local[row] === 1 ? 1 : wage.other) *
      (c.workAbility!.data[row] === ability ? 1 : 0.6) *
      kind;
    const amount = level * Math.exp(z);
    c.monthlyWage!.data[row] = Math.round(now === status.employed ? Math.max(minimumWage, amount) : amount) * 100;
  }
}

function assignHomes(city: City, part: Part): void {
  const { marginals, random, places } = city;
  const grade = codesOf(city, "dwellingGrade", "none", "A", "B", "C", "D");
  const owns = random.draw("home.dwellings");
  const area = random.draw("home.area");
  const sold = random.draw("home.sold");
  const danger = random.draw("home.grade");
  const shanty = random.draw("home.shanty");
  const c = part.columns;
  for (let h = 0; h < part.households; h++) {
    const number = part.first + part.start[h]!;
    const { local } = cells[part.cell[h]!]!;
    const town = places.towns[part.town[h]!]!;
    const shares =
      local && town.rural ? [0.02, 0.75, 0.2, 0.03] : local ? marginals.dwellings.local : marginals.dwellings.other;
    let count = 0;
    for (let rest = owns(number) - shares[0]!; rest >= 0 && count < 3; rest -= shares[count]!) count++;
    const size = part.start[h + 1]! - part.start[h]!;
    const { median, sigma } = marginals.livingAreaPerHead;
    // Larger households share rooms: the area grows with the square root of their size.
    const metres = median * (town.rural ? 1.7 : 1) * 1.5 * Math.sqrt(size) * Math.exp(sigma * normal(area(number)));
    c.dwellings!.data[h] = count;
    c.livingArea!.data[h] = count === 0 ? 0 : Math.min(1_000_000, Math.round(metres * (0.7 + 0.3 * count) * 100));
    c.soldHomeRecently!.data[h] = sold(number) < 0.006 ? 1 : 0;
    const worn = town.rural ? marginals.dangerous.rural : marginals.dangerous.urban;
    const d = danger(number) / worn;
    c.dwellingGrade!.data[h] =
      count === 0 ? grade.none : d >= 1 ? grade.A : d < 0.15 ? grade.D : d < 0.45 ? grade.C : grade.B;
    c.shantytown!.data[h] = town.district === 0 && shanty(number) < marginals.dangerous.shanty ? 1 : 0;
  }
}

function assignIncome(city: City, part: Part): void {
  const rent = city.random.draw("income.rent");
  const other = city.random.draw("income.other");
  const c = part.columns;
  for (let h = 0; h < part.households; h++) {
    const start = part.start[h]!;
    for (let row = start; row < part.start[h + 1]!; row++) {
      const earned = c.monthlyWage!.data[row]! + c.monthlyPension!.data[row]!;
      const u = other(part.first + row);
      // Grown people with nothing of their own mostly have support or returns: alimony, parents, interest.
      const alone = earned === 0 && part.start[h + 1]! - start <= 2;
      const returns =
        part.age[row]! >= 18 && u < (alone ? 0.82 : 0.1) ? Math.round(300 + (u * 5200) / (alone ? 0.82 : 0.1)) : 0;
      c.monthlyIncome!.data[row] = earned + returns * 100;
    }
    // A second home is let in one household of three that has one; the rent is the householder's.
    if (c.dwellings!.data[h]! < 2 || rent(part.first + start) >= 0.33) continue;
    c.monthlyIncome!.data[start]! += Math.round(1800 + 9000 * rent(part.first + start)) * 100;
  }
}

/** Own income against the average pension; those who are not asked (below 80) have it all the same. */
function assignBelowAverage({ marginals }: City, part: Part): void {
  const { monthlyIncome, pensionBelowAverage } = part.columns;
  for (let row = 0; row < part.persons; row++) {
    pensionBelowAverage!.data[row] = monthlyIncome!.data[row]! < marginals.averagePension * 100 ? 1 : 0;
  }
}

/** Income of a household a month, in fen. */
export function householdIncome(part: Part, h: number): number {
  let sum = 0;
  for (let row = part.start[h]!; row < part.start[h + 1]!; row++) sum += part.columns.monthlyIncome!.data[row]!;
  return sum;
}

function assignAssets(city: City, part: Part): void {
  const { monthsOfIncome, sigma, poor } = city.marginals.assets;
  const draw = city.random.draw("assets");
  const c = part.columns;
  for (let h = 0; h < part.households; h++) {
    const start = part.start[h]!;
    const age = part.age[start]!;
    const size = part.start[h + 1]! - start;
    const income = householdIncome(part, h) + 120_000 * size;
    const life = Math.min(1.5, Math.max(0.25, (age - 18) / 25));
    const scarce = householdIncome(part, h) < 250_000 * size ? poor : 1;
    const amount = income * monthsOfIncome * life * scarce * Math.exp(sigma * normal(draw(part.first + start)));
    c.householdAssets!.data[h] = Math.min(90_000_000_000, Math.round(amount / 100) * 100);
  }
}

function assignMedicalCosts(city: City, part: Part): void {
  const { hospitalShare } = city.marginals;
  const stay = city.random.draw("medical.stay");
  const amount = city.random.draw("medical.amount");
  const c = part.columns;
  for (let row = 0; row < part.persons; row++) {
    const person = part.first + row;
    const ill = c.seriousIllness!.data[row] === 1;
    if (stay(person) >= (ill ? 0.7 : atAge(hospitalShare, part.age[row]!))) continue;
    const cost = (ill ? 21_000 : 4200) * Math.exp(1.05 * normal(amount(person)));
    c.medicalCostsBorne!.data[row] = Math.min(900_000, Math.round(cost)) * 100;
  }
}
