import { sampleSizeForShare, zeroFailureSize } from "../survey/sample-size.ts";
import type { ResultTable } from "./measure-table.ts";
import type { SurveyRequest } from "./survey-request.ts";

/** How many rows or visits a plan needs. */
export interface SizeReport {
  readonly name: string;
  readonly rows: number;
}

/** The size that a plan asks for, at the level of the request. */
export function sizeOf(size: SurveyRequest["sizes"][number], level: number): SizeReport {
  if ("failureRate" in size)
    return { name: `no failure, rate < ${size.failureRate}`, rows: zeroFailureSize(size.failureRate, level) };
  const { share, margin, designEffect, population, response } = size;
  const rows = sampleSizeForShare({
    share,
    margin,
    level,
    ...(designEffect === undefined ? {} : { designEffect }),
    ...(population === undefined ? {} : { population }),
    ...(response === undefined ? {} : { response }),
  });
  return { name: `share ${share} ± ${margin}`, rows };
}

/** The sizes as a sheet. */
export const sizeTable = (sizes: readonly SizeReport[]): ResultTable => ({
  name: "sizes",
  columns: ["name", "rows"],
  rows: sizes.map(({ name, rows }) => [name, rows]),
});
