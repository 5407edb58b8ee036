import { type InequalityRequest, inequalityTables, measureInequality } from "@qingdan/measure";
import { required, UsageError, type Values, type Verb } from "../verb.ts";
import { answerReport, fileOptions, openTable } from "./measure-file.ts";

export const inequality: Verb = {
  usage:
    "<file> --value COLUMN [--weight COLUMN] [--group COLUMN,COLUMN] [--rank-by COLUMN [--bounds LOWEST,HIGHEST]] [--aversion E,E] [--near COLUMN] [--permutations N [--seed S]] [--coupling COLUMN,COLUMN] [--missing refuse|leave-out]",
  options: {
    ...fileOptions,
    value: { type: "string" },
    weight: { type: "string" },
    group: { type: "string" },
    "rank-by": { type: "string" },
    bounds: { type: "string" },
    aversion: { type: "string" },
    near: { type: "string" },
    permutations: { type: "string" },
    seed: { type: "string" },
    coupling: { type: "string" },
    missing: { type: "string" },
  },
  async run(context, values, [file]) {
    const value = required(values, "value");
    const { weight, group, coupling, near, missing = "refuse", "rank-by": rankedBy } = values;
    if (missing !== "refuse" && missing !== "leave-out")
      throw new UsageError({ zh: "--missing 应为 refuse 或 leave-out", en: "--missing takes refuse or leave-out" });
    const numbers = readNumbers(values);
    const table = await openTable(context, values, file);
    const report = measureInequality(table, {
      value,
      missing,
      ...(typeof weight === "string" ? { weight } : {}),
      ...(typeof group === "string" ? { groups: group.split(",") } : {}),
      ...(typeof coupling === "string" ? { coupling: coupling.split(",") } : {}),
      ...(typeof rankedBy === "string" ? { rankedBy } : {}),
      ...(typeof near === "string" ? { near } : {}),
      ...numbers,
    });
    await answerReport(context, values, report, inequalityTables(report));
    for (const { measure, code, words } of report.undefined) context.log(`${measure}: ${code} ${context.say(words)}`);
    return 0;
  },
};

/** The options that are numbers. */
function readNumbers(values: Values): Pick<InequalityRequest, "bounds" | "aversions" | "permutations"> {
  const bounds = listOf(values, "bounds");
  if (bounds && !(bounds.length === 2 && bounds[0]! < bounds[1]!))
    throw new UsageError({
      zh: "--bounds 应为最低值,最高值,如 0,1",
      en: "--bounds takes the lowest and the highest value, as 0,1",
    });
  if (bounds && values["rank-by"] === undefined)
    throw new UsageError({ zh: "--bounds 须与 --rank-by 同用", en: "--bounds goes with --rank-by" });
  const [count, seed = 1] = [listOf(values, "permutations")?.[0], listOf(values, "seed")?.[0]];
  if (count !== undefined && values.group === undefined)
    throw new UsageError({ zh: "--permutations 须与 --group 同用", en: "--permutations goes with --group" });
  if (count !== undefined && !(Number.isInteger(count) && count >= 1 && count <= 1_000_000))
    throw new UsageError({ zh: "--permutations 应为 1 至 1000000", en: "--permutations takes 1 to 1000000" });
  if (!(Number.isInteger(seed) && seed >= 1 && seed < 2 ** 32))
    throw new UsageError({ zh: "--seed 应为正整数", en: "--seed takes a whole number above 0" });
  const aversions = listOf(values, "aversion");
  return {
    ...(bounds ? { bounds: { lowest: bounds[0]!, highest: bounds[1]! } } : {}),
    ...(aversions ? { aversions } : {}),
    ...(count === undefined ? {} : { permutations: { count, seed } }),
  };
}

/** Numbers apart by commas. */
function listOf(values: Values, name: string): number[] | undefined {
  const text = values[name];
  if (typeof text !== "string") return undefined;
  const numbers = text.split(",").map((part) => (part.trim() === "" ? Number.NaN : Number(part)));
  if (numbers.every(Number.isFinite)) return numbers;
  throw new UsageError({ zh: `--${name} “${text}” 不是数`, en: `--${name} “${text}” is no number` });
}
