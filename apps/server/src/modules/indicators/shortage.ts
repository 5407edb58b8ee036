import type { Indicator, Target } from "@qingdan/list/indicators";
import type { Figure } from "./cockpit.ts";
import type { Track } from "./track-figure.ts";

/** What a target asks for in things (places, beds, people served), and how many of them are missing. */
export interface Shortage {
  readonly needed: number;
  readonly short: number;
}

/**
 * Supply against need: the numerator that the target would take at today's denominator, and what is missing of it. Null where there is nothing to count:
 * a stated value, a target that should fall or that adds up over years, parts that are missing or withheld.
 */
export function shortageOf(
  { form, direction, per = 1 }: Pick<Indicator, "form" | "direction" | "per">,
  { value, numerator, denominator }: Pick<Figure, "value" | "numerator" | "denominator">,
  target: Pick<Target, "comparison" | "value" | "cumulative"> | undefined,
  { status }: Pick<Track, "status">,
): Shortage | null {
  if (!target || target.cumulative || direction !== "up" || form === "stated") return null;
  if (target.comparison === "at-most" || target.comparison === "below") return null;
  const wanted = target.comparison === "all" ? 100 : target.value;
  const have = form === "ratio" ? numerator : value;
  if (wanted === undefined || have === null || (form === "ratio" && denominator === null)) return null;
  const needed = form === "ratio" ? (wanted / per) * denominator! : wanted;
  return { needed, short: status === "achieved" ? 0 : Math.max(0, needed - have) };
}
