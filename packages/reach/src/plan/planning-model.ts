import type { Block } from "../coverage/judge.ts";
import type { AgeGroup } from "../coverage/standard.ts";
import { ReachRefusal } from "../refusal.ts";
import { checkShare } from "../site/fairness.ts";

/** What is to be planned: services for age groups, the sites that are there or could be, money, and rules. */
export interface PlanningModel {
  readonly services: readonly PlannedService[];
  readonly blocks: readonly Block[];
  readonly sites: readonly PlanningSite[];
  /** Walking metres from block i to site j at `[i * sites + j]`; Infinity or NaN where there is no way. */
  readonly metres: Float64Array;
  /** Walking metres between sites, at `[a * sites + b]`; needed where a branch needs a main. */
  readonly siteMetres?: Float64Array;
  /** The years of the plan, in order. What one year does stays in all later ones. */
  readonly years: readonly PlanningYear[];
  /** Most money over all years together, beside what each year has. */
  readonly mostFen?: number;
  /** Money that a year leaves over is there in the next; a year without a budget leaves no end of it. */
  readonly carryOver?: boolean;
  /** Most floor that all deeds together may add, in m2. */
  readonly newFloorM2?: number;
  /** Nobody who has a service within reach today may be left without one in any year. */
  readonly noneLoses?: boolean;
  /** What is there today and no deed changes need not reach its least people, nor have a main if it has none today. */
  readonly todayMayStay?: boolean;
  /** What is wanted, the most important first: each holds the ones before at their best. `people`, then `cost`, unless given. */
  readonly aims?: readonly Aim[];
  /** Share of people who count as worst off in the aim `tail`, above 0 and up to 1; a tenth unless given. */
  readonly tailShare?: number;
}

/**
 * `people`: most people served, summed over services (by their weight) and years. `cost`: least money. The others look at the
 * share that is served of a street's people by a service in the last year. `worst-street`: the smallest is largest. `tail`: the
 * mean of the worst-off people's shares is largest. `worst-first`: the smallest is largest, then the next smallest, and so on.
 * `gini`: the shares are most alike (least Gini coefficient, by people); they can be alike because few are served, so a
 * `leastShare` of the services belongs to it.
 */
export type Aim = "people" | "cost" | "worst-street" | "tail" | "worst-first" | "gini";

export interface PlannedService {
  readonly id: string;
  /** Whose need it is. */
  readonly group: AgeGroup;
  readonly withinMetres: number;
  /** Floor that a thousand people need, by which floor becomes capacity; places given for a function come first. */
  readonly m2PerThousand?: number;
  /** Least and most people that one site may serve. */
  readonly people?: { readonly least?: number; readonly most?: number };
  /** A branch is open only with an open main of this service within some metres. */
  readonly main?: { readonly service: string; readonly withinMetres: number };
  /** Weight of a person served in the aim `people`; 1 unless given. */
  readonly weight?: number;
  /** Least share of people served in the last year, over all and in each street. */
  readonly leastShare?: number;
  readonly leastStreetShare?: number;
}

export interface PlanningSite {
  readonly id: string;
  /** What is there today, which stays unless a deed replaces it; absent for a candidate. */
  readonly now?: SiteUse;
  /** What could be done there: at most one of them, once. */
  readonly options: readonly SiteOption[];
}

/** A building in use. */
export interface SiteUse {
  readonly functions: readonly SiteFunction[];
  /** Running costs of a year. */
  readonly yearlyFen?: number;
}

export interface SiteFunction {
  readonly service: string;
  readonly floorM2?: number;
  /** People it can serve; without it floor by the service's need a thousand people, else as many as come. */
  readonly places?: number;
}

export interface SiteOption {
  readonly id: string;
  readonly deed: "extend" | "convert" | "close" | "build";
  /** What the site holds afterwards, old functions included; an optional one is had for its own cost if the plan wants it. */
  readonly functions: readonly (SiteFunction & { readonly optional?: boolean; readonly costFen?: number })[];
  readonly costFen: number;
  readonly yearlyFen?: number;
  /** Floor afterwards; functions cannot have more. */
  readonly floorM2?: number;
  /** Floor that the deed adds. */
  readonly addsFloorM2?: number;
  /** First year in which it can be done. */
  readonly fromYear?: number;
  /** Functions that must be under this one roof. */
  readonly together?: Together;
}

/** A rule of co-location, as of embedded community centres. */
export interface Together {
  readonly floorM2: number;
  readonly atLeast: number;
  readonly core: readonly string[];
  readonly coreAtLeast: number;
}

export interface PlanningYear {
  readonly year: number;
  /** Without it money does not bind. */
  readonly budgetFen?: number;
}

/** People whom a function can serve; Infinity where nothing limits it. */
export function capacityOf({ m2PerThousand, people }: PlannedService, { places, floorM2 }: SiteFunction): number {
  const byFloor =
    m2PerThousand !== undefined && floorM2 !== undefined ? (1000 * floorM2) / m2PerThousand : Number.POSITIVE_INFINITY;
  return Math.min(places ?? byFloor, people?.most ?? Number.POSITIVE_INFINITY);
}

/** Refuses a model that contradicts itself. */
export function checkModel({
  services,
  blocks,
  sites,
  metres,
  siteMetres,
  years,
  tailShare = 1,
  mostFen = 0,
}: PlanningModel): void {
  checkShare(tailShare);
  const refuse = (code: string, place: string, message: string): never => {
    throw new ReachRefusal(code, place, message);
  };
  if (!Number.isSafeInteger(mostFen) || mostFen < 0)
    refuse("reach.plan-money", "mostFen", `${mostFen} is no sum; expected whole fen, 0 or more`);
  const known = new Set(services.map(({ id }) => id));
  const once = (what: string, ids: readonly string[]) => {
    const twice = ids.find((id, n) => ids.indexOf(id) !== n);
    if (twice !== undefined) refuse("reach.plan-twice", `${what} ${twice}`, "stands twice; every one needs its own id");
  };
  once("service", [...services.map(({ id }) => id)]);
  once("site", [...sites.map(({ id }) => id)]);
  if (metres.length !== blocks.length * sites.length)
    refuse("reach.plan-shape", "metres", `${metres.length} distances; ${blocks.length * sites.length} are needed`);
  if (years.length === 0) refuse("reach.plan-years", "years", "a plan needs at least one year");
  for (const { id, main } of services) {
    if (!main) continue;
    if (!known.has(main.service))
      refuse("reach.plan-service", `service ${id}`, `its main ${main.service} is not planned`);
    if (siteMetres?.length !== sites.length ** 2)
      refuse("reach.plan-shape", "siteMetres", `branches need the ${sites.length ** 2} distances between sites`);
  }
  for (const site of sites) {
    once(`option of site ${site.id}:`, [...site.options.map(({ id }) => id)]);
    for (const use of [...(site.now ? [site.now] : []), ...site.options]) {
      const unknown = use.functions.find(({ service }) => !known.has(service));
      if (unknown) refuse("reach.plan-service", `site ${site.id}`, `service ${unknown.service} is not planned`);
      once(`function at site ${site.id}:`, [...use.functions.map(({ service }) => service)]);
    }
    for (const { id, costFen, yearlyFen = 0, functions } of site.options) {
      for (const fen of [costFen, yearlyFen, ...functions.map((one) => one.costFen ?? 0)])
        if (!Number.isSafeInteger(fen) || fen < 0)
          refuse(
            "reach.plan-money",
            `site ${site.id}, option ${id}`,
            `${fen} is no sum; expected whole fen, 0 or more`,
          );
    }
  }
}
