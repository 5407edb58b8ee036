import type { ParseArgsConfig } from "node:util";
import type { Progress } from "./progress.ts";
import type { Language, Words } from "./words.ts";

/** What a verb works with: nothing global is read inside a verb. */
export interface Context {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  readonly language: Language;
  readonly progress: Progress;
  /** Raised by Ctrl-C. */
  readonly signal: AbortSignal;
  /** The words in the reader's language. */
  say(words: Words): string;
  /** The answer: one JSON document with --json, else `text`; both on standard output. */
  answer(document: unknown, text: () => string): void;
  /** A line for people, on standard error. */
  log(text: string): void;
}

export type Values = Readonly<Record<string, string | boolean | undefined>>;

/** A verb of the command; `run` gives the exit code: 0 done, 1 a finding or refusal, told. */
export interface Verb {
  /** What stands after `qingdan <verb>`. */
  readonly usage: string;
  readonly options: NonNullable<ParseArgsConfig["options"]>;
  run(context: Context, values: Values, positionals: readonly string[]): Promise<number>;
}

/** The command was called wrongly: exit code 2. */
export class UsageError extends Error {
  readonly words: Words;

  constructor(words: Words) {
    super(words.en);
    this.words = words;
  }
}

/** The command was called rightly and cannot do what is asked: exit code 1. */
export class Refusal extends Error {
  readonly code: string;
  readonly words: Words;
  readonly hint: Words | undefined;

  constructor(code: string, words: Words, hint?: Words) {
    super(words.en);
    this.code = code;
    this.words = words;
    this.hint = hint;
  }
}

/** The value of an option that the verb cannot do without. */
export function required(values: Values, name: string): string {
  const value = values[name];
  if (typeof value === "string" && value !== "") return value;
  throw new UsageError({ zh: `缺少 --${name}`, en: `--${name} is missing` });
}

/** A whole number option, or its default. */
export function wholeNumber(values: Values, name: string, usual: number): number {
  const value = values[name];
  if (value === undefined) return usual;
  const number = Number(value);
  if (Number.isSafeInteger(number) && number >= 0) return number;
  throw new UsageError({ zh: `--${name} 应为整数`, en: `--${name} takes a whole number` });
}

/** An option that is one of a few words. */
export function oneOf<T extends string>(values: Values, name: string, choices: readonly T[]): T {
  const value = required(values, name);
  const choice = choices.find((one) => one === value);
  if (choice !== undefined) return choice;
  throw new UsageError({
    zh: `--${name} 应为 ${choices.join("、")} 之一`,
    en: `--${name} takes one of ${choices.join(", ")}`,
  });
}

/** A day option as YYYY-MM-DD. */
export function day(values: Values, name: string): string {
  const value = required(values, name);
  const read = new Date(`${value}T00:00:00Z`);
  if (/^\d{4}-\d\d-\d\d$/.test(value) && !Number.isNaN(read.valueOf()) && read.toISOString().startsWith(value))
    return value;
  throw new UsageError({ zh: `--${name} 应为 YYYY-MM-DD 的日期`, en: `--${name} takes a day as YYYY-MM-DD` });
}
