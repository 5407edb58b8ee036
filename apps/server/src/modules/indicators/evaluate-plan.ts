import { Problem } from "../../problem.ts";
import { baseOf, type Cockpit, trackAt } from "./cockpit.ts";
import type { EvaluationContent, EvaluationKind } from "./evaluation-model.ts";
import { statuses } from "./model.ts";
import { presentIndicator, presentTarget } from "./present.ts";

/** Which evaluation: of which plan, half-way or at its end, by the figures of which year. */
export interface EvaluationRequest {
  readonly plan: string;
  readonly kind: EvaluationKind;
  readonly year: number;
}

/**
 * Every target of a plan for the first area, with the figure, the base and where it stands; what has no figure stands there without one.
 * A mid-term evaluation (中期评估) is of a year inside the plan, a final one (期末评估) of its last or a later one.
 * @throws {Problem} COCKPIT-PLAN-UNKNOWN, COCKPIT-EVALUATION-YEAR
 */
export function evaluatePlan(cockpit: Cockpit, { plan: code, kind, year }: EvaluationRequest): EvaluationContent {
  const { catalogue, tree, provenance, version } = cockpit;
  const plan = catalogue.plans.get(code);
  if (!plan) {
    const known = [...catalogue.plans.keys()].join(", ");
    throw new Problem("COCKPIT-PLAN-UNKNOWN", { zh: `现有规划：${known}`, en: `The plans here are ${known}` });
  }
  const fits = kind === "final" ? year >= plan.until : year > plan.base && year < plan.until;
  if (!fits) {
    const [from, to] = [plan.base + 1, plan.until - 1];
    throw new Problem("COCKPIT-EVALUATION-YEAR", {
      zh: kind === "final" ? `期末评估用 ${plan.until} 年或以后` : `中期评估用 ${from}–${to} 年`,
      en: kind === "final" ? `A final evaluation is of ${plan.until} or later` : `Half-way is ${from} to ${to}`,
    });
  }
  const area = tree.areas[0]!;
  const targets = [...cockpit.indicators.values()].flatMap((indicator) => {
    const { figure, target, track } = trackAt(cockpit, indicator.code, 0, year, { plan: code, band: true });
    const shown = presentTarget(cockpit, target);
    if (!target || !shown) return [];
    const { code: own, name, unit, decimals } = presentIndicator(cockpit, indicator);
    return [
      {
        indicator: { code: own, name, unit, decimals },
        target: shown,
        base: baseOf(cockpit, indicator.code, 0, target) ?? null,
        figure: { ...figure, origins: [...figure.origins] },
        track,
      },
    ];
  });
  const count = (nature: "binding" | "expected" | null) =>
    Object.fromEntries(
      statuses.map((status) => [
        status,
        targets.filter(({ target, track }) => target.nature === nature && track.status === status).length,
      ]),
    ) as Record<(typeof statuses)[number], number>;
  return {
    plan: { code: plan.code, name: plan.name },
    kind,
    year,
    area: { code: area.code, name: area.name },
    version,
    synthetic: provenance.synthetic,
    counts: { binding: count("binding"), expected: count("expected"), other: count(null) },
    targets: targets.toSorted((a, b) => (a.target.number ?? 1000) - (b.target.number ?? 1000)),
  };
}
