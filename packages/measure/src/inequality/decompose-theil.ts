import { refuse } from "../errors.ts";
import { sumBy } from "../numeric/sum.ts";
import { type GroupName, splitGroups } from "./groups.ts";
import { readNonNegative, readPositive, type Sample, type Weighted } from "./sample.ts";
import { theilLOf, theilTOf } from "./theil.ts";

/** One level of a nested decomposition: the inequality between its groups inside the groups of the level above. */
export interface TheilLevel {
  readonly name: string;
  readonly between: number;
  /** Contribution to the total; missing where the total is 0. */
  readonly share: number | null;
}

/** A group of the first level: its own inequality and what it contributes. */
export interface TheilGroup {
  readonly name: GroupName;
  readonly mean: number;
  readonly populationShare: number;
  readonly totalShare: number;
  readonly inequality: number;
  /** Inequality inside this group, weighted as the decomposition weights it (by total share for T, by population for L). */
  readonly contribution: number;
}

/** A decomposition: `total` = sum of `levels[].between` + `within`. */
export interface TheilDecomposition {
  readonly total: number;
  readonly levels: readonly TheilLevel[];
  readonly within: number;
  readonly withinShare: number | null;
  readonly groups: readonly TheilGroup[];
}

/** A level: its name and the group of each row. */
export interface LevelInput {
  readonly name: string;
  readonly groups: ArrayLike<GroupName>;
}

/**
 * Decomposes Theil's T or L over nested levels, outermost first (province, city, county): between the groups of the first level,
 * between those of the second inside each of the first, and so on, and within the last. Levels nest by construction:
 * a group of the second level is told apart by the first it lies in.
 */
export function decomposeTheil(
  weighted: Weighted,
  options: { readonly measure: "T" | "L"; readonly levels: readonly LevelInput[] },
): TheilDecomposition {
  const { measure, levels } = options;
  if (levels.length === 0) refuse("MEASURE-GROUP", "没有分组层级", "no levels: at least one is needed");
  const sample = measure === "T" ? readNonNegative(weighted) : readPositive(weighted);
  const total = measure === "T" ? theilTOf(sample) : theilLOf(sample);
  const share = (part: number) => (total === 0 ? null : part / total);
  const between: TheilLevel[] = [];
  let outer = 0;
  let paths: GroupName[] = Array.from(levels[0]!.groups);
  for (const [depth, level] of levels.entries()) {
    if (depth > 0) paths = paths.map((path, i) => `${path}\u0000${level.groups[i] ?? ""}`);
    checkLevel(level, sample.values.length);
    const parts = splitGroups(sample, paths);
    const means = meansOf(parts.map(({ sample }) => sample));
    const upTo = measure === "T" ? theilTOf(means) : theilLOf(means);
    between.push({ name: level.name, between: upTo - outer, share: share(upTo - outer) });
    outer = upTo;
  }
  const within = withinOf(splitGroups(sample, paths), sample, measure);
  return {
    total,
    levels: between,
    within,
    withinShare: share(within),
    groups: splitGroups(sample, levels[0]!.groups).map((group) => describeGroup(group, sample, measure)),
  };
}

function checkLevel(level: LevelInput, rows: number): void {
  if (level.groups.length !== rows) {
    refuse(
      "MEASURE-LENGTH",
      `层级 ${level.name} 的分组个数不对`,
      `level ${level.name} has ${level.groups.length} group names for ${rows} rows`,
    );
  }
}

/** The sample in which everyone has the mean of the own group. */
function meansOf(parts: readonly Sample[]): Sample {
  const values = Float64Array.from(parts, ({ mean }) => mean);
  const weights = Float64Array.from(parts, ({ population }) => population);
  const population = sumBy(parts.length, (i) => weights[i]!);
  const total = sumBy(parts.length, (i) => parts[i]!.total);
  return { values, weights, population, total, mean: total / population };
}

function withinOf(parts: ReturnType<typeof splitGroups>, whole: Sample, measure: "T" | "L"): number {
  return sumBy(parts.length, (i) => describeGroup(parts[i]!, whole, measure).contribution);
}

function describeGroup(
  { name, sample }: ReturnType<typeof splitGroups>[number],
  whole: Sample,
  measure: "T" | "L",
): TheilGroup {
  const populationShare = sample.population / whole.population;
  const totalShare = sample.total / whole.total;
  const inequality = sample.total === 0 ? 0 : measure === "T" ? theilTOf(sample) : theilLOf(sample);
  const contribution = inequality * (measure === "T" ? totalShare : populationShare);
  return { name, mean: sample.mean, populationShare, totalShare, inequality, contribution };
}
