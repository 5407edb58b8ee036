import { ReachRefusal } from "../refusal.ts";
import type { Decay } from "./reach-table.ts";

function positive(name: string, value: number): void {
  if (!(value > 0 && value < Infinity))
    throw new ReachRefusal("reach.decay", name, `${value} is not a positive number`);
}

/** 1 up to and at the cutoff, 0 beyond. */
export function stepDecay(cutoff: number): Decay {
  positive("cutoff", cutoff);
  return (cost) => (cost <= cutoff ? 1 : 0);
}

/** Falls in a straight line from 1 at no cost to 0 at the cutoff. */
export function linearDecay(cutoff: number): Decay {
  positive("cutoff", cutoff);
  return (cost) => Math.max(0, 1 - cost / cutoff);
}

/** exp(-rate x cost). */
export function exponentialDecay(rate: number): Decay {
  positive("rate", rate);
  return (cost) => Math.exp(-rate * cost);
}

/** cost^-exponent, and 1 for costs under 1. */
export function powerDecay(exponent: number): Decay {
  positive("exponent", exponent);
  return (cost) => (cost < 1 ? 1 : cost ** -exponent);
}

/**
 * Falls along a logistic curve with its turning point at `median` and the given standard deviation, scaled to 1 at no cost
 * (as in R5 and in the R package accessibility).
 */
export function logisticDecay(median: number, deviation: number): Decay {
  positive("median", median);
  positive("deviation", deviation);
  const curve = (cost: number) => 1 + Math.exp(((cost - median) * Math.PI) / (deviation * Math.sqrt(3)));
  const atZero = curve(0);
  return (cost) => atZero / curve(cost);
}

/** Weights of zones: the first zone whose `upTo` is not exceeded; 0 beyond the last. Zones ascend. */
export function zoneDecay(zones: readonly { readonly upTo: number; readonly weight: number }[]): Decay {
  zones.forEach(({ upTo }, n) => {
    if (n > 0 && upTo <= zones[n - 1]!.upTo) throw new ReachRefusal("reach.decay", `zone ${n}`, "zones must ascend");
  });
  return (cost) => zones.find(({ upTo }) => cost <= upTo)?.weight ?? 0;
}
