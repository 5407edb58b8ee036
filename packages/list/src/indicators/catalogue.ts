import type { Source } from "../model/source.ts";
import type { IndexDefinition, Indicator, Plan, Target, WarningRule } from "./model.ts";

/** The indicators of a list and of the lists it stands on. */
export interface IndicatorCatalogue {
  /** Code of the list. */
  readonly list: string;
  readonly indicators: ReadonlyMap<string, Indicator>;
  readonly plans: ReadonlyMap<string, Plan>;
  readonly indexes: ReadonlyMap<string, IndexDefinition>;
  readonly warnings: ReadonlyMap<string, WarningRule>;
  /** Documents and pages that the statements were read in. */
  readonly sources: ReadonlyMap<string, Source>;
}

/**
 * The target of an indicator for an area: that of the area itself or of the nearest area above. A count is a target of its own area
 * only: what a nation shall build is not what each of its counties shall build.
 * @param chain codes of the area and those above it, nearest first
 */
export function targetFor(
  { form, targets }: Pick<Indicator, "form" | "targets">,
  chain: readonly string[],
  plan?: string,
): Target | undefined {
  const reach = form === "ratio" ? chain : chain.slice(0, 1);
  for (const area of reach) {
    const found = targets.filter((target) => target.area === area && (plan === undefined || target.plan === plan));
    if (found.length > 0) return found.toSorted((a, b) => b.year - a.year)[0];
  }
  return undefined;
}
