import { describe, expect, it } from "vitest";
import { column, hasSharedData, labels, readRows } from "../testing/shared-data.ts";
import { calibrate, type Margin, rake, rakeWeights } from "./calibrate.ts";
import { type LonelyMode, prepareDesign } from "./design.ts";
import { estimateByDomain, estimateMean, estimateRatio, estimateTotal, interval } from "./estimate.ts";
import { estimateProportion } from "./proportion.ts";
import { estimateQuantile } from "./quantile.ts";
import { jackknife, replicateError } from "./replicates.ts";

const read = (name: string) => {
  const rows = hasSharedData ? readRows(`survey-api/${name}.csv`) : [];
  return { rows, size: rows.length, number: (c: string) => column(rows, c), text: (c: string) => labels(rows, c) };
};
/** Equal to every digit that is given, or within 1e-8 of it where more are given than R itself computes alike. */
const agree = (actual: number, published: string) => {
  const digits = published.split(".")[1]?.length ?? 0;
  expect(Math.abs(actual - Number(published))).toBeLessThanOrEqual(
    Math.max(0.5001 * 10 ** -digits, 1e-8 * Math.min(1e3, Math.abs(actual))),
  );
};
const both = (
  { estimate, standardError }: { estimate: number; standardError: number },
  published: [string, string],
) => {
  agree(estimate, published[0]);
  agree(standardError, published[1]);
};
const weightedMean = (values: Float64Array) => (weights: Float64Array) =>
  weights.reduce((sum, w, i) => sum + w * values[i]!, 0) / weights.reduce((sum, w) => sum + w, 0);

describe.skipIf(!hasSharedData)("California schools, R survey: simple and stratified samples", () => {
  it("simple random sample", () => {
    const srs = read("apisrs");
    const design = prepareDesign({ weights: srs.number("pw"), populationSizes: [srs.number("fpc")] }, srs.size);
    both(estimateMean(design, srs.number("api00")), ["656.585", "9.24972203928"]);
    both(estimateTotal(design, srs.number("enroll")), ["3621074.34", "169519.654344"]);
  });
  const strat = read("apistrat");
  const fields = () => ({ weights: strat.number("pw"), strata: strat.text("stype") });
  const design = hasSharedData
    ? prepareDesign({ ...fields(), populationSizes: [strat.number("fpc")] }, strat.size)
    : (null as never);
  it("stratified: mean, design effect, intervals, total, ratio, difference", () => {
    const mean = estimateMean(design, strat.number("api00"));
    both(mean, ["662.287363159", "9.40894080278"]);
    agree(mean.designEffect, "1.20445726854");
    expect(mean.df).toBe(197);
    agree(interval(mean).low, "643.732188");
    agree(interval(mean).high, "680.842538");
    agree(interval({ ...mean, df: Number.POSITIVE_INFINITY }).low, "643.846178");
    agree(interval({ ...mean, df: Number.POSITIVE_INFINITY }).high, "680.728548");
    both(estimateTotal(design, strat.number("enroll")), ["3687177.53244", "114641.716101"]);
    both(estimateRatio(design, strat.number("api.stu"), strat.number("enroll")), [".836956886941", ".00775710316664"]);
    const growth = strat.number("api00").map((value, i) => value - strat.number("api99")[i]!);
    both(estimateMean(design, growth), ["32.8925183754", "2.05111"]);
  });
  it("without the finite population", () => {
    both(estimateMean(prepareDesign(fields(), strat.size), strat.number("api00")), ["662.287363159", "9.53613229692"]);
  });
  it("by domain", () => {
    const found = estimateByDomain(design, strat.text("stype"), (options) =>
      estimateMean(design, strat.number("api00"), options),
    );
    both(found.get("E")!, ["674.43", "12.3824797939"]);
    both(found.get("H")!, ["625.82", "14.9371291854"]);
    both(found.get("M")!, ["636.60", "16.2147073082"]);
  });
  it("jackknife within strata gives the same standard error", () => {
    agree(replicateError(jackknife(design), weightedMean(strat.number("api00"))), "9.40894080278");
  });
});

describe.skipIf(!hasSharedData)("California schools, R survey: cluster samples", () => {
  const clus = read("apiclus1");
  const design = hasSharedData
    ? prepareDesign(
        { weights: clus.number("pw"), clusters: [clus.text("dnum")], populationSizes: [clus.number("fpc")] },
        clus.size,
      )
    : (null as never);
  it("one stage: mean, totals, ratio", () => {
    const mean = estimateMean(design, clus.number("api00"));
    both(mean, ["644.169398907", "23.5422406938"]);
    agree(mean.designEffect, "9.34586945059");
    expect(mean.df).toBe(14);
    both(estimateTotal(design, clus.number("enroll")), ["3404940.13453", "932235.027041"]);
    both(estimateRatio(design, clus.number("api.stu"), clus.number("enroll")), [".849708741724", ".00838629716939"]);
    for (const [type, total, error] of [
      ["E", "4873.97", "1333.32"],
      ["H", "473.86", "158.70"],
      ["M", "846.17", "167.55"],
    ] as const) {
      both(
        estimateTotal(
          design,
          clus.text("stype").map((stype) => Number(stype === type)),
        ),
        [total, error],
      );
    }
  });
  it.each([
    [0.25, 552, 492, 627],
    [0.5, 652, 561, 714],
    [0.75, 719, 696, 777],
  ])("quantile %f", (share, estimate, low, high) => {
    expect(estimateQuantile(design, clus.number("api00"), share)).toEqual({ estimate, low, high });
  });
  it("two stages, weights from the population sizes", () => {
    const two = read("apiclus2");
    const staged = prepareDesign(
      { clusters: [two.text("dnum"), two.text("snum")], populationSizes: [two.number("fpc1"), two.number("fpc2")] },
      two.size,
    );
    const mean = estimateMean(staged, two.number("api00"));
    both(mean, ["670.811808118", "30.0990273768"]);
    agree(mean.designEffect, "6.25051375571");
    const enrolled = estimateTotal(staged, two.number("enroll"));
    both(enrolled, ["2639272.93", "799637.773648"]);
    expect(enrolled.missing).toBe(two.number("enroll").filter((value) => Number.isNaN(value)).length);
    expect(enrolled.missing).toBeGreaterThan(0);
  });
  it("two-stage textbook sample (Särndal's MU284) and the eight-row textbook design", () => {
    const mu = read("mu284");
    const staged = prepareDesign(
      { clusters: [mu.text("id1"), mu.text("id2")], populationSizes: [mu.number("n1"), mu.number("n2")] },
      mu.size,
    );
    const total = estimateTotal(staged, mu.number("y1"));
    both(total, ["15080", "2274.3"]);
    agree(total.standardError ** 2, "5172234");
    const small = read("fpc");
    const fields = { weights: small.number("weight"), strata: small.text("stratid"), clusters: [small.text("psuid")] };
    both(estimateMean(prepareDesign(fields, small.size), small.number("x")), ["5.4481", ".7413"]);
    const finite = prepareDesign({ ...fields, populationSizes: [small.number("Nh")] }, small.size);
    both(estimateMean(finite, small.number("x")), ["5.4481", ".616"]);
  });
  it.each([
    ["logit", ".671201", ".869765"],
    ["likelihood", ".677261", ".874290"],
    ["arcsine", ".680069", ".876888"],
    ["beta", ".668785", ".878053"],
  ] as const)("proportion of elementary schools, %s interval", (method, low, high) => {
    const found = estimateProportion(
      design,
      clus.text("stype").map((type) => Number(type === "E")),
      { method },
    );
    agree(found.estimate, ".786885245902");
    // R finds the ends of the likelihood interval by a search that stops at about 1e-5.
    agree(found.low, method === "likelihood" ? Number(low).toFixed(4) : low);
    agree(found.high, method === "likelihood" ? Number(high).toFixed(4) : high);
  });
  it.each([
    ["logit", ".00230469", ".17774777"],
    ["beta", ".00021615", ".13750776"],
  ] as const)("a rare proportion, %s interval: never below 0", (method, low, high) => {
    const found = estimateProportion(
      design,
      clus.number("ell").map((value) => Number(value === 0)),
      { method },
    );
    agree(found.estimate, ".0218579234973");
    agree(found.low, low);
    agree(found.high, high);
  });
  it("jackknife of clusters", () => {
    agree(replicateError(jackknife(design), weightedMean(clus.number("api00"))), "26.3293605895");
  });

  const one = (values: readonly number[] | Float64Array, name: string, total: number) => ({ name, values, total });
  const isType = (type: string) => clus.text("stype").map((stype) => Number(stype === type));
  const counts = () => [
    one(new Float64Array(clus.size).fill(1), "all", 6194),
    one(isType("H"), "H", 755),
    one(isType("M"), "M", 1018),
  ];
  it("linear calibration to counts is post-stratification", () => {
    const { design: fitted } = calibrate(design, counts());
    both(estimateMean(fitted, clus.number("api00")), ["642.310788212", "23.9204864451"]);
    both(estimateTotal(fitted, clus.number("enroll")), ["3680892.94512", "406292.636295"]);
    const known = estimateTotal(fitted, isType("H"));
    expect(known.estimate).toBeCloseTo(755, 8);
    expect(known.standardError).toBeLessThan(1e-8);
  });
  it("calibration to counts and last year's score, linear and raking", () => {
    const controls = [...counts(), one(clus.number("api99"), "api99", 3914069)];
    const linear = calibrate(design, controls).design;
    both(estimateMean(linear, clus.number("api00")), ["665.309071166", "3.44175311640"]);
    both(estimateTotal(linear, clus.number("enroll")), ["3638487.20413", "385524.427352"]);
    const raking = calibrate(design, controls, { distance: { kind: "raking" } }).design;
    both(estimateMean(raking, clus.number("api00")), ["665.393795995", "3.43775353949"]);
    agree(Math.min(...raking.weights), "18.082");
    agree(Math.max(...raking.weights), "67.517");
  });
  const margins = (): Margin[] => [
    { name: "stype", groups: clus.text("stype"), totals: { E: 4421, H: 755, M: 1018 } },
    { name: "sch.wide", groups: clus.text("sch.wide"), totals: { No: 1072, Yes: 5122 } },
  ];
  it("raking: linearised and jackknife errors", () => {
    const { design: raked } = rake(design, margins());
    both(estimateMean(raked, clus.number("api00")), ["641.230320927", "23.7036168879"]);
    both(estimateTotal(raked, clus.number("enroll")), ["3647280.14807", "400603.256862"]);
    const again = (weights: Float64Array) => rakeWeights(weights, margins()).weights;
    const mean = weightedMean(clus.number("api00"));
    agree(
      replicateError(jackknife(design), (weights) => mean(again(weights))),
      "26.874",
    );
    const enroll = clus.number("enroll");
    const total = (weights: Float64Array) => again(weights).reduce((sum, w, i) => sum + w * enroll[i]!, 0);
    agree(replicateError(jackknife(design), total), "463582");
  });
  it.each<[LonelyMode, string]>([
    ["remove", "5.8058"],
    ["certainty", "5.8058"],
    ["adjust", "5.8281"],
    ["average", "6.0096"],
  ])("a stratum of one school, mode %s", (lonely, error) => {
    const strata = prepareDesign({ weights: clus.number("pw"), strata: clus.text("dnum"), lonely }, clus.size);
    both(estimateMean(strata, clus.number("api00")), ["644.17", error]);
  });
  it("a stratum of one school is refused by name unless told how; as a census of one it is certain", () => {
    const strata = { weights: clus.number("pw"), strata: clus.text("dnum") };
    const mean = (sizes?: Float64Array) =>
      estimateMean(
        prepareDesign({ ...strata, ...(sizes ? { populationSizes: [sizes] } : {}) }, clus.size),
        clus.number("api00"),
      );
    expect(() => mean()).toThrow(expect.objectContaining({ code: "MEASURE-LONELY-PSU" }));
    expect(() => mean()).toThrow(/413/);
    both(mean(clus.number("dnum").map((dnum) => (dnum === 413 ? 1 : 1000))), ["644.17", "5.7344"]);
  });
});

describe("design effects printed by R survey", () => {
  const y = [15, 143, 21, 51, 337, 50, 274, 145, 15, 86];
  it("equal weights", () => {
    const mean = estimateMean(prepareDesign({ weights: y.map(() => 100) }, 10), y);
    both(mean, ["113.7", "35.626"]);
    agree(mean.designEffect, "1.0101");
  });
  it("unequal weights", () => {
    const design = prepareDesign({ weights: [20, 200, 11, 25, 550, 30, 250, 100, 10, 55] }, 10);
    const mean = estimateMean(design, y);
    both(mean, ["243.914", "48.752"]);
    agree(mean.designEffectReplace, "1.9741");
    const total = estimateTotal(design, y);
    both(total, ["305136", "184965"]);
    agree(total.designEffectReplace, "18.157");
  });
});
