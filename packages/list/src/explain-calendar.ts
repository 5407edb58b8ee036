import { monthNames, type Node, weekdayNames } from "@qingdan/feel/typed";
import type { Words } from "./model/words.ts";

/** `day of week(d)` and `month of year(d)`, which stand in a rulebook as the arithmetic they are: the date, and words for it. */
export function calendarName(node: Node): { readonly of: Node; readonly words: Words } | null {
  if (node.name === "day of week" && node.op === "modulo") {
    const { left } = node;
    if (left.op !== "part" || left.of.op !== "days-between") return null;
    return { of: left.of.to, words: { zh: "的星期", en: "the day of the week of" } };
  }
  if (node.name === "month of year" && node.op === "subtract" && node.left.op === "part")
    return { of: node.left.of, words: { zh: "的月份", en: "the month of" } };
  return null;
}

/** The codes that these functions give, in words. */
export const calendarCodes: ReadonlyMap<string, Words> = new Map<string, Words>([
  ...weekdayNames.map((en, at) => [en, { zh: `星期${"一二三四五六日"[at]}`, en }] as const),
  ...monthNames.map((en, at) => [en, { zh: `${at + 1}月`, en }] as const),
]);
