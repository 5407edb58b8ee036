import { demoDay } from "./calendar.ts";
import { type City, codesOf } from "./city.ts";
import { role } from "./household-members.ts";
import type { Part } from "./part.ts";
import { byAge } from "./random.ts";

/** Childbearing and the family-planning past of older couples. */
export function assignBirths(city: City, part: Part): void {
  assignMaternity(city, part);
  assignFamilyPlanning(city, part);
}

function assignMaternity(city: City, part: Part): void {
  const { marginals, random } = city;
  const stage = codesOf(city, "maternityStage", "none", "planning", "pregnant", "postpartum");
  const married = codesOf(city, "maritalStatus", "married").married;
  const pregnancy = byAge(marginals.pregnancy);
  const draw = random.draw("births.stage");
  const weeks = random.draw("births.weeks");
  const c = part.columns;
  for (let row = 0; row < part.persons; row++) {
    const mother = part.mother[row]!;
    const days = demoDay - c.birthDate!.data[row]!;
    if (mother < 0 || days >= 365 || part.age[mother]! > 49) continue;
    c.maternityStage!.data[mother] = stage.postpartum;
    c.weeksAfterBirth!.data[mother] = Math.floor(days / 7);
  }
  for (let row = 0; row < part.persons; row++) {
    const age = part.age[row]!;
    if (part.male[row] === 1 || age < 20 || age > 49) continue;
    if (c.maritalStatus!.data[row] !== married || c.maternityStage!.data[row] !== stage.none) continue;
    const u = draw(part.first + row);
    if (u < pregnancy[age]!) {
      c.maternityStage!.data[row] = stage.pregnant;
      c.gestationWeeks!.data[row] = 4 + Math.floor(weeks(part.first + row) * 37);
    } else if (age <= 44 && u < pregnancy[age]! + marginals.planning) {
      c.maternityStage!.data[row] = stage.planning;
    }
  }
}

function assignFamilyPlanning(city: City, part: Part): void {
  const { marginals, random } = city;
  const situation = codesOf(city, "onlyChildSituation", "none", "died", "disabled");
  const family = codesOf(
    city,
    "familyPlanningFamily",
    "none",
    "one-son",
    "one-daughter",
    "two-daughters",
    "childless-after-death",
    "daughter-died",
  );
  const surgery = codesOf(city, "surgeryComplicationGrade", "1", "2", "3");
  const marriage = codesOf(city, "maritalStatus", "single");
  const rural = codesOf(city, "hukouKind", "rural").rural;
  const draws = {
    lost: random.draw("planning.lost"),
    one: random.draw("planning.one"),
    sex: random.draw("planning.sex"),
    disabled: random.draw("planning.disabled"),
    surgery: random.draw("planning.surgery"),
  };
  const c = part.columns;
  for (let row = 0; row < part.persons; row++) {
    const age = part.age[row]!;
    // Parents of the years 1973-2001 in which the policy rewarded or punished.
    if (age < 45 || age > 92 || c.maritalStatus!.data[row] === marriage.single) continue;
    // Spouses share the past of their children.
    const home = part.householdOf[row]!;
    const couple = part.role[row] === role.spouse ? part.first + part.start[home]! : part.first + row;
    if (part.male[row] === 0) {
      const s = draws.surgery(couple) / marginals.surgery;
      if (s < 1)
        c.surgeryComplicationGrade!.data[row] = s < 0.05 ? surgery["1"] : s < 0.3 ? surgery["2"] : surgery["3"];
    }
    const children = c.hasLivingChildren!.data[row] === 1;
    const daughter = draws.sex(couple) < 0.47;
    const lost = !children && draws.lost(couple) < marginals.onlyChild.died * 12;
    const one = draws.one(couple);
    if (lost) c.onlyChildSituation!.data[row] = situation.died;
    else if (children && one < marginals.onlyChild.one && draws.disabled(couple) < 0.006) {
      c.onlyChildSituation!.data[row] = situation.disabled;
    }
    if (c.hukouKind!.data[row] !== rural) continue;
    if (lost) c.familyPlanningFamily!.data[row] = daughter ? family["daughter-died"] : family["childless-after-death"];
    else if (children && one < 0.42)
      c.familyPlanningFamily!.data[row] = daughter ? family["one-daughter"] : family["one-son"];
    else if (children && one < 0.5) c.familyPlanningFamily!.data[row] = family["two-daughters"];
  }
}
