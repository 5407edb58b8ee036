import type { Verb } from "./verb.ts";
import { verbs } from "./verbs/index.ts";
import type { Language } from "./words.ts";

const labels = {
  zh: {
    usage: "用法",
    example: "例",
    options: "选项",
    head: "清单：可执行的基本公共服务清单",
    more: "每个命令都有 --help、--json、--lang zh|en",
  },
  en: {
    usage: "Usage",
    example: "Example",
    options: "Options",
    head: "Qingdan: the executable list of basic public services",
    more: "Every verb takes --help, --json and --lang zh|en",
  },
} as const;

export function helpOf(name: string, verb: Verb, language: Language): string {
  const entry = verbs[name]!;
  const label = labels[language];
  const options = Object.entries(verb.options).map(
    ([option, { type }]) => `--${option}${type === "string" ? " …" : ""}`,
  );
  return [
    entry.summary[language],
    "",
    `${label.usage}: qingdan ${name} ${verb.usage}`,
    ...(options.length > 0 ? [`${label.options}: ${options.join("  ")}  --json  --lang zh|en`] : []),
    `${label.example}: ${entry.example}`,
    "",
  ].join("\n");
}

export function helpOfAll(language: Language): string {
  const label = labels[language];
  const lines = Object.entries(verbs).flatMap(([name, { summary, example }]) => [
    `  ${name.padEnd(12)} ${summary[language]}`,
    `  ${"".padEnd(12)} ${example}`,
  ]);
  return [label.head, "", ...lines, "", label.more, ""].join("\n");
}
