import { refuse } from "../errors.ts";
import type { Sample } from "./sample.ts";

/** The name of a group: a district code, `town`, `village`. */
export type GroupName = string | number;

/** One group's rows as a sample of its own. */
export interface Group {
  readonly name: GroupName;
  readonly sample: Sample;
}

/** Splits a sample into its groups, in order of first appearance. Groups of no weight are refused: their mean is undefined. */
export function splitGroups(sample: Sample, names: ArrayLike<GroupName>): Group[] {
  checkNames(sample, names);
  const rows = new Map<GroupName, number[]>();
  for (let i = 0; i < names.length; i++) {
    const known = rows.get(names[i]!);
    if (known) known.push(i);
    else rows.set(names[i]!, [i]);
  }
  return [...rows].map(([name, at]) => {
    const values = Float64Array.from(at, (i) => sample.values[i]!);
    const weights = Float64Array.from(at, (i) => sample.weights[i]!);
    let population = 0;
    let total = 0;
    for (let i = 0; i < at.length; i++) {
      population += weights[i]!;
      total += weights[i]! * values[i]!;
    }
    if (population === 0)
      refuse("MEASURE-GROUP", `分组 ${name} 权数合计为零`, `group ${name} has no weight: leave it out`);
    return { name, sample: { values, weights, population, total, mean: total / population } };
  });
}

function checkNames(sample: Sample, names: ArrayLike<GroupName>): void {
  if (names.length !== sample.values.length) {
    refuse(
      "MEASURE-LENGTH",
      `数值 ${sample.values.length} 个，分组 ${names.length} 个，应相等`,
      `${sample.values.length} values but ${names.length} group names: the counts must be equal`,
    );
  }
  for (let i = 0; i < names.length; i++) {
    if (names[i] === undefined || names[i] === null || names[i] === "") {
      refuse("MEASURE-GROUP", `第 ${i + 1} 行没有分组`, `row ${i + 1} has no group: name one, or leave the row out`);
    }
  }
}
