import { monthsBetween } from "./calendar.ts";
import { type City, codesOf } from "./city.ts";
import { cells } from "./household-cells.ts";
import { role } from "./household-members.ts";
import type { Part } from "./part.ts";
import { homeSpread, villageCentre } from "./places.ts";
import { type Draw, normal, pick } from "./random.ts";

/** Where each household lives and where each person's hukou is. */
export function assignPlaces(city: City, part: Part): void {
  placeHouseholds(city, part);
  assignHukou(city, part);
}

function placeHouseholds(city: City, part: Part): void {
  const { towns } = city.places;
  const weights = [towns.map(({ other }) => other), towns.map(({ local }) => local)];
  const townDraw = city.random.draw("place.town");
  const villageDraw = city.random.draw("place.village");
  const angle = city.random.draw("place.angle");
  const reach = city.random.draw("place.reach");
  for (let h = 0; h < part.households; h++) {
    const number = part.first + part.start[h]!;
    const index = pick(weights[cells[part.cell[h]!]!.local ? 1 : 0]!, townDraw(number));
    const town = towns[index]!;
    part.town[h] = index;
    // A fifth of a rural town's people live in its centre, the rest in villages.
    const v = villageDraw(number);
    const village = town.villages === 0 || v < 0.2 ? 0 : 1 + Math.floor(((v - 0.2) / 0.8) * town.villages);
    part.village[h] = village;
    const [centreX, centreY] = villageCentre(town, village);
    const distance = homeSpread(town, village) * Math.sqrt(-2 * Math.log(1 - 0.98 * reach(number)));
    const turn = 2 * Math.PI * angle(number);
    // Nobody lives in the river: a home that falls into it stands on its bank.
    const [x, y] = city.barriers.ashore([centreX + distance * Math.cos(turn), centreY + distance * Math.sin(turn)]);
    part.x[h] = Math.round(x);
    part.y[h] = Math.round(y);
  }
}

function assignHukou(city: City, part: Part): void {
  const { places, marginals, random } = city;
  const { towns } = places;
  const provinces = Object.values(marginals.provinces);
  const mixed = random.draw("hukou.mixed");
  const province = random.draw("hukou.province");
  const elsewhere = random.draw("hukou.elsewhere");
  const kind = random.draw("hukou.kind");
  const permit = random.draw("hukou.permit");
  const moved = random.draw("hukou.moved");
  const extraMonths = random.draw("hukou.months");
  const hukouKind = codesOf(city, "hukouKind", "urban", "rural");
  const { hukouArea, residenceArea, hukouKind: kinds, residencePermit, monthsInResidence } = part.columns;
  const { householdHukouMonths, applicationHukouMonths } = part.columns;
  const localTowns = towns.map((town) => town.local);
  for (let h = 0; h < part.households; h++) {
    const { local } = cells[part.cell[h]!]!;
    const start = part.start[h]!;
    const number = part.first + start;
    const town = part.town[h]!;
    const rural = towns[town]!.rural;
    // A fifth of local households are registered in another town than they live in (人户分离).
    const home = elsewhere(number) < 0.2 ? pick(localTowns, elsewhere(number) * 5) : town;
    const ruralShare = local ? (rural ? 0.62 : 0.06) : 0.6;
    const months = local ? drawMonths(moved, number, 210) : drawMonths(moved, number, 78);
    for (let row = start; row < part.start[h + 1]!; row++) {
      const person = part.first + row;
      const apart = part.role[row] === role.spouse && local && mixed(person) < marginals.mixedCouples;
      const isLocal = local && !apart;
      part.local[row] = isLocal ? 1 : 0;
      hukouArea!.data[row] = isLocal ? home : towns.length + pick(provinces, province(apart ? person : number));
      residenceArea!.data[row] = town;
      kinds!.data[row] = kind(apart ? person : number) < (apart ? 0.5 : ruralShare) ? hukouKind.rural : hukouKind.urban;
      residencePermit!.data[row] = !isLocal && permit(apart ? person : number) < 0.74 ? 1 : 0;
      monthsInResidence!.data[row] = Math.min(months, monthsBetween(part.birth[row]!, city.today));
    }
    const extra = Math.floor(Math.abs(normal(extraMonths(number))) * 120);
    householdHukouMonths!.data[h] = local ? Math.min(1200, months + extra) : 0;
    applicationHukouMonths!.data[h] = local ? (home === town ? months : Math.floor(months / 4)) : 0;
  }
}

function drawMonths(draw: Draw, index: number, mean: number): number {
  return Math.min(1200, Math.floor(-mean * Math.log(1 - 0.999 * draw(index))));
}
