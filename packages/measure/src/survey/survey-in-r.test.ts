import { spawnSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { seededRandom } from "../numeric/random.ts";
import { calibrate } from "./calibrate.ts";
import { prepareDesign } from "./design.ts";
import { estimateMean, estimateRatio, estimateTotal } from "./estimate.ts";
import { jackknife, replicateError } from "./replicates.ts";

/** R with its survey package; most machines have neither, and then these tests are skipped and said to be. */
const command = process.env.QINGDAN_R ?? "Rscript";
const hasR = spawnSync(command, ["-e", "library(survey)"], { stdio: "ignore" }).status === 0;
const DESIGNS = Number(process.env.QINGDAN_R_DESIGNS ?? 100);

interface Drawn {
  readonly y: number[];
  readonly x: number[];
  readonly weight: number[];
  readonly stratum: number[];
  readonly cluster: number[];
  readonly size: number[];
}

/** Totals that weights are calibrated to, as shares of what the sample gives. */
const CALIBRATED = [1.05, 1.1] as const;

/** A stratified sample of clusters: 1 to 4 strata, 2 to 5 clusters in each, 1 to 6 rows in a cluster. */
function draw(seed: number): Drawn {
  const random = seededRandom(seed);
  const whole = (least: number, greatest: number) => least + Math.floor(random() * (greatest - least + 1));
  const rows: Drawn = { y: [], x: [], weight: [], stratum: [], cluster: [], size: [] };
  let cluster = 0;
  for (let stratum = 1, strata = whole(1, 4); stratum <= strata; stratum++) {
    const clusters = whole(2, 5);
    const size = clusters + whole(0, 20);
    for (let c = 0; c < clusters; c++) {
      cluster++;
      for (let r = whole(1, 6); r > 0; r--) {
        rows.y.push(Math.round(random() * 1e4) / 100);
        rows.x.push(Math.round(100 + random() * 900) / 100);
        rows.weight.push(Math.round((1 + 9 * random()) * 100) / 100);
        rows.stratum.push(stratum);
        rows.cluster.push(cluster);
        rows.size.push(size);
      }
    }
  }
  return rows;
}

/**
 * Of each design, as R prints them to 15 digits: mean, its error, total and its error; error of the mean with its finite population; ratio of
 * y to x and its error; mean of the rows of y above 30 and its error; mean and error when calibrated to totals of rows and x; jackknife error.
 */
function askR(designs: readonly Drawn[]): number[][] {
  const vector = (values: readonly number[]) => `c(${values.join(",")})`;
  const script = designs.map(
    ({ y, x, weight, stratum, cluster, size }) => `
d <- data.frame(y=${vector(y)}, x=${vector(x)}, w=${vector(weight)}, s=${vector(stratum)}, k=${vector(cluster)}, n=${vector(size)})
a <- svydesign(id=~k, strata=~s, weights=~w, data=d); b <- svydesign(id=~k, strata=~s, weights=~w, fpc=~n, data=d)
m <- svymean(~y, a); t <- svytotal(~y, a); f <- svymean(~y, b); r <- svyratio(~y, ~x, a)
u <- svymean(~y, subset(a, y > 30)); o <- c("(Intercept)"=${CALIBRATED[0]} * sum(d$w), x=${CALIBRATED[1]} * sum(d$w * d$x))
g <- svymean(~y, calibrate(a, ~x, o)); j <- svymean(~y, as.svrepdesign(a, type="JKn"))
cat(format(c(coef(m), SE(m), coef(t), SE(t), SE(f), coef(r), SE(r), coef(u), SE(u), coef(g), SE(g), SE(j)), digits=15), "\\n")`,
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
  it(`${DESIGNS} designs: means, totals, ratios, domains, calibration and jackknife, with their errors, to 1e-8`, () => {
    const designs = Array.from({ length: DESIGNS }, (_, i) => draw(i + 1));
    const found = askR(designs);
    expect(found).toHaveLength(DESIGNS);
    for (const [i, drawn] of designs.entries()) {
      const ours = estimateAll(drawn);
      expect(ours).toHaveLength(found[i]!.length);
      for (const [k, value] of ours.entries())
        expect(Math.abs(value - found[i]![k]!), `design ${i + 1}, figure ${k}`).toBeLessThan(
          1e-8 * Math.max(1, Math.abs(value)),
        );
    }
  }, 600_000);
});

/** The same figures by this package. */
function estimateAll({ y, x, weight, stratum, cluster, size }: Drawn): number[] {
  const common = { weights: weight, strata: stratum, clusters: [cluster] };
  const plain = prepareDesign(common, y.length);
  const finite = prepareDesign({ ...common, populationSizes: [size] }, y.length);
  const sum = (values: readonly number[]) => values.reduce((total, value, i) => total + weight[i]! * value, 0);
  const ones = y.map(() => 1);
  const calibrated = calibrate(plain, [
    { name: "rows", values: ones, total: CALIBRATED[0] * sum(ones) },
    { name: "x", values: x, total: CALIBRATED[1] * sum(x) },
  ]).design;
  const both = ({ estimate, standardError }: { readonly estimate: number; readonly standardError: number }) => [
    estimate,
    standardError,
  ];
  const mean = (weights: Float64Array) =>
    weights.reduce((total, own, i) => total + own * y[i]!, 0) / weights.reduce((total, own) => total + own, 0);
  return [
    ...both(estimateMean(plain, y)),
    ...both(estimateTotal(plain, y)),
    estimateMean(finite, y).standardError,
    ...both(estimateRatio(plain, y, x)),
    ...both(estimateMean(plain, y, { domain: y.map((value) => value > 30) })),
    ...both(estimateMean(calibrated, y)),
    replicateError(jackknife(plain), mean),
  ];
}
