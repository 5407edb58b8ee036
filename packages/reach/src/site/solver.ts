import loadHighs, { type Highs, type InitOptions, type InterruptCallbackEvent } from "highs";

/** A linear program with some whole columns, to be minimised; rows are stored one after the other. */
export interface Program {
  readonly cost: readonly number[];
  readonly lower: readonly number[];
  readonly upper: readonly number[];
  /** 1 for a column that must be whole. */
  readonly whole: readonly (0 | 1)[];
  readonly rows: Rows;
}

export interface Rows {
  readonly lower: readonly number[];
  readonly upper: readonly number[];
  readonly starts: readonly number[];
  readonly column: readonly number[];
  readonly value: readonly number[];
}

export interface ProgramResult {
  readonly status: "optimal" | "infeasible" | "stopped";
  /** Undefined where no solution was found. */
  readonly solution?: Float64Array;
  readonly value: number;
  readonly bound: number;
}

export interface SolveOptions {
  readonly seconds: number;
  /** A solution to start from. */
  readonly start?: Float64Array;
  /** False solves the program as it stands, not made smaller first. */
  readonly presolve?: boolean;
  /** Asked now and then; false stops with what was found. */
  readonly mayContinue?: () => boolean;
  /** Told the best value and bound of a program with whole columns, now and then. */
  readonly onProgress?: (value: number, bound: number) => void;
}

/** Solves programs within a number of seconds. */
export interface Solver {
  solve(program: Program, options: SolveOptions): ProgramResult;
}

/** The HiGHS solver as WebAssembly; a browser says where `highs.wasm` lies. */
export async function highsSolver(options?: InitOptions): Promise<Solver> {
  const highs = await loadHighs(options);
  return {
    solve(program, options) {
      const result = solveWith(highs, program, options);
      if (result.status !== "infeasible" || options.presolve === false || !program.whole.includes(1)) return result;
      // The presolve of HiGHS 1.15 finds no plan for some programs that have one: what it refuses is solved as it stands.
      return solveWith(highs, program, { ...options, presolve: false });
    },
  };
}

function solveWith(
  highs: Highs,
  program: Program,
  { seconds, start, presolve = true, mayContinue, onProgress }: SolveOptions,
): ProgramResult {
  const { rows } = program;
  if (program.cost.length === 0) return withoutColumns(rows);
  const {
    modelStatus,
    callbackType: { mipInterrupt },
  } = highs.constants;
  return highs.withModel(
    {
      numCols: program.cost.length,
      numRows: rows.lower.length,
      colCost: program.cost,
      colLower: program.lower,
      colUpper: program.upper,
      rowLower: rows.lower,
      rowUpper: rows.upper,
      matrix: {
        format: "csr",
        numRows: rows.lower.length,
        numCols: program.cost.length,
        starts: rows.starts,
        indices: rows.column,
        values: rows.value,
      },
      integrality: Int32Array.from(program.whole),
    },
    (model): ProgramResult => {
      model.options.set({ output_flag: false, time_limit: Math.max(0.01, seconds), mip_rel_gap: 0, mip_abs_gap: 1e-6 });
      if (!presolve) model.options.set({ presolve: "off" });
      if (start) model.setSolution({ colValue: start });
      const ask = (event: InterruptCallbackEvent): undefined => {
        const { mip_primal_bound: value, mip_dual_bound: bound } = event.data;
        if (value !== undefined && bound !== undefined) onProgress?.(value, bound);
        if (mayContinue && !mayContinue()) event.interrupt();
      };
      model.run(mayContinue || onProgress ? { [mipInterrupt]: ask } : undefined);
      const status = model.getModelStatus();
      if (status === modelStatus.infeasible) return { status: "infeasible", value: Number.NaN, bound: Infinity };
      const isMixed = program.whole.includes(1);
      const value = model.getObjectiveValue();
      const found = Number(model.info.get("primal_solution_status")) === 2;
      const optimal = status === modelStatus.optimal;
      const bound = optimal ? value : isMixed ? Number(model.info.get("mip_dual_bound")) : -Infinity;
      return {
        status: optimal ? "optimal" : "stopped",
        value: found ? value : Number.NaN,
        bound,
        ...(found ? { solution: Float64Array.from(model.getSolution().colValue) } : {}),
      };
    },
  );
}

/** A program without columns, which HiGHS does not judge: its rows hold or not. */
function withoutColumns({ lower, upper }: Rows): ProgramResult {
  const holds = lower.every((low, row) => low <= 0 && upper[row]! >= 0);
  return holds
    ? { status: "optimal", value: 0, bound: 0, solution: new Float64Array() }
    : { status: "infeasible", value: Number.NaN, bound: Infinity };
}

/** Collects a program column by column and row by row. */
export interface ProgramBuilder {
  column(cost: number, lower: number, upper: number, whole?: boolean): number;
  row(lower: number, upper: number, entries: Iterable<readonly [column: number, value: number]>): void;
  readonly program: Program;
}

export function programBuilder(): ProgramBuilder {
  const cost: number[] = [];
  const lower: number[] = [];
  const upper: number[] = [];
  const whole: (0 | 1)[] = [];
  const rows = {
    lower: [] as number[],
    upper: [] as number[],
    starts: [0],
    column: [] as number[],
    value: [] as number[],
  };
  return {
    program: { cost, lower, upper, whole, rows },
    column(price, from, to, isWhole = false) {
      lower.push(from);
      upper.push(to);
      whole.push(isWhole ? 1 : 0);
      return cost.push(price) - 1;
    },
    row(from, to, entries) {
      for (const [column, value] of entries) {
        rows.column.push(column);
        rows.value.push(value);
      }
      rows.lower.push(from);
      rows.upper.push(to);
      rows.starts.push(rows.column.length);
    },
  };
}
