import type { Cell } from "./household-cells.ts";
import type { Marginals } from "./marginals.ts";
import { type Draw, normal, type Random } from "./random.ts";

export const role = { head: 0, spouse: 1, child: 2, elder: 3, elderSpouse: 4, grandchild: 5, sharer: 6 } as const;

const largest = 8;

/** The members of one household being formed: sex 0 female, 1 male; ages in days; mother = position of the mother or -1. */
export interface Members {
  size: number;
  readonly sex: Uint8Array;
  readonly ageDays: Int32Array;
  readonly role: Uint8Array;
  readonly mother: Int8Array;
}

export function newMembers(): Members {
  return {
    size: 0,
    sex: new Uint8Array(largest),
    ageDays: new Int32Array(largest),
    role: new Uint8Array(largest),
    mother: new Int8Array(largest),
  };
}

const year = 365.2425;
/** Oldest age at which unmarried children live with their parents here (years). */
const oldestChild = 38;

/** Few live past 88: the ages above are drawn together. A householder with an elder is 65 at most, so gaps stay above 20. */
function thinned(age: number): number {
  return age <= 88 ? age : 88 + (age - 88) * 0.55;
}

/** Fills `members` with the people of a household of the cell; `index` is the household's number. */
export type FormHousehold = (cell: Cell, index: number, members: Members) => void;

export function createFormHousehold(marginals: Marginals, random: Random): FormHousehold {
  const { motherAge, spouseGap } = marginals;
  const draws = {
    head: random.draw("household.head"),
    spouse: random.draw("household.spouse"),
    mother: random.draw("household.mother"),
    spacing: random.draw("household.spacing"),
    childSex: random.draw("household.child-sex"),
    elder: random.draw("household.elder"),
    elderSpouse: random.draw("household.elder-spouse"),
    sharer: random.draw("household.sharer"),
    within: random.draw("household.within"),
  };
  const between = (draw: Draw, index: number, mean: number, deviation: number, low: number, high: number) => {
    const value = mean + deviation * normal(draw(index));
    // Where the bell leaves the bounds the value is spread evenly between them.
    return value >= low && value <= high ? value : low + draws.within(index * 16 + 7) * (high - low);
  };
  const add = (members: Members, sex: number, age: number, as: number, mother = -1) => {
    const at = members.size++;
    members.sex[at] = sex;
    members.ageDays[at] = Math.max(0, Math.floor(age * year));
    members.role[at] = as;
    members.mother[at] = mother;
    return at;
  };
  /** Husband minus wife, so that both are of the age of marriage (Civil Code art. 1047: 22 and 20). */
  const wifeOf = (draw: Draw, index: number, husband: number, youngest: number) =>
    husband -
    between(
      draw,
      index,
      spouseGap.mean,
      spouseGap.deviation,
      spouseGap.min,
      Math.min(spouseGap.max, husband - youngest),
    );
  const addChildren = (members: Members, cell: Cell, index: number, parentAge: number, mother: number) => {
    const high = Math.min(motherAge.max, parentAge);
    const low = Math.max(motherAge.min, parentAge - oldestChild);
    let gap = between(draws.mother, index, motherAge.mean, motherAge.deviation, low, high - 1.5 * (cell.children - 1));
    for (let child = 0; child < cell.children; child++) {
      if (child > 0) {
        const room = Math.min(5, high - gap - 1.5 * (cell.children - 1 - child));
        gap += 1 + draws.spacing(index * 4 + child) * Math.max(0, room - 1);
      }
      add(members, draws.childSex(index * 4 + child) < 0.525 ? 1 : 0, parentAge - gap, role.child, mother);
    }
  };
  const addElders = (members: Members, cell: Cell, index: number, headAge: number) => {
    const { mean, deviation, min, max } = motherAge;
    const gap = between(draws.elder, index, mean, deviation, min, max);
    const grandmother = thinned(headAge + gap);
    const alone = cell.elders === 1;
    const fatherAlone = alone && draws.elderSpouse(index) < 0.28;
    const at = add(members, fatherAlone ? 1 : 0, grandmother, role.elder);
    members.mother[0] = fatherAlone ? -1 : at;
    if (!alone) {
      const husband = grandmother + spouseGap.mean + spouseGap.deviation * normal(draws.elderSpouse(index)) * 0.8;
      add(members, 1, thinned(Math.max(husband, grandmother + spouseGap.min, headAge + 18)), role.elderSpouse);
    }
  };
  return (cell, index, members) => {
    members.size = 0;
    const head = cell.band + 5 * draws.head(index);
    const at = add(members, cell.sex, head, role.head);
    if (cell.kind === "single") return;
    if (cell.kind === "sharers") {
      for (let more = 0; more < cell.size - 1; more++) {
        const u = draws.sharer(index * 4 + more);
        const sex = u < 0.8 ? cell.sex : 1 - cell.sex;
        add(members, sex, Math.max(18, head - 4 + 8 * draws.within(index * 16 + more)), role.sharer);
      }
      return;
    }
    if (cell.kind === "lone-parent") {
      const parentAge = Math.max(head, motherAge.min + 1 + 1.6 * (cell.children - 1));
      addChildren(members, cell, index, parentAge, cell.sex === 0 ? at : -1);
      return;
    }
    if (cell.kind === "grandparents") {
      const grandmother = cell.sex === 0 ? head : wifeOf(draws.spouse, index, head, 45);
      if (cell.elders === 2) add(members, 0, grandmother, role.spouse);
      const gap = between(draws.mother, index, 54, 6, Math.max(40, grandmother - 17.5), Math.min(80, grandmother));
      add(members, draws.childSex(index * 4) < 0.525 ? 1 : 0, grandmother - gap, role.grandchild);
      return;
    }
    const youngest = cell.children > 0 ? motherAge.min + 0.6 + 1.6 * (cell.children - 1) : 20;
    const husband = Math.max(head, 22.05);
    members.ageDays[0] = Math.floor(husband * year);
    const wife = wifeOf(draws.spouse, index, husband, youngest);
    const mother = add(members, 0, wife, role.spouse);
    if (cell.children > 0) addChildren(members, cell, index, wife, mother);
    if (cell.elders > 0) addElders(members, cell, index, husband);
  };
}
