import { standingOfShare } from "@qingdan/measure";
import { LEVELS } from "./area-tree.ts";
import { allPartsOf, type Cockpit, type Figure, figureAt, newestYear, seriesOf, trackAt } from "./cockpit.ts";
import type { IndicatorPage, Part } from "./model.ts";
import type { OpenWork } from "./open-work.ts";
import {
  presentAction,
  presentAlarm,
  presentArea,
  presentChain,
  presentDefinition,
  presentProvenance,
  presentTarget,
} from "./present.ts";
import { type Rank, rankAreas } from "./rank.ts";
import { itemsOf, type RunCounts } from "./run-figures.ts";
import { shortageOf } from "./shortage.ts";

/** The page of an indicator in an area: the figure, its way, where it stands below, what it is made of and who acts. */
export function viewIndicator(
  cockpit: Cockpit,
  code: string,
  at: number,
  year: number,
  { open, run }: { readonly open: OpenWork; readonly run: RunCounts | undefined },
): IndicatorPage {
  const indicator = cockpit.indicators.get(code)!;
  const { figure, target, track } = trackAt(cockpit, code, at, year, { band: true });
  const area = cockpit.tree.areas[at]!;
  const ranks = at === 0 ? [] : rankAreas(cockpit, code, { level: area.level, year: figure.year });
  const below = new Set(area.code === cockpit.tree.areas[0]!.code ? [] : [area.code]);
  const here = (where: string) => below.size === 0 || below.has(where);
  return {
    indicator: presentDefinition(cockpit, indicator),
    area: presentArea(cockpit, at),
    chain: presentChain(cockpit, at),
    year,
    figure: shown(figure),
    target: presentTarget(cockpit, target),
    track,
    shortage: shortageOf(indicator, figure, target, track),
    rank: ranks.find(({ area: place }) => place === at)?.rank ?? null,
    series: seriesOf(cockpit, code, at).map(shown),
    published: (indicator.published ?? []).map(({ area: where, period, value, mark }) => ({
      area: where,
      period,
      value,
      mark,
    })),
    parts: partsOf(cockpit, code, at, year),
    settlements: settlementsOf(cockpit, code, at, year),
    change: changeOf(cockpit, code, at, figure),
    cases: run ? casesOf(cockpit, code, at, run) : [],
    actions: open.actions
      .filter(({ indicator: of, area: where }) => of === code && here(where))
      .map((action) => presentAction(cockpit, action)),
    alarms: open.alarms
      .filter(({ indicator: of, area: where }) => of === code && here(where))
      .map((alarm) => presentAlarm(cockpit, alarm)),
    provenance: presentProvenance(cockpit),
  };
}

const shown = (figure: Figure) => ({ ...figure, origins: [...figure.origins] });

/** The areas directly below, ranked among themselves. */
function partsOf(cockpit: Cockpit, code: string, at: number, year: number): Part[] {
  const { tree, indicators } = cockpit;
  const { children } = tree.areas[at]!;
  if (children.length === 0) return [];
  const total = figureAt(cockpit, code, at, newestYear(cockpit, code, at, year));
  const average = total.numerator !== null && total.denominator ? total.numerator / total.denominator : null;
  const funnel = indicators.get(code)!.interval === "wilson" && average !== null && average <= 1;
  const ranks = new Map<number, Rank>();
  const levels = new Set(children.map((child) => tree.areas[child]!.level));
  for (const level of levels) {
    for (const { area, rank } of rankAreas(cockpit, code, { level, year: total.year, root: at })) ranks.set(area, rank);
  }
  return children.flatMap((child): Part[] => {
    const area = tree.areas[child]!;
    const { figure, target, track } = trackAt(cockpit, code, child, year);
    // The rest of an area stands here only with a figure, and so does an area that is too small for the indicator.
    const isKept = !area.rest && LEVELS.indexOf(area.level) <= LEVELS.indexOf(indicators.get(code)!.lowest);
    if (!isKept && figure.value === null && figure.suppressed === null) return [];
    const { numerator, denominator } = figure;
    const whole =
      funnel && !area.rest && numerator !== null && denominator !== null && denominator > 0 && numerator <= denominator;
    return [
      {
        area: { ...presentArea(cockpit, child), rest: area.rest, kind: area.kind ?? null },
        figure: shown(figure),
        target: target
          ? {
              comparison: target.comparison,
              value: target.comparison === "all" ? 100 : (target.value ?? null),
              year: target.year,
            }
          : null,
        track,
        shortage: shortageOf(indicators.get(code)!, figure, target, track),
        trend: seriesOf(cockpit, code, child).map(({ year: of, value }) => ({ year: of, value })),
        rank: figure.year === total.year ? (ranks.get(child) ?? null) : null,
        standing: whole ? standingOfShare(numerator, denominator, average) : null,
      },
    ];
  });
}

/** Town and countryside: sums over the lowest areas of each kind; none where a part is missing or the indicator is not kept below. */
function settlementsOf(cockpit: Cockpit, code: string, at: number, year: number): IndicatorPage["settlements"] {
  const indicator = cockpit.indicators.get(code)!;
  if (!indicator.by.includes("settlement")) return [];
  const leaves = allPartsOf(cockpit, at);
  return (["urban", "county"] as const).flatMap((kind) => {
    const own = leaves.filter((leaf) => cockpit.tree.areas[leaf]!.kind === kind);
    if (own.length === 0 || own.length === leaves.length) return [];
    return [{ kind, areas: own.length, figure: shown(sumOf(cockpit, code, own, newestYear(cockpit, code, at, year))) }];
  });
}

function sumOf(cockpit: Cockpit, code: string, areas: readonly number[], year: number): Figure {
  const column = cockpit.table.column(code);
  const y = cockpit.years.indexOf(year);
  let [numerator, denominator] = [0, 0];
  for (const area of areas) {
    const place = area * cockpit.years.length + y;
    numerator += column.numerator[place]!;
    denominator += column.indicator.form === "ratio" ? column.denominator[place]! : 0;
  }
  const { form, per = 1, smallest } = column.indicator;
  const value = form === "ratio" ? (numerator / denominator) * per : numerator;
  const empty = { value: null, numerator: null, denominator: null, low: null, high: null, suppressed: null };
  const few =
    smallest !== undefined && [numerator, denominator, denominator - numerator].some((n) => n >= 1 && n < smallest);
  if (few) return { year, ...empty, suppressed: "small", partial: false, origins: [] };
  if (!Number.isFinite(value) || form === "stated") return { year, ...empty, partial: false, origins: [] };
  const parts = form === "ratio" ? { numerator, denominator } : { numerator: null, denominator: null };
  return { year, value, ...parts, low: null, high: null, suppressed: null, partial: false, origins: [] };
}

/** How much of the change of a ratio since the first year with parts its numerator made, and how much its denominator. */
function changeOf(cockpit: Cockpit, code: string, at: number, figure: Figure): IndicatorPage["change"] {
  const { form, per = 1, targets } = cockpit.indicators.get(code)!;
  const base = targets[0] ? (targets[0].base?.year ?? cockpit.catalogue.plans.get(targets[0].plan)?.base) : undefined;
  if (form !== "ratio" || figure.numerator === null || figure.denominator === null || base === undefined) return null;
  const from = figureAt(cockpit, code, at, base);
  if (from.numerator === null || from.denominator === null || base >= figure.year) return null;
  const ratio = (n: number, d: number) => (n / d) * per;
  const [n0, d0, n1, d1] = [from.numerator, from.denominator, figure.numerator, figure.denominator];
  const byNumerator = (ratio(n1, d0) - ratio(n0, d0) + ratio(n1, d1) - ratio(n0, d1)) / 2;
  return { from: base, to: figure.year, byNumerator, byDenominator: ratio(n1, d1) - ratio(n0, d0) - byNumerator };
}

/** The entries of the run behind a coverage, with a way to their people; small counts are withheld, and all of them where the figure is. */
function casesOf(cockpit: Cockpit, code: string, at: number, run: RunCounts): IndicatorPage["cases"] {
  const indicator = cockpit.indicators.get(code)!;
  const { smallest = 1 } = indicator;
  const isWithheld = figureAt(cockpit, code, at, Number(run.date.slice(0, 4))).suppressed !== null;
  const shownOf = (people: number | null) =>
    people === null || isWithheld || (people >= 1 && people < smallest) ? null : people;
  const { code: area, level, parent } = cockpit.tree.areas[at]!;
  const district = level === "town" ? cockpit.tree.areas[parent]!.code : area;
  return itemsOf(
    cockpit.list,
    indicator,
    run.items.map((item) => item.code),
  ).flatMap((item) => {
    const counts = countsOf(run, item, at === 0 ? undefined : { area, district });
    if (!counts) return [];
    const known = cockpit.list.items.get(item);
    return [
      {
        item: { code: item, name: known ? { zh: known.name.zh, en: known.name.en } : { zh: item, en: item } },
        entitled: shownOf(counts.entitled),
        missed: shownOf(counts.missed),
        href: `/run/${cockpit.provenance.run?.id}/items/${item}?group=missed${at === 0 ? "" : `&district=${district}`}${level === "town" ? `&street=${area}` : ""}`,
      },
    ];
  });
}

/** Those entitled, and those who receive nothing, of an entry: everywhere, in a district, or in a street of it; undefined where none are counted. */
function countsOf(run: RunCounts, item: string, of: { readonly area: string; readonly district: string } | undefined) {
  const { districts } = run.items.find(({ code }) => code === item)!;
  const own = of ? districts.filter(({ district }) => district.code === of.district) : districts;
  if (own.length === 0) return undefined;
  const hasRoll = own.every(({ missed, underpaid }) => missed !== null && underpaid !== null);
  if (of && of.area !== of.district) {
    const street = run.streets.get(item)?.get(of.area);
    return street && { entitled: street.entitled, missed: hasRoll ? street.unserved : null };
  }
  const sum = (pick: (row: (typeof own)[number]) => number) => own.reduce((total, row) => total + pick(row), 0);
  return {
    entitled: sum(({ entitled }) => entitled),
    missed: hasRoll ? sum(({ missed, underpaid }) => missed! - underpaid!) : null,
  };
}
