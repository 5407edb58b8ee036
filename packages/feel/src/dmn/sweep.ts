/**
 * The geometry of decision tables. Every input column is cut into atoms (numbered from 0) at the bounds its cells name, a cell
 * is a list of atom ranges, a row is the box of its cells. What no row covers is found by halving boxes together with the rows
 * that still meet them, never by enumerating the cells of the grid.
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

/** How many meetings of a box and a row may still be looked at; several searches may draw on one budget. */
export interface Budget {
  steps: number;
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

/** The pairs of rows that share a point, ascending. */
export function* overlappingPairs(grid: Grid): Generator<readonly [number, number]> {
  for (let first = 0; first < grid.rows.length; first += 1) {
    for (let second = first + 1; second < grid.rows.length; second += 1) {
      if (meets(grid.rows[first] as Box, grid.rows[second] as Box)) yield [first, second];
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
  readonly most: number;
  readonly budget: Budget;
  found: number;
}

/** What of `within` none of the rows with these numbers covers, in at most so many boxes. */
export function uncovered(grid: Grid, within: Box, rows: readonly number[], most: number, budget: Budget): Uncovered {
  if (within.some((ranges) => ranges.length === 0)) return { boxes: [], complete: true };
  const search: Search = { grid, most, budget, found: 0 };
  const boxes = uncoveredIn(search, within, rows);
  return { boxes: boxes.slice(0, most), complete: !exhausted(search) && boxes.length <= most };
}

function exhausted(search: Search): boolean {
  return search.budget.steps < 0 || search.found > search.most;
}

/** Halves the box where it parts the rows best, until a row holds all of it or none meets it. */
function uncoveredIn(search: Search, box: Box, candidates: readonly number[]): Box[] {
  const rows = candidates.filter((row) => meets(search.grid.rows[row] as Box, box));
  search.budget.steps -= rows.length;
  if (rows.length === 0) {
    search.found += 1;
    return [box];
  }
  if (rows.some((row) => contains(search.grid.rows[row] as Box, box)) || exhausted(search)) return [];
  const cut = bestCut(search.grid, box, rows);
  const [low, high] = halves(box, cut);
  const [below, above] = [uncoveredIn(search, low, rows), uncoveredIn(search, high, rows)];
  const joined = join(below, above, cut.column);
  search.found -= below.length + above.length - joined.length;
  return joined;
}

function contains(outer: Box, inner: Box): boolean {
  return inner.every((ranges, column) => containsRanges(outer[column] as readonly AtomRange[], ranges));
}

function containsRanges(outer: readonly AtomRange[], inner: readonly AtomRange[]): boolean {
  return inner.every(([low, high]) => outer.some(([from, to]) => from <= low && high <= to));
}

/** The first atom of the upper half. */
interface Cut {
  readonly column: number;
  readonly atom: number;
}

/**
 * Of all places where a row begins or ends inside the box, the one that leaves the fewest pairs of rows to compare on its two
 * sides. There is always one: a box that no row contains has a bound of a row inside.
 */
function bestCut(grid: Grid, box: Box, rows: readonly number[]): Cut {
  let best: Cut = { column: 0, atom: 0 };
  let bestScore = Number.POSITIVE_INFINITY;
  box.forEach((sides, column) => {
    const spans = rows.map((row) =>
      spanOf(intersectRanges((grid.rows[row] as Box)[column] as readonly AtomRange[], sides)),
    );
    const starts = spans.map(([low]) => low).sort((a, b) => a - b);
    const ends = spans.map(([, high]) => high).sort((a, b) => a - b);
    for (const atom of cutsOf(grid, sides, column, rows)) {
      const below = countBelow(starts, atom);
      const above = rows.length - countBelow(ends, atom);
      const score = below * below + above * above;
      if (score < bestScore) {
        bestScore = score;
        best = { column, atom };
      }
    }
  });
  return best;
}

function spanOf(ranges: readonly AtomRange[]): AtomRange {
  return [(ranges[0] as AtomRange)[0], (ranges.at(-1) as AtomRange)[1]];
}

function cutsOf(grid: Grid, sides: readonly AtomRange[], column: number, rows: readonly number[]): Set<number> {
  const [first, last] = spanOf(sides);
  const cuts = new Set<number>();
  for (const row of rows) {
    for (const [from, to] of (grid.rows[row] as Box)[column] as readonly AtomRange[]) {
      if (from > first && from <= last) cuts.add(from);
      if (to >= first && to < last) cuts.add(to + 1);
    }
  }
  return cuts;
}

/** How many of the ascending numbers are smaller. */
function countBelow(sorted: readonly number[], bound: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] as number) < bound) low = middle + 1;
    else high = middle;
  }
  return low;
}

function halves(box: Box, cut: Cut): [Box, Box] {
  const sides = box[cut.column] as readonly AtomRange[];
  const low = intersectRanges(sides, [[0, cut.atom - 1]]);
  const high = intersectRanges(sides, [[cut.atom, Number.MAX_SAFE_INTEGER]]);
  return [box.with(cut.column, low), box.with(cut.column, high)];
}

/** Boxes of the two halves that differ in nothing but the cut column become one again. */
function join(below: readonly Box[], above: readonly Box[], column: number): Box[] {
  if (below.length === 0 || above.length === 0) return [...below, ...above];
  const keyOf = (box: Box) => JSON.stringify(box.with(column, []));
  const rest = new Map(above.map((box) => [keyOf(box), box]));
  const joined = below.map((box) => {
    const key = keyOf(box);
    const other = rest.get(key);
    if (other === undefined) return box;
    rest.delete(key);
    return box.with(column, touching(box[column] as readonly AtomRange[], other[column] as readonly AtomRange[]));
  });
  return [...joined, ...rest.values()];
}

function touching(low: readonly AtomRange[], high: readonly AtomRange[]): AtomRange[] {
  const [last, first] = [low.at(-1) as AtomRange, high[0] as AtomRange];
  return last[1] + 1 === first[0] ? [...low.slice(0, -1), [last[0], first[1]], ...high.slice(1)] : [...low, ...high];
}
