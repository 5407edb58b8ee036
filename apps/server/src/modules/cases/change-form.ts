import { refuse } from "./case-refusal.ts";
import type { FormContent } from "./form-state.ts";
import type { OpenForm } from "./form-store.ts";

type Value = string | number | boolean;

/** Answers that are said, changed or (null) taken back. @throws {Problem} FORM-ANSWER-WRONG */
export function withAnswers(
  { content, rulebook }: OpenForm,
  answers: readonly { readonly of: string; readonly fact: string; readonly value: Value | null }[],
): FormContent {
  const known = new Map(rulebook.facts.map((fact) => [fact.name, fact]));
  const next: Record<string, Value> = { ...content.answers };
  const skipped = new Set(content.skipped);
  for (const { of, fact, value } of answers) {
    const key = `${of} ${fact}`;
    const holders = known.get(fact)?.entity === "household" ? [content.household] : content.members;
    if (!known.has(fact) || !holders.includes(of))
      refuse("FORM-ANSWER-WRONG", `表中没有 ${key}`, `The form has no ${key}`);
    if (content.register[key] !== undefined && content.disputes[key] === undefined) {
      refuse(
        "FORM-ANSWER-WRONG",
        `${key} 由登记部门提供；与实际不符请提出异议`,
        `${key} comes from a register; dispute it if it is wrong`,
      );
    }
    if (value === null) delete next[key];
    else next[key] = value;
    skipped.delete(key);
  }
  return { ...content, answers: next, skipped: [...skipped] };
}

/** A question that cannot be answered: it is not asked again until it is answered. */
export function withSkip(
  { content }: OpenForm,
  { of, fact }: { readonly of: string; readonly fact: string },
): FormContent {
  return { ...content, skipped: [...new Set([...content.skipped, `${of} ${fact}`])] };
}

/** What a register says is wrong: both values stand side by side, and a paper is asked for. @throws {Problem} FORM-ANSWER-WRONG */
export function withDispute(
  { content }: OpenForm,
  {
    of,
    fact,
    value,
    text,
  }: { readonly of: string; readonly fact: string; readonly value: Value; readonly text: string },
): FormContent {
  const key = `${of} ${fact}`;
  if (content.register[key] === undefined)
    refuse("FORM-ANSWER-WRONG", `${key} 不来自登记部门，直接修改即可`, `${key} comes from no register; change it`);
  return { ...content, answers: { ...content.answers, [key]: value }, disputes: { ...content.disputes, [key]: text } };
}
