import { describe, expect, it } from "vitest";
import { minimise } from "../numeric/minimise.ts";
import { correlation } from "../numeric/moments.ts";
import { asemMethod, readAsem } from "../testing/asem.ts";
import { hasSharedData } from "../testing/shared-data.ts";
import { buildIndex, scoresOf } from "./build.ts";
import { optimiseWeights } from "./optimise-weights.ts";
import { prepareIndex } from "./prepare.ts";

describe("downhill simplex", () => {
  it("finds the minimum of Rosenbrock's valley at (1, 1)", () => {
    const found = minimise(([x, y]) => (1 - x!) ** 2 + 100 * (y! - x! ** 2) ** 2, [-1.2, 1]);
    expect(found.settled).toBe(true);
    expect(found.at[0]).toBeCloseTo(1, 5);
    expect(found.at[1]).toBeCloseTo(1, 5);
  });
  it("says when it did not settle", () => {
    expect(minimise(([x]) => x! ** 2, [100], { rounds: 3 }).settled).toBe(false);
  });
});

describe.skipIf(!hasSharedData)("weights of equal influence on ASEM", () => {
  const { tree, data } = hasSharedData ? readAsem() : { tree: { nodes: [] }, data: { units: [], columns: {} } };
  const index = hasSharedData ? prepareIndex(tree, data) : null!;
  const build = hasSharedData ? buildIndex(index, asemMethod) : null!;
  it("COINr's published weights give its published correlations", () => {
    const weights = index.weights.slice();
    weights[index.codes.indexOf("Conn")] = 0.3902439;
    weights[index.codes.indexOf("Sust")] = 0.6097561;
    const built = buildIndex(index, asemMethod, weights);
    const root = built.scores.at(-1)!;
    expect(correlation(scoresOf(index, built, "Conn")!, root)).toBeCloseTo(0.8971336, 6);
    expect(correlation(scoresOf(index, built, "Sust")!, root)).toBeCloseTo(0.8925119, 6);
  });
  it("ours lie beside them and make both correlations equal, which COINr's search stops short of", () => {
    const found = optimiseWeights(index, build, { method: asemMethod, parent: "Index" });
    const at = (code: string, values: Float64Array) => values[found.codes.indexOf(code)]!;
    expect(at("Conn", found.weights)).toBeCloseTo(0.3902439, 1);
    expect(at("Conn", found.correlations)).toBeCloseTo(at("Sust", found.correlations), 6);
    expect(at("Conn", found.correlations)).toBeGreaterThan(0.8925119);
    expect(at("Conn", found.correlations)).toBeLessThan(0.8971336);
  });
  it("unequal importance: correlations stand to each other as asked", () => {
    const found = optimiseWeights(index, build, {
      method: asemMethod,
      parent: "Index",
      importance: { Conn: 1.1, Sust: 1 },
    });
    const [conn, sust] = ["Conn", "Sust"].map((code) => found.correlations[found.codes.indexOf(code)]!);
    expect(conn! / sust!).toBeCloseTo(1.1, 4);
  });
  it.each([
    ["MEASURE-TREE", { parent: "Goods" }],
    ["MEASURE-PARAMETER", { parent: "Index", importance: { Conn: 1 } }],
  ])("refuses with %s", (code, wrong) => {
    expect(() => optimiseWeights(index, build, { method: asemMethod, ...wrong })).toThrow(
      expect.objectContaining({ code }),
    );
  });
});
