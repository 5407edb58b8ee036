import { describe, expect, it } from "vitest";
import { cell, hasSharedData, type Row, readRows } from "../testing/shared-data.ts";
import { genderInequality } from "./gender-inequality.ts";
import { genderDevelopment, humanDevelopment, inequalityAdjusted } from "./hdi.ts";

const rows = hasSharedData ? readRows("undp-hdi/HDR21-22_Composite_indices_complete_time_series.csv") : [];
const years = Array.from({ length: 32 }, (_, i) => 1990 + i);

/** Every country-year in which the published index and all its inputs are present: published, computed. */
function pairs(index: string, inputs: readonly string[], compute: (get: (name: string) => number) => number) {
  const found: { published: number; computed: number }[] = [];
  for (const row of rows) {
    for (const year of years) {
      const get = (name: string) => read(row, `${name}_${year}`);
      if ([index, ...inputs].some((name) => Number.isNaN(get(name)))) continue;
      found.push({ published: get(index), computed: compute(get) });
    }
  }
  return found;
}
const read = (row: Row, name: string) => (row[name] === undefined ? Number.NaN : cell(row, name));
const within = (found: ReturnType<typeof pairs>, tolerance: number) =>
  found.filter(({ published, computed }) => Math.abs(published - computed) <= tolerance + 1e-9).length;
const person = (get: (name: string) => number, sex: "" | "_f" | "_m") => ({
  lifeExpectancy: get(`le${sex}`),
  expectedSchooling: get(`eys${sex}`),
  meanSchooling: get(`mys${sex}`),
  income: get(sex === "" ? "gnipc" : `gni_pc${sex}`),
});
const of = (sex: string) => [`le${sex}`, `eys${sex}`, `mys${sex}`, sex === "" ? "gnipc" : `gni_pc${sex}`];

describe.skipIf(!hasSharedData)("UNDP's published indices, 1990-2021, from its published inputs", () => {
  it("HDI: all 5,923 country-years equal at three decimals", () => {
    const found = pairs("hdi", of(""), (get) => humanDevelopment(person(get, "")));
    expect(found).toHaveLength(5923);
    expect(found.filter(({ published, computed }) => computed.toFixed(3) === published.toFixed(3))).toHaveLength(5923);
  });
  it("IHDI: all 1,868 within .001", () => {
    const found = pairs("ihdi", ["hdi", "ineq_le", "ineq_edu", "ineq_inc"], (get) =>
      inequalityAdjusted(get("hdi"), { life: get("ineq_le"), education: get("ineq_edu"), income: get("ineq_inc") }),
    );
    expect(found).toHaveLength(1868);
    expect(within(found, 0.001)).toBe(1868);
  });
  it("GDI: all 5,216 within .001", () => {
    const found = pairs("gdi", [...of("_f"), ...of("_m")], (get) =>
      genderDevelopment(person(get, "_f"), person(get, "_m")),
    );
    expect(found).toHaveLength(5216);
    expect(within(found, 0.001)).toBe(5216);
  });
  it("GII: all 5,205 within .001, 5,198 of them equal at three decimals", () => {
    const inputs = ["mmr", "abr", "se_f", "se_m", "pr_f", "pr_m", "lfpr_f", "lfpr_m"];
    const found = pairs("gii", inputs, (get) =>
      genderInequality({
        maternalMortality: get("mmr"),
        adolescentBirths: get("abr"),
        women: { education: get("se_f"), seats: get("pr_f"), work: get("lfpr_f") },
        men: { education: get("se_m"), seats: get("pr_m"), work: get("lfpr_m") },
      }),
    );
    expect(found).toHaveLength(5205);
    expect(within(found, 0.001)).toBe(5205);
    expect(found.filter(({ published, computed }) => computed.toFixed(3) === published.toFixed(3))).toHaveLength(5198);
  });
});

describe("refusals", () => {
  const china = { lifeExpectancy: 78.2107, expectedSchooling: 14.2361, meanSchooling: 7.6001, income: 17504.4 };
  it("China 2021 is .768, its inequality-adjusted index of unchanged dimensions the same", () => {
    expect(humanDevelopment(china).toFixed(3)).toBe("0.768");
    expect(inequalityAdjusted(0.768, { life: 0, education: 0, income: 0 })).toBeCloseTo(0.768, 14);
  });
  it("a missing input and one below its goalpost have no index", () => {
    expect(() => humanDevelopment({ ...china, income: Number.NaN })).toThrow(
      expect.objectContaining({ code: "MEASURE-MISSING" }),
    );
    expect(() => humanDevelopment({ ...china, income: 90 })).toThrow(expect.objectContaining({ code: "MEASURE-SIGN" }));
    expect(() => inequalityAdjusted(0.7, { life: 101, education: 0, income: 0 })).toThrow(
      expect.objectContaining({ code: "MEASURE-PARAMETER" }),
    );
  });
});
