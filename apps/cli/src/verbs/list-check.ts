import { shanghaiDay } from "@qingdan/clock";
import { mayPublish, type ReportedFinding } from "@qingdan/list";
import { describeFinding, reportOnList } from "../list-folder.ts";
import { day, UsageError, type Verb } from "../verb.ts";

export const listCheck: Verb = {
  usage: "<dir> [--date YYYY-MM-DD]",
  options: { date: { type: "string" } },
  async run(context, values, [folder]) {
    if (folder === undefined) throw new UsageError({ zh: "请给出清单文件夹", en: "Name the folder of the list" });
    const date = values.date === undefined ? shanghaiDay(new Date()) : day(values, "date");
    const report = await reportOnList(context, folder, date);
    const told = (severity: string) =>
      report.findings
        .filter((finding) => finding.severity === severity)
        .map(({ code, file, line, column, message, hint, kind, item, parameter }: ReportedFinding) => ({
          code,
          file,
          line,
          column,
          message: context.say(message),
          hint: context.say(hint),
          kind,
          ...(item !== undefined && { item }),
          ...(parameter !== undefined && { parameter }),
        }));
    const document = {
      errors: told("error"),
      warnings: told("warning"),
      items: report.items,
      executable: report.executable,
      date,
      kinds: report.kinds,
      publishable: mayPublish(report),
    };
    context.answer(document, () =>
      [
        ...report.findings.map((finding) => describeFinding(finding, context.language)),
        context.say({
          zh: `${report.errors} 处错误，${report.warnings} 处提醒；${report.items} 项，其中 ${report.executable} 项可执行`,
          en: `${report.errors} errors, ${report.warnings} warnings; ${report.items} items, ${report.executable} of them executable`,
        }),
      ].join("\n"),
    );
    return report.errors > 0 ? 1 : 0;
  },
};
