import path from "node:path";
import { backupStore, readConfig, restoreStore } from "@qingdan/server";
import { type Context, Refusal, required, type Verb } from "../verb.ts";

/** A refusal of the store in the words of the command. */
async function told<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof Error && "code" in error && "words" in error && String(error.code).startsWith("BACKUP-")) {
      throw new Refusal(String(error.code), error.words as { zh: string; en: string });
    }
    throw error;
  }
}

const answer = (context: Context, { tables, at }: Awaited<ReturnType<typeof backupStore>>, folder: string) => {
  const rows = tables.reduce((sum, table) => sum + table.rows, 0);
  context.answer({ folder, at, tables: tables.length, rows }, () =>
    context.say({
      zh: `${folder}:${tables.length} 张表，${rows} 行`,
      en: `${folder}: ${tables.length} tables, ${rows} rows`,
    }),
  );
};

export const backup: Verb = {
  usage: "--out <dir>",
  options: { out: { type: "string" } },
  async run(context, values) {
    const folder = path.resolve(context.cwd, required(values, "out"));
    answer(context, await told(backupStore(readConfig(context.env, context.cwd), folder, new Date())), folder);
    return 0;
  },
};

export const restore: Verb = {
  usage: "--from <dir>",
  options: { from: { type: "string" } },
  async run(context, values) {
    const folder = path.resolve(context.cwd, required(values, "from"));
    answer(context, await told(restoreStore(readConfig(context.env, context.cwd), folder)), folder);
    return 0;
  },
};
