import type { Rulebook, RulebookFact } from "@qingdan/list/browser";
import type { Words } from "../ui/words.ts";
import type { AskedType } from "./answer.ts";
import type { Choice, Question } from "./question-page.tsx";
import { household, keyOf, subject } from "./session.ts";

/** A fact of whom, to be asked. */
export interface Asked {
  readonly fact: RulebookFact;
  readonly of: string;
}

const askedType = (fact: RulebookFact): AskedType => {
  const type = fact.factType;
  if (type === "text" || type === "id") throw new Error(`${fact.name} cannot be asked: rules do not read ${type}`);
  if (fact.type.kind !== "number") return { type };
  const { scale, min, max } = fact.type;
  return { type, decimals: scale, range: { min: min / 10 ** scale, max: max / 10 ** scale } };
};

/** The areas below the rulebook's own first, then the provinces: enough to tell who belongs here. */
const areaChoices = (rulebook: Rulebook): Choice[] => {
  const below = rulebook.areas.filter(({ code }) => code !== rulebook.area && code.startsWith(rulebook.area));
  const provinces = rulebook.areas.filter(({ code }) => /^cn-\d{2}$/.test(code) && code !== rulebook.area);
  return [...below, ...provinces].map(({ code, zh, en }) => ({ code, label: { zh, en } }));
};

const choicesOf = (rulebook: Rulebook, fact: RulebookFact): Choice[] | undefined => {
  if (fact.factType === "enum") return fact.values.map(({ code, zh, en }) => ({ code, label: { zh, en } }));
  return fact.factType === "area" ? areaChoices(rulebook) : undefined;
};

export const aboutOf = (of: string, words: (key: string, values?: Record<string, number>) => string): string => {
  if (of === household) return words("question.household");
  if (of === subject) return words("question.self");
  return words("question.relative", { number: Number(of.slice(1)) });
};

/** The page's question for a fact. */
export const questionOf = (rulebook: Rulebook, { fact, of }: Asked, about: string): Question => {
  const { question } = fact;
  const title: Words = question ?? fact;
  const help =
    question?.helpZh === undefined ? undefined : { zh: question.helpZh, en: question.helpEn ?? question.helpZh };
  return {
    id: keyOf({ of, fact: fact.name }),
    title: { zh: title.zh, en: title.en },
    ...(help ? { help } : {}),
    about,
    asked: askedType(fact),
    ...(fact.unit ? { unit: fact.unit } : {}),
    ...(choicesOf(rulebook, fact) ? { choices: choicesOf(rulebook, fact) ?? [] } : {}),
  };
};
