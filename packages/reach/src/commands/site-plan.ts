import { ReachRefusal } from "../refusal.ts";
import { parseCsv } from "../roads/parse-csv.ts";
import type { Effort, SitingAnswer } from "../site/answer.ts";
import { solveBackupCover } from "../site/backup-cover.ts";
import { type SiteTerms, solveCapacitated } from "../site/capacitated.ts";
import { type Costs, costsOf } from "../site/costs.ts";
import { solveLeastGini } from "../site/least-gini.ts";
import { solveMaxCover } from "../site/max-cover.ts";
import { solvePCenter } from "../site/p-center.ts";
import { solvePDispersion } from "../site/p-dispersion.ts";
import { solvePMedian } from "../site/p-median.ts";
import { solveSetCover } from "../site/set-cover.ts";
import type { Solver } from "../site/solver.ts";
import { solveTailMean } from "../site/tail-mean.ts";
import { solveWorstFirst } from "../site/worst-first.ts";

export type SitingModel =
  | "pmedian"
  | "pcenter"
  | "mclp"
  | "backup"
  | "lscp"
  | "pdispersion"
  | "capacitated"
  | "tail"
  | "worst-first"
  | "gini";

export interface SitingRequest extends Effort {
  readonly model: SitingModel;
  readonly solver: Solver;
  /** How many sites; not for `lscp`, and for `capacitated` only if it must be so many. */
  readonly p?: number;
  /** Cost within which a client is served; for `mclp`, `backup` and `lscp`. */
  readonly limit?: number;
  /** What sites can serve and cost; for `capacitated`. */
  readonly terms?: SiteTerms;
  /** Share of people who count as worst off; for `tail`, a tenth unless given. */
  readonly tailShare?: number;
  /** Most that the mean cost may be; for `gini`, since all may be alike by being far away. */
  readonly meanAtMost?: number;
  /** Group of each client, from 0; for `gini`, each client is its own unless given. */
  readonly groups?: readonly number[];
}

/** Runs a siting model on a table of costs. */
export function planSites(costs: Costs, request: SitingRequest): SitingAnswer {
  const { model } = request;
  if (model === "lscp") return solveSetCover(costs, { ...request, limit: needed(request.limit, "limit", model) });
  if (model === "capacitated")
    return solveCapacitated(costs, { ...request, terms: needed(request.terms, "terms", model) });
  const p = needed(request.p, "p", model);
  if (model === "tail") return solveTailMean(costs, { ...request, p });
  if (model === "worst-first") return solveWorstFirst(costs, { ...request, p });
  if (model === "gini") return solveLeastGini(costs, { ...request, p });
  if (model === "mclp") return solveMaxCover(costs, { ...request, p, limit: needed(request.limit, "limit", model) });
  if (model === "backup")
    return solveBackupCover(costs, { ...request, p, limit: needed(request.limit, "limit", model) });
  if (model === "pcenter") return solvePCenter(costs, { ...request, p });
  return model === "pdispersion" ? solvePDispersion(costs, { ...request, p }) : solvePMedian(costs, { ...request, p });
}

function needed<T>(value: T | undefined, name: string, model: SitingModel): T {
  if (value === undefined) throw new ReachRefusal("reach.option-missing", name, `the model ${model} needs --${name}`);
  return value;
}

/**
 * Reads what sites can serve and cost from CSV: a row a site, by its column in the table of costs, with `capacity` (empty: no
 * limit), and where given `at_least`, `opening` and `state` (must, may or not). A site without a row is open to all and free.
 */
export function readSiteTerms(text: string, siteNames: readonly string[]): Required<SiteTerms> {
  const table = parseCsv(text, "terms");
  const terms = {
    capacity: new Float64Array(siteNames.length).fill(Infinity),
    atLeast: new Float64Array(siteNames.length),
    opening: new Float64Array(siteNames.length),
    state: siteNames.map((): NonNullable<SiteTerms["state"]>[number] => "may"),
  };
  const column = (name: string) => (table.has(name) ? table.column(name) : undefined);
  const [capacity, atLeast, opening, state] = ["capacity", "at_least", "opening", "state"].map(column);
  table.column("site").forEach((name, row) => {
    const at = siteNames.indexOf(name);
    const place = (what: string) => `terms, row ${row + 2}, column ${what}`;
    if (at === -1)
      throw new ReachRefusal("reach.site-unknown", place("site"), `${name} is no column of the table of costs`);
    const amount = (field: string, usual: number, what: string) => {
      const value = field === "" ? usual : Number(field);
      if (!(value >= 0)) throw new ReachRefusal("reach.not-a-number", place(what), `"${field}" is not 0 or more`);
      return value;
    };
    terms.capacity[at] = amount(capacity?.[row] ?? "", Infinity, "capacity");
    terms.atLeast[at] = amount(atLeast?.[row] ?? "", 0, "at_least");
    terms.opening[at] = amount(opening?.[row] ?? "", 0, "opening");
    const word = state?.[row] || "may";
    if (word !== "must" && word !== "may" && word !== "not")
      throw new ReachRefusal("reach.site-state", place("state"), `${word}: expected must, may or not`);
    terms.state[at] = word;
  });
  return terms;
}

/**
 * Reads a table of costs from CSV: one row a client, a column for each site; a column `weight` is the client's weight and a
 * column `client` its name. An empty field is a site that the client cannot use.
 */
export function readCostMatrix(text: string): { readonly costs: Costs; readonly siteNames: readonly string[] } {
  const table = parseCsv(text, "matrix");
  const siteNames = table.columns.filter((name) => name !== "client" && name !== "weight");
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
