import i18next from "i18next";
import { useCallback } from "react";
import { type Language, usePreferences } from "./preferences.ts";

export type Dictionary = { readonly [key: string]: string | Dictionary };

/** A text in both languages, as lists and rulebooks carry it. */
export interface Words {
  readonly zh: string;
  readonly en: string;
}

/** Starts the dictionaries of one document; each document brings only its own words. */
export const startWords = (dictionaries: Readonly<Record<Language, Dictionary>>): Promise<unknown> =>
  i18next.init({
    lng: "zh-CN",
    fallbackLng: false,
    interpolation: { escapeValue: false },
    resources: {
      "zh-CN": { translation: dictionaries["zh-CN"] },
      en: { translation: dictionaries.en },
    },
  });

/** The words of the chosen language, by key. */
export const useWords = (): ((key: string, values?: Record<string, string | number>) => string) => {
  const { language } = usePreferences();
  return useCallback((key, values) => i18next.getFixedT(language)(key, values ?? {}), [language]);
};

/** Picks a text's version in the chosen language. */
export const useText = (): ((words: Words | undefined) => string) => {
  const { language } = usePreferences();
  return useCallback((words) => (words ? (language === "en" ? words.en : words.zh) : ""), [language]);
};
