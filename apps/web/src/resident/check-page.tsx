import type { Rulebook } from "@qingdan/list/browser";
import { useEffect, useRef } from "react";
import { formatDate } from "../ui/format.ts";
import { type Language, usePreferences } from "../ui/preferences.ts";
import { useText, useWords } from "../ui/words.ts";
import { aboutOf } from "./question-of.ts";
import { type Given, keyOf, type Session } from "./session.ts";

interface Props {
  readonly rulebook: Rulebook;
  readonly session: Session;
  /** Whether answers are put right, or only supposed to be otherwise. */
  readonly mode: "check" | "suppose";
  readonly onChange: (given: Given) => void;
  readonly onSee: () => void;
}

/** Every answer with a way to change it, before the result; or, after it, with a way to suppose another. */
export function CheckPage({ rulebook, session, mode, onChange, onSee }: Props) {
  const words = useWords();
  const text = useText();
  const { language } = usePreferences();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <>
      <h1 ref={heading} tabIndex={-1}>
        {words(`${mode}.title`)}
      </h1>
      <p>{words(`${mode}.lead`)}</p>
      <table className="plain">
        <tbody>
          {session.given.map((given) => {
            const fact = rulebook.facts.find(({ name }) => name === given.fact);
            if (!fact) return null;
            return (
              <tr key={keyOf(given)}>
                <th scope="row">
                  {text(fact)}
                  <span className="about small">{aboutOf(given.of, words)}</span>
                </th>
                <td>{shownValue(rulebook, given, language, words)}</td>
                <td>
                  <button
                    type="button"
                    className="button quiet small"
                    aria-label={words(`${mode}.changeFact`, { fact: text(fact) })}
                    onClick={() => onChange(given)}
                  >
                    {words(`${mode}.change`)}
                  </button>
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
      <p className="actions">
        <button type="button" className="button" onClick={onSee}>
          {words(`${mode}.see`)}
        </button>
      </p>
    </>
  );
}

/** An answer as it is read: in words, with its unit. */
export const shownValue = (
  rulebook: Rulebook,
  { fact: name, value }: Given,
  language: Language,
  words: (key: string) => string,
): string => {
  const fact = rulebook.facts.find((candidate) => candidate.name === name);
  if (value === undefined || !fact) return words("check.unknown");
  if (fact.factType === "boolean") return words(value === true ? "question.yes" : "question.no");
  if (fact.factType === "date") return formatDate(String(value), language);
  const named = [...fact.values, ...rulebook.areas].find(({ code }) => code === value);
  if (named) return language === "en" ? named.en : named.zh;
  return fact.unit ? `${value} ${words(`unit.${fact.unit}`)}` : String(value);
};
