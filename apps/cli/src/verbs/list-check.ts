import { describeFinding, examineList } from "../list-folder.ts";
import { UsageError, type Verb } from "../verb.ts";

export const listCheck: Verb = {
  usage: "<dir>",
  options: {},
  async run(context, _, [folder]) {
    if (folder === undefined) throw new UsageError({ zh: "请给出清单文件夹", en: "Name the folder of the list" });
    const { list, findings } = await examineList(context, folder);
    const items = [...(list?.items.values() ?? [])];
    const of = (severity: string) => findings.filter((finding) => finding.severity === severity);
    const told = (severity: string) =>
      of(severity).map(({ code, file, line, column, message, hint }) => ({
        code,
        file,
        line,
        column,
        message: context.say(message),
        hint: context.say(hint),
      }));
    const report = {
      errors: told("error"),
      warnings: told("warning"),
      items: items.length,
      executable: items.filter(({ rule }) => rule).length,
    };
    context.answer(report, () =>
      [
        ...findings.map((finding) => describeFinding(finding, context.language)),
        context.say({
          zh: `${report.errors.length} 处错误,${report.warnings.length} 处提醒;${report.items} 项,其中 ${report.executable} 项可执行`,
          en: `${report.errors.length} errors, ${report.warnings.length} warnings; ${report.items} items, ${report.executable} of them executable`,
        }),
      ].join("\n"),
    );
    return report.errors.length > 0 ? 1 : 0;
  },
};
