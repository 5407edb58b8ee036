import type { Item, List } from "@qingdan/list";
import type { Indicator, IndicatorCatalogue } from "@qingdan/list/indicators";
import type { BaseFigure } from "./figure-table.ts";

/** What is read of a finished run: counts by item and district. */
export interface RunCounts {
  readonly area: { readonly code: string };
  readonly date: string;
  readonly items: readonly {
    readonly code: string;
    readonly districts: readonly {
      readonly district: { readonly code: string };
      readonly entitled: number;
      readonly missed: number | null;
      readonly underpaid: number | null;
    }[];
  }[];
}

/** The plan of the catalogue that wants everyone who is entitled to be covered. */
const EVERYONE = "national-standards";

/** Code of the coverage of one entry of the list. */
export const coverageCode = (item: string): string => `coverage.${item}`;

/**
 * Indicators that nobody writes down because the list says them: of those entitled to an entry with a roll, the share that receives. They
 * read name, domain and lead units off the entry; their target is everyone.
 */
export function coverageIndicators(list: List, catalogue: IndicatorCatalogue, run: RunCounts): Indicator[] {
  const plan = catalogue.plans.get(EVERYONE);
  return run.items.flatMap(({ code, districts }) => {
    const item = list.items.get(code);
    if (!item || districts.every(({ missed }) => missed === null)) return [];
    return [coverageIndicator(item, plan && { area: plan.area, year: plan.until, source: [...plan.source] })];
  });
}

function coverageIndicator(
  item: Item,
  plan: { readonly area: string; readonly year: number; readonly source: string[] } | undefined,
): Indicator {
  return {
    code: coverageCode(item.code),
    name: { zh: `${item.name.zh}:应享尽享率`, en: `${item.name.en}: entitled who receive` },
    definition: {
      zh: "应享且在领的 ÷ 应享的 × 100;由测算得出",
      en: "Of those entitled, those who receive x 100; from the run",
    },
    domain: item.domain,
    unit: { zh: "%", en: "%" },
    decimals: 1,
    form: "ratio",
    numerator: { zh: "应享且在领的", en: "entitled who receive", people: true },
    denominator: { zh: "应享的", en: "entitled", people: true },
    per: 100,
    direction: "up",
    period: "year",
    lowest: "county",
    by: ["area"],
    lead: [...item.lead.units],
    origin: { kind: "run", items: [item.code] },
    interval: "wilson",
    smallest: 10,
    items: [item.code],
    targets: plan
      ? [{ plan: EVERYONE, area: plan.area, comparison: "all", year: plan.year, mark: "D", source: plan.source }]
      : [],
    mark: "D",
    source: [],
  };
}

/** Items of a run that an indicator speaks of: those that it names, and those that refine them. */
export function itemsOf(list: Pick<List, "items">, { origin }: Indicator, items: readonly string[]): string[] {
  if (origin.kind !== "run") return [];
  const named = new Set(origin.items);
  return items.filter((code) => {
    const refines = list.items.get(code)?.refines ?? [];
    return named.has(code) || refines.some(({ item }) => named.has(item));
  });
}

/** Figures of a run by district: those entitled, and of them those who receive (underpaid ones too). Entries without a roll give none. */
export function runFigures(
  list: List,
  indicators: Iterable<Indicator>,
  run: RunCounts,
  areaOf: (district: string) => string,
): BaseFigure[] {
  const byCode = new Map(run.items.map((item) => [item.code, item]));
  const figures: BaseFigure[] = [];
  for (const indicator of indicators) {
    const sums = new Map<string, { entitled: number; receiving: number }>();
    for (const code of itemsOf(list, indicator, [...byCode.keys()])) {
      for (const { district, entitled, missed, underpaid } of byCode.get(code)!.districts) {
        if (missed === null || underpaid === null) continue;
        const area = areaOf(district.code);
        const sum = sums.get(area) ?? { entitled: 0, receiving: 0 };
        sum.entitled += entitled;
        sum.receiving += entitled - missed + underpaid;
        sums.set(area, sum);
      }
    }
    for (const [area, { entitled, receiving }] of sums) {
      figures.push({
        indicator: indicator.code,
        area,
        period: run.date.slice(0, 4),
        numerator: receiving,
        denominator: entitled,
        value: null,
        origin: "run",
      });
    }
  }
  return figures;
}
