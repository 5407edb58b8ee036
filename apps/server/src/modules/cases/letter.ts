import type { Explanation, List } from "@qingdan/list";
import type { Words } from "../../problem.ts";
import { refuse } from "./case-refusal.ts";
import type { CaseView } from "./case-rows.ts";
import type { CaseState } from "./case-state.ts";
import { claimLines } from "./claw-back-letter.ts";
import type { Guide } from "./guide-model.ts";
import type { Letter } from "./model.ts";
import { itemName, presentLaw } from "./present.ts";

interface LetterOf {
  readonly list: List;
  readonly view: CaseView;
  readonly state: CaseState;
  readonly guide: Guide;
  /** null: the item has no rule. */
  readonly explanation: Explanation | null;
  readonly language: "zh" | "en";
}

const texts = {
  zh: {
    title: (item: string) => `${item}决定书`,
    grant: "准予",
    reject: "不予给付",
    repay: "应予退回",
    outcome: (item: string, word: string) => `您申请的“${item}”，决定如下：${word}。`,
    repaid: (item: string) => `向您多发的“${item}”，决定如下：应予退回。`,
    amount: (yuan: string, per: string) => `金额：${yuan} 元${per}。`,
    from: (day: string) => `自 ${day} 起计发。`,
    reasons: "理由",
    basis: "依据",
    holds: "符合",
    fails: "不符合",
    open: "不能判定",
    own: (text: string) => `认定意见：${text}`,
    remedies: "救济途径",
    review: (days: string) =>
      `不服本决定的，可以自知道本决定之日起 ${days}内向作出决定机关的本级人民政府申请行政复议，不收费。`,
    court: "也可以自知道本决定之日起 6 个月内依法向人民法院提起行政诉讼。",
    telephone: (number: string) => `咨询电话：${number}`,
    organ: (name: string) => `作出决定的单位：${name}`,
    decidedOn: (day: string) => `决定日期：${day}`,
    rulebook: (hash: string, date: string) => `本决定按 ${date} 的规则计算，规则校验值 ${hash.slice(0, 16)}。`,
  },
  en: {
    title: (item: string) => `Decision on ${item}`,
    grant: "granted",
    reject: "not granted",
    repay: "to be repaid",
    outcome: (item: string, word: string) => `The decision on "${item}" is: ${word}.`,
    repaid: (item: string) => `The decision on what was paid too much of "${item}" is: to be repaid.`,
    amount: (yuan: string, per: string) => `Amount: ¥${yuan}${per}.`,
    from: (day: string) => `It is paid from ${day}.`,
    reasons: "Reasons",
    basis: "Legal basis",
    holds: "met",
    fails: "not met",
    open: "cannot be determined",
    own: (text: string) => `The determination: ${text}`,
    remedies: "What you can do",
    review: (days: string) =>
      `If you disagree, you may apply for administrative review to the government at the level of the deciding organ within ${days} of learning of this decision, free of charge.`,
    court: "You may also bring an action before a people's court within 6 months of learning of it.",
    telephone: (number: string) => `Questions: ${number}`,
    organ: (name: string) => `Decided by: ${name}`,
    decidedOn: (day: string) => `Day of the decision: ${day}`,
    rulebook: (hash: string, date: string) => `Worked out by the rules of ${date}, content hash ${hash.slice(0, 16)}.`,
  },
} as const;

const periods: Readonly<Record<string, Words>> = {
  month: { zh: "/月", en: " a month" },
  year: { zh: "/年", en: " a year" },
  semester: { zh: "/学期", en: " a semester" },
  "school-day": { zh: "/在校日", en: " a school day" },
  day: { zh: "/日", en: " a day" },
  once: { zh: "（一次性）", en: ", once" },
};

/**
 * The reason letter of a decision: what, why by each condition of the rule, on which law, and what can be done against it
 * (a letter that does not say so lengthens the time for an appeal: 行政复议法 art. 20).
 *
 * @throws {Problem} CASE-NO-DECISION
 */
export function reasonLetter({ list, view, state, guide, explanation, language }: LetterOf): Letter {
  const { decision } = state;
  if (!decision) return refuse("CASE-NO-DECISION", "决定作出后才有决定书", "A letter is made once there is a decision");
  const say = texts[language];
  const item = itemName(list, view.item)[language];
  const paid = decision.fen !== null && decision.fen > 0 && decision.outcome !== "reject";
  const per = periods[decision.per ?? ""]?.[language] ?? "";
  return {
    title: say.title(item),
    number: view.number,
    language,
    paragraphs: [
      {
        heading: null,
        lines: [
          decision.outcome === "repay" ? say.repaid(item) : say.outcome(item, say[decision.outcome]),
          ...(paid ? [say.amount(((decision.fen ?? 0) / 100).toFixed(2), per)] : []),
          ...(paid && decision.from ? [say.from(decision.from)] : []),
        ],
      },
      { heading: say.reasons, lines: reasonLines(state, explanation, language) },
      { heading: say.basis, lines: basisLines(list, guide, explanation, language) },
      { heading: say.remedies, lines: remedyLines(guide, language) },
      { heading: null, lines: [say.organ(guide.owner[language]), say.decidedOn(decision.day)] },
      ...(explanation
        ? [{ heading: null, lines: [say.rulebook(explanation.rulebook.hash, explanation.rulebook.date)] }]
        : []),
    ].filter(({ lines }) => lines.length > 0),
  };
}

function reasonLines(state: CaseState, explanation: Explanation | null, language: "zh" | "en"): string[] {
  const say = texts[language];
  const { decision } = state;
  const conditions = (explanation?.conditions ?? []).map((condition) => {
    const word = condition.holds === null ? say.open : condition.holds ? say.holds : say.fails;
    const distances = condition.distances.map((distance) => distance[language]).join("; ");
    return `${condition[language]}: ${word}${distances && ` (${distances})`}`;
  });
  const reason = decision?.reason && explanation?.outcome !== "entitled" ? [decision.reason[language]] : [];
  const claim = state.opening.clawBack;
  const claimed = claim ? [...claimLines(claim, language), claim.text] : [];
  return [...claimed, ...reason, ...conditions, ...(decision?.text ? [say.own(decision.text)] : [])];
}

function basisLines(list: List, guide: Guide, explanation: Explanation | null, language: "zh" | "en"): string[] {
  const article = (number: string) => (language === "zh" ? `第 ${number} 条` : ` art. ${number}`);
  const conditions = explanation?.conditions.flatMap(({ basis }) => basis) ?? [];
  const limit = guide.total.statutory;
  const laws = [
    ...conditions,
    ...(explanation?.basis ?? []),
    ...(limit && !guide.reference ? [presentLaw(list, limit.law)] : []),
  ];
  return [...new Set(laws.map((law) => `${law.title}${law.article ? article(law.article) : ""}`))];
}

function remedyLines(guide: Guide, language: "zh" | "en"): string[] {
  const say = texts[language];
  const within = guide.appeals.find(({ route }) => route === "administrative-review")?.within;
  const days = within ? `${within.amount} ${language === "zh" ? "日" : "days"}` : "";
  return [
    ...(within ? [say.review(days)] : []),
    say.court,
    ...(guide.telephone ? [say.telephone(guide.telephone)] : []),
  ];
}
