import { Refusal, UsageError } from "./verb.ts";
import type { Language, Words } from "./words.ts";

interface Told {
  readonly code: string;
  readonly message: string;
  readonly hint: string | undefined;
}

/**
 * A refusal as it is told; undefined for an error that nobody foresaw. The refusals of the packages and of the server carry
 * a `code` and their words in `words` or `detail`.
 */
export function refusalOf(error: unknown, language: Language): Told | undefined {
  if (error instanceof UsageError) return { code: "CLI-USAGE", message: error.words[language], hint: undefined };
  if (error instanceof Refusal) {
    return { code: error.code, message: error.words[language], hint: error.hint?.[language] };
  }
  if (!(error instanceof Error) || !("code" in error)) return undefined;
  if (error.code === "ENOENT" && "path" in error) {
    const message = { zh: `找不到 ${error.path}`, en: `${error.path} is not there` };
    return { code: "CLI-FILE-MISSING", message: message[language], hint: undefined };
  }
  if (error.code === "EADDRINUSE" && "port" in error) {
    const message = { zh: `端口 ${error.port} 已被占用`, en: `The port ${error.port} is taken` };
    const hint = { zh: "用 QINGDAN_PORT 换一个端口", en: "Take another by QINGDAN_PORT" };
    return { code: "CLI-PORT-TAKEN", message: message[language], hint: hint[language] };
  }
  const words = wordsOf(error, "words") ?? wordsOf(error, "detail");
  if (words === undefined) return undefined;
  return { code: String(error.code), message: words[language], hint: wordsOf(error, "hint")?.[language] };
}

function wordsOf(error: object, key: string): Words | undefined {
  const value: unknown = Object.getOwnPropertyDescriptor(error, key)?.value;
  if (typeof value !== "object" || value === null || !("zh" in value) || !("en" in value)) return undefined;
  return { zh: String(value.zh), en: String(value.en) };
}
