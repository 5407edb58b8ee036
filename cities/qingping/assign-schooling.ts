import { yearsBetween } from "./calendar.ts";
import { type City, codesOf } from "./city.ts";
import { role } from "./household-members.ts";
import type { Part } from "./part.ts";
import { byAge, pick } from "./random.ts";

/** The school year in progress began on 1 September 2024; the stage follows the age on that day. */
const schoolYear = 20_240_901;

/** Shanghai's ages at the start of the school year: five years of primary school, then four of junior secondary. */
const firstAge = {
  kindergarten: 3,
  primary: 6,
  junior: 11,
  upper: 15,
  college: 18,
  postgraduate: 22,
  end: 25,
} as const;

const stages = [
  "none",
  "kindergarten",
  "primary",
  "junior",
  "senior",
  "vocational",
  "college",
  "postgraduate",
] as const;
type Stage = (typeof stages)[number];

/** Who goes to which school, and who has a college degree. */
export function assignSchooling(city: City, part: Part): void {
  assignTertiary(city, part);
  const codes = codesOf(city, "schoolStage", ...stages);
  const kinds = codesOf(city, "schoolKind", "none", "public", "private");
  const pilots = codesOf(city, "mealPilot", "none", "national", "local");
  const { towns, firstTown } = city.places;
  const { random, marginals } = city;
  const draws = {
    stage: random.draw("school.stage"),
    kind: random.draw("school.kind"),
    away: random.draw("school.away"),
    inclusive: random.draw("school.inclusive"),
    boarding: random.draw("school.boarding"),
    major: random.draw("school.major"),
    fee: random.draw("school.fee"),
  };
  const c = part.columns;
  for (let row = 0; row < part.persons; row++) {
    const person = part.first + row;
    const age = yearsBetween(part.birth[row]!, schoolYear);
    const home = part.town[part.householdOf[row]!]!;
    const stage = stageAt(city, part, row, age, draws.stage(person));
    c.schoolStage!.data[row] = codes[stage];
    // Out of school the place of the school is the home's: the column has no "none".
    c.schoolArea!.data[row] = home;
    if (stage === "none") continue;
    const first = firstTown[towns[home]!.district]!;
    const towns6 = firstTown[towns[home]!.district + 1]! - first;
    const away = draws.away(person);
    const at = away < 0.12 ? first + Math.floor((away / 0.12) * towns6) : home;
    const isPrivate = draws.kind(person) < marginals.privateShare[stage];
    const school = towns[at]!;
    c.schoolGrade!.data[row] = gradeOf(stage, age);
    c.schoolKind!.data[row] = isPrivate ? kinds.private : kinds.public;
    c.schoolArea!.data[row] = at;
    c.ruralSchool!.data[row] = school.rural && stage !== "college" && stage !== "postgraduate" ? 1 : 0;
    c.mealPilot!.data[row] = pilots[stage === "primary" || stage === "junior" ? school.mealPilot : "none"];
    if (stage === "kindergarten") {
      c.inclusiveKindergarten!.data[row] = !isPrivate || draws.inclusive(person) < 0.7 ? 1 : 0;
      const fee = isPrivate
        ? 900 + 3200 * draws.fee(person) ** 2
        : [175, 225, 700][pick([5, 3, 1], draws.fee(person))]!;
      c.kindergartenFee!.data[row] = Math.round(fee) * 100;
    } else {
      const boards = marginals.boarding[stage] * (school.rural ? 2 : 1);
      c.boarding!.data[row] = draws.boarding(person) < boards ? 1 : 0;
    }
    const farming = stage === "vocational" ? 0.06 : stage === "college" ? 0.035 : 0;
    c.agriculturalMajor!.data[row] = draws.major(person) < farming ? 1 : 0;
  }
}

function stageAt(
  { marginals: { enrolment, vocationalShare } }: City,
  part: Part,
  row: number,
  age: number,
  u: number,
): Stage {
  if (age < firstAge.kindergarten || age >= firstAge.end) return "none";
  // Householders, spouses and people sharing a flat support themselves: of them only some study.
  const own = part.role[row] !== role.child && part.role[row] !== role.grandchild;
  if (age < firstAge.primary) return u < enrolment.kindergarten ? "kindergarten" : "none";
  if (age < firstAge.junior) return u < enrolment.compulsory ? "primary" : "none";
  if (age < firstAge.upper) return u < enrolment.compulsory ? "junior" : "none";
  if (age < firstAge.college) {
    if (u > enrolment.upper) return "none";
    return u < enrolment.upper * vocationalShare ? "vocational" : "senior";
  }
  const share = part.local[row] === 1 ? enrolment.collegeLocal : enrolment.collegeOther;
  if (age < firstAge.postgraduate) return u < share * (own ? 0.35 : 1) ? "college" : "none";
  return part.tertiary[row] === 1 && u < enrolment.postgraduate * (own ? 0.4 : 1) ? "postgraduate" : "none";
}

function gradeOf(stage: Stage, age: number): number {
  if (stage === "senior" || stage === "vocational") return age - firstAge.upper + 1;
  return stage === "none" ? 0 : age - firstAge[stage] + 1;
}

/** College degrees by age, scaled so that the share of 16-59 is the published one. */
function assignTertiary({ marginals, random }: City, part: Part): void {
  const curve = byAge(marginals.tertiaryByAge);
  const draw = random.draw("school.degree");
  // The mean of the curve over the census ages 20-59 is 0.465: the curve is used as it stands.
  for (let row = 0; row < part.persons; row++) {
    const age = part.age[row]!;
    const share = curve[age]! * (part.local[row] === 1 ? 1.06 : 0.95);
    part.tertiary[row] = age >= 21 && draw(part.first + row) < share ? 1 : 0;
  }
}
