import { describe, expect, it } from "vitest";
import { asemMethod, readAsem } from "../testing/asem.ts";
import { cell, hasSharedData, readRows } from "../testing/shared-data.ts";
import { auditNodes, removeEach } from "./audit.ts";
import { buildIndex, scoresOf } from "./build.ts";
import type { IndexMethod } from "./model.ts";
import { prepareIndex } from "./prepare.ts";

const { tree, data } = hasSharedData ? readAsem() : { tree: { nodes: [] }, data: { units: [], columns: {} } };
const index = hasSharedData ? prepareIndex(tree, data) : null!;

/** Greatest difference to a stored stage of COINr, over all its cells, and how many there are; missing must meet missing. */
function compare(file: string, columnOf: (code: string) => Float64Array | undefined): { cells: number; worst: number } {
  const rows = readRows(`coinr-asem/${file}.csv`);
  let [cells, worst] = [0, 0];
  for (const row of rows) {
    const unit = index.units.indexOf(row.uCode!);
    for (const code of Object.keys(row).filter((name) => name !== "uCode")) {
      const [stored, own] = [cell(row, code), columnOf(code)![unit]!];
      expect(Number.isNaN(own)).toBe(Number.isNaN(stored));
      if (!Number.isNaN(stored)) worst = Math.max(worst, Math.abs(own - stored) / Math.max(1, Math.abs(stored)));
      cells++;
    }
  }
  return { cells, worst };
}

describe.skipIf(!hasSharedData)("ASEM index against COINr 1.1.14", () => {
  const build = hasSharedData ? buildIndex(index, asemMethod) : null!;
  it.each([
    ["ref_Denominated", "denominated", 2499],
    ["ref_Imputed", "completed", 2499],
    ["ref_Treated", "treated", 2499],
    ["ref_Normalised", "normalised", 2499],
    ["ref_Aggregated", "scores", 51 * 60],
  ] as const)("%s: every cell within 1e-9", (file, stage, cells) => {
    const found = compare(file, (code) => build[stage][index.codes.indexOf(code)]);
    expect(found.cells).toBe(cells);
    expect(found.worst).toBeLessThan(1e-9);
  });
  it("the published results: ranks and scores at two decimals", () => {
    const rows = readRows("coinr-asem/ref_results_rounded.csv");
    expect(rows).toHaveLength(51);
    for (const row of rows) {
      const unit = index.units.indexOf(row.uCode!);
      expect(build.ranks[unit]).toBe(Number(row.Rank));
      for (const code of Object.keys(row).filter((name) => name !== "uCode" && name !== "Rank")) {
        expect(Math.abs(scoresOf(index, build, code)![unit]! - cell(row, code))).toBeLessThan(0.00501);
      }
    }
  });
  it("the treatment table: who was winsorised, how often, with which skewness and kurtosis", () => {
    const treated = new Map(build.treatments.map((treatment) => [treatment.node, treatment]));
    for (const row of readRows("coinr-asem/ref_treatment.csv")) {
      const treatment = treated.get(row.iCode!);
      expect(treatment !== undefined).toBe(row["check_SkewKurt0.Pass"] === "FALSE");
      if (!treatment) continue;
      expect(treatment.winsorised).toBe(Number(row["winsorise.nwin"]));
      expect(treatment.skewness.before).toBeCloseTo(cell(row, "check_SkewKurt0.Skew"), 10);
      expect(treatment.kurtosis.before).toBeCloseTo(cell(row, "check_SkewKurt0.Kurt"), 10);
      expect(treatment.skewness.after).toBeCloseTo(cell(row, "check_SkewKurt1.Skew"), 10);
      expect(treatment.kurtosis.after).toBeCloseTo(cell(row, "check_SkewKurt1.Kurt"), 10);
    }
    expect(build.notices.filter(({ code }) => code === "WINSORISED")).toHaveLength(treated.size);
  });
  it("pipeline without denominators and treatment: the published first six", () => {
    const method: IndexMethod = {
      ...asemMethod,
      denominate: false,
      missing: { impute: "none", minimumShare: 0 },
      treat: null,
    };
    const plain = buildIndex(index, method);
    const first = { DEU: 75.23, GBR: 68.94, FRA: 65.92, CHE: 62.61, NLD: 61.24, SWE: 60.59 };
    for (const [rank, [code, score]] of Object.entries(first).entries()) {
      const unit = index.units.indexOf(code);
      expect(plain.ranks[unit]).toBe(rank + 1);
      expect(plain.scores.at(-1)![unit]).toBeCloseTo(score, 2);
    }
  });
  it.each([
    ["ref_minmax1_100_a_amean", "arithmetic", "min-max"],
    ["ref_minmax1_100_a_gmean", "geometric", "min-max"],
    ["ref_minmax1_100_a_hmean", "harmonic", "min-max"],
    ["ref_zscore10_2_a_amean", "arithmetic", "z-score"],
  ] as const)("%s: every cell within 1e-9", (file, kind, scale) => {
    const normalise =
      scale === "min-max"
        ? ({ kind: "min-max", lower: 1, upper: 100 } as const)
        : ({ kind: "z-score", mean: 10, deviation: 2 } as const);
    const variant = buildIndex(index, { ...asemMethod, normalise, aggregate: { kind } });
    const found = compare(file, (code) => scoresOf(index, variant, code));
    expect(found.cells).toBe(51 * 3);
    expect(found.worst).toBeLessThan(1e-9);
  });
  it("power mean of exponent 1 is the arithmetic, of -1 the harmonic, near 0 the geometric", () => {
    const normalise = { kind: "min-max", lower: 1, upper: 100 } as const;
    const root = (aggregate: IndexMethod["aggregate"]) =>
      buildIndex(index, { ...asemMethod, normalise, aggregate }).scores.at(-1)!;
    const gap = (a: Float64Array, b: Float64Array) => Math.max(...a.map((value, i) => Math.abs(value - b[i]!)));
    expect(gap(root({ kind: "power", exponent: 1 }), root({ kind: "arithmetic" }))).toBeLessThan(1e-10);
    expect(gap(root({ kind: "power", exponent: -1 }), root({ kind: "harmonic" }))).toBeLessThan(1e-10);
    expect(gap(root({ kind: "power", exponent: 1e-7 }), root({ kind: "geometric" }))).toBeLessThan(1e-3);
  });
  it("published audit: correlations, effective weights, mean rank shift without each pillar", () => {
    const audit = new Map(auditNodes(index, build).map((node) => [node.code, node]));
    expect(audit.get("Conn")!.correlation).toBeCloseTo(0.9397805, 7);
    expect(audit.get("Sust")!.correlation).toBeCloseTo(0.8382873, 7);
    expect(audit.get("Goods")!.effectiveWeight).toBeCloseTo(0.02, 12);
    expect(audit.get("Renew")!.effectiveWeight).toBeCloseTo(0.03333333, 8);
    const stored = readRows("coinr-asem/ref_remove_elements.csv").filter(({ removed }) => removed !== "Nominal");
    const removals = removeEach(
      index,
      asemMethod,
      stored.map(({ removed }) => removed!),
    );
    expect(removals).toHaveLength(8);
    for (const [i, row] of stored.entries()) {
      expect(removals[i]!.meanRankShift).toBeCloseTo(cell(row, "mean_abs_rank_diff"), 12);
    }
  });
});
