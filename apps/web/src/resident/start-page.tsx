import { useEffect, useRef } from "react";
import { en, zh } from "../i18n/resident.ts";
import { useWords } from "../ui/words.ts";
import { emptyDraft } from "./answer.ts";
import { QuestionPage } from "./question-page.tsx";

interface IntroProps {
  readonly basis: string;
  readonly onBegin: () => void;
  readonly onResume: (() => void) | undefined;
}

/** What the page does and that nothing leaves the device. */
export function StartPage({ basis, onBegin, onResume }: IntroProps) {
  const words = useWords();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <>
      <h1 ref={heading} tabIndex={-1}>
        {words("start.title")}
      </h1>
      <p>{words("start.lead")}</p>
      <p>{words("start.privacy")}</p>
      <p className="hint">{words("start.rights")}</p>
      <p className="hint small">{basis}</p>
      <p className="actions">
        <button type="button" className="button" onClick={onBegin}>
          {words("start.begin")}
        </button>
        {onResume && (
          <button type="button" className="button quiet" onClick={onResume}>
            {words("start.resume")}
          </button>
        )}
      </p>
    </>
  );
}

interface MembersProps {
  readonly atMost: number;
  readonly today: string;
  readonly members: number | undefined;
  readonly onAnswer: (members: number) => void;
  readonly onBack: () => void;
}

/** The one question that is not a fact of the list: how many people the household's facts are about. */
export function MembersPage({ atMost, today, members, onAnswer, onBack }: MembersProps) {
  const words = useWords();
  return (
    <QuestionPage
      question={{
        id: "members",
        title: { zh: zh.start.members, en: en.start.members },
        help: { zh: zh.start.membersHelp, en: en.start.membersHelp },
        asked: { type: "integer", range: { min: 1, max: 20 } },
      }}
      draft={members === undefined ? emptyDraft : { ...emptyDraft, text: String(members) }}
      today={today}
      progress={words("question.progress", { number: 1, atMost })}
      onAnswer={(value) => onAnswer(Number(value))}
      onUnknown={() => onAnswer(1)}
      onBack={onBack}
    />
  );
}
