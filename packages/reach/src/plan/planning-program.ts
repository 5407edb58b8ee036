import type { Terms } from "../site/fair-program.ts";
import { type ProgramBuilder, programBuilder } from "../site/solver.ts";
import { capacityOf, type PlannedService, type PlanningModel, type PlanningSite } from "./planning-model.ts";

/** A sum of columns and a constant. */
export interface Sum {
  readonly terms: Terms;
  readonly constant: number;
}

/** The columns of one option done in one year. */
export interface DeedColumn {
  readonly site: number;
  readonly option: number;
  readonly year: number;
  readonly column: number;
  /** Column of each function, by its place in the option; that of the deed itself where the function is not optional. */
  readonly functions: readonly number[];
}

/** The model as a program, and where to find what in its solution. */
export interface PlanningProgram {
  readonly build: ProgramBuilder;
  readonly deeds: readonly DeedColumn[];
  /** Share of a block served by a service in a year; undefined where nobody needs it or no site is within reach. */
  readonly share: (block: number, service: number, year: number) => number | undefined;
  /** Sites that could ever serve a block. */
  readonly inReach: (block: number, service: number) => readonly number[];
  /** Share of a block that a site with a limit serves; undefined where the site has none or is too far. */
  readonly pair: (block: number, site: number, service: number, year: number) => number | undefined;
  /** Load of a site that has a limit, as people. */
  readonly load: (site: number, service: number, year: number) => Sum | undefined;
  /** People whom a site has room for, no more than there are. */
  readonly capacity: Opening;
  readonly open: Opening;
  /** Money spent in one year, in fen. */
  readonly spending: readonly Sum[];
  readonly fenPerUnit: number;
}

/** Fen in the unit of money rows: a power of ten, so that sums stay near a million and a fen well above the solver's tolerance. */
function unitOf({ sites, years }: PlanningModel): number {
  const sums = sites.flatMap(({ now, options }) => [
    now?.yearlyFen ?? 0,
    ...options.map(({ costFen, yearlyFen = 0 }) => costFen + yearlyFen),
  ]);
  const most = Math.max(1, ...sums, ...years.map(({ budgetFen = 0 }) => budgetFen));
  return 10 ** Math.max(0, Math.ceil(Math.log10(most)) - 6);
}

export function planningProgram(model: PlanningModel): PlanningProgram {
  const build = programBuilder();
  const deeds = deedColumns(build, model);
  const open = openings(model, deeds);
  const capacity = openings(model, deeds, (service, one) =>
    Math.min(capacityOf(service, one), demandOf(model, service)),
  );
  const spending = model.years.map((_, t) => spendingOf(model, deeds, t));
  const inReach = reachOf(model);
  const excused = excuses(model, deeds);
  const base = { model, build, open, excused, capacity, inReach };
  const shares = new Map<string, number>();
  const pairs = new Map<string, number>();
  const loads = new Map<string, Sum>();
  model.services.forEach((service, k) => {
    model.years.forEach((_, t) => {
      serveRows(base, { service, k, t }, { shares, pairs, loads });
    });
  });
  const fenPerUnit = unitOf(model);
  moneyRows(model, build, { spending, fenPerUnit });
  ruleRows(base);
  floorRows(model, build, deeds);
  shareRows(base, shares);
  return {
    build,
    deeds,
    share: (i, k, t) => shares.get(`${i},${k},${t}`),
    inReach,
    pair: (i, j, k, t) => pairs.get(`${i},${j},${k},${t}`),
    load: (j, k, t) => loads.get(`${j},${k},${t}`),
    capacity,
    open,
    spending,
    fenPerUnit,
  };
}

export type Opening = (site: number, service: number, year: number) => Sum;

interface Base {
  readonly model: PlanningModel;
  readonly build: ProgramBuilder;
  readonly open: Opening;
  /** Whether a site is as it is today, where that may break a rule. */
  readonly excused: Opening;
  readonly capacity: Opening;
  readonly inReach: PlanningProgram["inReach"];
}

export function demandOf({ blocks }: PlanningModel, { group }: PlannedService): number {
  return blocks.reduce((sum, { people }) => sum + (people[group] ?? 0), 0);
}

function deedColumns(build: ProgramBuilder, { sites, years }: PlanningModel): readonly DeedColumn[] {
  return sites.flatMap(({ options }, site) => {
    const own = options.flatMap(({ functions, fromYear = -Infinity, together, floorM2 }, option) =>
      years.flatMap(({ year }, t): DeedColumn[] => {
        if (year < fromYear || (together && (floorM2 ?? 0) < together.floorM2)) return [];
        const column = build.column(0, 0, 1, true);
        const columns = functions.map(({ optional = false }) => {
          if (!optional) return column;
          const has = build.column(0, 0, 1, true);
          build.row(-Infinity, 0, [[has, 1] as const, [column, -1] as const]);
          return has;
        });
        if (together) {
          const count = (core?: readonly string[]) =>
            columns.flatMap((has, f) => ((core?.includes(functions[f]!.service) ?? true) ? [[has, 1] as const] : []));
          build.row(0, Infinity, merged([...count(), [column, -together.atLeast]]));
          build.row(0, Infinity, merged([...count(together.core), [column, -together.coreAtLeast]]));
        }
        const floor = columns.map((has, f) => [has, functions[f]!.floorM2 ?? 0] as const);
        if (floorM2 !== undefined) build.row(-Infinity, 0, merged([...floor, [column, -floorM2]]));
        return [{ site, option, year: t, column, functions: columns }];
      }),
    );
    // A site is changed once.
    if (own.length > 0)
      build.row(
        -Infinity,
        1,
        own.map(({ column }) => [column, 1] as const),
      );
    return own;
  });
}

/** Whether (or, with a size, how far) a site has a service in a year: today's use until a deed replaces it, then the deed's. */
function openings(
  { sites, services }: PlanningModel,
  deeds: readonly DeedColumn[],
  size: (service: PlannedService, one: PlanningSite["options"][number]["functions"][number]) => number = () => 1,
): Opening {
  const bySite = sites.map((_, j) => deeds.filter(({ site }) => site === j));
  return (j, k, t) => {
    const service = services[k]!;
    const { now, options } = sites[j]!;
    const today = now?.functions.find((one) => one.service === service.id);
    const constant = today ? size(service, today) : 0;
    const terms = bySite[j]!.filter(({ year }) => year <= t).flatMap(({ option, column, functions }) => {
      const { functions: list } = options[option]!;
      const f = list.findIndex((one) => one.service === service.id);
      const then = f === -1 ? [] : [[functions[f]!, size(service, list[f]!)] as const];
      return [...(constant === 0 ? [] : [[column, -constant] as const]), ...then];
    });
    return { terms: merged(terms), constant };
  };
}

function excuses({ sites, services, todayMayStay = false }: PlanningModel, deeds: readonly DeedColumn[]): Opening {
  return (j, k, t) => {
    const has = sites[j]!.now?.functions.some(({ service }) => service === services[k]!.id) ?? false;
    if (!has || !todayMayStay) return { terms: [], constant: 0 };
    const done = deeds.filter(({ site, year }) => site === j && year <= t);
    return { terms: done.map(({ column }) => [column, -1] as const), constant: 1 };
  };
}

/** Adds the values of equal columns. */
export function merged(terms: Terms): Terms {
  const sums = new Map<number, number>();
  for (const [column, value] of terms) sums.set(column, (sums.get(column) ?? 0) + value);
  return [...sums].filter(([, value]) => value !== 0);
}

export function times({ terms, constant }: Sum, factor: number): Sum {
  return { terms: terms.map(([column, value]) => [column, value * factor] as const), constant: constant * factor };
}

export function plus(sums: readonly Sum[]): Sum {
  return {
    terms: merged(sums.flatMap(({ terms }) => terms)),
    constant: sums.reduce((sum, { constant }) => sum + constant, 0),
  };
}

/** The row `low <= sum <= high`. */
export function bind(build: ProgramBuilder, { terms, constant }: Sum, low: number, high: number): void {
  build.row(low - constant, high - constant, terms);
}

function reachOf({ blocks, services, sites, metres }: PlanningModel): PlanningProgram["inReach"] {
  const offers = services.map(({ id }) =>
    sites.map(({ now, options }) =>
      [now, ...options].some((use) => use?.functions.some(({ service }) => service === id) ?? false),
    ),
  );
  const lists = services.map(({ withinMetres, group }, k) =>
    blocks.map(({ people }, i) => {
      if ((people[group] ?? 0) === 0) return [];
      return sites.flatMap((_, j) => (offers[k]![j] && metres[i * sites.length + j]! <= withinMetres ? [j] : []));
    }),
  );
  return (i, k) => lists[k]![i]!;
}

/** Who is served by a service in a year: nobody twice, nobody beyond a site's capacity, and enough at every open site. */
function serveRows(
  { model, build, open, excused, capacity, inReach }: Base,
  { service, k, t }: { readonly service: PlannedService; readonly k: number; readonly t: number },
  made: {
    readonly shares: Map<string, number>;
    readonly pairs: Map<string, number>;
    readonly loads: Map<string, Sum>;
  },
): void {
  const total = demandOf(model, service);
  const least = service.people?.least ?? 0;
  const isLimited = model.sites.map(({ now, options }) =>
    [now, ...options].some((use) =>
      use?.functions.some((one) => one.service === service.id && (least > 0 || capacityOf(service, one) < total)),
    ),
  );
  const load = model.sites.map(() => [] as (readonly [number, number])[]);
  model.blocks.forEach(({ people }, i) => {
    const near = inReach(i, k);
    if (near.length === 0) return;
    const column = build.column(0, 0, 1);
    made.shares.set(`${i},${k},${t}`, column);
    const pairs: (readonly [number, number])[] = [];
    const parts = near.map((j): Sum => {
      const isOpen = open(j, k, t);
      if (!isLimited[j]) return isOpen;
      const pair = build.column(0, 0, 1);
      made.pairs.set(`${i},${j},${k},${t}`, pair);
      pairs.push([pair, 1]);
      load[j]!.push([pair, people[service.group]!]);
      bind(build, plus([{ terms: [[pair, 1]], constant: 0 }, times(isOpen, -1)]), -Infinity, 0);
      return { terms: [[pair, 1]], constant: 0 };
    });
    bind(build, plus([{ terms: [[column, 1]], constant: 0 }, ...parts.map((part) => times(part, -1))]), -Infinity, 0);
    if (pairs.length > 1) build.row(-Infinity, 1, pairs);
  });
  model.sites.forEach((_, j) => {
    if (!isLimited[j]) return;
    const sum = { terms: load[j]!, constant: 0 };
    made.loads.set(`${j},${k},${t}`, sum);
    bind(build, plus([sum, times(capacity(j, k, t), -1)]), -Infinity, 0);
    if (least > 0) bind(build, plus([sum, times(open(j, k, t), -least), times(excused(j, k, t), least)]), 0, Infinity);
  });
}

function spendingOf({ sites }: PlanningModel, deeds: readonly DeedColumn[], t: number): Sum {
  const running = sites.reduce((sum, { now }) => sum + (now?.yearlyFen ?? 0), 0);
  const terms = deeds.flatMap(({ site, option, year, column, functions }) => {
    if (year > t) return [];
    const { now, options } = sites[site]!;
    const { costFen, yearlyFen = 0, functions: list } = options[option]!;
    const once = year === t ? costFen : 0;
    const own = list.flatMap(({ optional, costFen: fen = 0 }, f) =>
      year === t && fen > 0 ? [[optional ? functions[f]! : column, fen] as const] : [],
    );
    return [[column, once + yearlyFen - (now?.yearlyFen ?? 0)] as const, ...own];
  });
  return { terms: merged(terms), constant: running };
}

function moneyRows(
  { years, mostFen, carryOver = false }: PlanningModel,
  build: ProgramBuilder,
  { spending, fenPerUnit }: Pick<PlanningProgram, "spending" | "fenPerUnit">,
): void {
  if (mostFen !== undefined) bind(build, times(plus(spending), 1 / fenPerUnit), -Infinity, mostFen / fenPerUnit);
  years.forEach(({ budgetFen }, t) => {
    const from = carryOver ? 0 : t;
    const budgets = years.slice(from, t + 1).map((year) => year.budgetFen);
    if (budgetFen === undefined || budgets.includes(undefined)) return;
    const limit = budgets.reduce<number>((sum, fen) => sum + fen!, 0);
    bind(build, times(plus(spending.slice(from, t + 1)), 1 / fenPerUnit), -Infinity, limit / fenPerUnit);
  });
}

/** Branches need mains; nobody loses what is within reach today. */
function ruleRows({ model, build, open, excused, inReach }: Base): void {
  const { services, sites, siteMetres, years, noneLoses = false, blocks } = model;
  const count = sites.length;
  services.forEach(({ id, main }, k) => {
    const m = services.findIndex((service) => service.id === main?.service);
    years.forEach((_, t) => {
      for (let j = 0; main && j < count; j++) {
        const near = [...sites.keys()].filter(
          (other) => other === j || siteMetres![j * count + other]! <= main.withinMetres,
        );
        const hasMain = near.some((other) =>
          sites[other]!.now?.functions.some(({ service }) => service === main.service),
        );
        const needs = hasMain ? open(j, k, t) : plus([open(j, k, t), times(excused(j, k, t), -1)]);
        bind(build, plus([needs, ...near.map((other) => times(open(other, m, t), -1))]), -Infinity, 0);
      }
      if (!noneLoses) return;
      blocks.forEach((_, i) => {
        const near = inReach(i, k);
        const has = near.some((j) => sites[j]!.now?.functions.some(({ service }) => service === id));
        if (has) bind(build, plus(near.map((j) => open(j, k, t))), 1, Infinity);
      });
    });
  });
}

function floorRows({ sites, newFloorM2 }: PlanningModel, build: ProgramBuilder, deeds: readonly DeedColumn[]): void {
  if (newFloorM2 === undefined) return;
  build.row(
    -Infinity,
    newFloorM2,
    deeds.map(({ site, option, column }) => [column, sites[site]!.options[option]!.addsFloorM2 ?? 0] as const),
  );
}

/** Least shares of the last year, over all and by street. */
function shareRows({ model, build }: Base, shares: ReadonlyMap<string, number>): void {
  const last = model.years.length - 1;
  model.services.forEach(({ leastShare = 0, leastStreetShare = 0, group }, k) => {
    const want = (share: number, streets: readonly string[]) => {
      const inside = [...model.blocks.entries()].filter(([, { street }]) => streets.includes(street));
      const total = inside.reduce((sum, [, { people }]) => sum + (people[group] ?? 0), 0);
      if (share <= 0 || total === 0) return;
      const terms = inside.flatMap(([i, { people }]) => {
        const column = shares.get(`${i},${k},${last}`);
        return column === undefined ? [] : [[column, people[group]! / total] as const];
      });
      build.row(share, Infinity, terms);
    };
    const streets = [...new Set(model.blocks.map(({ street }) => street))];
    want(leastShare, streets);
    for (const street of streets) want(leastStreetShare, [street]);
  });
}
