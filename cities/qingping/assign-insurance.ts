import { type City, codesOf } from "./city.ts";
import type { Part } from "./part.ts";
import { normal } from "./random.ts";

/** Pension and medical insurance, and the pensions that are drawn. */
export function assignInsurance(city: City, part: Part): void {
  assignPension(city, part);
  assignMedical(city, part);
}

/** Years of contributions below which the employees' scheme pays no monthly pension. */
const leastYears = 15;

function assignPension(city: City, part: Part): void {
  const { marginals, random } = city;
  const scheme = codesOf(city, "pensionScheme", "none", "employee", "residents", "public-sector");
  const work = codesOf(city, "employmentStatus", "none", "employed", "flexible", "self-employed", "unemployed");
  const student = codesOf(city, "schoolStage", "none").none;
  const draws = {
    scheme: random.draw("pension.scheme"),
    years: random.draw("pension.years"),
    drawn: random.draw("pension.drawn"),
    amount: random.draw("pension.amount"),
  };
  const c = part.columns;
  for (let row = 0; row < part.persons; row++) {
    const age = part.age[row]!;
    if (age < 16 || c.schoolStage!.data[row] !== student) continue;
    const person = part.first + row;
    const status = c.employmentStatus!.data[row]!;
    const local = part.local[row] === 1;
    const u = draws.scheme(person);
    const reached = c.monthsToPensionAge!.data[row] === 0 && status !== work.employed;
    let at: number = scheme.none;
    if (age >= 60) at = olderScheme(marginals, scheme, local, u);
    else if (status === work.employed)
      at = u < marginals.publicSector ? scheme["public-sector"] : u < 0.97 ? scheme.employee : scheme.none;
    else if (reached) at = u < 0.9 ? scheme.employee : scheme.residents;
    else if (status === work.none)
      at = u < (age < 25 ? 0.15 : 0.6) ? scheme.residents : u < 0.8 ? scheme.employee : scheme.none;
    else at = u < 0.55 ? scheme.employee : u < 0.82 ? scheme.residents : scheme.none;
    if (at === scheme.none) continue;
    c.pensionScheme!.data[row] = at;
    const most = Math.max(1, Math.min(42, Math.min(age, 60) - 19));
    const years = Math.round(most * (0.25 + 0.75 * Math.sqrt(draws.years(person))));
    const entitled = at === scheme.residents ? age >= 60 : reached || age >= 60;
    c.pensionContributionYears!.data[row] = entitled ? Math.max(leastYears, years) : years;
    // Of those who have reached the age a few have not yet arranged the payment.
    if (!entitled || draws.drawn(person) < 0.012) continue;
    c.drawsPension!.data[row] = 1;
    c.monthlyPension!.data[row] = pension(marginals, scheme, at, draws.amount(person));
  }
}

type Schemes = Record<"none" | "employee" | "residents" | "public-sector", number>;

function olderScheme({ olderPension }: City["marginals"], scheme: Schemes, local: boolean, u: number): number {
  const [employee, residents, publicSector] = local
    ? [olderPension.employee, olderPension.residents, 0.06]
    : [0.3, 0.5, 0.03];
  if (u < employee) return scheme.employee;
  if (u < employee + residents) return scheme.residents;
  return u < employee + residents + publicSector ? scheme["public-sector"] : scheme.none;
}

/** Fen a month. */
function pension({ pensionMean, residentsPension }: City["marginals"], scheme: Schemes, at: number, u: number): number {
  const z = normal(u);
  if (at === scheme.residents)
    return Math.round(residentsPension.base + residentsPension.account * Math.exp(0.8 * z)) * 100;
  const sigma = 0.3;
  const mean = at === scheme.employee ? pensionMean : pensionMean * 1.7;
  return Math.round(mean * Math.exp(sigma * z - sigma ** 2 / 2)) * 100;
}

function assignMedical(city: City, part: Part): void {
  const { marginals, random } = city;
  const kind = codesOf(city, "medicalInsurance", "none", "employee", "residents");
  const scheme = codesOf(city, "pensionScheme", "employee", "public-sector");
  const work = codesOf(city, "employmentStatus", "employed", "flexible");
  const draw = random.draw("medical.scheme");
  const maternity = random.draw("medical.maternity");
  const away = random.draw("insured.elsewhere");
  const c = part.columns;
  for (let row = 0; row < part.persons; row++) {
    const person = part.first + row;
    const local = part.local[row] === 1;
    const pensionScheme = c.pensionScheme!.data[row]!;
    const employees = pensionScheme === scheme.employee || pensionScheme === scheme["public-sector"];
    const none = draw(person) < (local ? marginals.medicalNone.local : marginals.medicalNone.other);
    c.medicalInsurance!.data[row] = employees ? kind.employee : none ? kind.none : kind.residents;
    const employed = c.employmentStatus!.data[row] === work.employed;
    c.maternityInsured!.data[row] = employees && employed && maternity(person) < 0.985 ? 1 : 0;
    // People from elsewhere who are not in an employees' scheme here are insured where their hukou is, by and large.
    const home = !local && !employees && away(person) < 0.7;
    c.insuredArea!.data[row] = home ? c.hukouArea!.data[row]! : c.residenceArea!.data[row]!;
  }
}
