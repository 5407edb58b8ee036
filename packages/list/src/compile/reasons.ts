import type { List } from "../model/list.ts";
import type { Basis } from "../model/rule.ts";
import type { Words } from "../model/words.ts";
import type { LawText, Outcome, Reason } from "../rulebook.ts";

/** Most reasons an item can give: a reason is one byte. */
export const mostReasons = 255;

const commonWords = {
  entitled: { zh: "符合全部条件", en: "All conditions hold" },
  "nothing-due": { zh: "按标准计算没有应付金额", en: "Nothing is due by the standard" },
  "no-row": { zh: "不属于任何一档", en: "No class of the standard applies" },
  "amount-unknown": { zh: "信息不足，金额无法确定", en: "The amount cannot be told from what is known" },
  "parameter-missing": { zh: "标准在来源处缺失", en: "A standard is missing at its source" },
  householder: {
    zh: "以户为单位，答案记在户主名下",
    en: "Decided for the household; the answer stands with the householder",
  },
} as const satisfies Record<string, Words>;
export type CommonReason = keyof typeof commonWords;

export interface ReasonBook {
  readonly add: (code: string, outcome: Outcome, words: Words, basis?: readonly LawText[]) => number;
  readonly common: (code: CommonReason, outcome: Outcome) => number;
  readonly all: () => readonly Reason[];
}

/** Collects the reasons of an item, each once. */
export function reasonBook(): ReasonBook {
  const reasons: Reason[] = [];
  const add: ReasonBook["add"] = (code, outcome, words, basis = []) => {
    const found = reasons.findIndex((reason) => reason.code === code && reason.outcome === outcome);
    if (found >= 0) return found;
    reasons.push({ code, outcome, zh: words.zh, en: words.en, basis });
    return reasons.length - 1;
  };
  return { add, common: (code, outcome) => add(code, outcome, commonWords[code]), all: () => reasons };
}

/** The law behind a statement, with the title of its source. */
export function lawTexts(list: List, basis: readonly Basis[]): readonly LawText[] {
  return basis.map(({ source, article, zh, en }) => {
    const found = list.sources.get(source);
    const title = found?.title ?? source;
    return { source, title, article: article ?? null, url: found?.url ?? null, zh: zh ?? title, en: en ?? title };
  });
}
