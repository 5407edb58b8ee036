import { assignAssistance } from "./assign-assistance.ts";
import { assignBirths } from "./assign-births.ts";
import { assignFamily } from "./assign-family.ts";
import { assignHealth } from "./assign-health.ts";
import { assignInsurance } from "./assign-insurance.ts";
import { assignMoney } from "./assign-money.ts";
import { assignPlaces } from "./assign-places.ts";
import { assignSchooling } from "./assign-schooling.ts";
import { assignService } from "./assign-service.ts";
import { assignUnknown } from "./assign-unknown.ts";
import { assignWork } from "./assign-work.ts";
import type { City } from "./city.ts";
import { formPart, type Part } from "./part.ts";

/** Makes one part of the city; each subject builds on those before it. */
export function makePart(city: City, index: number, persons: number): Part {
  const part = formPart(city, index, persons);
  assignPlaces(city, part);
  assignSchooling(city, part);
  assignHealth(city, part);
  assignWork(city, part);
  assignFamily(city, part);
  assignInsurance(city, part);
  assignMoney(city, part);
  assignAssistance(city, part);
  assignBirths(city, part);
  assignService(city, part);
  assignUnknown(city, part);
  return part;
}
