import { inequalityTables, measureInequality } from "@qingdan/measure";
import { required, UsageError, type Verb } from "../verb.ts";
import { answerReport, fileOptions, openTable } from "./measure-file.ts";

export const inequality: Verb = {
  usage:
    "<file> --value COLUMN [--weight COLUMN] [--group COLUMN,COLUMN] [--rank-by COLUMN] [--coupling COLUMN,COLUMN] [--missing refuse|leave-out]",
  options: {
    ...fileOptions,
    value: { type: "string" },
    weight: { type: "string" },
    group: { type: "string" },
    "rank-by": { type: "string" },
    coupling: { type: "string" },
    missing: { type: "string" },
  },
  async run(context, values, [file]) {
    const value = required(values, "value");
    const { weight, group, coupling, missing = "refuse", "rank-by": rankedBy } = values;
    if (missing !== "refuse" && missing !== "leave-out")
      throw new UsageError({ zh: "--missing 应为 refuse 或 leave-out", en: "--missing takes refuse or leave-out" });
    const table = await openTable(context, values, file);
    const report = measureInequality(table, {
      value,
      missing,
      ...(typeof weight === "string" ? { weight } : {}),
      ...(typeof group === "string" ? { groups: group.split(",") } : {}),
      ...(typeof coupling === "string" ? { coupling: coupling.split(",") } : {}),
      ...(typeof rankedBy === "string" ? { rankedBy } : {}),
    });
    await answerReport(context, values, report, inequalityTables(report));
    for (const { measure, code, words } of report.undefined) context.log(`${measure}: ${code} ${context.say(words)}`);
    return 0;
  },
};
