import { rankDescending } from "../numeric/rank.ts";
import type { PreparedIndex } from "./prepare.ts";

/** Ranks of the units by their scores, 1 the highest; in a panel among the units of the same time. NaN without a score. */
export function rankUnits({ panel }: PreparedIndex, scores: Float64Array): Float64Array {
  if (!panel) return rankDescending(scores);
  const ranks = new Float64Array(scores.length);
  for (const places of panel.times) {
    const own = rankDescending(Float64Array.from(places, (place) => scores[place]!));
    for (const [k, place] of places.entries()) ranks[place] = own[k]!;
  }
  return ranks;
}
