import { ReachRefusal } from "../refusal.ts";
import { parseCsv } from "../roads/parse-csv.ts";
import type { Effort, SitingAnswer } from "../site/answer.ts";
import { solveBackupCover } from "../site/backup-cover.ts";
import { type Costs, costsOf } from "../site/costs.ts";
import { solveMaxCover } from "../site/max-cover.ts";
import { solvePCenter } from "../site/p-center.ts";
import { solvePDispersion } from "../site/p-dispersion.ts";
import { solvePMedian } from "../site/p-median.ts";
import { solveSetCover } from "../site/set-cover.ts";
import type { Solver } from "../site/solver.ts";

export type SitingModel = "pmedian" | "pcenter" | "mclp" | "backup" | "lscp" | "pdispersion";

export interface SitingRequest extends Effort {
  readonly model: SitingModel;
  readonly solver: Solver;
  /** How many sites; not for `lscp`. */
  readonly p?: number;
  /** Cost within which a client is served; for `mclp`, `backup` and `lscp`. */
  readonly limit?: number;
}

/** Runs a siting model on a table of costs. */
export function planSites(costs: Costs, request: SitingRequest): SitingAnswer {
  const { model } = request;
  if (model === "lscp") return solveSetCover(costs, { ...request, limit: needed(request.limit, "limit", model) });
  const p = needed(request.p, "p", model);
  if (model === "mclp") return solveMaxCover(costs, { ...request, p, limit: needed(request.limit, "limit", model) });
  if (model === "backup")
    return solveBackupCover(costs, { ...request, p, limit: needed(request.limit, "limit", model) });
  if (model === "pcenter") return solvePCenter(costs, { ...request, p });
  return model === "pdispersion" ? solvePDispersion(costs, { ...request, p }) : solvePMedian(costs, { ...request, p });
}

function needed(value: number | undefined, name: string, model: SitingModel): number {
  if (value === undefined) throw new ReachRefusal("reach.option-missing", name, `the model ${model} needs --${name}`);
  return value;
}

/**
 * Reads a table of costs from CSV: one row a client, a column for each site; a column `weight` is the client's weight and a
 * column `client` its name. An empty field is a site that the client cannot use.
 */
export function readCostMatrix(text: string): { readonly costs: Costs; readonly siteNames: readonly string[] } {
  const header = text.slice(0, text.search(/\r?\n|$/)).split(",");
  const siteNames = header.filter((name) => name !== "client" && name !== "weight");
  const table = parseCsv(text, "matrix");
  const columns = siteNames.map((name) => table.column(name));
  const cost = new Float64Array(table.rows * siteNames.length);
  columns.forEach((column, j) => {
    column.forEach((field, i) => {
      const value = field === "" ? Infinity : Number(field);
      if (Number.isNaN(value))
        throw new ReachRefusal(
          "reach.not-a-number",
          `row ${i + 2}, column ${siteNames[j]}`,
          `"${field}" is not a number`,
        );
      cost[i * siteNames.length + j] = value;
    });
  });
  const weight = table.has("weight") ? Float64Array.from(table.column("weight"), Number) : undefined;
  return {
    costs: costsOf({ clients: table.rows, sites: siteNames.length, cost, ...(weight ? { weight } : {}) }),
    siteNames,
  };
}
