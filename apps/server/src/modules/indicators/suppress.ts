import type { AreaTree } from "./area-tree.ts";
import type { FigureColumn } from "./figure-table.ts";

/** Why a cell is withheld: `small`: it tells of few people; `derivable`: a small one could be computed from it. */
export type Suppression = "small" | "derivable";

/**
 * Cells of a column that are withheld, by place (0 shown, 1 small, 2 derivable). A cell is small when numerator, denominator or the difference
 * of the two counts from 1 to one less than `smallest` people. Where a shown total has one withheld part, or a withheld total has none, the
 * smallest other part is withheld too, from the top down, so that no subtraction gives a small cell back.
 */
export function suppressCells(column: FigureColumn, tree: AreaTree, years: number): Uint8Array {
  const withheld = new Uint8Array(column.value.length);
  const { smallest } = column.indicator;
  if (smallest === undefined) return withheld;
  for (let at = 0; at < withheld.length; at++) if (isSmall(column, at, smallest)) withheld[at] = 1;
  for (const [area, { children }] of tree.areas.entries()) {
    if (children.length === 0) continue;
    for (let year = 0; year < years; year++) {
      const total = area * years + year;
      const parts = children.map((child) => child * years + year).filter((at) => !Number.isNaN(column.value[at]!));
      const hidden = parts.filter((at) => withheld[at] !== 0).length;
      const needed = withheld[total] !== 0 ? 1 : hidden > 0 ? 2 : 0;
      if (hidden >= needed) continue;
      const others = parts.filter((at) => withheld[at] === 0).toSorted((a, b) => sizeAt(column, a) - sizeAt(column, b));
      for (const at of others.slice(0, needed - hidden)) withheld[at] = 2;
    }
  }
  return withheld;
}

function isSmall({ indicator, numerator, denominator, value }: FigureColumn, at: number, smallest: number): boolean {
  if (Number.isNaN(value[at]!)) return false;
  const counts = indicator.numerator?.people === true;
  const outOf = indicator.denominator?.people === true;
  return (
    (counts && isFew(numerator[at]!, smallest)) ||
    (outOf && isFew(denominator[at]!, smallest)) ||
    (counts && outOf && isFew(denominator[at]! - numerator[at]!, smallest))
  );
}

const isFew = (people: number, smallest: number): boolean => people >= 1 && people < smallest;

const sizeAt = ({ numerator, denominator }: FigureColumn, at: number): number =>
  Number.isNaN(denominator[at]!) ? numerator[at]! : denominator[at]!;
