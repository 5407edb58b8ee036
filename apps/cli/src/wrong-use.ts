import { nearest } from "@qingdan/feel/typed";
import { UsageError } from "./verb.ts";
import type { Words } from "./words.ts";

/** What `parseArgs` of Node refuses, in words of both languages; the options are those that the verb takes. */
export function wrongUse(error: unknown, options: readonly string[]): UsageError {
  if (!(error instanceof Error)) return new UsageError({ zh: String(error), en: String(error) });
  const code = "code" in error ? error.code : undefined;
  const name = /'(?:-\w, )?(--?[\w-]+)/.exec(error.message)?.[1] ?? "";
  return new UsageError(wordsOf(String(code), name, error.message, options));
}

function wordsOf(code: string, name: string, message: string, options: readonly string[]): Words {
  switch (code) {
    case "ERR_PARSE_ARGS_UNKNOWN_OPTION": {
      const near = nearest(name.replace(/^-+/, ""), options);
      return {
        zh: `没有选项 ${name}${near === null ? "" : `；是否指 --${near}？`}`,
        en: `There is no option ${name}${near === null ? "" : `; did you mean --${near}?`}`,
      };
    }
    case "ERR_PARSE_ARGS_INVALID_OPTION_VALUE":
      if (/does not take an argument/.test(message))
        return { zh: `选项 ${name} 不带值`, en: `The option ${name} takes no value` };
      return /ambiguous/.test(message)
        ? {
            zh: `选项 ${name} 的值以“-”开头，要写成 ${name}=-值`,
            en: `The value of ${name} begins with "-": write ${name}=-VALUE`,
          }
        : { zh: `选项 ${name} 缺少值`, en: `The option ${name} lacks its value` };
    default:
      return { zh: message, en: message };
  }
}
