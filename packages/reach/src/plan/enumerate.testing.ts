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
    const isLess = at >= 0 && isLessBetter(model, at, values.length);
    if (!best || (at >= 0 && (isLess ? values[at]! < best[at]! : values[at]! > best[at]!))) best = values;
  }
  return best;
}

/** Cost and value of every plan of which an aim that is one figure cannot be bettered without more money, cheapest first. */
export function frontByEnumeration(
  model: PlanningModel,
  aim: "people" | "worst-street" | "tail" | "gini",
): readonly (readonly [cost: number, value: number])[] {
  const sign = aim === "gini" ? -1 : 1;
  const all = [...plansOf(model)].flatMap((plan) => {
    const values = valuesOf({ ...model, aims: ["cost", aim] }, plan);
    return values ? [[values[0]!, values[1]!] as const] : [];
  });
  all.sort((a, b) => a[0] - b[0] || sign * (b[1] - a[1]));
  // A hundredth of a person, or of a share one in ten thousand, is more: a tail may be served so little.
  const more = aim === "people" ? 1e-2 : 1e-4;
  let best = Number.NEGATIVE_INFINITY;
  return all.filter(([, value]) => {
    if (sign * value <= best + more) return false;
    best = sign * value;
    return true;
  });
}

/** Whether less is better of the value at a place; `worst-first` has one value for each of its streets and services. */
function isLessBetter({ aims = ["people", "cost"] }: PlanningModel, at: number, count: number): boolean {
  const steps = count - aims.length + 1;
  const aim = aims.flatMap((one) => Array<typeof one>(one === "worst-first" ? steps : 1).fill(one))[at];
  return aim === "cost" || aim === "gini";
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
  const streets: Served[] = [];
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
      }
      streets.push(...evenly(model, uses[t]!, service));
    }
  }
  const shares = streets.map(({ share }) => share).sort((a, b) => a - b);
  const tail = worstOff(streets, model.tailShare ?? 0.1);
  const cost = spent.reduce((a, b) => a + b, 0);
  const values = { people: [people], cost: [cost], "worst-street": [shares[0] ?? 1], "worst-first": shares };
  const fair = { ...values, tail: [tail], gini: [unequal(streets)] };
  return (model.aims ?? (["people", "cost"] as const)).flatMap((aim) => fair[aim]);
}

interface Served {
  readonly people: number;
  readonly share: number;
}

/**
 * Shares of the streets when the most people are served, as evenly as can be: what the sites can do for streets is a
 * polymatroid, of which the evenest plan for all is found by its tightest set of streets, then the tightest of the rest, and so
 * on (Fujishige 1980).
 */
function evenly(model: PlanningModel, uses: readonly SiteUse[], service: PlannedService): Served[] {
  const need = (street: string) =>
    model.blocks.reduce((sum, { street: own, people }) => sum + (own === street ? (people[service.group] ?? 0) : 0), 0);
  let rest = [...new Set(model.blocks.map(({ street }) => street))].filter((street) => need(street) > 0);
  const most = (streets: readonly string[]) => {
    const blocks = model.blocks.map((block) => (streets.includes(block.street) ? block : { ...block, people: {} }));
    const services = { ...service, people: { most: service.people?.most ?? Infinity } };
    return servedBy({ ...model, blocks }, uses, services)!.reduce((a, b) => a + b, 0);
  };
  const done: string[] = [];
  const found: Served[] = [];
  while (rest.length > 0) {
    const sets = subsets(rest.length).map((taken) => taken.map((n) => rest[n]!));
    const [tightest] = sets
      .filter((set) => set.length > 0)
      .map((set) => {
        const people = set.reduce((sum, street) => sum + need(street), 0);
        return { set, share: (most([...done, ...set]) - most(done)) / people };
      })
      .sort((a, b) => a.share - b.share);
    const { set, share } = tightest!;
    found.push(...set.map((street) => ({ people: need(street), share })));
    done.push(...set);
    rest = rest.filter((street) => !set.includes(street));
  }
  return found;
}

/** Mean share of the worst-off people. */
function worstOff(streets: readonly Served[], tailShare: number): number {
  const wanted = tailShare * streets.reduce((sum, { people }) => sum + people, 0);
  let [left, sum] = [wanted, 0];
  for (const { people, share } of [...streets].sort((a, b) => a.share - b.share)) {
    const taken = Math.min(left, people);
    sum += taken * share;
    left -= taken;
  }
  return streets.length === 0 ? 1 : sum / wanted;
}

/** Gini coefficient by its definition; 1 where nobody is served. */
function unequal(streets: readonly Served[]): number {
  const people = streets.reduce((sum, one) => sum + one.people, 0);
  const served = streets.reduce((sum, one) => sum + one.people * one.share, 0);
  const apart = streets.reduce(
    (sum, a) => sum + streets.reduce((own, b) => own + a.people * b.people * Math.abs(a.share - b.share), 0),
    0,
  );
  return served === 0 ? 1 : apart / (2 * people * served);
}

function isAffordable({ years, carryOver, mostFen }: PlanningModel, spent: readonly number[]): boolean {
  if (spent.reduce((a, b) => a + b, 0) > (mostFen ?? Infinity)) return false;
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
