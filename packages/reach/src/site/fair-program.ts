import { ReachRefusal } from "../refusal.ts";
import type { Effort } from "./answer.ts";
import { type Costs, checkCount } from "./costs.ts";
import { type ProgramBuilder, programBuilder, type Solver } from "./solver.ts";

/** Which plans are allowed; at least one of `p` and `budget`. */
export interface PlanLimits {
  /** Exactly so many sites. */
  readonly p?: number;
  /** Cost of opening each site; 0 unless given. */
  readonly opening?: Float64Array;
  /** Most that the opened sites may cost together. */
  readonly budget?: number;
  /** Least weight within a cost of an open site. */
  readonly cover?: { readonly limit: number; readonly atLeast: number };
  /** Most that the mean cost may be. */
  readonly meanAtMost?: number;
}

export interface FairOptions extends Effort, PlanLimits {
  readonly solver: Solver;
  /** Plans times clients up to which every plan is tried, see `everyPlan`; 0 always makes a program. */
  readonly mostTried?: number;
}

export type Terms = readonly (readonly [column: number, value: number])[];

/** A program over sites whose clients each have their true cost as a sum of columns. */
export interface FairProgram {
  readonly build: ProgramBuilder;
  /** Column of each site. */
  readonly open: readonly number[];
  /** Clients that have people. */
  readonly people: readonly number[];
  /** Cost of a client's cheapest open site: a constant and columns, made when first asked for. */
  readonly far: (client: number) => { readonly terms: Terms; readonly constant: number };
  /** Opening costs of a plan, as columns. */
  readonly opening: Terms;
  /** Values of all columns made so far for the given open sites. */
  readonly complete: (sites: readonly number[]) => Float64Array;
  /** Tells how a column made by the caller follows from the open sites. */
  readonly follows: (column: number, value: (sites: readonly number[]) => number) => void;
}

/**
 * Costs by their different values (Cornuejols, Nemhauser and Wolsey 1980; rows after Elloumi 2010): a column for each value of
 * a client says that no open site is as cheap. `exact` also keeps a column from being 1 where a site is, for aims that would
 * gain from somebody being farther away than they are.
 */
export function fairProgram(costs: Costs, limits: PlanLimits, exact = false): FairProgram {
  const { p, opening, budget, meanAtMost } = limits;
  if (p === undefined && budget === undefined)
    throw new ReachRefusal("reach.option-missing", "p", "a plan needs a number of sites or a budget");
  if (p !== undefined) checkCount(p, costs.sites);
  const build = programBuilder();
  const open = Array.from({ length: costs.sites }, () => build.column(0, 0, 1, true));
  const filled: { readonly column: number; readonly value: (sites: readonly number[]) => number }[] = [];
  if (p !== undefined) build.row(p, p, ones(open));
  const spent = open.map((column, j) => [column, opening?.[j] ?? 0] as const);
  if (budget !== undefined) build.row(-Infinity, budget, spent);
  const people = [...costs.weight.keys()].filter((i) => costs.weight[i]! > 0);
  for (const i of people) {
    const usable = open.filter((_, j) => costs.cost[i * costs.sites + j]! < Infinity);
    build.row(1, Infinity, ones(usable));
  }
  const sums = new Map<number, DistanceColumns>();
  const far = (i: number) => {
    const known = sums.get(i);
    if (known) return known;
    const made = distanceColumns(costs, i, { build, open, exact });
    for (const { column, isFarther } of made.steps)
      filled.push({ column, value: (sites) => (isFarther(sites) ? 1 : 0) });
    sums.set(i, made);
    return made;
  };
  const total = people.reduce((sum, i) => sum + costs.weight[i]!, 0);
  if (meanAtMost !== undefined) {
    const constant = people.reduce((sum, i) => sum + costs.weight[i]! * far(i).constant, 0);
    const terms = people.flatMap((i) => far(i).terms.map(([c, value]) => [c, costs.weight[i]! * value] as const));
    build.row(-Infinity, meanAtMost * total - constant, terms);
  }
  coverRow(costs, limits, { build, open, people, filled });
  return {
    build,
    open,
    people,
    far,
    opening: spent,
    follows: (column, value) => filled.push({ column, value }),
    complete(sites) {
      const all = new Float64Array(build.program.cost.length);
      for (const j of sites) all[open[j]!] = 1;
      for (const { column, value } of filled) all[column] = value(sites);
      return all;
    },
  };
}

interface DistanceColumns {
  readonly terms: Terms;
  readonly constant: number;
  readonly steps: readonly { readonly column: number; readonly isFarther: (sites: readonly number[]) => boolean }[];
}

function distanceColumns(
  { sites, cost }: Costs,
  i: number,
  { build, open, exact }: { readonly build: ProgramBuilder; readonly open: readonly number[]; readonly exact: boolean },
): DistanceColumns {
  const row = cost.subarray(i * sites, (i + 1) * sites);
  const values = [...new Set(row)].filter(Number.isFinite).sort((a, b) => a - b);
  const steps = [];
  const terms: (readonly [number, number])[] = [];
  let before: number | undefined;
  for (const [k, value] of values.entries()) {
    const at = open.filter((_, j) => row[j] === value);
    const isLast = k === values.length - 1;
    // Nobody is beyond the last value.
    const column = isLast ? undefined : build.column(0, 0, 1);
    const entries = [...ones(at), ...(column === undefined ? [] : [[column, 1] as const])];
    if (before === undefined) build.row(1, Infinity, entries);
    else build.row(0, Infinity, [...entries, [before, -1] as const]);
    if (column === undefined) break;
    if (exact) {
      for (const site of at) build.row(-Infinity, 1, [[column, 1] as const, [site, 1] as const]);
      if (before !== undefined) build.row(-Infinity, 0, [[column, 1] as const, [before, -1] as const]);
    }
    terms.push([column, values[k + 1]! - value]);
    steps.push({ column, isFarther: (open_: readonly number[]) => open_.every((j) => row[j]! > value) });
    before = column;
  }
  return { terms, constant: values[0] ?? 0, steps };
}

/** The columns that say whether a client is beyond the limit, and the row that holds their weight down. */
function coverRow(
  costs: Costs,
  { cover }: PlanLimits,
  {
    build,
    open,
    people,
    filled,
  }: Pick<FairProgram, "build" | "open" | "people"> & {
    readonly filled: { readonly column: number; readonly value: (sites: readonly number[]) => number }[];
  },
): void {
  if (!cover) return;
  const total = people.reduce((sum, i) => sum + costs.weight[i]!, 0);
  const beyond = beyondColumns(costs, cover.limit, { build, open, people });
  for (const { column, i } of beyond)
    filled.push({
      column,
      value: (sites) => (sites.some((j) => costs.cost[i * costs.sites + j]! <= cover.limit) ? 0 : 1),
    });
  build.row(
    -Infinity,
    total - cover.atLeast,
    beyond.map(({ column, i }) => [column, costs.weight[i]!] as const),
  );
}

/** A column a client that is 1 where no open site lies within the limit. */
export function beyondColumns(
  { sites, cost }: Costs,
  limit: number,
  { build, open, people }: Pick<FairProgram, "build" | "open" | "people">,
): readonly { readonly i: number; readonly column: number }[] {
  return people.map((i) => {
    const column = build.column(0, 0, 1);
    build.row(1, Infinity, [...ones(open.filter((_, j) => cost[i * sites + j]! <= limit)), [column, 1] as const]);
    return { i, column };
  });
}

export function ones(columns: readonly number[]): Terms {
  return columns.map((column) => [column, 1] as const);
}
