import type { Language } from "./preferences.ts";

const locales: Record<Language, string> = { "zh-CN": "zh-CN", en: "en-GB" };

const yuan = (fen: number, language: Language): string =>
  (fen / 100).toLocaleString(locales[language], { minimumFractionDigits: 2, maximumFractionDigits: 2 });

const periods: Record<string, Record<Language, string>> = {
  month: { "zh-CN": "/月", en: " a month" },
  year: { "zh-CN": "/年", en: " a year" },
  semester: { "zh-CN": "/学期", en: " a semester" },
  "school-day": { "zh-CN": "/上学日", en: " a school day" },
  day: { "zh-CN": "/天", en: " a day" },
  once: { "zh-CN": "（一次）", en: " once" },
};

/** Exact money with its period: `¥1,595.00/月`. */
export const formatMoney = (fen: number, per: string | undefined, language: Language): string =>
  `¥${yuan(fen, language)}${per ? (periods[per]?.[language] ?? "") : ""}`;

/** Large money for overviews, in 万 or 亿 (thousand or million in English); show the exact figure beside or on hover. */
export const formatLargeMoney = (fen: number, language: Language): string => {
  const amount = fen / 100;
  const steps: [number, string][] =
    language === "en"
      ? [
          [1e9, " billion"],
          [1e6, " million"],
          [1e3, " thousand"],
        ]
      : [
          [1e8, "亿元"],
          [1e4, "万元"],
        ];
  for (const [size, name] of steps) {
    if (Math.abs(amount) >= size) {
      const digits = (amount / size).toLocaleString(locales[language], { maximumFractionDigits: 2 });
      return language === "en" ? `¥${digits}${name}` : `${digits}${name}`;
    }
  }
  return language === "en" ? `¥${yuan(fen, language)}` : `${yuan(fen, language)}元`;
};

export const formatCount = (count: number, language: Language): string => count.toLocaleString(locales[language]);

/** `2024-07-01` as 2024年7月1日 or 1 July 2024. */
export const formatDate = (iso: string, language: Language): string => {
  const [year, month, day] = iso.split("-").map(Number);
  if (!year || !month || !day) return iso;
  if (language === "zh-CN") return `${year}年${month}月${day}日`;
  return new Date(Date.UTC(year, month - 1, day)).toLocaleDateString("en-GB", {
    day: "numeric",
    month: "long",
    year: "numeric",
    timeZone: "UTC",
  });
};
