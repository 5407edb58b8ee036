import { spawnSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { seededRandom } from "../numeric/random.ts";
import { prepareDesign } from "./design.ts";
import { estimateMean, estimateTotal } from "./estimate.ts";

/** R with its survey package; most machines have neither, and then these tests are skipped and said to be. */
const command = process.env.QINGDAN_R ?? "Rscript";
const hasR = spawnSync(command, ["-e", "library(survey)"], { stdio: "ignore" }).status === 0;
const DESIGNS = Number(process.env.QINGDAN_R_DESIGNS ?? 100);

interface Drawn {
  readonly y: number[];
  readonly weight: number[];
  readonly stratum: number[];
  readonly cluster: number[];
  readonly size: number[];
}

/** A stratified sample of clusters: 1 to 4 strata, 2 to 5 clusters in each, 1 to 6 rows in a cluster. */
function draw(seed: number): Drawn {
  const random = seededRandom(seed);
  const whole = (least: number, greatest: number) => least + Math.floor(random() * (greatest - least + 1));
  const rows: Drawn = { y: [], weight: [], stratum: [], cluster: [], size: [] };
  let cluster = 0;
  for (let stratum = 1, strata = whole(1, 4); stratum <= strata; stratum++) {
    const clusters = whole(2, 5);
    const size = clusters + whole(0, 20);
    for (let c = 0; c < clusters; c++) {
      cluster++;
      for (let r = whole(1, 6); r > 0; r--) {
        rows.y.push(Math.round(random() * 1e4) / 100);
        rows.weight.push(Math.round((1 + 9 * random()) * 100) / 100);
        rows.stratum.push(stratum);
        rows.cluster.push(cluster);
        rows.size.push(size);
      }
    }
  }
  return rows;
}

/** Mean, its error, total and its error of each design, with and without its finite population, as R prints them to 15 digits. */
function askR(designs: readonly Drawn[]): number[][] {
  const vector = (values: readonly number[]) => `c(${values.join(",")})`;
  const script = designs.map(
    ({ y, weight, stratum, cluster, size }) => `
d <- data.frame(y=${vector(y)}, w=${vector(weight)}, s=${vector(stratum)}, k=${vector(cluster)}, n=${vector(size)})
a <- svydesign(id=~k, strata=~s, weights=~w, data=d); b <- svydesign(id=~k, strata=~s, weights=~w, fpc=~n, data=d)
m <- svymean(~y, a); t <- svytotal(~y, a); f <- svymean(~y, b)
cat(format(c(coef(m), SE(m), coef(t), SE(t), SE(f)), digits=15), "\\n")`,
  );
  const { stdout, status, stderr } = spawnSync(command, ["-"], {
    input: `suppressMessages(library(survey))\n${script.join("\n")}`,
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(stderr);
  return stdout
    .trim()
    .split("\n")
    .map((line) => line.trim().split(/\s+/).map(Number));
}

describe.skipIf(!hasR)("drawn designs against R's survey package", () => {
  it(`${DESIGNS} designs: means, totals and their errors to 1e-8`, () => {
    const designs = Array.from({ length: DESIGNS }, (_, i) => draw(i + 1));
    const found = askR(designs);
    expect(found).toHaveLength(DESIGNS);
    for (const [i, { y, weight, stratum, cluster, size }] of designs.entries()) {
      const common = { weights: weight, strata: stratum, clusters: [cluster] };
      const plain = prepareDesign(common, y.length);
      const finite = prepareDesign({ ...common, populationSizes: [size] }, y.length);
      const mean = estimateMean(plain, y);
      const total = estimateTotal(plain, y);
      const ours = [
        mean.estimate,
        mean.standardError,
        total.estimate,
        total.standardError,
        estimateMean(finite, y).standardError,
      ];
      for (const [k, value] of ours.entries())
        expect(Math.abs(value - found[i]![k]!)).toBeLessThan(1e-8 * Math.max(1, Math.abs(value)));
    }
  });
});
