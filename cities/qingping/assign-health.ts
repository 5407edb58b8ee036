import { type City, codesOf } from "./city.ts";
import type { Part } from "./part.ts";
import { byAge, pick } from "./random.ts";

/** Disability, need of care and diagnosed illness. */
export function assignHealth(city: City, part: Part): void {
  assignDisability(city, part);
  assignCare(city, part);
  assignIllness(city, part);
}

const kinds = ["vision", "hearing", "speech", "physical", "intellectual", "mental", "multiple"] as const;

function assignDisability(city: City, part: Part): void {
  const { marginals, random } = city;
  const rate = byAge(marginals.disabilityRate);
  const has = random.draw("disability");
  const kind = random.draw("disability.kind");
  const grade = random.draw("disability.grade");
  const care = random.draw("disability.care");
  const kindCodes = codesOf(city, "disabilityKind", ...kinds);
  const kindNumbers = kinds.map((name) => kindCodes[name]);
  const all = kinds.map((name) => marginals.disabilityKinds[name]);
  // Hearing and vision are disabilities of age: under 60 half of them are moved to the others.
  const young = kinds.map(
    (name) => marginals.disabilityKinds[name] * (name === "hearing" || name === "vision" ? 0.5 : 1.4),
  );
  const gradeCodes = codesOf(city, "disabilityGrade", "1", "2", "3", "4");
  const grades = [gradeCodes["1"], gradeCodes["2"], gradeCodes["3"], gradeCodes["4"]];
  const severe = marginals.severeShare;
  const gradeShares = [severe * 0.42, severe * 0.58, (1 - severe) * 0.38, (1 - severe) * 0.62];
  const c = part.columns;
  for (let row = 0; row < part.persons; row++) {
    const person = part.first + row;
    const age = part.age[row]!;
    if (has(person) >= rate[age]! * (part.local[row] === 1 ? 1 : 0.3)) continue;
    const at = pick(gradeShares, grade(person));
    c.disabilityKind!.data[row] = kindNumbers[pick(age < 60 ? young : all, kind(person))]!;
    c.disabilityGrade!.data[row] = grades[at]!;
    c.needsLongTermCare!.data[row] = care(person) < [0.75, 0.45, 0.12, 0.02][at]! ? 1 : 0;
  }
}

function assignCare(city: City, part: Part): void {
  const { marginals, random } = city;
  const dependence = byAge(marginals.dependence);
  const dependent = random.draw("care.dependent");
  const degree = random.draw("care.degree");
  const assessed = random.draw("care.assessed");
  const institution = random.draw("care.institution");
  const homeCare = random.draw("care.home");
  const self = codesOf(city, "selfCare", "able", "partial", "unable");
  const level = codesOf(city, "careLevel", "none", "1", "2", "3", "4", "5", "6");
  const levels = [level["1"], level["2"], level["3"], level["4"], level["5"], level["6"]];
  const reward = codesOf(city, "homeCareReward", "none", "hours", "money");
  const grade = codesOf(city, "disabilityGrade", "none", "1", "2");
  const c = part.columns;
  for (let row = 0; row < part.persons; row++) {
    const person = part.first + row;
    const age = part.age[row]!;
    const heavy = c.disabilityGrade!.data[row] === grade["1"];
    const severe = heavy || c.disabilityGrade!.data[row] === grade["2"];
    const chance =
      age >= 60 ? Math.max(dependence[age]!, severe ? 0.6 : 0) : severe && age >= 6 ? (heavy ? 0.55 : 0.2) : 0;
    if (dependent(person) >= chance) continue;
    const d = Math.min(0.999, degree(person) + (heavy ? 0.3 : 0));
    c.selfCare!.data[row] = d < 0.72 ? self.partial : self.unable;
    if (age < 60 || assessed(person) >= marginals.assessed) continue;
    const at = pick([0.16, 0.24, 0.22, 0.16, 0.13, 0.09], d);
    c.careLevel!.data[row] = levels[at]!;
    // People in care homes are the registered and the more dependent ones.
    const inHome = institution(person) < (part.local[row] === 1 ? marginals.institution * (3 + 2.5 * at) : 0.01);
    c.livesInInstitution!.data[row] = inHome ? 1 : 0;
    if (inHome || at < 1 || part.local[row] !== 1) continue;
    const months = Math.floor(homeCare(person) * 60) - 12;
    c.homeCareMonths!.data[row] = Math.max(0, months);
    if (at >= 4 && months > 1)
      c.homeCareReward!.data[row] = homeCare(person) % 0.01 < 0.004 ? reward.hours : reward.money;
  }
}

function assignIllness({ marginals, random }: City, part: Part): void {
  const { hypertension, diabetes, illness } = marginals;
  const columns = part.columns;
  const rates: readonly (readonly [name: string, rate: Float64Array])[] = [
    ["hypertension", byAge(hypertension.byAge).map((rate, age) => (age < 18 ? 0 : rate * hypertension.diagnosed))],
    ["diabetes", byAge(diabetes.byAge).map((rate, age) => (age < 18 ? 0 : rate * diabetes.diagnosed))],
    ["severeMentalDisorder", ages((age) => (age < 15 ? 0 : illness.mental))],
    ["tuberculosis", ages((age) => (age < 10 ? illness.tuberculosis / 10 : illness.tuberculosis))],
    ["hivInfected", ages((age) => (age < 16 ? illness.hiv / 60 : illness.hiv))],
    ["endemicDisease", ages(() => illness.endemic)],
    ["seriousIllness", byAge(marginals.seriousIllness)],
  ];
  for (const [name, rate] of rates) {
    const draw = random.draw(`illness.${name}`);
    const { data } = columns[name]!;
    for (let row = 0; row < part.persons; row++) data[row] = draw(part.first + row) < rate[part.age[row]!]! ? 1 : 0;
  }
}

function ages(rate: (age: number) => number): Float64Array {
  return Float64Array.from({ length: 121 }, (_, age) => rate(age));
}
