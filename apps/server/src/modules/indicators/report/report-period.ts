import type { ReportLanguage } from "./template.ts";

/** `-1` is the year before the one given, with the same quarter or month; another period stands for itself. */
export function resolvePeriod(written: string, from: string): string | undefined {
  const back = /^-(\d+)$/.exec(written);
  if (!back) return written;
  const year = Number(from.slice(0, 4)) - Number(back[1]);
  return year < 1000 ? undefined : `${year}${from.slice(4)}`;
}

/** The years from the first to the last, with the quarter or month of both. */
export function periodsBetween(first: string | undefined, last: string | undefined): string[] {
  if (first === undefined || last === undefined || first.slice(4) !== last.slice(4) || first > last) return [];
  const [from, to] = [Number(first.slice(0, 4)), Number(last.slice(0, 4))];
  return Array.from({ length: to - from + 1 }, (_, i) => `${from + i}${first.slice(4)}`);
}

/** 2024年, 2024年第1季度, 2024年3月; in English as it is. */
export function periodText(period: string, language: ReportLanguage): string {
  if (language === "en") return period;
  const [year, part] = [period.slice(0, 4), period.slice(5)];
  if (part === "") return `${year}年`;
  return part.startsWith("Q") ? `${year}年第${part.slice(1)}季度` : `${year}年${Number(part)}月`;
}
