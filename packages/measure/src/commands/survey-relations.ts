import { type Association, associate } from "../survey/association.ts";
import type { PreparedDesign } from "../survey/design.ts";
import { type Regression, regress } from "../survey/regression.ts";
import { type Cell, cellsOf, type MeasureTable, numbersOf, type ResultTable } from "./measure-table.ts";
import { answersOf, domainOf } from "./survey-estimators.ts";
import type { SurveyRequest } from "./survey-request.ts";

/** Whether two columns go together, as the design tells. */
export interface AssociationReport extends Association {
  readonly name: string;
}

/** A regression of one column on others. */
export interface RegressionReport extends Regression {
  readonly name: string;
}

/** Tests two columns for independence. */
export function associateColumns(
  table: MeasureTable,
  design: PreparedDesign,
  { rows, columns, where }: SurveyRequest["associations"][number],
): AssociationReport {
  const domain = domainOf(table, where);
  const found = associate(design, labelsOf(table, rows), labelsOf(table, columns), domain ? { domain } : {});
  return { name: `${rows} x ${columns}`, ...found };
}

/** Regresses a column on others, or on whether they have a value. */
export function regressColumns(
  table: MeasureTable,
  design: PreparedDesign,
  { outcome, on, where }: SurveyRequest["regressions"][number],
  level: number,
): RegressionReport {
  const domain = domainOf(table, where);
  const terms = on.map((term) =>
    typeof term === "string"
      ? { name: term, values: numbersOf(table, term) }
      : { name: `${term.column} = ${term.equals}`, values: answersOf(table, term) },
  );
  const found = regress(design, numbersOf(table, outcome), terms, { level, ...(domain ? { domain } : {}) });
  return { name: `${outcome} ~ ${terms.map(({ name }) => name).join(" + ")}`, ...found };
}

/** The tests and the coefficients as sheets; none where nothing was asked. */
export function relationTables(
  associations: readonly AssociationReport[],
  regressions: readonly RegressionReport[],
): ResultTable[] {
  const tables: ResultTable[] = [];
  if (associations.length > 0) {
    const columns = ["name", "f", "df1", "df2", "pValue", "chiSquare", "answered", "missing"] as const;
    const rows = associations.map((one) => columns.map((column) => one[column]));
    tables.push({ name: "associations", columns, rows });
  }
  if (regressions.length > 0) {
    const columns = ["name", "estimate", "standardError", "low", "high", "t", "pValue"] as const;
    const rows = regressions.flatMap(({ name, coefficients }) =>
      coefficients.map((one): Cell[] => [name, ...columns.map((column) => one[column])]),
    );
    tables.push({ name: "regressions", columns: ["regression", ...columns], rows });
  }
  return tables;
}

/** The cells of a column as labels; an empty cell or R's `NA` is missing. */
const labelsOf = (table: MeasureTable, column: string): string[] =>
  cellsOf(table, column).map((cell) => {
    const text = cell === null ? "" : String(cell).trim();
    return text === "NA" ? "" : text;
  });
