import {
  type CoverageScene,
  explainSites,
  type ParetoPoint,
  type Requirement,
  type SiteOnMap,
  totalsOf,
  type UncoveredReason,
  whyUncovered,
} from "@qingdan/reach";
import type { Words } from "../../problem.ts";
import { rounded } from "./coverage.ts";
import { kinds } from "./kinds.ts";
import type { PlacesMap } from "./places-map.ts";
import { townNamed } from "./present.ts";
import {
  candidatesOf,
  clientsOf,
  type NamedCandidate,
  type SitingSetting,
  sitedBy,
  thinned,
} from "./siting-instance.ts";
import type { SitingPlan } from "./siting-model.ts";
import { figureOf, solve } from "./siting-solve.ts";

/**
 * A plan for new places of a kind, with its bound, a reason for each place and for each block that stays uncovered. Existing
 * places count: only who is not covered yet, or walks less than to the nearest place of today, adds to the objective.
 */
export function planSiting(setting: SitingSetting): SitingPlan {
  const { scene, request, towns, onPhase } = setting;
  const requirement = sitedBy(scene.standard, request.kind)!;
  onPhase("walking");
  const all = candidatesOf(setting, requirement);
  const clients = clientsOf(scene, requirement, towns, request.model);
  const candidates = thinned(setting, all, clients, requirement);
  const { front, ...answer } = solve(setting, { clients, candidates, requirement });
  onPhase("explaining");
  const chosen = answer.sites.map((site) => candidates[site]!);
  return {
    status: answer.status,
    value: figureOf(answer.value, request.model),
    bound: figureOf(answer.bound, request.model),
    gap: Number.isFinite(answer.gap) ? answer.gap : null,
    seconds: answer.seconds,
    clients: clients.blocks.length,
    candidates: { considered: candidates.length, of: all.length },
    ...(front ? { front: front.map((one) => frontPoint(setting, one, candidates)) } : {}),
    ...explained(setting, { chosen, candidates, requirement }),
  };
}

/** A point of the front with its places; what they change is worked out when somebody looks at it. */
function frontPoint(
  { map, request }: SitingSetting,
  { sites, covered, bound, gap, tail, status, seconds }: ParetoPoint,
  candidates: readonly NamedCandidate[],
): NonNullable<SitingPlan["front"]>[number] {
  return {
    count: sites.length,
    costFen: request.costs ? sites.reduce((sum, site) => sum + (candidates[site]!.costFen ?? 0), 0) : null,
    covered: Math.round(covered),
    tail: Math.round(tail * 10) / 10,
    bound: Math.round(bound),
    gap,
    status,
    seconds,
    sites: sites.map((site) => {
      const { id, town, lon, lat } = candidates[site]!;
      return {
        code: id,
        name: placed(candidates[site]!, request.kind),
        street: townNamed(map, town),
        point: [lon, lat],
      };
    }),
  };
}

interface Chosen {
  readonly chosen: readonly NamedCandidate[];
  readonly candidates: readonly NamedCandidate[];
  readonly requirement: Requirement;
}

function explained(
  { map, scene, request, towns }: SitingSetting,
  { chosen, candidates, requirement }: Chosen,
): Pick<SitingPlan, "index" | "covered" | "sites" | "uncovered"> {
  const proposed = chosen.map(({ id, lon, lat }): SiteOnMap => ({ id, service: request.kind, lon, lat }));
  const { scene: plan, reasons } = explainSites(scene, { proposed, candidates });
  const labels = new Map(scene.standard.requirements.map(({ code, label }) => [code, label]));
  const names = new Map(candidates.map((candidate) => [candidate.id, candidate]));
  const left = whyUncovered(plan, { service: request.kind, candidates }).filter(
    (one) => one.requirement === requirement.code && one.group === requirement.group && towns.has(one.street),
  );
  const byReason = new Map<string, { blocks: number; people: number }>();
  for (const { why, people } of left) {
    const sum = byReason.get(why) ?? { blocks: 0, people: 0 };
    byReason.set(why, { blocks: sum.blocks + 1, people: sum.people + people });
  }
  const before = coveredIn(scene, requirement, towns);
  return {
    index: { before: rounded(scene.index.value), after: rounded(plan.index.value) },
    covered: { before: before.covered, after: coveredIn(plan, requirement, towns).covered, of: before.of },
    sites: reasons.map(({ site, clauses, gains, runnerUp }) => {
      const candidate = names.get(site)!;
      const { town, lon, lat } = candidate;
      const own = gains.filter(({ group }) => group === requirement.group);
      return {
        code: site,
        name: placed(candidate, request.kind),
        street: townNamed(map, town),
        point: [lon, lat],
        clauses: clauses.map(({ clause }) => clause),
        gains: gains.map((gain) => ({
          ...gain,
          label: labels.get(gain.requirement)!,
          street: townNamed(map, gain.street),
        })),
        people: own.reduce((sum, { people }) => sum + people, 0),
        runnerUp: runnerUp ? { name: names.get(runnerUp.candidate)!.name, loses: Math.round(runnerUp.loses) } : null,
      };
    }),
    uncovered: {
      people: left.reduce((sum, { people }) => sum + people, 0),
      byReason: [...byReason].map(([why, sum]) => ({ why, ...sum })),
      largest: largestLeft(map, left),
    },
  };
}

/** Blocks told one by one; the others are in the sums. */
const mostTold = 100;

function largestLeft(map: PlacesMap, left: readonly UncoveredReason[]): SitingPlan["uncovered"]["largest"] {
  const whole = (metres: number | undefined) =>
    metres === undefined || !Number.isFinite(metres) ? null : Math.round(metres);
  return [...left]
    .sort((a, b) => b.people - a.people)
    .slice(0, mostTold)
    .map(({ block, street, people, why, metres, candidate }) => ({
      block: { code: block, name: map.blockNames.get(block) ?? { zh: block, en: block } },
      street: townNamed(map, street),
      people,
      why,
      metres: whole(metres),
      candidateMetres: whole(candidate?.metres),
    }));
}

/** A new place in a block is named after both; vacant premises have their own name. */
function placed({ name: block, isVacant }: NamedCandidate, kind: string): Words {
  if (isVacant) return block;
  const name = kinds.get(kind) ?? { zh: kind, en: kind };
  return { zh: `${block.zh}${name.zh}`, en: `${name.en}, ${block.en}` };
}

function coveredIn(scene: CoverageScene, { code, group }: Requirement, towns: ReadonlySet<string>) {
  const own = totalsOf(scene.cells).filter(
    (total) =>
      total.requirement === code && total.group === group && total.street !== undefined && towns.has(total.street),
  );
  return own.reduce(
    (sum, { people: p }) => ({
      covered: sum.covered + p.covered,
      of: sum.of + p.covered + p["at-risk"] + p.uncovered + p.unknown,
    }),
    { covered: 0, of: 0 },
  );
}
