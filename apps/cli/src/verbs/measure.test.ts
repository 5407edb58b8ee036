import { execFile } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { mkdtemp, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { readTable } from "@qingdan/server/indicators/tables";
import { beforeAll, describe, expect, it } from "vitest";

const root = fileURLToPath(new URL("../../../..", import.meta.url));
const shared = path.resolve(process.env.QINGDAN_SHARED ?? path.join(root, "../shared"), "data");
const run = promisify(execFile);

/** What the command prints with --json, and how it ends. */
async function measure(
  ...args: string[]
): Promise<{ code: number; found: Record<string, never> & { error?: { code: string; message: string } } }> {
  const all = [path.join(root, "apps/cli/bin/qingdan.mjs"), "measure", ...args, "--json", "--lang", "en"];
  try {
    const { stdout } = await run(process.execPath, all, { cwd: root, maxBuffer: 1 << 26 });
    return { code: 0, found: JSON.parse(stdout) };
  } catch (error) {
    const { code, stdout } = error as { code: number; stdout: string };
    return { code, found: stdout === "" ? {} : JSON.parse(stdout) };
  }
}

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "qingdan-measure-"));
});
const write = async (name: string, content: string | Uint8Array) => {
  const file = path.join(folder, name);
  await writeFile(file, content);
  return file;
};
/** Equal to every digit that was published, or to 1e-8 of it. */
const agree = (actual: number | undefined, published: string) => {
  const unit = 10 ** -(published.split(".")[1]?.length ?? 0);
  expect(Math.abs(actual! - Number(published))).toBeLessThanOrEqual(Math.max(0.5001 * unit, 1e-8 * Math.abs(actual!)));
};

describe.skipIf(!existsSync(shared))("published figures, through the command", () => {
  it("Mexican states 1940: Theil and its parts as PySAL prints them, to JSON and XLSX alike", async () => {
    const out = path.join(folder, "mexico.xlsx");
    const file = path.join(shared, "inequality/mexico.csv");
    const { code, found } = await measure(
      "inequality",
      file,
      "--value",
      "pcgdp1940",
      "--group",
      "hanson98",
      "--out",
      out,
    );
    expect(code).toBe(0);
    agree(found.theilT, ".20894344");
    agree(found.theilL, ".20294891");
    agree(found.between, ".0345889");
    expect(found.gini).toBeCloseTo(0.35372371173452849, 15);
    expect(found.within! + found.between!).toBeCloseTo(found.theilT!, 14);
    const sheet = await readTable(out, { sheet: "measures" });
    const at = sheet.columns.get("measure")!.indexOf("theilT");
    expect(sheet.columns.get("value")![at]).toBe(found.theilT);
  });
  it("Mexican households 2008, weighted: R's dineq", async () => {
    const file = path.join(shared, "inequality/mex_inc_2008.csv");
    const { found } = await measure(
      "inequality",
      file,
      "--value",
      "income",
      "--weight",
      "factor",
      "--group",
      "education",
    );
    agree(found.gini, ".47423447328");
    agree(found.theilT, ".425406211887");
    const { theilL, gini } = (found as unknown as { decomposition: Record<string, Record<string, number>> })
      .decomposition;
    agree(theilL!.within, ".293143185209");
    agree(gini!.overlap, ".167767782326");
  });
  it("California schools by strata, with their finite population: R's survey", async () => {
    const design = {
      weights: "pw",
      strata: "stype",
      populationSizes: ["fpc"],
      estimates: [
        { mean: "api00" },
        { total: "enroll" },
        { ratio: ["api.stu", "enroll"] },
        { mean: "api00", by: "stype" },
        { mean: "api00", where: { stype: "H" } },
      ],
    };
    const { code, found } = await measure(
      "survey",
      path.join(shared, "survey-api/apistrat.csv"),
      "--design",
      JSON.stringify(design),
    );
    expect(code).toBe(0);
    const estimates = (
      found as unknown as {
        estimates: { group: string; estimate: number; se: number; df: number; low: number; deff: number }[];
      }
    ).estimates;
    agree(estimates[0]!.estimate, "662.287363159");
    agree(estimates[0]!.se, "9.40894080");
    agree(estimates[0]!.deff, "1.20445726854");
    agree(estimates[0]!.low, "643.732188");
    expect(estimates[0]!.df).toBe(197);
    agree(estimates[1]!.se, "114641.716101");
    agree(estimates[2]!.estimate, ".836956886941");
    const high = estimates.find(({ group }) => group === "H")!;
    agree(high.estimate, "625.82");
    expect(estimates.at(-1)!.se).toBe(high.se);
  });
  it("one-stage clusters: raked, calibrated, a lonely unit refused and told how, a rare share never below 0", async () => {
    const file = path.join(shared, "survey-api/apiclus1.csv");
    const clusters = { weights: "pw", clusters: ["dnum"], populationSizes: ["fpc"] };
    const ask = (design: object) => measure("survey", file, "--design", JSON.stringify(design));
    const raked = await ask({
      ...clusters,
      rake: [
        { column: "stype", totals: { E: 4421, H: 755, M: 1018 } },
        { column: "sch.wide", totals: { No: 1072, Yes: 5122 } },
      ],
      estimates: [{ mean: "api00" }, { share: { column: "ell", equals: 0 }, method: "beta" }],
    });
    const first = (report: object) =>
      (report as { estimates: { estimate: number; se: number; low: number }[] }).estimates[0]!;
    agree(first(raked.found).estimate, "641.230320927");
    agree(first(raked.found).se, "23.7036168879");
    const calibrated = await ask({
      ...clusters,
      calibrate: {
        distance: { kind: "raking" },
        controls: [
          { total: 6194 },
          { column: "stype", equals: "H", total: 755 },
          { column: "stype", equals: "M", total: 1018 },
          { column: "api99", total: 3914069 },
        ],
      },
      estimates: [{ mean: "api00" }],
    });
    agree(first(calibrated.found).se, "3.43775353949");
    const lonely = { weights: "pw", strata: "dnum", estimates: [{ mean: "api00" }] };
    expect(await ask(lonely)).toMatchObject({
      code: 1,
      found: { error: { code: "MEASURE-LONELY-PSU", message: expect.stringContaining("413") } },
    });
    agree(first((await ask({ ...lonely, lonely: "average" })).found).se, "6.0096");
  });
  it("ASEM: COINr's published ranks and scores", async () => {
    const meta = await readTable(path.join(shared, "coinr-asem/ASEM_iMeta.csv"));
    const cell = (name: string, i: number) => String(meta.columns.get(name)![i] ?? "");
    const nodes = Array.from({ length: meta.rows }, (_, i) => i)
      .filter((i) => ["Indicator", "Aggregate"].includes(cell("Type", i)))
      .map((i) => ({
        code: cell("iCode", i),
        weight: Number(cell("Weight", i)),
        ...(cell("Parent", i) === "NA" || cell("Parent", i) === "" ? {} : { parent: cell("Parent", i) }),
        ...(cell("Type", i) === "Indicator" ? { direction: Number(cell("Direction", i)) } : {}),
        ...(cell("Denominator", i) === "NA" || cell("Denominator", i) === ""
          ? {}
          : { denominator: cell("Denominator", i) }),
      }));
    const index = {
      unit: "uCode",
      groups: ["EurAsia_group"],
      nodes,
      method: { missing: { impute: "mean", within: "EurAsia_group" }, treat: {} },
      remove: ["Physical", "Social"],
      benefitOfDoubt: { parent: "Index", least: 0.25, greatest: 0.75 },
      uncertainty: { draws: 50, seed: 3, choices: { weights: { spread: 0.25, sets: 20 } } },
    };
    const request = await write("asem.json", JSON.stringify(index));
    const { code, found } = await measure("index", path.join(shared, "coinr-asem/ASEM_iData.csv"), "--index", request);
    expect(code).toBe(0);
    const report = found as unknown as {
      units: string[];
      ranks: number[];
      nodes: { code: string; scores: number[] }[];
      removals: { code: string; meanRankShift: number }[];
      benefitOfDoubt: { score: number }[];
      uncertainty: { units: { unit: string; low: number; high: number }[] };
    };
    const score = (unit: string, node = "Index") =>
      report.nodes.find(({ code: c }) => c === node)!.scores[report.units.indexOf(unit)];
    agree(score("CHE"), "68.38");
    agree(score("IND"), "39.79");
    agree(score("IND", "Social"), "22.74");
    expect(report.ranks[report.units.indexOf("IND")]).toBe(45);
    agree(report.removals[1]!.meanRankShift, "3.960784");
    expect(Math.max(...report.benefitOfDoubt.map(({ score: s }) => s))).toBeCloseTo(1, 6);
    const swiss = report.uncertainty.units.find(({ unit }) => unit === "CHE")!;
    expect(swiss.low).toBeLessThanOrEqual(1);
  });
  it("Salmonella Newport 2011: the EARS bounds that surveillance prints, and what the rule costs", async () => {
    const weekly = await readTable(path.join(shared, "surveillance/salmNewport_weekly.csv"));
    const years = weekly.columns.get("iso_year")!.map(Number);
    const period = weekly.columns.get("index")!.map(String);
    const watched = {
      value: "cases",
      period: "index",
      from: period[years.indexOf(2011)]!,
      to: period[years.lastIndexOf(2011)]!,
    };
    const rule = {
      ...watched,
      rule: { method: "ears", variant: "C1", alpha: 0.05 },
      trial: { perYear: 52, shift: 8, horizon: 4, every: 4, budget: 5 },
    };
    const { found } = await measure(
      "detect",
      path.join(shared, "surveillance/salmNewport_weekly.csv"),
      "--rule",
      JSON.stringify(rule),
    );
    const report = found as unknown as {
      watched: { upper: number }[];
      alarms: number;
      trial: { alarmsPerYear: number; withinBudget: boolean };
    };
    ["3.278854", "3.278854", "3.436517", "3.855617"].forEach((bound, i) => {
      agree(report.watched[i]!.upper, bound);
    });
    expect([report.watched.length, report.alarms]).toEqual([52, 6]);
    expect(report.trial.withinBudget).toBe(report.trial.alarmsPerYear <= 5);
  });
});

describe("from a file of one's own", () => {
  it("mystery visits by district, coupling of town and village, a funnel of offices: to JSON and to CSV", async () => {
    const visits = await write("visits.csv", "office,reported,found\na,1,1\nb,1,0\nc,0,0\nd,1,\n");
    const out = path.join(folder, "visits-told.csv");
    const asked = '{"visits": {"reported": "reported", "found": "found"}}';
    const { code, found } = await measure("survey", visits, "--design", asked, "--out", out);
    expect(code).toBe(0);
    // Of three visited, two agree; chance: (2 x 1 + 1 x 2) / 9; kappa = (6/9 - 4/9) / (5/9). One of two reports was not so.
    const [all] = (found as unknown as { visits: { kappa: number; notVisited: number; overReporting: object }[] })
      .visits;
    expect(all).toMatchObject({ pairs: 3, notVisited: 1, overReporting: { rate: 0.5 } });
    expect(all!.kappa).toBeCloseTo(0.4, 12);
    expect(await readFile(out, "utf8")).toContain("group,pairs,notVisited");

    const towns = await write("towns.csv", "score,town,village\n1,.2,.8\n");
    const coupled = await measure("inequality", towns, "--value", "score", "--coupling", "town,village");
    expect(coupled.found).toMatchObject({ coupling: [{ row: 2, grade: 7, gradeName: { zh: "初级协调" } }] });

    const offices = await write("offices.csv", "office,late,cases\na,300,1000\nb,100,1000\nc,3,10\n");
    const rule = '{"value": "late", "period": "office", "rule": {"method": "funnel", "of": "cases"}}';
    const funnel = await measure("detect", offices, "--rule", rule);
    expect(funnel.found).toMatchObject({
      alarms: 2,
      watched: [{ standing: "high-3" }, { standing: "low-3" }, { standing: "none", alarm: false }],
    });
  });
});

describe("plans", () => {
  // 14th plan: places for children under 3 a thousand people 1.8 (2020) to 4.5 (2025), 2.03 in 2021; care beds 38 % to 55 %; old districts to be renewed, about 21.9 (万个).
  const plan = `code,comparison,base_year,base_value,target_year,target_value,year,value,low,high,tolerance,cumulative,method
childcare,≥,2020,1.8,2025,4.5,2021,2.03,,,,,
nursing,>=,2020,38,2025,55,2023,48.2,47,49.4,,,
orphans,应保尽保,2020,100,2025,,2023,100,,,,,
renewal,≈,2020,0,2025,21.9,2023,16.7,,,0.05,1,growth
`;
  it("are tracked row by row; what is undefined is refused with its row and the command ends with 1", async () => {
    const file = await write("plan.csv", plan);
    const out = path.join(folder, "tracked.csv");
    const { code, found } = await measure("track", file, "--out", out);
    expect(code).toBe(1);
    const report = found as unknown as {
      tracked: { code: string; status: string; done: number; time: number }[];
      refused: unknown[];
    };
    // (2.03 - 1.8) / (4.5 - 1.8) = .0852 of the way in .2 of the time: limited. 10.2 / 17 = .6 in .6: on track, at the lower bound .529 / .6 = .88.
    expect(report.tracked.map(({ code: c, status }) => [c, status])).toEqual([
      ["childcare", "limited"],
      ["nursing", "needs-acceleration"],
      ["orphans", "achieved"],
    ]);
    expect(report.tracked[0]!.done).toBeCloseTo(0.23 / 2.7, 12);
    expect(report.refused).toMatchObject([{ code: "renewal", row: 5, refusal: "MEASURE-UNDEFINED" }]);
    expect(await readFile(out, "utf8")).toContain("childcare,linear,2021,2.03,4.5,limited");
  });
});

describe("bad input is refused with a code and its place", () => {
  it.each([
    [
      "a text among numbers",
      "a.csv",
      "income,group\n1,a\ntwo,b\n",
      ["--value", "income"],
      "MEASURE-CELL",
      "row 3 “two”",
    ],
    ["a value that is missing", "b.csv", 'income\n1\n""\n3\n', ["--value", "income"], "MEASURE-CELL", "row 3"],
    ["a value below 0", "c.csv", "income\n1\n-3\n", ["--value", "income"], "MEASURE-CELL", "row 3 “-3”"],
    ["a column that is not there", "d.csv", "income\n1\n", ["--value", "incomes"], "MEASURE-COLUMN", "it has: income"],
    ["two columns of one name", "e.csv", "a,a\n1,2\n", ["--value", "a"], "MEASURE-FILE", "two columns"],
    ["a row with a cell too many", "f.csv", "a,b\n1,2\n1,2,3\n", ["--value", "a"], "MEASURE-FILE", "well-formed"],
    [
      "bytes that are not UTF-8",
      "g.csv",
      Uint8Array.from([0xca, 0xd5, 0xc8, 0xeb, 0x0a, 0x31, 0x0a]),
      ["--value", "a"],
      "MEASURE-FILE",
      "UTF-8",
    ],
    ["a file of another kind", "h.txt", "a\n1\n", ["--value", "a"], "MEASURE-FILE", ".csv or .xlsx"],
    ["a spreadsheet that is none", "i.xlsx", "a\n1\n", ["--value", "a"], "MEASURE-FILE", "no XLSX"],
  ])("%s", async (_, name, content, args, refusal, place) => {
    const file = await write(name, content);
    const { code, found } = await measure("inequality", file, ...args);
    expect(code).toBe(1);
    expect(found.error).toMatchObject({ code: refusal, message: expect.stringContaining(place) });
  });
  it("a design that is not as it must be, with the place of the fault", async () => {
    const file = await write("s.csv", "w,y\n1,2\n1,3\n");
    const { code, found } = await measure(
      "survey",
      file,
      "--design",
      '{"weights": "w", "estimates": [{"mean": 3}], "wieght": "w"}',
    );
    expect(code).toBe(1);
    expect(found.error).toMatchObject({ code: "MEASURE-REQUEST", message: expect.stringContaining("estimates.0") });
  });
});

it("docs/errors.md tells of every refusal of the measures, and of no other", () => {
  const page = readFileSync(path.join(root, "docs/errors.md"), "utf8");
  const told = [...page.matchAll(/^\| `(MEASURE-[A-Z-]+)`/gm)].map(([, code]) => code);
  const source = readFileSync(path.join(root, "packages/measure/src/errors.ts"), "utf8");
  const given = [...source.matchAll(/"(MEASURE-[A-Z-]+)"/g)].map(([, code]) => code);
  expect(told.toSorted()).toEqual([...new Set(given)].toSorted());
});
