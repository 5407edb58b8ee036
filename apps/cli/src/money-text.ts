import type { Words } from "./words.ts";

const periods: Readonly<Record<string, Words>> = {
  month: { zh: "/月", en: " a month" },
  year: { zh: "/年", en: " a year" },
  semester: { zh: "/学期", en: " a semester" },
  "school-day": { zh: "/上学日", en: " a school day" },
  day: { zh: "/天", en: " a day" },
  once: { zh: "（一次）", en: " once" },
};

/** Money with its period: ¥1595.00/月. */
export function moneyText(fen: number, per: string): Words {
  const { zh, en } = periods[per] ?? { zh: "", en: "" };
  const yuan = `¥${(fen / 100).toFixed(2)}`;
  return { zh: `${yuan}${zh}`, en: `${yuan}${en}` };
}
