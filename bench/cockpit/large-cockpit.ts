import { createHash } from "node:crypto";
import type { Indicator, Target } from "@qingdan/list/indicators";
import { seededRandom } from "@qingdan/measure";
import { buildAreaTree } from "../../apps/server/src/modules/indicators/area-tree.ts";
import { type Cockpit, rememberWithheld } from "../../apps/server/src/modules/indicators/cockpit.ts";
import { type BaseFigure, createFigureTable } from "../../apps/server/src/modules/indicators/figure-table.ts";

interface Size {
  readonly counties: number;
  readonly indicators: number;
  readonly years: number;
}

type Area = Parameters<typeof buildAreaTree>[0][number];

/** A made-up nation of 31 provinces and 333 cities over so many counties, with so many indicators over so many years: no real place, no real number. */
export function makeLargeCockpit({ counties, indicators: count, years: length }: Size): Cockpit {
  const tree = buildAreaTree(makeAreas(counties), []);
  const years = Array.from({ length }, (_, i) => 2015 + i);
  const indicators = new Map(Array.from({ length: count }, (_, i) => [`i${i}`, makeIndicator(i)]));
  const table = createFigureTable({ tree, years, indicators, figures: makeFigures(tree, years, indicators) });
  const none = new Map();
  return {
    list: { code: "cn", areas: none, units: none, domains: [], items: none },
    catalogue: {
      list: "cn",
      indicators,
      plans: new Map([
        ["p", { code: "p", name: words("规划", "Plan"), area: "n", base: 2020, until: 2025, mark: "D", source: [] }],
      ]),
      indexes: none,
      warnings: none,
      sources: none,
    },
    indicators,
    table,
    tree,
    years,
    today: "2025-01-01",
    provenance: {
      list: { code: "cn", name: words("大清单", "Large") },
      catalogueHash: "0",
      run: null,
      batches: [],
      synthetic: true,
    },
    version: createHash("sha256").update(`${counties} ${count} ${length}`).digest("hex"),
    withheld: rememberWithheld(table),
  };
}

const words = (zh: string, en: string) => ({ zh, en });

function makeAreas(counties: number): Area[] {
  const areas: Area[] = [{ code: "n", name: words("虚构国", "Nation"), level: "nation" }];
  const add = (code: string, level: Area["level"], parent: string) =>
    areas.push({ code, name: words(`地区 ${code}`, `Area ${code}`), level, parent });
  for (let p = 0; p < 31; p++) add(`p${p}`, "province", "n");
  for (let c = 0; c < 333; c++) add(`c${c}`, "city", `p${c % 31}`);
  for (let a = 0; a < counties; a++) add(`a${a}`, "county", `c${a % 333}`);
  return areas;
}

function makeIndicator(i: number): Indicator {
  const target: Target = {
    plan: "p",
    number: i + 1,
    area: "n",
    comparison: "at-least",
    value: 70,
    year: 2025,
    nature: { kind: i % 3 === 0 ? "binding" : "expected", mark: "D" },
    mark: "D",
    source: [],
  };
  return {
    code: `i${i}`,
    name: words(`指标 ${i}`, `Indicator ${i}`),
    definition: words("合成", "Synthetic"),
    domain: `d${i % 9}`,
    unit: words("%", "%"),
    decimals: 1,
    form: "ratio",
    numerator: { ...words("分子", "numerator"), people: true },
    denominator: { ...words("分母", "denominator"), people: true },
    per: 100,
    direction: "up",
    period: "year",
    lowest: "county",
    by: ["area"],
    lead: ["unit"],
    origin: { kind: "statistics" },
    interval: "wilson",
    smallest: 10,
    targets: [target],
    mark: "D",
    source: [],
  };
}

/** A twentieth of the counties miss each of the first two years; sizes differ a thousandfold. */
function* makeFigures(
  tree: Cockpit["tree"],
  years: readonly number[],
  indicators: ReadonlyMap<string, Indicator>,
): Generator<BaseFigure> {
  const random = seededRandom(11);
  const counties = tree.areas.filter(({ level }) => level === "county");
  for (const indicator of indicators.keys()) {
    const start = 30 + 30 * random();
    const slope = 0.5 + 3 * random();
    for (const { code } of counties) {
      const size = Math.round(10 ** (2 + 3 * random()));
      const own = start + 16 * (random() - 0.5);
      for (const [t, year] of years.entries()) {
        if (t < 2 && random() < 0.05) continue;
        const share = Math.min(1, Math.max(0, (own + slope * t + 2 * (random() - 0.5)) / 100));
        yield {
          indicator,
          area: code,
          period: String(year),
          numerator: Math.round(size * share),
          denominator: size,
          value: null,
          origin: "synthetic",
        };
      }
    }
  }
}
