import { type RunOptions, type RunRecord, runList } from "@qingdan/server/entitlements";
import type { Context } from "./verb.ts";

/** Runs with progress on the terminal; Ctrl-C stops it and the next call goes on from what is done. */
export async function runWithProgress(
  context: Context,
  options: Omit<RunOptions, "onProgress" | "signal" | "now">,
): Promise<RunRecord> {
  const task = context.progress.task(
    context.say({
      zh: `测算 ${options.rulebook.items.length} 个项目`,
      en: `Running ${options.rulebook.items.length} items`,
    }),
  );
  const record = await runList({
    ...options,
    signal: context.signal,
    now: () => new Date(),
    onProgress: (people, of) => task.update(people, of),
  });
  task.finish();
  return record;
}
