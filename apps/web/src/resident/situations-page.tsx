import type { SituationAsked } from "@qingdan/list/browser";
import { type FormEvent, useEffect, useRef, useState } from "react";
import { useText, useWords } from "../ui/words.ts";
import { keyOf } from "./session.ts";

interface Props {
  readonly situations: readonly SituationAsked[];
  /** Whom the page is about. */
  readonly about: string;
  readonly number: number;
  readonly atMost: number;
  /** Keys of what was ticked. */
  readonly onAnswer: (ticked: ReadonlySet<string>) => void;
  readonly onOneByOne: () => void;
  readonly onBack: () => void;
}

const keyOfSituation = ({ of, fact }: SituationAsked): string => keyOf({ of, fact: fact.name });

/** Situations few people are in, to be ticked together; who is not sure of one is asked of each by itself. */
export function SituationsPage({ situations, about, number, atMost, onAnswer, onOneByOne, onBack }: Props) {
  const words = useWords();
  const text = useText();
  const [ticked, setTicked] = useState<ReadonlySet<string>>(new Set());
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const tick = (key: string, on: boolean) => {
    const next = new Set(ticked);
    if (on) next.add(key);
    else next.delete(key);
    setTicked(next);
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onAnswer(ticked);
  };
  return (
    <form onSubmit={submit} data-fact="situations">
      <p className="hint">{words("question.progress", { number, atMost })}</p>
      <fieldset>
        <legend>
          <h1 ref={heading} tabIndex={-1}>
            <span className="about">{about}</span>
            {words("situations.title")}
          </h1>
        </legend>
        <p className="hint">{words("situations.help")}</p>
        {situations.map((asked) => {
          const key = keyOfSituation(asked);
          return (
            <label key={key} className="choice">
              <input type="checkbox" checked={ticked.has(key)} onChange={(event) => tick(key, event.target.checked)} />
              <span>{text(asked.fact.situation ?? asked.fact)}</span>
            </label>
          );
        })}
      </fieldset>
      <div className="actions">
        <button type="submit" className="button">
          {words(ticked.size === 0 ? "situations.none" : "situations.continue")}
        </button>
        <button type="button" className="button quiet" onClick={onOneByOne}>
          {words("situations.oneByOne")}
        </button>
        <button type="button" className="button quiet" onClick={onBack}>
          {words("question.back")}
        </button>
      </div>
    </form>
  );
}
