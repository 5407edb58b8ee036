import { availableParallelism, loadavg } from "node:os";
import { performance } from "node:perf_hooks";
import { parseArgs } from "node:util";
import {
  buildIndex,
  type IndexData,
  type IndexMethod,
  type IndexTree,
  prepareIndex,
  rankUncertainty,
  seededRandom,
  theilFromSums,
} from "@qingdan/measure";
import {
  decomposeLakeGini,
  freezeSnapshot,
  makeReports,
  measureLakeInequality,
  readGroupSums,
} from "../apps/server/src/modules/indicators/index.ts";
import { inDuckDb } from "../packages/measure/src/testing/duckdb.ts";

const method: IndexMethod = {
  denominate: false,
  missing: { impute: "mean", minimumShare: 0.5 },
  treat: { skewness: 2, kurtosis: 3.5, maxWinsorised: 5, otherwise: { kind: "log" } },
  normalise: { kind: "min-max", lower: 0, upper: 100 },
  aggregate: { kind: "arithmetic" },
  presentShare: 0.5,
};

/**
 * Times, on made data of a fixed seed: `asem10kSeconds` 10,000 whole builds, treatment included, of an index as large as ASEM (51 units, 49
 * indicators, 8 pillars, 2 sub-indexes); a build of 2,856 areas x 100 indicators (mean of ten); 1,000 draws of weights on it with ranks; inequality of `--rows N`
 * (20,000,000) weighted rows in 2,856 groups through DuckDB; annual reports of 31 areas. `loadAverage` says what else the machine was doing.
 */
export async function run(args: readonly string[]): Promise<Record<string, number | string>> {
  const { values } = parseArgs({
    args: [...args],
    options: { rows: { type: "string", default: "20000000" }, reports: { type: "string", default: "31" } },
  });
  const asem = makeIndex(51, [2, 4, 6]);
  const builds = await timed(async () => {
    for (let i = 0; i < 10_000; i++) buildIndex(asem, method);
  });
  const counties = makeIndex(2856, [2, 5, 10]);
  const plain: IndexMethod = { ...method, treat: null };
  buildIndex(counties, plain);
  const passes = await timed(async () => {
    for (let i = 0; i < PASSES; i++) buildIndex(counties, plain);
  });
  const draws = await timed(async () => {
    const choices = { weights: { spread: 0.25, sets: 1000 } };
    rankUncertainty(counties, plain, { choices, draws: 1000, random: seededRandom(1) });
  });
  return {
    asem10kSeconds: builds.seconds,
    asem10kCpuSeconds: builds.cpu,
    countiesPassMilliseconds: round((passes.seconds * 1000) / PASSES),
    countiesPassCpuMilliseconds: round((passes.cpu * 1000) / PASSES),
    weightDraws1000Seconds: draws.seconds,
    weightDraws1000CpuSeconds: draws.cpu,
    ...(await timeInequality(Number(values.rows))),
    ...(await timeReports(Number(values.reports))),
    loadAverage: round(loadavg()[0]!),
  };
}

const PASSES = 10;

/** An index of made data: `shape` children at each level, a twentieth of the cells missing, one column in four with a long tail. */
function makeIndex(units: number, shape: readonly [number, number, number]) {
  const random = seededRandom(7);
  const nodes: IndexTree["nodes"][number][] = [{ code: "root", weight: 1 }];
  const columns: Record<string, (number | null)[]> = {};
  const [subs, pillars, leaves] = shape;
  for (let s = 0; s < subs; s++) {
    nodes.push({ code: `s${s}`, parent: "root", weight: 1 });
    for (let p = 0; p < pillars; p++) {
      nodes.push({ code: `s${s}p${p}`, parent: `s${s}`, weight: 1 });
      // As many indicators as ASEM has: 49, one more than 2 x 4 x 6.
      const count = leaves + (units === 51 && s === 0 && p === 0 ? 1 : 0);
      for (let i = 0; i < count; i++) {
        const code = `s${s}p${p}i${i}`;
        nodes.push({ code, parent: `s${s}p${p}`, weight: 1, direction: random() < 0.3 ? -1 : 1 });
        const tail = i % 4 === 0 ? 5 : 1;
        columns[code] = Array.from({ length: units }, () =>
          random() < 0.05 ? null : (1 + random()) ** tail / random() ** (tail / 9),
        );
      }
    }
  }
  const data: IndexData = { units: Array.from({ length: units }, (_, i) => `u${i}`), columns };
  return prepareIndex({ nodes }, data);
}

/** Weighted rows in 2,856 groups, amounts in whole fen: Theil by groups, the exact Gini, and the Gini inside every group, each through DuckDB. */
async function timeInequality(rows: number): Promise<Record<string, number>> {
  return inDuckDb(async (connection) => {
    await connection.run(
      `CREATE TABLE people AS SELECT (100 * (1 + i * 7919 % 100003))::BIGINT AS income, (1 + i % 9)::DOUBLE AS weight,
       (i * 31 % 2856)::INTEGER AS county FROM range(${rows}) t(i)`,
    );
    const from = { table: "people", value: "income", weight: "weight", group: "county" };
    const sums = await timed(async () => {
      const { groups } = await readGroupSums(connection, from);
      return { groups, ...theilFromSums(groups) };
    });
    const whole = await timed(() => measureLakeInequality(connection, from));
    const parts = await timed(() => decomposeLakeGini(connection, from, whole.found));
    return {
      inequalityRows: rows,
      inequalityGroups: sums.found.groups.length,
      theil20mSeconds: sums.seconds,
      theil20mCpuSeconds: sums.cpu,
      gini20mSeconds: whole.seconds,
      gini20mCpuSeconds: whole.cpu,
      giniInside20mSeconds: parts.seconds,
      giniInside20mCpuSeconds: parts.cpu,
      theilT: sums.found.theilT,
      gini: whole.found.gini,
      giniWithin: parts.found.within,
    };
  });
}

/** Annual reports of `count` areas, each of 40 pages with some 8,000 figures, as DOCX and PDF, on all cores. */
async function timeReports(count: number): Promise<Record<string, number>> {
  const requests = Array.from({ length: count }, (_, area) => ({
    area: `a${area % 31}`,
    period: "2025",
    language: "zh" as const,
  }));
  const [template, snapshot, workers] = [reportTemplate(), reportSnapshot(), availableParallelism()];
  let [pages, figures, bytes] = [0, 0, 0];
  const { seconds: all, cpu } = await timed(async () => {
    for await (const made of makeReports({ template, snapshot, requests, workers })) {
      pages += made.pages;
      figures += made.document.figures;
      bytes += made.docx.length + made.pdf.length;
    }
  });
  return {
    reports: count,
    reports31Seconds: all,
    reports31CpuSeconds: cpu,
    reportPages: pages / count,
    reportFigures: Math.round(figures / count),
    reportMegabytes: round(bytes / count / 1e6),
  };
}

/** About a page of text. */
const PROSE = "各级各部门按照清单逐项落实服务内容、服务对象、服务标准、支出责任和牵头负责单位，定期公布进展。".repeat(
  20,
);

function reportTemplate(): string {
  const chapter = (k: number) =>
    `## 第${k + 1}章\n\n{{i${k}}}，比上年{{i${k} change -1}}。${PROSE}\n\n::table caption="第${k + 1}组" indicators=* periods=-9..-0\n\n` +
    `::table caption="各地区" indicators=i${k},i${k + 1},i${k + 2} areas=all`;
  return `# {{area}}年度发展报告\n\n::contents\n::page\n\n${[0, 1, 2, 3, 4, 5, 6, 7].map(chapter).join("\n\n")}\n\n::notes`;
}

function reportSnapshot() {
  const words = (zh: string) => ({ zh, en: zh });
  const areas = Array.from({ length: 31 }, (_, a) => ({ code: `a${a}`, name: words(`第${a + 1}省`) }));
  const indicators = Array.from({ length: 100 }, (_, i) => ({
    code: `i${i}`,
    name: words(`第${i + 1}项:每千人口拥有的服务设施`),
    unit: words("%"),
    decimals: 1,
    direction: 1 as const,
    source: words("统计局"),
  }));
  const values = indicators.flatMap(({ code: indicator }, i) =>
    areas.flatMap(({ code: area }, a) =>
      Array.from({ length: 10 }, (_, y) => ({
        indicator,
        area,
        period: String(2016 + y),
        value: 40 + y + ((i * 7 + a * 3) % 23),
        status: "ok" as const,
      })),
    ),
  );
  return freezeSnapshot({ listVersion: "2023-08", areas, indicators, values });
}

/** Seconds by the clock, and of processor time: the second tells more on a machine that others use too. */
async function timed<T>(
  work: () => Promise<T>,
): Promise<{ readonly found: T; readonly seconds: number; readonly cpu: number }> {
  const [start, before] = [performance.now(), process.cpuUsage()];
  const found = await work();
  const { user, system } = process.cpuUsage(before);
  return { found, seconds: round((performance.now() - start) / 1000), cpu: round((user + system) / 1e6) };
}

const round = (value: number) => Math.round(value * 1000) / 1000;
