import { ReachRefusal } from "../refusal.ts";
import { changeField, type Spot, spotOf } from "../travel/nearest-field.ts";
import { minutesFor, personGroups } from "../travel/person-group.ts";
import { type Cell, levelCell, requirementCell } from "./cells.ts";
import { type CoverageIndex, coverageIndex } from "./coverage-index.ts";
import { type CoverageTotal, type PeopleByVerdict, type Verdict, walkers } from "./judge.ts";
import { layerOf, totalsOf } from "./judged-city.ts";
import {
  type CoverageScene,
  countsFor,
  fullLayer,
  type Ground,
  type Layer,
  pointsOf,
  remeasure,
  type SiteOnMap,
} from "./scene.ts";
import type { AgeGroup, Requirement } from "./standard.ts";

/** One change to the sites of a scene. */
export type SiteEdit =
  | { readonly deed: "add"; readonly site: SiteOnMap }
  | { readonly deed: "move"; readonly site: string; readonly lon: number; readonly lat: number }
  | { readonly deed: "close"; readonly site: string };

/** What edits change; whatever is not named stays as it was. */
export interface CoverageChange {
  readonly blocks: readonly BlockChange[];
  /** Totals that changed, of the area and of streets. */
  readonly totals: readonly TotalChange[];
  /** People who come to be covered, and who are no longer, by requirement, age group and street. */
  readonly people: readonly PeopleChange[];
  readonly index: { readonly before: CoverageIndex; readonly after: CoverageIndex };
}

export interface BlockChange {
  readonly block: string;
  readonly requirement: string;
  readonly group: AgeGroup;
  readonly people: number;
  readonly before: BlockState;
  readonly after: BlockState;
}

export interface BlockState {
  readonly verdict: Verdict;
  /** Walking metres and minutes to the nearest place; undefined where unknown or unreachable. */
  readonly metres?: number;
  readonly minutes?: number;
  /** Id of the nearest place. */
  readonly site?: string;
}

export interface TotalChange extends Omit<CoverageTotal, "people"> {
  readonly before: PeopleByVerdict;
  readonly after: PeopleByVerdict;
}

export interface PeopleChange {
  readonly requirement: string;
  readonly group: AgeGroup;
  readonly street: string;
  readonly gain: number;
  readonly lose: number;
}

/**
 * Adds, moves and closes sites, and says who is reached differently. Only the neighbourhood of those sites is searched again,
 * and only requirements of their services are judged again. The scene given stays as it is; the new one can be edited further.
 * An edit of a site that is not there, or to a place that cannot be put onto the network, is refused.
 */
export function editCoverage(
  scene: CoverageScene,
  edits: readonly SiteEdit[],
): { readonly scene: CoverageScene; readonly change: CoverageChange } {
  const sites = new Map(scene.sites);
  const services = new Set(scene.services);
  const layers = new Map(scene.layers);
  edits.forEach((edit, n) => {
    const { goes, comes } = resolve(sites, edit, `edit ${n + 1}`);
    const spot = comes && snapped(scene.ground, comes, `edit ${n + 1}`);
    if (goes) sites.delete(goes.id);
    if (comes) sites.set(comes.id, comes);
    const service = comes?.service ?? goes!.service;
    services.add(service);
    for (const requirement of firstOfEachLayer(scene.standard.requirements, service)) {
      const leaves = goes !== undefined && countsFor(requirement, goes) ? goes.id : undefined;
      const enters = comes !== undefined && countsFor(requirement, comes) ? { id: comes.id, spot: spot! } : undefined;
      const key = layerOf(requirement);
      if (leaves === undefined && !enters && layers.has(key)) continue;
      layers.set(key, changedLayer(scene.ground, layers.get(key), { leaves, enters }));
    }
  });
  const cells = judgeAgain(scene, layers);
  const index = coverageIndex(scene.standard, totalsOf(cells));
  const next: CoverageScene = { ...scene, sites, services, layers, cells, index };
  return { scene: next, change: changeBetween(scene, next) };
}

function resolve(
  sites: ReadonlyMap<string, SiteOnMap>,
  edit: SiteEdit,
  place: string,
): { readonly goes?: SiteOnMap; readonly comes?: SiteOnMap } {
  if (edit.deed === "add") {
    if (sites.has(edit.site.id))
      throw new ReachRefusal("reach.site-twice", place, `site ${edit.site.id} is there already; move or close it`);
    return { comes: edit.site };
  }
  const goes = sites.get(edit.site);
  if (!goes) throw new ReachRefusal("reach.site-unknown", place, `there is no site ${edit.site}`);
  return edit.deed === "close" ? { goes } : { goes, comes: { ...goes, lon: edit.lon, lat: edit.lat } };
}

function snapped({ snapper, snapMetres }: Ground, site: SiteOnMap, place: string): Spot {
  const { places, report } = snapper.snap(pointsOf([site]), snapMetres);
  const spot = spotOf(places, 0);
  if (spot) return spot;
  const { why, metres } = report.unsnapped[0]!;
  const street = metres === undefined ? "no street is near" : `the nearest street is ${Math.round(metres)} m away`;
  throw new ReachRefusal(
    "reach.site-off-network",
    place,
    why === "behind-barrier"
      ? `site ${site.id} has streets only behind a motorway, railway or river; place it on the side of a street`
      : `site ${site.id}: ${street}; place it within ${snapMetres} m of one`,
  );
}

function firstOfEachLayer(requirements: readonly Requirement[], service: string): readonly Requirement[] {
  const own = requirements.filter((requirement) => requirement.service === service);
  return [...new Map(own.map((requirement) => [layerOf(requirement), requirement])).values()];
}

function changedLayer(
  ground: Ground,
  layer: Layer | undefined,
  {
    leaves,
    enters,
  }: { readonly leaves: string | undefined; readonly enters: { readonly id: string; readonly spot: Spot } | undefined },
): Layer {
  if (!layer) return fullLayer(ground, enters ? [enters] : []);
  const { byChain } = ground;
  const { field, chains } = changeField(ground.graph, layer.field, {
    goes: leaves === undefined ? undefined : layer.slots.get(leaves),
    comes: enters ? [enters.spot] : [],
  });
  const slots = new Map(layer.slots);
  if (leaves !== undefined) slots.delete(leaves);
  if (enters) slots.set(enters.id, field.spots.length - 1);
  const after = { field, slots, metres: layer.metres.slice(), nearest: [...layer.nearest] };
  const near: number[] = [];
  for (const chain of chains)
    for (let k = byChain.first[chain]!; k < byChain.first[chain + 1]!; k++) near.push(byChain.place[k]!);
  remeasure(ground, after, near);
  return after;
}

/** The cells of the layers that changed, and of the levels above them; all others are the same objects as before. */
function judgeAgain(
  { cells, ground, layers: old }: CoverageScene,
  layers: ReadonlyMap<string, Layer>,
): readonly Cell[] {
  const isSame = (requirement: Requirement) => old.get(layerOf(requirement)) === layers.get(layerOf(requirement));
  const again = cells.map((cell) => {
    const { requirement } = cell;
    if (!requirement || isSame(requirement)) return cell;
    return requirementCell(ground.blocks, { ...cell, requirement }, layers.get(layerOf(requirement))?.metres);
  });
  return again.map((cell) => {
    if (cell.requirement) return cell;
    const own = again.filter(
      ({ level, requirement, group }) => requirement && level === cell.level && group === cell.group,
    );
    return own.every((one) => cells.includes(one)) ? cell : levelCell(ground.blocks, cell.level, own);
  });
}

function changeBetween(before: CoverageScene, after: CoverageScene): CoverageChange {
  const blocks: BlockChange[] = [];
  const totals: TotalChange[] = [];
  const people: PeopleChange[] = [];
  after.cells.forEach((cell, n) => {
    const old = before.cells[n]!;
    if (cell === old) return;
    cell.totals.forEach((total, t) => {
      const { people: was } = old.totals[t]!;
      const { people: is, ...at } = total;
      if (verdicts.some((verdict) => was[verdict] !== is[verdict])) totals.push({ ...at, before: was, after: is });
    });
    if (!cell.requirement) return;
    const changed = blockChanges({ before, after }, old, { ...cell, requirement: cell.requirement });
    for (const one of changed) blocks.push(one);
    people.push(...peopleChanges(before.ground, changed));
  });
  return { blocks, totals, people, index: { before: before.index, after: after.index } };
}

const verdicts = ["covered", "at-risk", "uncovered", "unknown"] as const;

function blockChanges(
  { before, after }: { readonly before: CoverageScene; readonly after: CoverageScene },
  old: Cell,
  cell: Cell & { readonly requirement: Requirement },
): BlockChange[] {
  const { requirement, group } = cell;
  const walker = personGroups[walkers[group]];
  const stateAt = (scene: CoverageScene, verdict: Verdict, i: number): BlockState => {
    const layer = scene.layers.get(layerOf(requirement));
    const metres = layer?.metres[i];
    const site = layer?.nearest[i];
    return {
      verdict,
      ...(metres !== undefined && Number.isFinite(metres) ? { metres, minutes: minutesFor(walker, metres) } : {}),
      ...(site === undefined ? {} : { site }),
    };
  };
  const was = before.layers.get(layerOf(requirement));
  const is = after.layers.get(layerOf(requirement))!;
  return before.ground.blocks.flatMap((block, i) => {
    const verdict = cell.verdicts[i];
    if (verdict === undefined) return [];
    const isSame = Object.is(was?.metres[i], is.metres[i]) && was?.nearest[i] === is.nearest[i];
    if (isSame && verdict === old.verdicts[i]) return [];
    return [
      {
        block: block.code,
        requirement: requirement.code,
        group,
        people: block.people[group]!,
        before: stateAt(before, old.verdicts[i]!, i),
        after: stateAt(after, verdict, i),
      },
    ];
  });
}

function peopleChanges({ blocks }: Ground, changed: readonly BlockChange[]): PeopleChange[] {
  const streetOf = new Map(blocks.map(({ code, street }) => [code, street]));
  const byStreet = new Map<string, { -readonly [K in keyof PeopleChange]: PeopleChange[K] }>();
  for (const { block, requirement, group, people, before, after } of changed) {
    const gains = after.verdict === "covered" && before.verdict !== "covered";
    const loses = before.verdict === "covered" && after.verdict !== "covered";
    if (!gains && !loses) continue;
    const street = streetOf.get(block)!;
    const sum = byStreet.get(street) ?? { requirement, group, street, gain: 0, lose: 0 };
    byStreet.set(street, sum);
    if (gains) sum.gain += people;
    else sum.lose += people;
  }
  return [...byStreet.values()];
}
