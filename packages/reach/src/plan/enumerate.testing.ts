import type { PlannedService, PlanningModel, SiteFunction, SiteUse } from "./planning-model.ts";

/** What a site is from some year on. */
interface Choice {
  readonly from: number;
  readonly use: SiteUse;
  readonly onceFen: number;
  readonly floorM2: number;
}

/**
 * Best values of the aims by trying every plan: every deed of every site in every year with every set of optional functions,
 * people served by augmenting paths. An independent check of the program, for small models. Undefined: there is no plan.
 */
export function bestByEnumeration(model: PlanningModel): readonly number[] | undefined {
  let best: readonly number[] | undefined;
  for (const plan of plansOf(model)) {
    const values = valuesOf(model, plan);
    if (!values) continue;
    const at = best ? values.findIndex((value, n) => Math.abs(value - best![n]!) > 1e-6) : 0;
    const isLess = (model.aims ?? ["people", "cost"])[at] === "cost";
    if (!best || (at >= 0 && (isLess ? values[at]! < best[at]! : values[at]! > best[at]!))) best = values;
  }
  return best;
}

function* plansOf(model: PlanningModel, site = 0): Generator<readonly (Choice | undefined)[]> {
  if (site === model.sites.length) {
    yield [];
    return;
  }
  for (const choice of [undefined, ...choicesOf(model, site)])
    for (const rest of plansOf(model, site + 1)) yield [choice, ...rest];
}

function choicesOf({ sites, years }: PlanningModel, site: number): Choice[] {
  return sites[site]!.options.flatMap((option) =>
    years.flatMap(({ year }, from) => {
      if (year < (option.fromYear ?? year)) return [];
      return subsets(option.functions.length).flatMap((taken): Choice[] => {
        const has = option.functions.filter((_, f) => taken.includes(f));
        if (option.functions.some((one, f) => !one.optional && !taken.includes(f))) return [];
        if (has.reduce((sum, { floorM2 = 0 }) => sum + floorM2, 0) > (option.floorM2 ?? Infinity)) return [];
        const { together } = option;
        if (together) {
          const core = has.filter(({ service }) => together.core.includes(service)).length;
          if ((option.floorM2 ?? 0) < together.floorM2 || has.length < together.atLeast || core < together.coreAtLeast)
            return [];
        }
        const onceFen = option.costFen + has.reduce((sum, { costFen = 0 }) => sum + costFen, 0);
        const use = { functions: has, yearlyFen: option.yearlyFen ?? 0 };
        return [{ from, use, onceFen, floorM2: option.addsFloorM2 ?? 0 }];
      });
    }),
  );
}

function subsets(count: number): number[][] {
  return Array.from({ length: 2 ** count }, (_, bits) =>
    Array.from({ length: count }, (_, f) => f).filter((f) => (bits >> f) & 1),
  );
}

function valuesOf(model: PlanningModel, plan: readonly (Choice | undefined)[]): readonly number[] | undefined {
  const { years, services, sites, blocks } = model;
  if (plan.reduce((sum, choice) => sum + (choice?.floorM2 ?? 0), 0) > (model.newFloorM2 ?? Infinity)) return undefined;
  const empty: SiteUse = { functions: [] };
  const uses = years.map((_, t) =>
    sites.map(({ now }, j) => (plan[j] && plan[j].from <= t ? plan[j].use : (now ?? empty))),
  );
  const spent = years.map((_, t) =>
    sites.reduce((sum, _, j) => sum + (uses[t]![j]!.yearlyFen ?? 0) + (plan[j]?.from === t ? plan[j].onceFen : 0), 0),
  );
  if (!isAffordable(model, spent)) return undefined;
  let people = 0;
  let worst = 1;
  for (const [t] of years.entries()) {
    for (const service of services) {
      if (!keepsRules(model, uses[t]!, service)) return undefined;
      const served = servedBy(model, uses[t]!, service);
      if (!served) return undefined;
      const sum = served.reduce((a, b) => a + b, 0);
      people += (service.weight ?? 1) * sum;
      if (t < years.length - 1) continue;
      const need = (i: number) => blocks[i]!.people[service.group] ?? 0;
      const all = blocks.reduce((a, _, i) => a + need(i), 0);
      if (all > 0 && sum / all < (service.leastShare ?? 0) - 1e-7) return undefined;
      for (const street of new Set(blocks.map((block) => block.street))) {
        const inside = [...blocks.keys()].filter((i) => blocks[i]!.street === street);
        const own = inside.reduce((a, i) => a + need(i), 0);
        if (own === 0) continue;
        const share = inside.reduce((a, i) => a + served[i]!, 0) / own;
        if (share < (service.leastStreetShare ?? 0) - 1e-7) return undefined;
        worst = Math.min(worst, share);
      }
    }
  }
  const values = { people, cost: spent.reduce((a, b) => a + b, 0), "worst-street": worst };
  return (model.aims ?? (["people", "cost"] as const)).map((aim) => values[aim]);
}

function isAffordable({ years, carryOver }: PlanningModel, spent: readonly number[]): boolean {
  let left = 0;
  for (const [t, { budgetFen = Infinity }] of years.entries()) {
    left = (carryOver ? left : 0) + budgetFen - spent[t]!;
    if (left < 0) return false;
  }
  return true;
}

function keepsRules(
  { sites, blocks, metres, siteMetres, noneLoses, todayMayStay = false }: PlanningModel,
  uses: readonly SiteUse[],
  service: PlannedService,
): boolean {
  const has = (use: SiteUse | undefined, id: string) => use?.functions.some((one) => one.service === id) ?? false;
  const { main } = service;
  const isLonely = (j: number, all: readonly (SiteUse | undefined)[]) =>
    !all.some(
      (use, m) => has(use, main!.service) && (m === j || siteMetres![j * sites.length + m]! <= main!.withinMetres),
    );
  const today = sites.map(({ now }) => now);
  const mayStay = (j: number) => todayMayStay && uses[j] === today[j] && isLonely(j, today);
  if (main && uses.some((use, j) => has(use, service.id) && isLonely(j, uses) && !mayStay(j))) return false;
  if (!noneLoses) return true;
  return blocks.every(({ people }, i) => {
    if ((people[service.group] ?? 0) === 0) return true;
    const near = sites.map((_, j) => j).filter((j) => metres[i * sites.length + j]! <= service.withinMetres);
    return !near.some((j) => has(sites[j]!.now, service.id)) || near.some((j) => has(uses[j], service.id));
  });
}

/** Most people of each block that can be served, every open site having its least first; undefined where one cannot. */
function servedBy(
  { blocks, sites, metres, todayMayStay = false }: PlanningModel,
  uses: readonly SiteUse[],
  service: PlannedService,
): number[] | undefined {
  const open = uses.map((use) => use.functions.find((one) => one.service === service.id));
  const need = blocks.map(({ people }) => people[service.group] ?? 0);
  const flow = blocks.map(() => sites.map(() => 0));
  const load = sites.map(() => 0);
  const near = (i: number, j: number) => metres[i * sites.length + j]! <= service.withinMetres;
  const augment = (limit: readonly number[]) => {
    for (;;) {
      const path = findPath({ need, flow, load, limit, near });
      if (!path) return;
      const { steps, amount } = path;
      for (const { i, j, sign } of steps) flow[i]![j]! += sign * amount;
      load[steps.at(-1)!.j]! += amount;
    }
  };
  const isBound = (j: number) => open[j] !== undefined && !(todayMayStay && uses[j] === sites[j]!.now);
  const least = open.map((_, j) => (isBound(j) ? (service.people?.least ?? 0) : 0));
  const most = open.map((one) => (one ? limitOf(service, one) : 0));
  augment(least.map((people, j) => Math.min(people, most[j]!)));
  if (load.some((people, j) => people < least[j]! - 1e-9)) return undefined;
  augment(most);
  return flow.map((row) => row.reduce((a, b) => a + b, 0));
}

function limitOf({ m2PerThousand, people }: PlannedService, { places, floorM2 }: SiteFunction): number {
  const floor = m2PerThousand && floorM2 ? (floorM2 / m2PerThousand) * 1000 : Infinity;
  return Math.min(places ?? floor, people?.most ?? Infinity);
}

interface Step {
  readonly i: number;
  readonly j: number;
  readonly sign: 1 | -1;
}

/** A way for more people from a block that has some left to a site that has room, by breadth-first search. */
function findPath(state: {
  readonly need: readonly number[];
  readonly flow: readonly (readonly number[])[];
  readonly load: readonly number[];
  readonly limit: readonly number[];
  readonly near: (i: number, j: number) => boolean;
}): { readonly steps: readonly Step[]; readonly amount: number } | undefined {
  const { need, flow, load, limit, near } = state;
  const left = (i: number) => need[i]! - flow[i]!.reduce((a, b) => a + b, 0);
  const queue = need.flatMap((_, i) => (left(i) > 1e-9 ? [{ i, steps: [] as Step[], amount: left(i) }] : []));
  const seen = new Set<number>();
  for (const { i, steps, amount } of queue) {
    for (const j of load.keys()) {
      if (!near(i, j) || seen.has(j)) continue;
      seen.add(j);
      const here = [...steps, { i, j, sign: 1 } as const];
      const room = limit[j]! - load[j]!;
      if (room > 1e-9) return { steps: here, amount: Math.min(amount, room) };
      for (const other of need.keys())
        if (flow[other]![j]! > 1e-9)
          queue.push({
            i: other,
            steps: [...here, { i: other, j, sign: -1 }],
            amount: Math.min(amount, flow[other]![j]!),
          });
    }
  }
  return undefined;
}
