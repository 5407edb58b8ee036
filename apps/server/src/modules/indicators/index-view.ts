import type { IndexDefinition } from "@qingdan/list/indicators";
import type { Cockpit } from "./cockpit.ts";
import type { IndexAuditPage, IndexPage } from "./index-model.ts";
import { runIndex } from "./index-run.ts";
import { domainOf, named, noteOf, presentProvenance } from "./present.ts";

/** The page of an index: level, equality and adjusted score apart, areas with rank intervals, the method as data. */
export function viewIndex(
  cockpit: Cockpit,
  code: string,
  asked: number | undefined,
  { page, size }: { readonly page: number; readonly size: number },
): IndexPage {
  const index = cockpit.catalogue.indexes.get(code)!;
  const year = asked ?? newestScored(cockpit, code);
  const run = runIndex(cockpit, index, year);
  const { ranks, ...intervals } = run.drawn();
  const units = run.units.map((unit, i) => ({ ...unit, rank: ranks[i]! }));
  const ordered = units.toSorted((a, b) => (a.rank?.rank ?? Number.MAX_VALUE) - (b.rank?.rank ?? Number.MAX_VALUE));
  const { name, definition, mark, note, groups, aggregate, present, uncertainty } = index;
  return {
    index: { code, name, definition, mark, note: noteOf(note) },
    year,
    hash: run.hash,
    level: run.level,
    equality: run.equality,
    adjusted: run.adjusted,
    intervals,
    reason: run.reason,
    years: cockpit.years.map((of) => {
      const other = runIndex(cockpit, index, of);
      return { year: of, level: other.level, equality: other.equality?.oneMinusGini ?? null, adjusted: other.adjusted };
    }),
    groups: groups.map(({ domain, weight, indicators }) => ({
      ...domainOf(cockpit, domain),
      weight,
      indicators: indicators.map(({ indicator, weight: own, worst, best }) => ({
        ...named(cockpit.indicators.get(indicator), indicator),
        weight: own,
        worst,
        best,
      })),
    })),
    method: { aggregate, present, ...uncertainty },
    notices: run.notices.map(({ code: what, node, units }) => ({
      code: what,
      node: node === undefined ? null : nodeOf(cockpit, index, node),
      units: units.length,
    })),
    total: ordered.length,
    page,
    size,
    units: ordered.slice((page - 1) * size, page * size).map(({ area, groups: scores, ...unit }) => ({
      area: named(cockpit.tree.areas[area], cockpit.tree.areas[area]!.code),
      ...unit,
      groups: [...scores],
    })),
    provenance: presentProvenance(cockpit),
  };
}

/** What becomes of an index when it is made otherwise: which choice moves the ranks, and how sure each area's place is. */
export function viewIndexAudit(
  cockpit: Cockpit,
  code: string,
  asked: number | undefined,
  { page, size }: { readonly page: number; readonly size: number },
): IndexAuditPage {
  const index = cockpit.catalogue.indexes.get(code)!;
  const year = asked ?? newestScored(cockpit, code);
  const run = runIndex(cockpit, index, year);
  const audit = run.audited();
  const common = { index: named(index, code), year, hash: run.hash, seed: index.uncertainty.seed, page, size };
  if (!audit)
    return {
      ...common,
      reason: run.reason,
      draws: 0,
      samples: 0,
      meanRankShift: null,
      choices: [],
      domains: [],
      total: 0,
      units: [],
    };
  const { uncertainty, sensitivity, samples, removals, nodes } = audit;
  const node = (of: string) => nodes.find((one) => one.code === of)!;
  const orNull = (value: number | undefined) => (value === undefined || Number.isNaN(value) ? null : value);
  const ranked = uncertainty.units
    .map((unit, i) => ({ unit, area: cockpit.tree.areas[run.units[i]!.area]! }))
    .filter(({ unit }) => !Number.isNaN(unit.nominal) && unit.ranked > 0)
    .toSorted((a, b) => a.unit.nominal - b.unit.nominal);
  return {
    ...common,
    reason: null,
    draws: uncertainty.draws,
    samples,
    meanRankShift: orNull(uncertainty.meanRankShift),
    choices: sensitivity.map(({ firstInterval, totalInterval, ...choice }) => ({
      ...choice,
      firstInterval: [...firstInterval],
      totalInterval: [...totalInterval],
    })),
    domains: index.groups.map(({ domain, indicators }) => {
      const own = node(`group:${domain}`);
      return {
        ...domainOf(cockpit, domain),
        meanRankShift: orNull(removals.find(({ code: of }) => of === own.code)?.meanRankShift),
        alpha: orNull(own.alpha),
        effectiveWeight: own.effectiveWeight,
        correlation: orNull(own.correlation),
        indicators: indicators.map(({ indicator }) => ({
          ...named(cockpit.indicators.get(indicator), indicator),
          effectiveWeight: node(indicator).effectiveWeight,
          correlation: orNull(node(indicator).correlation),
        })),
      };
    }),
    total: ranked.length,
    units: ranked.slice((page - 1) * size, page * size).map(({ unit, area }) => ({
      area: named(area, area.code),
      rank: unit.nominal,
      median: unit.median,
      low: unit.low,
      high: unit.high,
      ranked: unit.ranked,
      classes: [...unit.classes],
    })),
  };
}

/** A node of the tree by the name of its domain or indicator; the root by that of the index. */
function nodeOf(cockpit: Cockpit, index: IndexDefinition, node: string) {
  if (node === "root") return named(index, node);
  const domain = node.startsWith("group:") ? node.slice("group:".length) : undefined;
  return domain === undefined ? named(cockpit.indicators.get(node), node) : domainOf(cockpit, domain);
}

/** The newest year in which there is a level; the newest year of all when there is none. */
function newestScored(cockpit: Cockpit, code: string): number {
  const index = cockpit.catalogue.indexes.get(code)!;
  return cockpit.years.findLast((year) => runIndex(cockpit, index, year).level !== null) ?? cockpit.years.at(-1)!;
}
