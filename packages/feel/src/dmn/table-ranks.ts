import { parseUnaryTests } from "../parse.ts";
import type { Run } from "../run.ts";
import type { FeelValue } from "../values.ts";
import { compileTests, passes, type Surroundings, type Tests, tell, within } from "./compile-text.ts";
import type { BoxedTable } from "./model.ts";

export interface Ranks {
  /** Rows of outputs by the places of their values in the columns' allowed values, the first column first; ties keep order. */
  sort(rows: readonly FeelValue[][], run: Run): FeelValue[][];
}

/** The order of outputs that PRIORITY and OUTPUT ORDER go by: that of the output values, or of the type's allowed values. */
export function outputRanks(table: BoxedTable, around: Surroundings): Ranks {
  const inner = within(around, { "?": null });
  const columns = table.outputs.map(({ allowedValues, typeRef, name }) => {
    const own = allowedValues === "" ? undefined : allowedValues;
    const single = table.outputs.length === 1 ? around.types.allowedValues(table.typeRef) : undefined;
    const part = name === undefined ? undefined : around.types.allowedValues(table.typeRef, name);
    return placesOf(own ?? around.types.allowedValues(typeRef) ?? part ?? single ?? "", inner);
  });
  const rank = (row: readonly FeelValue[], run: Run) =>
    row.map((value, column) => {
      const places = columns[column] ?? [];
      const place = places.findIndex((test) => passes(test, value, null, run) === true);
      if (place < 0) tell(run, "DMN_OUTPUT_NOT_LISTED", "warning", { element: around.element }, [String(value)]);
      return place < 0 ? places.length : place;
    });
  return {
    sort: (rows, run) => {
      const ranked = rows.map((row) => ({ row, places: rank(row, run) }));
      return ranked.sort((a, b) => compareRanks(a.places, b.places)).map(({ row }) => row);
    },
  };
}

/** One test for each of the comma-separated values. */
function placesOf(text: string, around: Surroundings): Tests[] {
  if (text === "") return [];
  const { tests } = parseUnaryTests(text);
  return tests.map((test) => compileTests(text.slice(test.from, test.to), around));
}

function compareRanks(a: readonly number[], b: readonly number[]): number {
  for (let column = 0; column < a.length; column += 1) {
    const order = (a[column] as number) - (b[column] as number);
    if (order !== 0) return order;
  }
  return 0;
}
