import { editCoverage, type PeopleChange } from "./edit-coverage.ts";
import { clauseOf, largestFirst, type PeopleGain, peopleOf, reachable } from "./gains.ts";
import { type Candidate, ranked, siteAt } from "./next-best-places.ts";
import type { CoverageScene, SiteOnMap } from "./scene.ts";
import type { Label, LayoutStandard } from "./standard.ts";

/** Why a site is proposed. */
export interface SiteReason {
  readonly site: string;
  readonly service: string;
  /** Requirements that the site brings somebody within. */
  readonly clauses: readonly { readonly requirement: string; readonly label: Label; readonly clause: string }[];
  /** People newly covered by the plan for whom this is the nearest place. Summed over sites: everybody whom the plan gains. */
  readonly gains: readonly PeopleGain[];
  /** People who would not be covered if this site alone were left out of the plan. */
  readonly onlyHere: readonly PeopleGain[];
  /** The candidate that would do best in its stead, with the people whom that loses; undefined where no candidate is left. */
  readonly runnerUp?: { readonly candidate: string; readonly gains: readonly PeopleGain[]; readonly loses: number };
}

export interface ExplainOptions {
  readonly proposed: readonly SiteOnMap[];
  /** Other places where the proposed sites could be, of any service among them. */
  readonly candidates: readonly Candidate[];
}

/** The scene with all proposed sites, and the reason for each: who gains, by which clause, and what the next best place would lose. */
export function explainSites(
  scene: CoverageScene,
  { proposed, candidates }: ExplainOptions,
): { readonly scene: CoverageScene; readonly reasons: readonly SiteReason[] } {
  const { standard } = scene;
  const { scene: plan, change } = editCoverage(
    scene,
    proposed.map((site) => ({ deed: "add", site })),
  );
  const streetOf = new Map(scene.ground.blocks.map(({ code, street }) => [code, street]));
  const used = new Set(proposed.map(({ id }) => id));
  const left = candidates.filter(({ id }) => !used.has(id) && !scene.sites.has(id));
  const around = new Map(
    [...new Set(proposed.map(({ service }) => service))].map((service) => [
      service,
      reachable(
        scene,
        left.map((candidate) => siteAt(candidate, service)),
      ),
    ]),
  );
  const reasons = proposed.map((site): SiteReason => {
    const gained = change.blocks.filter(
      ({ before, after }) => after.site === site.id && after.verdict === "covered" && before.verdict !== "covered",
    );
    const gains = gathered(
      standard,
      gained.map((one) => ({ ...one, street: streetOf.get(one.block)! })),
    );
    const without = editCoverage(plan, [{ deed: "close", site: site.id }]);
    const onlyHere = gathered(standard, losses(without.change.people));
    const best = ranked(without.scene, around.get(site.service)!, left)[0];
    const met = new Set([...gains, ...onlyHere].map(({ requirement }) => requirement));
    return {
      site: site.id,
      service: site.service,
      clauses: standard.requirements.flatMap((one) =>
        met.has(one.code) ? [{ requirement: one.code, label: one.label, clause: clauseOf(standard, one) }] : [],
      ),
      gains,
      onlyHere,
      ...(best
        ? {
            runnerUp: {
              candidate: best.candidate.id,
              gains: best.gains,
              loses: peopleOf(standard, onlyHere) - best.people,
            },
          }
        : {}),
    };
  });
  return { scene: plan, reasons };
}

function losses(changes: readonly PeopleChange[]): readonly Omit<PeopleGain, "clause">[] {
  return changes.flatMap(({ lose, requirement, group, street }) =>
    lose > 0 ? [{ requirement, group, street, people: lose }] : [],
  );
}

/** Sums people by requirement, age group and street. */
function gathered(standard: LayoutStandard, rows: readonly Omit<PeopleGain, "clause">[]): readonly PeopleGain[] {
  const sums = new Map<string, PeopleGain & { people: number }>();
  for (const { requirement, group, street, people } of rows) {
    if (people === 0) continue;
    const key = [requirement, group, street].join("\n");
    const clause = clauseOf(standard, standard.requirements.find(({ code }) => code === requirement)!);
    const sum = sums.get(key) ?? { requirement, clause, group, street, people: 0 };
    sum.people += people;
    sums.set(key, sum);
  }
  return largestFirst(sums.values());
}
