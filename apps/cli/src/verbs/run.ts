import { availableParallelism } from "node:os";
import path from "node:path";
import { readConfig } from "@qingdan/server";
import { engineNames, rowByRowItems, runId, runKey } from "@qingdan/server/entitlements";
import { openSnapshot } from "@qingdan/server/intake";
import { compileList, openList } from "../list-folder.ts";
import { runWithProgress } from "../run-with-progress.ts";
import { day, required, UsageError, type Verb, wholeNumber } from "../verb.ts";

export const run: Verb = {
  usage: "--list <dir> --people <dir> --date YYYY-MM-DD [--area CODE] [--engine kernels|duckdb|postgres] [--out DIR]",
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
    const engine = engineNames.find((name) => name === (values.engine ?? "kernels"));
    if (engine === undefined) {
      const names = engineNames.join(", ");
      throw new UsageError({ zh: `--engine 可为 ${names}`, en: `--engine knows ${names}` });
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
    const record = await runWithProgress(context, {
      list,
      rulebook,
      peopleDir,
      outDir,
      workers,
      personsPerBlock,
      engine,
    });
    const rowByRow = rowByRowItems(rulebook, engine);
    const report = {
      people: record.run.people,
      items: record.run.items,
      decisions: record.run.decisions,
      entitled: record.run.entitled,
      undetermined: record.run.undetermined,
      seconds: record.run.seconds,
      rssMiB: Math.round(process.resourceUsage().maxRSS / 1024),
      hash: record.run.hash,
      engine,
      rowByRow,
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
        ...rowByRow.map(({ item, code }) =>
          context.say({ zh: `逐人判定：${item}(${code})`, en: `Decided row by row: ${item} (${code})` }),
        ),
        context.say({
          zh: `${report.decisions} 个判定，${report.seconds} 秒；校验值 ${report.hash} → ${outDir}`,
          en: `${report.decisions} decisions in ${report.seconds} s; hash ${report.hash} → ${outDir}`,
        }),
      ].join("\n"),
    );
    return 0;
  },
};
