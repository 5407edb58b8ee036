import { refuse } from "../errors.ts";
import { solve } from "../numeric/solve.ts";

/** A group of people ordered from most to least deprived. */
export interface OrderedGroup {
  readonly people: number;
  readonly value: number;
}

/** Gap (slope index) and ratio (relative index) between the two ends of a population, fitted over all groups. */
export interface SlopeIndex {
  readonly slope: number;
  /** Least deprived over most deprived end; turned over when more is worse. */
  readonly relative: number;
  /** Fitted value of the most deprived end. */
  readonly intercept: number;
}

/**
 * Slope and relative index of inequality as Fingertips takes them: the value (or its log or logit) is regressed on the middle of each
 * group's cumulative population share, weighted by the share. `moreIsWorse` turns gap and ratio over.
 */
export function slopeIndex(
  groups: readonly OrderedGroup[],
  { transform = "none", moreIsWorse = false }: { transform?: "none" | "log" | "logit"; moreIsWorse?: boolean } = {},
): SlopeIndex {
  if (groups.length < 2) refuse("MEASURE-EMPTY", "至少需要两组", "at least two groups are needed");
  const total = groups.reduce((sum, { people }) => sum + people, 0);
  let below = 0;
  let [s, sx, sxx, sy, sxy] = [0, 0, 0, 0, 0];
  for (const { people, value } of groups) {
    if (!(people > 0 && Number.isFinite(value)))
      refuse("MEASURE-MISSING", "各组应有人数和数值", "every group needs people and a value");
    const share = people / total;
    const x = below + share / 2;
    const y = forward(value, transform);
    below += share;
    s += share;
    sx += share * x;
    sxx += share * x * x;
    sy += share * y;
    sxy += share * x * y;
  }
  const [start, rise] = solve(
    [
      [s, sx],
      [sx, sxx],
    ],
    [sy, sxy],
  );
  const intercept = back(start!, transform);
  const end = back(start! + rise!, transform);
  return {
    slope: moreIsWorse ? intercept - end : end - intercept,
    relative: moreIsWorse ? intercept / end : end / intercept,
    intercept,
  };
}

function forward(value: number, transform: "none" | "log" | "logit"): number {
  if (transform === "none") return value;
  const odds = transform === "log" ? value : value / (1 - value);
  if (!(odds > 0))
    refuse(
      "MEASURE-SIGN",
      "该变换要求数值大于零",
      `${transform} needs values above 0${transform === "logit" ? " and below 1" : ""}`,
    );
  return Math.log(odds);
}

function back(value: number, transform: "none" | "log" | "logit"): number {
  if (transform === "none") return value;
  return transform === "log" ? Math.exp(value) : 1 / (1 + Math.exp(-value));
}
