import {
  type PlanAnswer,
  type PlanFront,
  type PlannedYear,
  type PlanningModel,
  planFront,
  type SitingProgress,
  type SitingStatus,
  type Solver,
  solvePlan,
  whyUnserved,
} from "@qingdan/reach";
import { kindNamed } from "./kinds.ts";
import type { PlanningBody, PlanningPlan, PlanningRun } from "./planning-model.ts";
import {
  freshSites,
  type MixGround,
  type MixSite,
  sitesOfToday,
  vacantSites,
  type Wanted,
  walked,
  walkedBetween,
} from "./planning-sites.ts";
import { townNamed } from "./present.ts";
import { limitOf, sitedBy } from "./siting-instance.ts";

export interface MixSetting extends Omit<MixGround, "blocks" | "wanted"> {
  readonly solver: Solver;
  /** Milliseconds; jumps to infinity when the run is to stop. */
  readonly now: () => number;
  readonly onPhase: (phase: PlanningRun["phase"]) => void;
  readonly onProgress: (progress: PlanningRun["progress"]) => void;
}

/** What the plan's places are made of. */
interface Mix {
  readonly ground: MixGround;
  readonly model: PlanningModel;
  readonly sites: readonly MixSite[];
  /** Whether somebody of a block is within reach of a place today, by kind and block of the plan. */
  readonly near: (k: number, i: number) => boolean;
  readonly considered: PlanningPlan["considered"];
}

/**
 * What to keep, extend, convert, close and build in an area over some years: places of today come first, vacant premises next,
 * then new buildings in the blocks where most people lack one.
 */
export function planMix(setting: MixSetting): PlanningPlan {
  setting.onPhase("walking");
  const mix = mixOf(setting);
  setting.onPhase("solving");
  const { solver, now, request, onProgress } = setting;
  const effort = {
    solver,
    now,
    seconds: request.seconds,
    onProgress: ({ value, bound }: SitingProgress) => onProgress({ value: figureOf(value), bound: figureOf(bound) }),
  };
  const { aim } = request;
  if (!request.front || aim === "worst-first") {
    const answer = solvePlan(mix.model, effort);
    setting.onPhase("explaining");
    return explained(mix, answer);
  }
  const front = planFront(mix.model, { ...effort, aim });
  setting.onPhase("explaining");
  // The plan that reaches most stands for the run.
  const most = front.points.at(-1)?.plan ?? noPlan(front);
  return { ...explained(mix, most), seconds: front.seconds, front: frontOf(mix, front) };
}

const noPlan = ({ status, seconds }: PlanFront): PlanAnswer => ({
  ...{ status, seconds, aims: [], years: [] },
  ...{ value: Number.NaN, bound: Number.NaN, gap: Number.NaN },
});

function frontOf(mix: Mix, { status, isWhole, points }: PlanFront): NonNullable<PlanningPlan["front"]> {
  const thousandths = (value: number) => Math.round(value * 1000) / 1000;
  return {
    status,
    isWhole,
    points: points.map(({ plan, value, bound, ...point }) => ({
      ...{ costFen: point.costFen, gap: point.gap, status: point.status, isCheapest: point.isCheapest },
      value: thousandths(value),
      bound: thousandths(bound),
      kept: keptBy(mix, plan),
      years: plan.years.map((year, t) => yearOf(mix, year, mix.model.years[t]!.budgetFen ?? null)),
    })),
  };
}

/** How many places of today a plan leaves as they are. */
function keptBy({ sites, considered }: Mix, { years }: PlanAnswer): number {
  const changed = new Set(years.flatMap(({ deeds }) => deeds.map(({ site }) => site)));
  return sites.slice(0, considered.today).filter(({ site }) => !changed.has(site.id)).length;
}

function mixOf({ map, scene, facilities, request, towns }: MixSetting): Mix {
  const wanted = request.kinds.map((kind): Wanted => {
    const requirement = sitedBy(scene.standard, kind)!;
    const withinMetres = limitOf(scene.standard, requirement);
    const service = { id: kind, group: requirement.group, withinMetres, ...rulesOf(request, kind) };
    return { requirement, service, floorM2: requirement.leastM2 ?? request.floorM2 };
  });
  const blocks = [...map.blocks.keys()].filter((i) => {
    const { street, people } = map.blocks[i]!;
    const lives = wanted.some(({ service }) => (people[service.group] ?? 0) > 0);
    return towns.has(street) && lives && scene.ground.places.chain[i] !== -1;
  });
  const ground = { map, scene, facilities, request, towns, blocks, wanted };
  const today = sitesOfToday(ground);
  const metresToday = walked(ground, today);
  const near = (k: number, i: number) =>
    today.some(
      ({ site }, j) =>
        site.now?.functions.some(({ service }) => service === wanted[k]!.service.id) &&
        metresToday[i * today.length + j]! <= wanted[k]!.service.withinMetres,
    );
  const people = (k: number, i: number) => map.blocks[blocks[i]!]!.people[wanted[k]!.service.group] ?? 0;
  const lacking = wanted.map((_, k) => blocks.map((_, i) => (near(k, i) ? 0 : people(k, i))));
  const vacant = vacantSites(ground);
  const fresh = freshSites(ground, (k, i) => lacking[k]![i]!);
  const sites = [...today, ...vacant.sites, ...fresh.sites];
  return {
    ground,
    sites,
    near,
    model: modelOf(ground, sites),
    considered: {
      blocks: blocks.length,
      today: today.length,
      vacant: vacant.sites.length,
      fresh: fresh.sites.length,
      freshOf: fresh.of,
      floorUnknown: today.filter(({ site }) => site.now?.yearlyFen === undefined).length,
      vacantFloorUnknown: vacant.floorUnknown,
    },
  };
}

/** What a place of a kind must hold to. */
function rulesOf({ m2PerThousand, leastPeople, mostPeople, leastShare, branch }: PlanningBody, kind: string) {
  const people = {
    ...(leastPeople === null ? {} : { least: leastPeople }),
    ...(mostPeople === null ? {} : { most: mostPeople }),
  };
  return {
    people,
    ...(m2PerThousand === null ? {} : { m2PerThousand }),
    ...(leastShare === undefined ? {} : { leastShare }),
    ...(branch?.kind === kind ? { main: { service: branch.main, withinMetres: branch.withinMetres } } : {}),
  };
}

function modelOf(ground: MixGround, sites: readonly MixSite[]): PlanningModel {
  const { map, blocks, request, wanted } = ground;
  const { carryOver, noneLoses, newFloorM2, aim, tailShare } = request;
  return {
    services: wanted.map(({ service }) => service),
    blocks: blocks.map((i) => map.blocks[i]!),
    sites: sites.map(({ site }) => site),
    metres: walked(ground, sites),
    ...(request.branch ? { siteMetres: walkedBetween(ground, sites) } : {}),
    todayMayStay: true,
    years: request.years.map(({ year, budgetFen }) => ({ year, ...(budgetFen === null ? {} : { budgetFen }) })),
    carryOver,
    noneLoses,
    ...(newFloorM2 === null ? {} : { newFloorM2 }),
    aims: aim === "people" ? ["people", "cost"] : [aim, "people", "cost"],
    ...(tailShare === undefined ? {} : { tailShare }),
  };
}

const figureOf = (value: number) => (Number.isFinite(value) ? Math.round(value * 1000) / 1000 : null);

function explained(mix: Mix, answer: PlanAnswer): PlanningPlan {
  const { model, considered } = mix;
  const { services, blocks } = model;
  const withPeople = ({ status, value, bound }: { status: SitingStatus; value: number; bound: number }) => ({
    status,
    value: figureOf(value),
    bound: figureOf(bound),
  });
  return {
    ...withPeople(answer),
    gap: Number.isFinite(answer.gap) ? answer.gap : null,
    seconds: answer.seconds,
    aims: answer.aims.map(({ aim, steps, ...found }) => ({
      aim,
      ...withPeople(found),
      ...(steps && { steps: steps.map(({ value, bound }) => ({ value: figureOf(value), bound: figureOf(bound) })) }),
    })),
    considered,
    kept: keptBy(mix, answer),
    today: services.map(({ id, group }, k) => {
      const all = blocks.map(({ people }) => people[group] ?? 0);
      const served = all.reduce((sum, people, i) => sum + (mix.near(k, i) ? people : 0), 0);
      return { kind: kindNamed(id), group, people: all.reduce((sum, people) => sum + people, 0), served };
    }),
    years: answer.years.map((year, t) => yearOf(mix, year, model.years[t]!.budgetFen ?? null)),
    unserved: unservedOf(model, answer),
  };
}

function yearOf(mix: Mix, { year, spentFen, deeds, services }: PlannedYear, budgetFen: number | null) {
  const { model, ground, sites } = mix;
  return {
    year,
    budgetFen,
    spentFen,
    deeds: deeds.map(({ site, deed, functions, costFen }) => {
      const j = sites.findIndex((one) => one.site.id === site);
      const { name, town, lon, lat } = sites[j]!;
      const people = functions.reduce((sum, id) => sum + newlyNear(mix, j, id), 0);
      const point: [number, number] = [lon, lat];
      const street = townNamed(ground.map, town);
      return { site, name, street, point, deed, kinds: functions.map(kindNamed), costFen, people };
    }),
    served: services.map(({ service, served, people }) => ({
      kind: kindNamed(service),
      group: model.services.find(({ id }) => id === service)!.group,
      people,
      served: Math.round(served),
    })),
  };
}

function newlyNear({ model, near }: Mix, j: number, service: string): number {
  const k = model.services.findIndex(({ id }) => id === service);
  const { withinMetres, group } = model.services[k]!;
  return model.blocks.reduce((sum, { people }, i) => {
    const reaches = model.metres[i * model.sites.length + j]! <= withinMetres;
    return sum + (reaches && !near(k, i) ? (people[group] ?? 0) : 0);
  }, 0);
}

function unservedOf(model: PlanningModel, answer: PlanAnswer): PlanningPlan["unserved"] {
  const left = whyUnserved(model, answer);
  return model.services.map(({ id }) => {
    const own = left.filter(({ service }) => service === id);
    const byReason = new Map<string, number>();
    for (const { why, people } of own) byReason.set(why, (byReason.get(why) ?? 0) + people);
    return {
      kind: kindNamed(id),
      people: Math.round(own.reduce((sum, { people }) => sum + people, 0)),
      byReason: [...byReason].map(([why, people]) => ({ why, people: Math.round(people) })),
    };
  });
}

/** Kinds of a request that the standard asks for nothing of. */
export function unplannable(standard: Parameters<typeof sitedBy>[0], { kinds }: PlanningBody): readonly string[] {
  return kinds.filter((kind) => !sitedBy(standard, kind));
}
