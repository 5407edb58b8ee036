import { monthsBetween } from "./calendar.ts";
import { type City, codesOf } from "./city.ts";
import type { Part } from "./part.ts";
import { byAge } from "./random.ts";
import { retirementMonths } from "./retirement.ts";

/** Ability to work, work, unemployment and the way to retirement. */
export function assignWork(city: City, part: Part): void {
  const { marginals, random } = city;
  const status = codesOf(
    city,
    "employmentStatus",
    "none",
    "employed",
    "flexible",
    "self-employed",
    "unemployed",
    "retired",
  );
  const ability = codesOf(city, "workAbility", "full", "partial", "none");
  const grade = codesOf(city, "disabilityGrade", "none", "1", "2", "3");
  const student = codesOf(city, "schoolStage", "none").none;
  const active = { male: byAge(marginals.participation.male), female: byAge(marginals.participation.female) };
  const draws = {
    active: random.draw("work.active"),
    kind: random.draw("work.kind"),
    jobless: random.draw("work.jobless"),
    track: random.draw("work.track"),
    partial: random.draw("work.partial"),
    graduate: random.draw("work.graduate"),
  };
  const c = part.columns;
  for (let row = 0; row < part.persons; row++) {
    const person = part.first + row;
    const age = part.age[row]!;
    const male = part.male[row] === 1;
    const g = c.disabilityGrade!.data[row]!;
    const unable = age < 16 || age >= 60 || g === grade["1"] || g === grade["2"];
    const limited = g === grade["3"] || (c.seriousIllness!.data[row] === 1 && draws.partial(person) < 0.6);
    c.workAbility!.data[row] = unable ? ability.none : limited ? ability.partial : ability.full;
    const track = male ? 60 : draws.track(person) < (part.tertiary[row] === 1 ? 0.85 : 0.4) ? 55 : 50;
    const left = Math.max(0, retirementMonths(part.birth[row]!, track) - monthsBetween(part.birth[row]!, city.today));
    // Children are further from retirement than the range of the fact; it ends at 720 months.
    c.monthsToPensionAge!.data[row] = Math.min(720, left);
    if (age < 16 || c.schoolStage!.data[row] !== student) continue;
    if (age >= 21 && age <= 26 && part.tertiary[row] === 1) {
      c.recentGraduate!.data[row] = draws.graduate(person) < (age <= 24 ? 0.55 : 0.15) ? 1 : 0;
    }
    const share = (male ? active.male : active.female)[age]! * (unable && age < 60 ? 0.18 : limited ? 0.6 : 1);
    if (draws.active(person) >= share) {
      c.employmentStatus!.data[row] = left === 0 ? status.retired : status.none;
      continue;
    }
    if (left > 0 && draws.jobless(person) < marginals.unemploymentRate * joblessShape(age)) {
      c.employmentStatus!.data[row] = status.unemployed;
      continue;
    }
    const local = part.local[row] === 1;
    const employed = local ? marginals.workKinds.employedLocal : marginals.workKinds.employedOther;
    const flexible = local ? marginals.workKinds.flexibleLocal : marginals.workKinds.flexibleOther;
    const k = draws.kind(person);
    const kind = k < employed ? status.employed : k < employed + flexible ? status.flexible : status["self-employed"];
    // Past the statutory age one who works has retired and earns besides: the status is retired.
    c.employmentStatus!.data[row] = left === 0 ? status.retired : kind;
  }
  assignUnemployment(city, part);
}

/** Unemployment by age around its mean: three times as high for the young. */
function joblessShape(age: number): number {
  return age < 25 ? 2.7 : age < 30 ? 1.2 : age < 50 ? 0.75 : 1.05;
}

function assignUnemployment(city: City, part: Part): void {
  const { marginals, random } = city;
  const status = codesOf(city, "employmentStatus", "employed", "flexible", "unemployed");
  const registered = random.draw("work.registered");
  const involuntary = random.draw("work.involuntary");
  const months = random.draw("work.insured-months");
  const claimed = random.draw("work.claimed");
  const difficulty = random.draw("work.difficulty");
  const injury = random.draw("work.injury");
  const none = codesOf(city, "disabilityGrade", "none").none;
  const c = part.columns;
  for (let row = 0; row < part.persons; row++) {
    const person = part.first + row;
    const age = part.age[row]!;
    const now = c.employmentStatus!.data[row];
    const local = part.local[row] === 1;
    if (now === status.employed) {
      c.workInjuryInsured!.data[row] = injury(person) < 0.94 ? 1 : 0;
      c.unemploymentContributionMonths!.data[row] = Math.floor(
        Math.max(0, age - 18) * 12 * (0.3 + 0.65 * months(person)),
      );
    }
    if (now !== status.unemployed) continue;
    const paid = months(person) < (age < 25 ? 0.45 : 0.85);
    const contributed = paid ? Math.floor(Math.max(0, age - 18) * 12 * (0.05 + 0.7 * (months(person) / 0.85))) : 0;
    const onRecord = registered(person) < (local ? marginals.registered.local : marginals.registered.other);
    c.unemploymentContributionMonths!.data[row] = contributed;
    c.registeredUnemployed!.data[row] = onRecord ? 1 : 0;
    c.leftInvoluntarily!.data[row] = contributed > 0 && involuntary(person) < marginals.registered.involuntary ? 1 : 0;
    if (onRecord && c.leftInvoluntarily!.data[row] === 1 && contributed >= 12) {
      const longest = Math.min(24, contributed < 60 ? 12 : contributed < 120 ? 18 : 24);
      c.unemploymentMonthsClaimed!.data[row] = Math.floor(claimed(person) * (longest + 1));
    }
    const hard = c.disabilityGrade!.data[row] !== none || age >= (part.male[row] === 1 ? 50 : 40);
    c.jobseekerInDifficulty!.data[row] = onRecord && hard && difficulty(person) < 0.6 ? 1 : 0;
  }
}
