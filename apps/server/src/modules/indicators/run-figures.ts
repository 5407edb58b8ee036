import type { Item, List } from "@qingdan/list";
import type { Indicator, IndicatorCatalogue } from "@qingdan/list/indicators";
import { type AreaTree, LEVELS } from "./area-tree.ts";
import type { BaseFigure } from "./figure-table.ts";
import type { StreetCounts } from "./street-counts.ts";

/** What is read of a finished run: counts by item and district, and by street. */
export interface RunCounts {
  readonly streets: StreetCounts;
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
    name: { zh: `${item.name.zh}：应享尽享率`, en: `${item.name.en}: entitled who receive` },
    definition: {
      zh: "应享且在领的 ÷ 应享的 × 100；由测算得出",
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
    lowest: "town",
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

/** People who are entitled, and of them those who receive (underpaid ones too). */
interface Count {
  entitled: number;
  receiving: number;
}

type Counts = Map<string, Count>;

/** Code of the people of an area who are counted in none of the areas below. */
export const restCode = (area: string): string => `${area}.own`;

/** The districts of which the run counts somebody, for some entry, whose street is not known. */
export function districtsWithRest(run: RunCounts, tree: AreaTree): string[] {
  const codes = run.items.flatMap(({ code, districts }) =>
    districts.flatMap(({ district, entitled }) => {
      const streets = streetsOf(tree, district.code);
      const known = sumOf(run.streets.get(code), streets);
      return streets.length > 0 && entitled > known.entitled ? [district.code] : [];
    }),
  );
  return [...new Set(codes)];
}

const streetsOf = ({ areas, at }: AreaTree, district: string): string[] =>
  (areas[at(district) ?? -1]?.children ?? [])
    .map((child) => areas[child]!)
    .flatMap(({ code, rest }) => (rest ? [] : [code]));

function sumOf(
  counts: ReadonlyMap<string, { readonly entitled: number; readonly unserved: number }> | undefined,
  areas: readonly string[],
) {
  let [entitled, unserved] = [0, 0];
  for (const area of areas) {
    const own = counts?.get(area);
    entitled += own?.entitled ?? 0;
    unserved += own?.unserved ?? 0;
  }
  return { entitled, unserved };
}

/**
 * Figures of a run by district and, where an indicator is kept for streets, by street: those entitled, and of them those who receive. Whose
 * street is not known stands in the rest of the district. Entries without a roll give none.
 */
export function runFigures(
  list: List,
  indicators: Iterable<Indicator>,
  run: RunCounts,
  { tree, areaOf }: { readonly tree: AreaTree; readonly areaOf: (district: string) => string },
): BaseFigure[] {
  const byCode = new Map(run.items.map((item) => [item.code, item]));
  const figures: BaseFigure[] = [];
  for (const indicator of indicators) {
    const counts: Counts = new Map();
    const byStreet = LEVELS.indexOf(indicator.lowest) >= LEVELS.indexOf("town");
    for (const code of itemsOf(list, indicator, [...byCode.keys()])) {
      for (const { district, entitled, missed, underpaid } of byCode.get(code)!.districts) {
        if (missed === null || underpaid === null) continue;
        const receiving = entitled - missed + underpaid;
        const area = areaOf(district.code);
        add(counts, area, entitled, receiving);
        if (byStreet) addStreets(counts, tree, { area, entitled, receiving, counts: run.streets.get(code) });
      }
    }
    for (const [area, { entitled, receiving }] of counts) {
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

interface OfDistrict extends Count {
  readonly area: string;
  readonly counts: ReadonlyMap<string, { readonly entitled: number; readonly unserved: number }> | undefined;
}

/** A street of which the run counts nobody has nobody who is entitled; what the streets lack of the district is its rest. */
function addStreets(counts: Counts, tree: AreaTree, { area, entitled, receiving, counts: known }: OfDistrict): void {
  const streets = streetsOf(tree, area);
  for (const street of streets) {
    const own = sumOf(known, [street]);
    add(counts, street, own.entitled, own.entitled - own.unserved);
  }
  const all = sumOf(known, streets);
  if (tree.at(restCode(area)) !== undefined)
    add(counts, restCode(area), entitled - all.entitled, receiving - (all.entitled - all.unserved));
}

function add(counts: Counts, area: string, entitled: number, receiving: number): void {
  const sum = counts.get(area) ?? { entitled: 0, receiving: 0 };
  counts.set(area, { entitled: sum.entitled + entitled, receiving: sum.receiving + receiving });
}
