import { type City, codesOf } from "./city.ts";
import type { Part } from "./part.ts";
import { byAge, pick } from "./random.ts";

/** Military service and sudden hardship. */
export function assignService(city: City, part: Part): void {
  assignVeterans(city, part);
  assignHardship(city, part);
}

function assignVeterans(city: City, part: Part): void {
  const { marginals, random } = city;
  const { veterans } = marginals;
  const status = codesOf(city, "veteranStatus", "none", "active", "veteran", "survivor", "family");
  const grade = codesOf(city, "veteranDisabilityGrade", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10");
  const grades = Object.values(grade).sort((a, b) => a - b);
  const work = codesOf(city, "employmentStatus", "employed", "none");
  const rural = codesOf(city, "hukouKind", "rural").rural;
  const notStudying = codesOf(city, "schoolStage", "none").none;
  const men = byAge(veterans.male);
  const draw = random.draw("service.status");
  const hurt = random.draw("service.hurt");
  const degree = random.draw("service.grade");
  const care = random.draw("service.care");
  const c = part.columns;
  for (let row = 0; row < part.persons; row++) {
    const person = part.first + row;
    const age = part.age[row]!;
    const u = draw(person);
    const male = part.male[row] === 1;
    const study = c.schoolStage!.data[row] !== notStudying;
    const serves =
      age >= 18 &&
      age <= 35 &&
      !study &&
      c.employmentStatus!.data[row] === work.employed &&
      u < veterans.active * (male ? 1 : 0.08);
    const served = age >= 20 && !study && u < (male ? men[age]! : veterans.female);
    if (serves) c.veteranStatus!.data[row] = status.active;
    else if (served) c.veteranStatus!.data[row] = status.veteran;
    else if (u > 1 - veterans.survivor && age >= 18) c.veteranStatus!.data[row] = status.survivor;
    else if (u > 1 - veterans.survivor - 0.003 && age >= 45) c.veteranStatus!.data[row] = status.family;
    if (c.veteranStatus!.data[row] === status.veteran && hurt(person) < veterans.disabled) {
      c.veteranDisabilityGrade!.data[row] = grades[pick([1, 1, 1, 2, 5, 9, 16, 24, 22, 19], degree(person))]!;
      c.regularSpecialCare!.data[row] = 1;
    }
    const survivor = c.veteranStatus!.data[row] === status.survivor && care(person) < 0.85;
    const old = c.veteranStatus!.data[row] === status.veteran && age >= 60 && c.hukouKind!.data[row] === rural;
    if (survivor || (old && care(person) < 0.7)) c.regularSpecialCare!.data[row] = 1;
  }
}

function assignHardship(city: City, part: Part): void {
  const { marginals, random, places } = city;
  const { hardship } = marginals;
  const event = codesOf(city, "hardshipEvent", "none", "accident-or-illness", "expense-surge", "personal", "vagrant");
  const draw = random.draw("hardship.event");
  const flood = random.draw("hardship.flood");
  const legal = random.draw("hardship.legal");
  const exempt = random.draw("hardship.exempt");
  const c = part.columns;
  for (let h = 0; h < part.households; h++) {
    const start = part.start[h]!;
    const number = part.first + start;
    const u = draw(number);
    const { accident, expense, personal, vagrant } = hardship;
    const value =
      u < accident
        ? event["accident-or-illness"]
        : u < accident + expense
          ? event["expense-surge"]
          : u < accident + expense + personal
            ? event.personal
            : event.none;
    const alone = part.start[h + 1]! === start + 1 && u > 1 - vagrant * 5;
    const flooded = places.towns[part.town[h]!]!.flooded === true && flood(number) < hardship.disaster ? 1 : 0;
    for (let row = start; row < part.start[h + 1]!; row++) {
      const person = part.first + row;
      c.hardshipEvent!.data[row] = alone && part.age[row]! < 70 ? event.vagrant : value;
      c.disasterAffected!.data[row] = flooded;
      const needs = legal(person) < hardship.legal && part.age[row]! >= 12;
      c.needsLegalHelp!.data[row] = needs ? 1 : 0;
      c.legalAidExemption!.data[row] = needs && exempt(person) < hardship.exempt ? 1 : 0;
    }
  }
}
