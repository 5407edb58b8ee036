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
import { decideReceipts, type Receipts, type RollKernels } from "./decide-receipts.ts";
import { formPart, type Part, type PartTask } from "./part.ts";

/** A part of the city, and what its people receive. */
export interface MadePart {
  readonly part: Part;
  readonly receipts: Receipts;
}

/** Makes one part of the city; each subject builds on those before it. The rolls follow the truth, before what is unknown is taken away. */
export function makePart(city: City, task: PartTask, rolls: RollKernels | undefined): MadePart {
  const part = formPart(city, task);
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
  const receipts = decideReceipts(city, part, rolls);
  assignUnknown(city, part);
  return { part, receipts };
}
