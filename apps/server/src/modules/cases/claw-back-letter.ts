import { refuse } from "./case-refusal.ts";
import type { StoredCase } from "./case-store.ts";
import { statementUntil } from "./claw-back-checks.ts";
import type { ClawBackClaim } from "./claw-back-state.ts";
import type { Letter } from "./model.ts";
import { itemName } from "./present.ts";
import type { Cases } from "./seams.ts";

const yuan = (fen: number): string => (fen / 100).toFixed(2);

const texts = {
  zh: {
    title: (item: string) => `追回多发“${item}”事先告知书`,
    found: (fen: number) => `经查，向您多发放 ${yuan(fen)} 元，拟责令退回。现将事实、理由和依据告知如下。`,
    facts: "事实",
    line: (month: string, paid: number, due: number) =>
      `${month}：已发 ${yuan(paid)} 元，应发 ${yuan(due)} 元，多发 ${yuan(paid - due)} 元`,
    reasons: "理由",
    basis: "依据",
    power: "社会保险经办条例第 46 条（社会保险待遇）；社会救助暂行办法（2019 修订）第 68 条（社会救助）",
    ways: "决定退回后怎样还",
    pay: "可以一次还清，也可以约定分期，或者约定从以后发给您的待遇中逐笔抵扣（社会保险经办条例第 46 条；其他待遇须经您同意）。",
    rights: "您的权利",
    say: (until: string | null) =>
      until === null ? "您可以陈述和申辩，也可以要求听证。" : `您可以在 ${until} 前陈述和申辩，也可以要求听证。`,
    free: "听证不收费；听证由没有参与查核的人主持。在听取您的意见之前，不作决定，也不扣款。",
  },
  en: {
    title: (item: string) => `Notice in advance: "${item}" was paid too much`,
    found: (fen: number) =>
      `It was found that ¥${yuan(fen)} was paid to you too much; it is meant to be claimed back. The facts, reasons and basis stand below.`,
    facts: "Facts",
    line: (month: string, paid: number, due: number) =>
      `${month}: paid ¥${yuan(paid)}, due ¥${yuan(due)}, too much ¥${yuan(paid - due)}`,
    reasons: "Reasons",
    basis: "Legal basis",
    power: "社会保险经办条例 art. 46 (social insurance); 社会救助暂行办法 (2019) art. 68 (social assistance)",
    ways: "How it could be repaid",
    pay: "At once, in instalments that are agreed, or, as agreed, out of your later payments (社会保险经办条例 art. 46; of other benefits only as you agree).",
    rights: "Your rights",
    say: (until: string | null) =>
      until === null
        ? "You may state your case, and ask for a hearing."
        : `Until ${until} you may state your case, and ask for a hearing.`,
    free: "A hearing is free, and somebody presides who took no part in the inquiry. Nothing is decided or withheld before you are heard.",
  },
} as const;

/** What is held against somebody, why, on which text, and what they can say to it: served before anything is decided. */
export async function advanceNotice(
  cases: Cases,
  { view, state, guide }: StoredCase,
  language: "zh" | "en",
): Promise<Letter> {
  const say = texts[language];
  const claim = state.opening.clawBack;
  if (!claim) return refuse("CASE-NO-DECISION", "只有追缴办件有事先告知书", "Claw-back cases alone have such a notice");
  const list = await cases.list(view.list);
  const reasons = [claim.text, state.clawBack?.notice?.text].filter((text) => text !== undefined);
  return {
    title: say.title(itemName(list, view.item)[language]),
    number: view.number,
    language,
    paragraphs: [
      { heading: null, lines: [say.found(claim.fen)] },
      { heading: say.facts, lines: claimLines(claim, language) },
      { heading: say.reasons, lines: [...new Set(reasons)] },
      { heading: say.basis, lines: [say.power] },
      { heading: say.ways, lines: [say.pay] },
      { heading: say.rights, lines: [say.say(statementUntil(guide, state, cases.calendar)), say.free] },
    ],
  };
}

/** The payments of a claim, one a line. */
export function claimLines({ lines }: ClawBackClaim, language: "zh" | "en"): string[] {
  return lines.map(({ month, paidFen, dueFen }) => texts[language].line(month, paidFen, dueFen));
}
