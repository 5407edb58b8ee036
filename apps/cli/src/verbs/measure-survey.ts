import { measureSurvey, surveyTables } from "@qingdan/measure";
import { readJson } from "../json-option.ts";
import { required, type Verb } from "../verb.ts";
import { answerReport, fileOptions, openTable } from "./measure-file.ts";

export const survey: Verb = {
  usage: "<file> --design FILE.json",
  options: { ...fileOptions, design: { type: "string" } },
  async run(context, values, [file]) {
    const asked = await readJson(context, required(values, "design"), "design");
    const report = measureSurvey(await openTable(context, values, file), asked);
    await answerReport(context, values, report, surveyTables(report));
    return 0;
  },
};
