import { indexTables, measureIndex } from "@qingdan/measure";
import { highsSolver } from "@qingdan/reach";
import { readJson } from "../json-option.ts";
import { required, type Verb } from "../verb.ts";
import { answerReport, fileOptions, openTable } from "./measure-file.ts";

export const indexVerb: Verb = {
  usage: "<file> --index FILE.json",
  options: { ...fileOptions, index: { type: "string" } },
  async run(context, values, [file]) {
    const asked = await readJson(context, required(values, "index"), "index");
    const table = await openTable(context, values, file);
    const report = measureIndex(table, asked, "benefitOfDoubt" in asked ? await highsSolver() : undefined);
    await answerReport(context, values, report, indexTables(report));
    return 0;
  },
};
