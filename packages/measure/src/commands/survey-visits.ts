import { z } from "zod";
import { type Agreement, compareReports } from "../survey/agreement.ts";
import { type MeasureTable, namesOf, numbersOf, type ResultTable, refuseCells } from "./measure-table.ts";

/** Columns of 1 (met) and 0 (not met): what offices reported, what mystery visits found; an empty `found` was not visited. */
export const visitRequest = z.strictObject({
  reported: z.string().min(1),
  found: z.string().min(1),
  by: z.string().min(1).optional(),
});

/** Reports against visits, of all places or of one group. */
export interface VisitReport extends Agreement {
  readonly group: string | null;
  /** Places that were not visited: they prove nothing and are left out. */
  readonly notVisited: number;
}

/** Compares reports with visits, of all places first and then by groups. */
export function compareVisits(
  table: MeasureTable,
  { reported, found, by }: z.output<typeof visitRequest>,
  level: number,
): VisitReport[] {
  const claims = yesOrNo(table, reported);
  const seen = yesOrNo(table, found);
  const groups = by === undefined ? undefined : namesOf(table, by);
  const compare = (group: string | null): VisitReport[] => {
    const own = Array.from(seen.keys()).filter((i) => group === null || groups?.[i] === group);
    const visited = own.filter((i) => seen[i] !== null && claims[i] !== null);
    if (visited.length === 0) return [];
    const agreement = compareReports(
      visited.map((i) => claims[i] === true),
      visited.map((i) => seen[i] === true),
      level,
    );
    return [{ group, notVisited: own.length - visited.length, ...agreement }];
  };
  return [null, ...new Set(groups)].flatMap(compare);
}

/** The comparisons as a sheet. */
export function visitTable(visits: readonly VisitReport[]): ResultTable {
  return {
    name: "visits",
    columns: ["group", "pairs", "notVisited", "agreement", "kappa", "overReporting", "low", "high"],
    rows: visits.map(({ group, pairs, notVisited, agreement, kappa, overReporting: over }) => [
      ...[group, pairs, notVisited, agreement, kappa],
      ...[over?.rate ?? null, over?.low ?? null, over?.high ?? null],
    ]),
  };
}

function yesOrNo(table: MeasureTable, column: string): (boolean | null)[] {
  const numbers = Array.from(numbersOf(table, column));
  const wrong = Array.from(numbers.keys()).filter(
    (i) => !Number.isNaN(numbers[i]!) && numbers[i] !== 0 && numbers[i] !== 1,
  );
  if (wrong.length > 0) refuseCells(table, column, wrong, { zh: "应为 0 或 1", en: "must be 0 or 1" });
  return numbers.map((number) => (Number.isNaN(number) ? null : number === 1));
}
