import type { WalkNetwork } from "./walk-network.ts";

/** Steepest slope of a ramp for wheelchairs, 1:12 (GB 50763-2012, 3.4.4; compare with the text). */
const steepestRamp = 1 / 12;

export interface HillyReport {
  readonly edges: number;
  /** Edges an end of which has no known height; they count as flat. */
  readonly withoutElevation: number;
  /** Edges steeper than a ramp for wheelchairs, which count as stairs. */
  readonly tooSteep: number;
  /** Largest slope, as rise over length. */
  readonly steepest: number;
}

/**
 * How much longer a slope takes than the flat, there and back, by Tobler's hiking function (1993): 6 km/h times
 * exp(-3.5 |slope + 0.05|), which is 5.04 km/h on the flat. People walk to a place and home again, so both ways count alike.
 */
export function slopeFactor(slope: number): number {
  const slower = (s: number) => Math.exp(3.5 * (Math.abs(s + 0.05) - 0.05));
  return (slower(slope) + slower(-slope)) / 2;
}

/**
 * The network with the metres of each edge as metres on the flat that take as long, so that walking minutes know of hills.
 * Edges too steep for a wheelchair are closed to whoever takes no stairs. `elevation` is the height of each node in metres.
 */
export function hillyNetwork(
  network: WalkNetwork,
  elevation: Float64Array,
): { readonly network: WalkNetwork; readonly report: HillyReport } {
  const { from, to, length, stairs } = network.edges;
  let withoutElevation = 0;
  let tooSteep = 0;
  let steepest = 0;
  const closed = stairs.slice();
  const flat = length.map((metres, e) => {
    const rise = Math.abs(elevation[to[e]!]! - elevation[from[e]!]!);
    if (Number.isNaN(rise)) {
      withoutElevation += 1;
      return metres;
    }
    // Two points in one place have no slope.
    const slope = metres === 0 ? 0 : rise / metres;
    steepest = Math.max(steepest, slope);
    if (slope > steepestRamp && stairs[e] === 0) {
      tooSteep += 1;
      closed[e] = 1;
    }
    return metres * slopeFactor(slope);
  });
  return {
    network: { ...network, edges: { ...network.edges, length: flat, stairs: closed } },
    report: { edges: length.length, withoutElevation, tooSteep, steepest },
  };
}
