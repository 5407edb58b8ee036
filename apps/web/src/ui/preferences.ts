import { useSyncExternalStore } from "react";

export type Language = "zh-CN" | "en";

export interface Preferences {
  readonly language: Language;
  /** Elder mode: larger text and targets. */
  readonly elder: boolean;
}

const key = "qingdan.preferences";
const listeners = new Set<() => void>();

const read = (): Preferences => {
  const asked = new URLSearchParams(location.search).get("lang");
  let stored: Partial<Preferences> = {};
  try {
    stored = JSON.parse(localStorage.getItem(key) ?? "{}") as Partial<Preferences>;
  } catch {
    // A browser that keeps nothing (private mode) or a damaged entry: start from the defaults.
  }
  const language = asked === "en" || asked === "zh-CN" ? asked : stored.language === "en" ? "en" : "zh-CN";
  return { language, elder: stored.elder === true };
};

let current = read();

const apply = (): void => {
  document.documentElement.lang = current.language;
  document.documentElement.dataset.elder = current.elder ? "on" : "off";
};

apply();

export const setPreferences = (change: Partial<Preferences>): void => {
  current = { ...current, ...change };
  try {
    localStorage.setItem(key, JSON.stringify(current));
  } catch {
    // Not kept beyond this visit.
  }
  apply();
  for (const listener of listeners) listener();
};

export const usePreferences = (): Preferences =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => current,
  );
