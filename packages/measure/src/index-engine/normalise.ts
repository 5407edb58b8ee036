import { refuse } from "../errors.ts";
import { deviationOf, meanOf, rangeOf } from "../numeric/moments.ts";
import { rankAscending } from "../numeric/rank.ts";
import type { IndexNotice, NormaliseMethod } from "./model.ts";
import type { PreparedIndex } from "./prepare.ts";

/**
 * Brings every indicator to one scale, its direction applied, so that more is better from here on. A column of one value has nothing
 * to be scaled by: its units all get the middle of the scale, and a notice says so.
 */
export function normalise(
  index: PreparedIndex,
  columns: readonly Float64Array[],
  method: NormaliseMethod,
  notices: IndexNotice[],
): Float64Array[] {
  return columns.map((column, j) => {
    const node = index.codes[j]!;
    const direction = index.directions[j]!;
    const scaled = scaleColumn(column, direction, node, method);
    if (scaled) return scaled;
    notices.push({ code: "CONSTANT", node, units: [] });
    const middle = middleOf(method);
    return column.map((value) => (Number.isNaN(value) ? value : middle));
  });
}

function scaleColumn(
  column: Float64Array,
  direction: number,
  node: string,
  method: NormaliseMethod,
): Float64Array | null {
  switch (method.kind) {
    case "goalposts": {
      const [worst, best] = method.posts[node] ?? noSetting(node, "goalposts");
      if (Math.sign(best - worst) !== direction)
        refuse(
          "MEASURE-PARAMETER",
          `指标 ${node} 的最优值应在最差值的${direction === 1 ? "上" : "下"}方`,
          `indicator ${node}: its best goalpost must lie ${direction === 1 ? "above" : "below"} its worst`,
        );
      const { scale, from = 0 } = method;
      return column.map((value) =>
        Number.isNaN(value) ? value : from + Math.min(1, Math.max(0, (value - worst) / (best - worst))) * scale,
      );
    }
    case "target":
      return towardsTarget(column, {
        direction,
        node,
        target: method.targets[node] ?? noSetting(node, "target"),
        capped: method.capped,
      });
    case "z-score": {
      const deviation = deviationOf(column);
      if (!(deviation > 0)) return null;
      const mean = meanOf(column);
      const factor = (method.deviation * direction) / deviation;
      return column.map((value) => method.mean + (value - mean) * factor);
    }
    default:
      return scaleByRange(column, direction, method);
  }
}

function scaleByRange(
  column: Float64Array,
  direction: number,
  method: Extract<NormaliseMethod, { kind: "min-max" | "rank" | "percentile-rank" | "borda" | "fraction-of-best" }>,
): Float64Array | null {
  const { least, greatest } = rangeOf(column);
  if (!(greatest > least)) return null;
  if (method.kind === "min-max") {
    const from = direction === 1 ? least : greatest;
    const factor = (method.upper - method.lower) / (direction === 1 ? greatest - least : least - greatest);
    const scaled = new Float64Array(column.length);
    for (let i = 0; i < scaled.length; i++) scaled[i] = (column[i]! - from) * factor + method.lower;
    return scaled;
  }
  if (method.kind === "fraction-of-best") {
    if (least <= 0) refuse("MEASURE-SIGN", "比最优值法要求各值大于零", "fraction-of-best needs every value above 0");
    return column.map((value) => (direction === 1 ? value / greatest : least / value));
  }
  const ranks = rankAscending(direction === 1 ? column : column.map((value) => -value));
  if (method.kind === "rank") return ranks;
  if (method.kind === "borda") return ranks.map((rank) => rank - 1);
  const present = ranks.filter((rank) => !Number.isNaN(rank)).length;
  return ranks.map((rank) => (rank - 1) / (present - 1));
}

interface TowardsTarget {
  readonly direction: number;
  readonly node: string;
  readonly target: number;
  readonly capped: boolean;
}

/** (x - worst) / (target - worst): the share of the way from the worst unit to the target. */
function towardsTarget(column: Float64Array, { direction, node, target, capped }: TowardsTarget): Float64Array {
  const { least, greatest } = rangeOf(column);
  const worst = direction === 1 ? least : greatest;
  // Everyone is beyond such a target already: the way to it has no length, or runs backwards.
  if ((target - worst) * direction <= 0) {
    refuse(
      "MEASURE-PARAMETER",
      `指标 ${node} 的目标不比最差的单位好`,
      `indicator ${node}: its target is no better than the worst unit, so that there is no way to it`,
    );
  }
  return column.map((value) => {
    const share = (value - worst) / (target - worst);
    return capped ? Math.min(1, share) : share;
  });
}

function middleOf(method: NormaliseMethod): number {
  if (method.kind === "min-max") return (method.lower + method.upper) / 2;
  if (method.kind === "z-score") return method.mean;
  if (method.kind === "borda") return 0;
  return method.kind === "rank" ? 1 : 0.5;
}

function noSetting(node: string, what: string): never {
  return refuse("MEASURE-PARAMETER", `指标 ${node} 没有设定 ${what}`, `indicator ${node} has no ${what}`);
}
