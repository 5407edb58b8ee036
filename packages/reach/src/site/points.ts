import type { SitingAnswer } from "./answer.ts";
import { checkCount, type SortedCosts } from "./costs.ts";
import { type PMedianOptions, solveSorted } from "./p-median.ts";

/** Points of a plane, each a client and a site, that cost their straight distance. */
export interface PointSet {
  readonly x: Float64Array;
  readonly y: Float64Array;
  /** 1 each unless given. */
  readonly weight?: Float64Array;
}

export interface PointsOptions extends PMedianOptions {
  /** Least sites in a client's list; longer lists take memory and time, short ones a weaker bound. */
  readonly listLength?: number;
}

/** Sites in a client's list, as a multiple of those that one open site serves on average. */
const listShare = 8;
const shortestList = 120;
/** Points of a cell of the grid, on average. */
const inCell = 4;

/**
 * The p-median of many points, without a table of all distances: every client has a list of the sites around it. Sites beyond
 * the list cannot spoil the bound, since no client offers more than the cost at which its list ends.
 */
export function solvePMedianOfPoints(points: PointSet, options: PointsOptions): SitingAnswer {
  const { x, y } = points;
  const count = x.length;
  checkCount(options.p, count);
  const weight = points.weight ?? new Float64Array(count).fill(1);
  const least = options.listLength ?? Math.max(shortestList, Math.ceil((listShare * count) / options.p));
  const sorted = listsAround(points, weight, least);
  const weighted = (i: number, j: number) => weight[i]! * Math.sqrt((x[i]! - x[j]!) ** 2 + (y[i]! - y[j]!) ** 2);
  const isOpen = new Uint8Array(count);
  const planCost = (open: readonly number[]) => {
    isOpen.fill(0);
    for (const j of open) isOpen[j] = 1;
    let total = 0;
    for (let i = 0; i < count; i++) {
      let k = sorted.first[i]!;
      while (k < sorted.first[i + 1]! && isOpen[sorted.site[k]!] === 0) k += 1;
      // A client with no open site in its list looks at all of them.
      total += k < sorted.first[i + 1]! ? sorted.cost[k]! : Math.min(...open.map((j) => weighted(i, j)));
    }
    return total;
  };
  return solveSorted({ sorted, weighted, planCost, hasPeople: (i) => weight[i]! > 0 }, options);
}

/** For every point all points within a circle that holds at least `least` of them, nearest first. */
function listsAround({ x, y }: PointSet, weight: Float64Array, least: number): SortedCosts {
  const count = x.length;
  const grid = gridOf(x, y);
  const first = new Int32Array(count + 1);
  const upTo = new Float64Array(count);
  let site = new Int32Array(count * Math.min(count, 2 * least));
  let cost = new Float64Array(site.length);
  let at = 0;
  for (let i = 0; i < count; i++) {
    const near = grid.around(i, Math.min(least, count));
    near.found.sort((a, b) => a.far - b.far || a.j - b.j);
    if (at + near.found.length > site.length) {
      const longer = 2 * site.length + near.found.length;
      const [oldSite, oldCost] = [site, cost];
      site = new Int32Array(longer);
      cost = new Float64Array(longer);
      site.set(oldSite);
      cost.set(oldCost);
    }
    for (const { j, far } of near.found) {
      site[at] = j;
      cost[at++] = weight[i]! * far;
    }
    first[i + 1] = at;
    upTo[i] = weight[i]! * near.radius;
  }
  return { clients: count, sites: count, first, site: site.slice(0, at), cost: cost.slice(0, at), upTo };
}

/** Points in square cells, to find those around one. */
function gridOf(x: Float64Array, y: Float64Array) {
  const bounds = (values: Float64Array) => {
    let [low, high] = [Infinity, -Infinity];
    for (const value of values) {
      if (value < low) low = value;
      if (value > high) high = value;
    }
    return { low, span: Math.max(high - low, 1e-9) };
  };
  const [across, up] = [bounds(x), bounds(y)];
  const side = Math.sqrt((across.span * up.span * inCell) / x.length) || 1;
  const columns = Math.floor(across.span / side) + 1;
  const rows = Math.floor(up.span / side) + 1;
  const column = (j: number) => Math.floor((x[j]! - across.low) / side);
  const row = (j: number) => Math.floor((y[j]! - up.low) / side);
  const cells = Array.from({ length: columns * rows }, () => [] as number[]);
  for (let j = 0; j < x.length; j++) cells[row(j) * columns + column(j)]!.push(j);
  const collect = (i: number, ring: number) => {
    const found: { readonly j: number; readonly far: number }[] = [];
    // Whoever is farther than this may lie in a cell that was not looked at.
    const isAll = ring >= Math.max(columns, rows);
    const radius = isAll ? Infinity : ring * side;
    for (let r = Math.max(0, row(i) - ring); r <= Math.min(rows - 1, row(i) + ring); r++) {
      for (let c = Math.max(0, column(i) - ring); c <= Math.min(columns - 1, column(i) + ring); c++) {
        for (const j of cells[r * columns + c]!) {
          const far = Math.sqrt((x[i]! - x[j]!) ** 2 + (y[i]! - y[j]!) ** 2);
          if (far <= radius) found.push({ j, far });
        }
      }
    }
    return { found, radius };
  };
  return {
    around(i: number, least: number) {
      for (let ring = Math.max(1, Math.floor(Math.sqrt(least / inCell) / 2)); ; ring = Math.ceil(1.3 * ring)) {
        const near = collect(i, ring);
        if (near.found.length >= least || near.radius === Infinity) return near;
      }
    },
  };
}
