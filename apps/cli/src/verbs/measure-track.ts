import { measureTrack, trackTables } from "@qingdan/measure";
import { UsageError, type Verb } from "../verb.ts";
import { answerReport, fileOptions, openTable } from "./measure-file.ts";

export const track: Verb = {
  usage: "<file> [--method linear|growth]",
  options: { ...fileOptions, method: { type: "string" } },
  async run(context, values, [file]) {
    const { method = "linear" } = values;
    if (method !== "linear" && method !== "growth")
      throw new UsageError({ zh: "--method 应为 linear 或 growth", en: "--method takes linear or growth" });
    const report = measureTrack(await openTable(context, values, file), method);
    await answerReport(context, values, report, trackTables(report));
    for (const { code, row, refusal, words } of report.refused)
      context.log(
        context.say({
          zh: `第 ${row} 行 ${code}:${refusal} ${words.zh}`,
          en: `row ${row} ${code}: ${refusal} ${words.en}`,
        }),
      );
    return report.refused.length > 0 ? 1 : 0;
  },
};
