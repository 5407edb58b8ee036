import path from "node:path";
import { runTck } from "@qingdan/feel/tck";
import { UsageError, type Verb } from "../verb.ts";
import { tellFile } from "./dmn.ts";

export const tck: Verb = {
  usage: "<TestCases> [--only TEXT]",
  options: { only: { type: "string" } },
  async run(context, values, [folder]) {
    if (folder === undefined) throw new UsageError({ zh: "请给出 TestCases 文件夹", en: "Name the TestCases folder" });
    const only = values.only as string | undefined;
    const { outcomes: _, ...report } = await tellFile(() => runTck(path.resolve(context.cwd, folder), { only }));
    context.answer(report, () =>
      [
        ...report.failures.map(
          (failure) => `${failure.folder} ${failure.case} ${failure.node}: ${failure.expected} ≠ ${failure.actual}`,
        ),
        context.say({
          zh: `${report.cases} 例：通过 ${report.passed}，失败 ${report.failed}，忽略 ${report.ignored}`,
          en: `${report.cases} cases: ${report.passed} passed, ${report.failed} failed, ${report.ignored} ignored`,
        }),
      ].join("\n"),
    );
    return report.failed > 0 ? 1 : 0;
  },
};
