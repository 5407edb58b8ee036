import type { Language } from "./preferences.ts";

const formats: Readonly<Record<Language, Intl.DateTimeFormat>> = {
  "zh-CN": new Intl.DateTimeFormat("zh-CN", { dateStyle: "long", timeStyle: "short", timeZone: "Asia/Shanghai" }),
  en: new Intl.DateTimeFormat("en-GB", { dateStyle: "long", timeStyle: "short", timeZone: "Asia/Shanghai" }),
};

/** An instant as 2026年11月22日 16:05, by the clock of China. */
export const formatInstant = (iso: string, language: Language): string => formats[language].format(new Date(iso));
