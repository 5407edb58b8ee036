import { availableParallelism } from "node:os";
import path from "node:path";
import { readConfig } from "@qingdan/server";
import { runId, runKey } from "@qingdan/server/entitlements";
import { openSnapshot } from "@qingdan/server/intake";
import { compileList, openList } from "../list-folder.ts";
import { runWithProgress } from "../run-with-progress.ts";
import { day, required, UsageError, type Verb, wholeNumber } from "../verb.ts";

export const run: Verb = {
  usage: "--list <dir> --people <dir> --date YYYY-MM-DD [--area CODE] [--out DIR]",
  options: {
    list: { type: "string" },
    people: { type: "string" },
    date: { type: "string" },
    area: { type: "string" },
    out: { type: "string" },
    engine: { type: "string" },
    workers: { type: "string" },
    block: { type: "string" },
  },
  async run(context, values) {
    if (values.engine !== undefined && values.engine !== "kernel") {
      throw new UsageError({ zh: "--engine 目前只有 kernel", en: "--engine knows kernel only" });
    }
    const peopleDir = path.resolve(context.cwd, required(values, "people"));
    const date = day(values, "date");
    const list = await openList(context, required(values, "list"));
    const rulebook = compileList(list, values.area as string | undefined, date);
    const snapshot = await openSnapshot(peopleDir);
    const { dataDir } = readConfig(context.env, context.cwd);
    const usual = path.join(dataDir, "runs", runId(runKey(rulebook, snapshot)));
    const outDir = typeof values.out === "string" ? path.resolve(context.cwd, values.out) : usual;
    const workers = wholeNumber(values, "workers", availableParallelism());
    const personsPerBlock = values.block === undefined ? undefined : wholeNumber(values, "block", 0);
    const record = await runWithProgress(context, { list, rulebook, peopleDir, outDir, workers, personsPerBlock });
    const report = {
      people: record.run.people,
      items: record.run.items,
      decisions: record.run.decisions,
      entitled: record.run.entitled,
      undetermined: record.run.undetermined,
      seconds: record.run.seconds,
      rssMiB: Math.round(process.resourceUsage().maxRSS / 1024),
      hash: record.run.hash,
      out: outDir,
      totals: record.items.map(({ code, total, fenPerPeriod }) => ({
        item: code,
        people: total.entitled,
        fen: fenPerPeriod ?? 0,
      })),
    };
    context.answer(report, () =>
      [
        ...record.items.map(
          ({ name, total, fenPerPeriod, per }) =>
            `${context.say(name)}  ${total.entitled}${fenPerPeriod === null ? "" : `  ¥${(fenPerPeriod / 100).toFixed(2)}/${per}`}`,
        ),
        context.say({
          zh: `${report.decisions} 个判定,${report.seconds} 秒;校验值 ${report.hash} → ${outDir}`,
          en: `${report.decisions} decisions in ${report.seconds} s; hash ${report.hash} → ${outDir}`,
        }),
      ].join("\n"),
    );
    return 0;
  },
};
