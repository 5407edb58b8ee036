import { detectTables, measureDetect } from "@qingdan/measure";
import { readJson } from "../json-option.ts";
import { required, type Verb } from "../verb.ts";
import { answerReport, fileOptions, openTable } from "./measure-file.ts";

export const detect: Verb = {
  usage: "<file> --rule FILE.json",
  options: { ...fileOptions, rule: { type: "string" } },
  async run(context, values, [file]) {
    const asked = await readJson(context, required(values, "rule"), "rule");
    const report = measureDetect(await openTable(context, values, file), asked);
    await answerReport(context, values, report, detectTables(report));
    return 0;
  },
};
