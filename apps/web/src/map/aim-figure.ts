import { formatCount } from "../ui/format.ts";
import type { PlanningPlan } from "./map-api.ts";

/** A figure of an aim as people read it: people and money are whole or nearly so, shares and the coefficient are not. */
export function aimFigure(
  aim: PlanningPlan["aims"][number]["aim"],
  value: number,
  language: Parameters<typeof formatCount>[1],
): string {
  if (aim === "gini") return value.toFixed(3);
  return aim === "people" || aim === "cost" ? formatCount(value, language) : `${(100 * value).toFixed(1)} %`;
}
