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
import { sumInDuckDb } from "../packages/measure/src/testing/theil-in-duckdb.ts";

const method: IndexMethod = {
  denominate: false,
  missing: { impute: "mean", minimumShare: 0.5 },
  treat: { skewness: 2, kurtosis: 3.5, maxWinsorised: 5, otherwise: { kind: "log" } },
  normalise: { kind: "min-max", lower: 0, upper: 100 },
  aggregate: { kind: "arithmetic" },
  presentShare: 0.5,
};

/**
 * Times the index engine and the Theil decomposition in DuckDB, on made data of a fixed seed: `asem10kSeconds` 10,000 whole builds, treatment
 * included, of an index as large as ASEM (51 units, 49 indicators, 8 pillars, 2 sub-indexes); one build of 2,856 areas x 100 indicators without
 * treatment; 1,000 draws of weights on it with ranks; `--rows N` (20,000,000) weighted rows in 2,856 groups.
 */
export async function run(args: readonly string[]): Promise<Record<string, number | string>> {
  const { values } = parseArgs({ args: [...args], options: { rows: { type: "string", default: "20000000" } } });
  const asem = makeIndex(51, [2, 4, 6]);
  const asem10kSeconds = seconds(() => {
    for (let i = 0; i < 10_000; i++) buildIndex(asem, method);
  });
  const counties = makeIndex(2856, [2, 5, 10]);
  const plain: IndexMethod = { ...method, treat: null };
  buildIndex(counties, plain);
  const countiesPassMilliseconds = seconds(() => buildIndex(counties, plain)) * 1000;
  const weightDraws1000Seconds = seconds(() => {
    const choices = { weights: { spread: 0.25, sets: 1000 } };
    rankUncertainty(counties, plain, { choices, draws: 1000, random: seededRandom(1) });
  });
  return {
    asem10kSeconds: round(asem10kSeconds),
    countiesPassMilliseconds: round(countiesPassMilliseconds),
    weightDraws1000Seconds: round(weightDraws1000Seconds),
    ...(await timeTheil(Number(values.rows))),
  };
}

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

async function timeTheil(rows: number): Promise<Record<string, number>> {
  const { sums, seconds } = await sumInDuckDb(
    `SELECT (1 + (i * 7919 % 100003))::DOUBLE AS income, (1 + i % 9)::DOUBLE AS weight, (i * 31 % 2856)::INTEGER AS county
     FROM range(${rows}) t(i)`,
    { value: "income", weight: "weight", group: "county" },
  );
  const start = performance.now();
  const { theilT, betweenT } = theilFromSums(sums);
  const total = seconds + (performance.now() - start) / 1000;
  return { theilRows: rows, theilGroups: sums.length, theil20mSeconds: round(total), theilT, betweenT };
}

function seconds(work: () => unknown): number {
  const start = performance.now();
  work();
  return (performance.now() - start) / 1000;
}

const round = (value: number) => Math.round(value * 1000) / 1000;
