/**
 * The geometry of decision tables. Every input column is cut into atoms (numbered from 0) at the bounds its cells name, a cell
 * is a list of atom ranges, a row is the box of its cells. Where two rows meet, and what no row covers, is found by sweeping
 * one column after the other with the set of rows still alive, never by enumerating the cells of the grid.
 */

/** First and last atom, both included. */
export type AtomRange = readonly [number, number];

/** For each column, ascending and disjoint ranges. */
export type Box = readonly (readonly AtomRange[])[];

export interface Grid {
  /** How many atoms each column has. */
  readonly atoms: readonly number[];
  readonly rows: readonly Box[];
}

export interface Uncovered {
  readonly boxes: readonly Box[];
  /** False when the search stopped at the limit of boxes or of steps. */
  readonly complete: boolean;
}

export interface Limits {
  readonly boxes: number;
  /** How many column segments may be looked at. */
  readonly steps: number;
}

/** The whole grid as a box. */
export function everything(grid: Grid): Box {
  return grid.atoms.map((count) => (count === 0 ? [] : [[0, count - 1] as const]));
}

/** Two boxes share a point when they do in each column; the shared part, or undefined. */
export function intersection(a: Box, b: Box): Box | undefined {
  const shared: (readonly AtomRange[])[] = [];
  for (let column = 0; column < a.length; column += 1) {
    const both = intersectRanges(a[column] as readonly AtomRange[], b[column] as readonly AtomRange[]);
    if (both.length === 0) return undefined;
    shared.push(both);
  }
  return shared;
}

function intersectRanges(a: readonly AtomRange[], b: readonly AtomRange[]): AtomRange[] {
  const shared: AtomRange[] = [];
  let [i, j] = [0, 0];
  while (i < a.length && j < b.length) {
    const [aLow, aHigh] = a[i] as AtomRange;
    const [bLow, bHigh] = b[j] as AtomRange;
    const low = Math.max(aLow, bLow);
    const high = Math.min(aHigh, bHigh);
    if (low <= high) shared.push([low, high]);
    if (aHigh < bHigh) i += 1;
    else j += 1;
  }
  return shared;
}

/** The pairs of rows that share a point, ascending; `seen` is called with each until it returns false. */
export function eachOverlap(grid: Grid, seen: (first: number, second: number, shared: Box) => boolean): void {
  for (let first = 0; first < grid.rows.length; first += 1) {
    for (let second = first + 1; second < grid.rows.length; second += 1) {
      const a = grid.rows[first] as Box;
      const b = grid.rows[second] as Box;
      if (!meets(a, b)) continue;
      if (!seen(first, second, intersection(a, b) as Box)) return;
    }
  }
}

function meets(a: Box, b: Box): boolean {
  for (let column = 0; column < a.length; column += 1) {
    const x = a[column] as readonly AtomRange[];
    const y = b[column] as readonly AtomRange[];
    if (x.length === 1 && y.length === 1) {
      const [xLow, xHigh] = x[0] as AtomRange;
      const [yLow, yHigh] = y[0] as AtomRange;
      if (xHigh < yLow || yHigh < xLow) return false;
    } else if (intersectRanges(x, y).length === 0) return false;
  }
  return true;
}

interface Search {
  readonly grid: Grid;
  readonly within: Box;
  /** Columns in the order of the sweep: few atoms first, so that the set of rows shrinks before the fan-out grows. */
  readonly order: readonly number[];
  /** For each step of the order, whether a row is unrestricted from there on. */
  readonly freeFrom: readonly (readonly boolean[])[];
  readonly memo: Map<string, readonly Part[]>;
  readonly limits: Limits;
  steps: number;
  found: number;
}

/** A box over the columns of the order from some step on; columns beyond its end are unrestricted. */
type Part = readonly (readonly AtomRange[])[];

/** What of `within` none of the rows with these numbers covers. */
export function uncovered(grid: Grid, within: Box, rows: readonly number[], limits: Limits): Uncovered {
  if (within.some((ranges) => ranges.length === 0)) return { boxes: [], complete: true };
  const order = grid.atoms
    .map((_, column) => column)
    .sort((a, b) => (grid.atoms[a] ?? 0) - (grid.atoms[b] ?? 0) || a - b);
  const search: Search = {
    grid,
    within,
    order,
    freeFrom: freeRows(grid, within, order),
    memo: new Map(),
    limits,
    steps: 0,
    found: 0,
  };
  const near = rows.filter((row) => meets(grid.rows[row] as Box, within));
  const parts = sweep(search, 0, near);
  const boxes = parts.slice(0, limits.boxes).map((part) => {
    const box = [...within];
    part.forEach((ranges, step) => {
      box[order[step] as number] = ranges;
    });
    return box;
  });
  return { boxes, complete: !exhausted(search) && parts.length <= limits.boxes };
}

function exhausted(search: Search): boolean {
  return search.steps > search.limits.steps || search.found > search.limits.boxes;
}

function freeRows(grid: Grid, within: Box, order: readonly number[]): boolean[][] {
  const free = order.map(() => [] as boolean[]);
  grid.rows.forEach((row, index) => {
    let unrestricted = true;
    for (let step = order.length - 1; step >= 0; step -= 1) {
      const column = order[step] as number;
      unrestricted &&= containsRanges(row[column] as readonly AtomRange[], within[column] as readonly AtomRange[]);
      (free[step] as boolean[])[index] = unrestricted;
    }
  });
  return free;
}

function containsRanges(outer: readonly AtomRange[], inner: readonly AtomRange[]): boolean {
  return inner.every(([low, high]) => outer.some(([from, to]) => from <= low && high <= to));
}

function sweep(search: Search, step: number, alive: readonly number[]): readonly Part[] {
  if (alive.length === 0) {
    search.found += 1;
    return [[]];
  }
  if (step === search.order.length) return [];
  const free = search.freeFrom[step] as readonly boolean[];
  if (alive.some((row) => free[row])) return [];
  const key = `${step}:${alive.join(",")}`;
  const known = search.memo.get(key);
  if (known !== undefined) {
    search.found += known.length;
    return known;
  }
  const parts = sweepColumn(search, step, alive);
  if (!exhausted(search)) search.memo.set(key, parts);
  return parts;
}

function sweepColumn(search: Search, step: number, alive: readonly number[]): readonly Part[] {
  const column = search.order[step] as number;
  const groups: { ranges: AtomRange[]; parts: readonly Part[]; key: string }[] = [];
  for (const segment of segments(search, column, alive)) {
    search.steps += 1;
    if (exhausted(search)) break;
    const parts = sweep(search, step + 1, segment.alive);
    if (parts.length === 0) continue;
    const key = JSON.stringify(parts);
    const same = groups.find((group) => group.key === key);
    if (same === undefined) groups.push({ ranges: [segment.range], parts, key });
    else {
      search.found -= parts.length;
      append(same.ranges, segment.range);
    }
  }
  return groups.flatMap((group) => group.parts.map((part) => [group.ranges, ...part]));
}

function append(ranges: AtomRange[], range: AtomRange): void {
  const last = ranges.at(-1);
  if (last !== undefined && last[1] + 1 === range[0]) ranges[ranges.length - 1] = [last[0], range[1]];
  else ranges.push(range);
}

/** The stretches of a column, inside the searched box, on which the set of alive rows does not change. */
function* segments(
  search: Search,
  column: number,
  alive: readonly number[],
): Generator<{ range: AtomRange; alive: readonly number[] }> {
  const cells = alive.map((row) => (search.grid.rows[row] as Box)[column] as readonly AtomRange[]);
  for (const [low, high] of search.within[column] as readonly AtomRange[]) {
    const cuts = new Set([low]);
    for (const cell of cells) {
      for (const [from, to] of cell) {
        if (from > low && from <= high) cuts.add(from);
        if (to >= low && to < high) cuts.add(to + 1);
      }
    }
    const starts = [...cuts].sort((a, b) => a - b);
    for (let index = 0; index < starts.length; index += 1) {
      const start = starts[index] as number;
      const end = (starts[index + 1] ?? high + 1) - 1;
      yield { range: [start, end], alive: alive.filter((_, at) => covers(cells[at] as readonly AtomRange[], start)) };
    }
  }
}

function covers(cell: readonly AtomRange[], atom: number): boolean {
  for (const [from, to] of cell) if (from <= atom && atom <= to) return true;
  return false;
}
