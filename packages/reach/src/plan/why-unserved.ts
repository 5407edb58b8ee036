import type { PlanningModel, SiteUse } from "./planning-model.ts";
import type { PlanAnswer } from "./solve-plan.ts";

/**
 * What keeps people of a block from being served at the end of a plan. `no-candidate`: no site could have the service.
 * `distance`: all of those are too far. `capacity`: an open site is near enough, but full. `budget`: a near site could be opened,
 * but no year has the money left. `rule`: there is money, but a rule (mains and branches, co-location, least people, floor,
 * one change a site) or the aim speaks against it.
 */
export type Unserved = "no-candidate" | "distance" | "capacity" | "budget" | "rule";

export interface UnservedReason {
  readonly block: string;
  readonly street: string;
  readonly service: string;
  readonly people: number;
  readonly why: Unserved;
  /** The site that comes nearest to serving the block, and its walking metres. */
  readonly site?: string;
  readonly metres?: number;
  /** What is missing in the year that has most left over. */
  readonly missingFen?: number;
}

/** For every block that a plan does not serve in full, the constraint that blocks it. */
export function whyUnserved(model: PlanningModel, plan: PlanAnswer): readonly UnservedReason[] {
  const last = plan.years.at(-1);
  if (!last) return [];
  const left = mostLeft(model, plan);
  const changed = new Set(plan.years.flatMap(({ deeds }) => deeds.map(({ site }) => site)));
  return model.services.flatMap((service, k) =>
    model.blocks.flatMap(({ code, street, people }, i): UnservedReason[] => {
      const missing = (people[service.group] ?? 0) * (1 - last.share[i * model.services.length + k]!);
      if (missing <= 1e-6) return [];
      const at = { block: code, street, service: service.id, people: missing };
      const offers = model.sites.flatMap((site, j) => {
        const metres = model.metres[i * model.sites.length + j]!;
        const uses = [site.now, ...site.options].filter((use) => use !== undefined);
        const has = uses.some((use) => hasService(use, service.id));
        return has && metres < Infinity ? [{ site, j, metres }] : [];
      });
      const near = offers.sort((a, b) => a.metres - b.metres).filter(({ metres }) => metres <= service.withinMetres);
      const first = near[0] ?? offers[0];
      if (!first) return [{ ...at, why: "no-candidate" }];
      const named = (one: typeof first) => ({ site: one.site.id, metres: one.metres });
      if (near.length === 0) return [{ ...at, why: "distance", ...named(first) }];
      const full = near.find(({ j }) => last.open[j]!.includes(service.id));
      if (full) return [{ ...at, why: "capacity", ...named(full) }];
      const priced = near.flatMap((one) => {
        const fen = changed.has(one.site.id) ? undefined : cheapest(one.site.options, service.id);
        return fen === undefined ? [] : [{ one, fen }];
      });
      const best = priced.sort((a, b) => a.fen - b.fen)[0];
      if (best && best.fen > left) return [{ ...at, why: "budget", ...named(best.one), missingFen: best.fen - left }];
      return [{ ...at, why: "rule", ...named(best?.one ?? first) }];
    }),
  );
}

/** Money of the year that has most left over (with carrying over: of the last); Infinity where money does not bind. */
function mostLeft({ years, carryOver = false }: PlanningModel, plan: PlanAnswer): number {
  const left = years.map(({ budgetFen = Infinity }, t) => budgetFen - plan.years[t]!.spentFen);
  return carryOver ? left.reduce((sum, fen) => sum + fen, 0) : Math.max(...left);
}

function hasService({ functions }: SiteUse, service: string): boolean {
  return functions.some((one) => one.service === service);
}

function cheapest(options: PlanningModel["sites"][number]["options"], service: string): number | undefined {
  const costs = options.flatMap(({ functions, costFen, yearlyFen = 0 }) => {
    const one = functions.find((each) => each.service === service);
    return one ? [costFen + yearlyFen + (one.costFen ?? 0)] : [];
  });
  return costs.length === 0 ? undefined : Math.min(...costs);
}
