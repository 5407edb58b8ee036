import { type City, codesOf } from "./city.ts";
import { role } from "./household-members.ts";
import type { Part } from "./part.ts";
import { byAge } from "./random.ts";

/** Marriage, living children, supporters, and children in need. */
export function assignFamily(city: City, part: Part): void {
  assignMarriage(city, part);
  assignChildren(city, part);
  assignChildStatus(city, part);
}

/** The row is one of two spouses who live together. */
function hasSpouse(part: Part, row: number): boolean {
  const h = part.householdOf[row]!;
  const start = part.start[h]!;
  const end = part.start[h + 1]!;
  const own = part.role[row]!;
  if (own === role.spouse || own === role.elderSpouse) return true;
  if (own === role.head) return end > start + 1 && part.role[start + 1] === role.spouse;
  if (own !== role.elder) return false;
  for (let r = start; r < end; r++) if (part.role[r] === role.elderSpouse) return true;
  return false;
}

function assignMarriage(city: City, part: Part): void {
  const { marginals, random } = city;
  const status = codesOf(city, "maritalStatus", "single", "married", "divorced", "widowed");
  const single = byAge(marginals.loneStatus.single);
  const divorced = byAge(marginals.loneStatus.divorced);
  const draw = random.draw("family.lone");
  const { data } = part.columns.maritalStatus!;
  for (let row = 0; row < part.persons; row++) {
    const age = part.age[row]!;
    const own = part.role[row]!;
    const u = draw(part.first + row);
    if (hasSpouse(part, row)) data[row] = status.married;
    else if (age < 22 || own === role.grandchild || own === role.sharer) data[row] = status.single;
    else if (own === role.child) data[row] = age >= 28 && u < 0.05 ? status.divorced : status.single;
    else {
      // A parent living without a spouse has been married, but for a few.
      const parent = own === role.elder || isParent(part, row) || (own === role.head && isGrandparent(part, row));
      const never = parent ? single[age]! * 0.1 : single[age]!;
      const left = (divorced[age]! / (1 - single[age]! + 1e-9)) * (1 - never);
      data[row] = u < never ? status.single : u < never + left ? status.divorced : status.widowed;
    }
  }
}

/** The row is householder (or the householder's spouse) with children of the couple at home. */
function isParent(part: Part, row: number): boolean {
  const h = part.householdOf[row]!;
  if (part.role[row] !== role.head && part.role[row] !== role.spouse) return false;
  for (let r = part.start[h]!; r < part.start[h + 1]!; r++) if (part.role[r] === role.child) return true;
  return false;
}

function isGrandparent(part: Part, row: number): boolean {
  const h = part.householdOf[row]!;
  return part.role[part.start[h + 1]! - 1] === role.grandchild && part.role[row] !== role.grandchild;
}

function assignChildren(city: City, part: Part): void {
  const { marginals, random } = city;
  const status = codesOf(city, "maritalStatus", "single", "married");
  const elsewhere = byAge(marginals.childrenElsewhere);
  const has = random.draw("family.children");
  const support = random.draw("family.support");
  const c = part.columns;
  for (let row = 0; row < part.persons; row++) {
    const person = part.first + row;
    const age = part.age[row]!;
    const marriage = c.maritalStatus!.data[row]!;
    const own = part.role[row]!;
    const atHome = isParent(part, row) || own === role.elder || own === role.elderSpouse || isGrandparent(part, row);
    const couple = own === role.spouse ? part.first + part.start[part.householdOf[row]!]! : person;
    const chance = marriage === status.single ? (age >= 60 ? 0.08 : 0.01) : age < 20 ? 0 : elsewhere[age]!;
    const living = atHome || has(couple) < chance;
    c.hasLivingChildren!.data[row] = living ? 1 : 0;
    c.hasSupporter!.data[row] = hasSupporter(age, marriage === status.married, living, own, support(person)) ? 1 : 0;
  }
}

function hasSupporter(age: number, married: boolean, children: boolean, own: number, u: number): boolean {
  if (age < 18) return own === role.grandchild ? u < 0.95 : u < 0.998;
  if (age >= 60) return married ? u < 0.97 : children ? u < 0.96 : u < 0.2;
  // Below 60 parents are mostly alive and able; from 45 on fewer of them.
  return married || own === role.child ? u < 0.985 : children ? u < 0.9 : u < (age < 45 ? 0.95 : 0.75);
}

function assignChildStatus(city: City, part: Part): void {
  const { marginals, random, places } = city;
  const status = codesOf(
    city,
    "childStatus",
    "none",
    "orphan",
    "de-facto-abandoned",
    "hiv",
    "in-distress",
    "adopted-disabled-orphan",
  );
  const rural = codesOf(city, "hukouKind", "rural").rural;
  const draw = random.draw("family.child-status");
  const away = random.draw("family.left-behind");
  const shares = marginals.childStatus;
  const c = part.columns;
  for (let row = 0; row < part.persons; row++) {
    if (part.age[row]! >= 18) continue;
    const u = draw(part.first + row);
    const withGrandparents = part.role[row] === role.grandchild;
    const orphan = withGrandparents ? 0.012 : shares.orphan / 4;
    const abandoned = orphan + (withGrandparents ? 0.03 : shares.abandoned / 4);
    const hiv = abandoned + shares.hiv;
    const adopted = hiv + shares.adopted;
    const distress = adopted + shares.distress;
    const value =
      u < orphan
        ? status.orphan
        : u < abandoned
          ? status["de-facto-abandoned"]
          : u < hiv
            ? status.hiv
            : u < adopted
              ? status["adopted-disabled-orphan"]
              : u < distress
                ? status["in-distress"]
                : status.none;
    c.childStatus!.data[row] = value;
    if (value === status.hiv) c.hivInfected!.data[row] = 1;
    if (value === status.orphan || value === status["de-facto-abandoned"]) c.hasSupporter!.data[row] = 0;
    const town = places.towns[part.town[part.householdOf[row]!]!]!;
    const alone = withGrandparents && value === status.none && c.hukouKind!.data[row] === rural && town.rural;
    c.leftBehind!.data[row] = alone && away(part.first + row) < 0.9 ? 1 : 0;
  }
}
