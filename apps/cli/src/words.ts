export interface Words {
  readonly zh: string;
  readonly en: string;
}

export type Language = keyof Words;

/** Chinese unless `--lang en` or an English LANG says otherwise. */
export function chooseLanguage(
  option: string | undefined,
  env: Readonly<Record<string, string | undefined>>,
): Language {
  if (option !== undefined) return option === "en" ? "en" : "zh";
  const locale = env.LC_ALL || env.LC_MESSAGES || env.LANG || "";
  return locale.startsWith("en") ? "en" : "zh";
}
