import { readFile } from "node:fs/promises";
import path from "node:path";
import { FactsFileError, type List } from "@qingdan/list";
import { parseObject } from "./json-option.ts";
import { type Context, Refusal, required, type Values } from "./verb.ts";

/** The facts file that `--facts` names. */
export async function readFactsFile(context: Context, values: Values): Promise<Readonly<Record<string, unknown>>> {
  const file = required(values, "facts");
  return parseObject(await readFile(path.resolve(context.cwd, file), "utf8"), file);
}

/** Facts that the list knows: a rule that is not asked about may leave some of them unread. */
export const knownFacts = (list: List): ReadonlySet<string> => new Set(list.facts.keys());

/** Tells what is wrong in a facts file, everything at once. @throws Refusal with the code of the first fault */
export function tellFaults<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof FactsFileError)) throw error;
    const lines = (language: "zh" | "en") =>
      error.problems.map(
        ({ code, path: at, message, hint }) => `${code} ${at} ${message[language]} → ${hint[language]}`,
      );
    throw new Refusal(error.problems[0]?.code ?? "FACTS-SHAPE", {
      zh: lines("zh").join("\n"),
      en: lines("en").join("\n"),
    });
  }
}
