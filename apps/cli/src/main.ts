import { parseArgs } from "node:util";
import { helpOf, helpOfAll } from "./help.ts";
import { createProgress } from "./progress.ts";
import { refusalOf } from "./refusal-of.ts";
import { type Context, UsageError, type Values, type Verb } from "./verb.ts";
import { verbs } from "./verbs/index.ts";
import { chooseLanguage, type Language } from "./words.ts";
import { wrongUse } from "./wrong-use.ts";

const common = {
  json: { type: "boolean" },
  help: { type: "boolean", short: "h" },
  lang: { type: "string" },
} as const;

/** Runs the command; gives the exit code: 0 done, 1 a finding or refusal, 2 wrong use. */
export async function main(process: NodeJS.Process): Promise<number> {
  const args = process.argv.slice(2);
  const asked = args.indexOf("--lang");
  const language = chooseLanguage(asked >= 0 ? args[asked + 1] : undefined, process.env);
  const call = findVerb(args);
  if (call === undefined) {
    const wantsHelp = args.length === 0 || args.includes("--help") || args.includes("-h") || args[0] === "help";
    const text = helpOfAll(language);
    (wantsHelp ? process.stdout : process.stderr).write(text);
    return wantsHelp ? 0 : 2;
  }
  const verb = await verbs[call.name]!.load();
  if (call.rest.includes("--help") || call.rest.includes("-h")) {
    process.stdout.write(helpOf(call.name, verb, language));
    return 0;
  }
  return runVerb(process, call.name, verb, call.rest, language);
}

/** Verbs of two words go before verbs of one. */
function findVerb(args: readonly string[]) {
  for (const words of [2, 1]) {
    const name = args.slice(0, words).join(" ");
    if (Object.hasOwn(verbs, name)) return { name, rest: args.slice(words) };
  }
  return undefined;
}

async function runVerb(
  process: NodeJS.Process,
  name: string,
  verb: Verb,
  rest: string[],
  language: Language,
): Promise<number> {
  const json = rest.includes("--json");
  const stop = new AbortController();
  const onSignal = () => stop.abort(new Error("interrupted"));
  process.once("SIGINT", onSignal);
  process.once("SIGTERM", onSignal);
  try {
    const { values, positionals } = parse(verb, rest);
    const context = contextOf(process, json, language, stop.signal);
    return await verb.run(context, values, positionals);
  } catch (error) {
    const refusal = refusalOf(error, language);
    if (refusal === undefined && !stop.signal.aborted) throw error;
    const { code, message, hint } = refusal ?? interrupted[language];
    if (json) process.stdout.write(`${JSON.stringify({ error: { code, message, hint } }, null, 2)}\n`);
    // Several faults at once each begin with their own code.
    process.stderr.write(`${message.includes(code) ? "" : `${code}: `}${message}\n${hint ? `${hint}\n` : ""}`);
    if (error instanceof UsageError) process.stderr.write(`\n${helpOf(name, verb, language)}`);
    return error instanceof UsageError ? 2 : 1;
  } finally {
    process.removeListener("SIGINT", onSignal);
    process.removeListener("SIGTERM", onSignal);
  }
}

const interrupted = {
  zh: { code: "CLI-INTERRUPTED", message: "已中断；已完成的部分保留，再次运行会继续", hint: undefined },
  en: {
    code: "CLI-INTERRUPTED",
    message: "Interrupted; what is done is kept, the next call goes on from it",
    hint: undefined,
  },
};

function parse(verb: Verb, args: string[]): { values: Values; positionals: string[] } {
  try {
    const { values, positionals } = parseArgs({
      args,
      options: { ...common, ...verb.options },
      allowPositionals: true,
    });
    return { values: values as Values, positionals };
  } catch (error) {
    throw wrongUse(error, Object.keys({ ...common, ...verb.options }));
  }
}

function contextOf(process: NodeJS.Process, json: boolean, language: Language, signal: AbortSignal): Context {
  return {
    env: process.env,
    cwd: process.cwd(),
    language,
    signal,
    progress: createProgress(process.stderr, () => performance.now()),
    say: (words) => words[language],
    answer: (document, text) => {
      process.stdout.write(json ? `${JSON.stringify(document, null, 2)}\n` : `${text()}\n`);
    },
    log: (text) => {
      process.stderr.write(`${text}\n`);
    },
  };
}
