import { refuse } from "./case-refusal.ts";
import type { StoredCase } from "./case-store.ts";
import { owedFen } from "./fold-claw-back.ts";
import { offsetLeftFen } from "./fold-offset.ts";
import type { Letter } from "./model.ts";
import { itemName } from "./present.ts";
import type { Cases } from "./seams.ts";

const yuan = (fen: number): string => (fen / 100).toFixed(2);

const texts = {
  zh: {
    title: (item: string) => `从后续发放中抵扣多发“${item}”的通知`,
    agreed: (day: string, fen: number) => `${day} 与您约定：从后续发放中抵扣，合计不超过 ${yuan(fen)} 元。`,
    payments: { "same-item": "只从本项待遇的发放中抵扣。", "any-item": "从发给您的各项待遇中抵扣。" },
    limit: (percent: number, fen: number | null) =>
      `每笔发放至多抵扣 ${percent}%${fen === null ? "" : `，且不超过 ${yuan(fen)} 元`}；其余照常发到您的账户。`,
    from: (month: string) => `自 ${month} 的待遇起抵扣。`,
    ended: (day: string) => `约定已于 ${day} 终止，以后不再抵扣。`,
    withheld: "已抵扣",
    none: "还没有抵扣。",
    line: (day: string, month: string, item: string, fen: number) =>
      `${day} 发放 ${month} 的“${item}”时，抵扣 ${yuan(fen)} 元`,
    undone: (day: string) => `；银行于 ${day} 退回该笔发放，抵扣已撤销`,
    remains: "还剩多少",
    owed: (owed: number, left: number) => `尚欠 ${yuan(owed)} 元，其中按约定还可抵扣 ${yuan(left)} 元。`,
    basis: "依据",
    law: "社会保险经办条例第 46 条：难以一次退回的，可以签订还款协议分期退回，也可以从后续待遇中抵扣。其他待遇按您同意的约定抵扣。",
    rights: "您可以随时一次还清；生活有困难的，可以要求变更或终止约定。对抵扣有异议的，可以申请复核。",
  },
  en: {
    title: (item: string) => `Notice of what is withheld for "${item}" paid too much`,
    agreed: (day: string, fen: number) =>
      `On ${day} it was agreed with you that at most ¥${yuan(fen)} in all is withheld from later payments.`,
    payments: {
      "same-item": "It is withheld from payments of this benefit alone.",
      "any-item": "It is withheld from every benefit that is paid to you.",
    },
    limit: (percent: number, fen: number | null) =>
      `Of each payment at most ${percent} %${fen === null ? "" : ` and at most ¥${yuan(fen)}`} is withheld; the rest is paid to your account as always.`,
    from: (month: string) => `It begins with what is due for ${month}.`,
    ended: (day: string) => `The agreement ended on ${day}; nothing more is withheld.`,
    withheld: "Withheld so far",
    none: "Nothing yet.",
    line: (day: string, month: string, item: string, fen: number) => `${day}: ¥${yuan(fen)} of "${item}" for ${month}`,
    undone: (day: string) => `; undone on ${day}, when the bank sent that payment back`,
    remains: "What remains",
    owed: (owed: number, left: number) =>
      `¥${yuan(owed)} is owed; of it the agreement lets ¥${yuan(left)} be withheld.`,
    basis: "Legal basis",
    law: "社会保险经办条例 art. 46: who cannot repay at once may agree on instalments, or it is withheld from later benefits. From other benefits it is withheld as you agreed.",
    rights:
      "You may repay the whole at any time. If it leaves you in hardship, ask for the agreement to be changed or ended. If you disagree with what was withheld, ask for it to be examined again.",
  },
} as const;

/** What was agreed to be withheld, what was, for which claim, and what remains: as it stands when it is read. */
export async function offsetNotice(cases: Cases, { view, state }: StoredCase, language: "zh" | "en"): Promise<Letter> {
  const say = texts[language];
  const { clawBack } = state;
  if (!clawBack?.offset) return refuse("CASE-NO-DECISION", "还没有约定抵扣", "No offset was agreed");
  const { offset, withholdings } = clawBack;
  const list = await cases.list(view.list);
  const items = await itemsOf(
    cases,
    withholdings.map((one) => one.case),
  );
  const lines = withholdings.map(
    ({ day, month, fen, undone, case: of }) =>
      say.line(day, month, itemName(list, items.get(of) ?? view.item)[language], fen) +
      (undone === null ? "" : say.undone(undone)),
  );
  return {
    title: say.title(itemName(list, view.item)[language]),
    number: view.number,
    language,
    paragraphs: [
      {
        heading: null,
        lines: [
          say.agreed(offset.day, offset.fen),
          say.payments[offset.payments],
          say.limit(offset.mostPercent, offset.mostFen),
          say.from(offset.from),
          ...(offset.ended === null ? [] : [say.ended(offset.ended)]),
          offset.text,
        ],
      },
      { heading: say.withheld, lines: lines.length > 0 ? lines : [say.none] },
      { heading: say.remains, lines: [say.owed(owedFen(state) ?? 0, offsetLeftFen(state))] },
      { heading: say.basis, lines: [say.law, say.rights] },
    ],
  };
}

async function itemsOf({ database }: Cases, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (ids.length === 0) return new Map();
  const rows = await database
    .selectFrom("case_view")
    .select(["id", "item"])
    .where("id", "in", [...new Set(ids)])
    .execute();
  return new Map(rows.map(({ id, item }) => [id, item]));
}
