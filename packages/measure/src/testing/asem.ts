import type { IndexData, IndexMethod, IndexTree } from "../index-engine/model.ts";
import { cell, column, labels, readRows } from "./shared-data.ts";

/** The ASEM sustainable connectivity index as COINr ships it: 51 countries, 49 indicators, 8 pillars, 2 sub-indexes. */
export function readAsem(): { readonly tree: IndexTree; readonly data: IndexData } {
  const meta = readRows("coinr-asem/ASEM_iMeta.csv");
  const rows = readRows("coinr-asem/ASEM_iData.csv");
  const nodes = meta
    .filter(({ Type }) => Type === "Indicator" || Type === "Aggregate")
    .map((row) => ({
      code: row.iCode!,
      weight: cell(row, "Weight"),
      ...(row.Parent ? { parent: row.Parent } : {}),
      ...(row.Type === "Indicator" ? { direction: row.Direction === "-1" ? (-1 as const) : (1 as const) } : {}),
      ...(row.Denominator ? { denominator: row.Denominator } : {}),
    }));
  const numbers = meta.filter(({ Type }) => Type === "Indicator" || Type === "Denominator").map(({ iCode }) => iCode!);
  return {
    tree: { nodes },
    data: {
      units: labels(rows, "uCode"),
      columns: Object.fromEntries(numbers.map((code) => [code, column(rows, code)])),
      groups: { EurAsia_group: labels(rows, "EurAsia_group") },
    },
  };
}

/** The method of COINr's example index. It screens units after imputation, when nothing is missing any more: a share of 0 here. */
export const asemMethod: IndexMethod = {
  denominate: true,
  missing: { impute: "mean", within: "EurAsia_group", minimumShare: 0 },
  treat: { skewness: 2, kurtosis: 3.5, maxWinsorised: 5, otherwise: { kind: "log" } },
  normalise: { kind: "min-max", lower: 0, upper: 100 },
  aggregate: { kind: "arithmetic" },
  presentShare: 0.5,
};
