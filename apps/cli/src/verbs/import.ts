import path from "node:path";
import { importSnapshot, quarantineReasons } from "@qingdan/server/intake";
import { openList } from "../list-folder.ts";
import { required, UsageError, type Verb } from "../verb.ts";

export const importVerb: Verb = {
  usage: "<dir> --list <dir> --out DIR",
  options: { list: { type: "string" }, out: { type: "string" } },
  async run(context, values, [source]) {
    if (source === undefined) throw new UsageError({ zh: "缺少要导入的目录", en: "The folder to import is missing" });
    const out = path.resolve(context.cwd, required(values, "out"));
    const list = await openList(context, required(values, "list"));
    const task = context.progress.task(context.say({ zh: "导入人口", en: "Importing people" }));
    const result = await importSnapshot(path.resolve(context.cwd, source), out, {
      facts: [...list.facts.values()],
      areas: [...list.areas.values()],
      onProgress: ({ done, of }) => task.update(done, of),
      signal: context.signal,
    });
    task.finish();
    context.answer({ ...result, out }, () =>
      [
        context.say({
          zh: `接收 ${result.accepted} 行，隔离 ${result.quarantined} 行 → ${out}`,
          en: `${result.accepted} rows accepted, ${result.quarantined} quarantined → ${out}`,
        }),
        ...Object.entries(result.byReason).map(([reason, rows]) => {
          const words = quarantineReasons[reason as keyof typeof quarantineReasons];
          return `  ${rows} ${reason} ${context.say(words)}`;
        }),
        ...result.unknownColumns.map((column) =>
          context.say({ zh: `  未用的列 ${column}`, en: `  Column not used: ${column}` }),
        ),
      ].join("\n"),
    );
    return result.quarantined > 0 ? 1 : 0;
  },
};
