import loadHighs from "highs";
import type { LinearSolver } from "../index-engine/benefit-of-doubt.ts";

/** HiGHS as the solver of the tests. */
export async function testSolver(): Promise<LinearSolver> {
  const highs = await loadHighs();
  return {
    solve: ({ cost, lower, upper, rows }) =>
      highs.withModel(
        {
          numCols: cost.length,
          numRows: rows.lower.length,
          colCost: cost,
          colLower: lower,
          colUpper: upper,
          rowLower: rows.lower,
          rowUpper: rows.upper,
          matrix: {
            format: "csr",
            numRows: rows.lower.length,
            numCols: cost.length,
            starts: rows.starts,
            indices: rows.column,
            values: rows.value,
          },
        },
        (model) => {
          model.options.set({ output_flag: false });
          model.run();
          const status = model.getModelStatus();
          if (status === highs.constants.modelStatus.infeasible) return { status: "infeasible" as const };
          if (status !== highs.constants.modelStatus.optimal) return { status: "stopped" as const };
          return { status: "optimal" as const, solution: Float64Array.from(model.getSolution().colValue) };
        },
      ),
  };
}
