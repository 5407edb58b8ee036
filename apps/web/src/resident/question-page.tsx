import { type FormEvent, useEffect, useId, useRef, useState } from "react";
import { useText, useWords, type Words } from "../ui/words.ts";
import { type AskedType, type Draft, type DraftFault, type FactValue, parseDraft } from "./answer.ts";

export interface Choice {
  readonly code: string;
  readonly label: Words;
}

export interface Question {
  readonly id: string;
  readonly title: Words;
  readonly help?: Words;
  /** Whom it is about, when not about the person who answers. */
  readonly about?: string;
  readonly asked: AskedType;
  readonly unit?: string;
  readonly choices?: readonly Choice[];
}

interface Props {
  readonly question: Question;
  readonly draft: Draft;
  readonly today: string;
  /** Where in the course of the questions this one stands. */
  readonly progress: string;
  readonly onAnswer: (value: FactValue) => void;
  /** Absent where the question makes sense only with an answer. */
  readonly onUnknown?: () => void;
  readonly onBack: () => void;
}

const yesNo = (words: (key: string) => string): { code: string; label: string }[] => [
  { code: "yes", label: words("question.yes") },
  { code: "no", label: words("question.no") },
];

function Choices(props: {
  readonly name: string;
  readonly choices: readonly { code: string; label: string }[];
  readonly value: string;
  readonly onChange: (value: string) => void;
}) {
  return props.choices.map(({ code, label }) => (
    <label key={code} className="choice">
      <input
        type="radio"
        name={props.name}
        value={code}
        checked={props.value === code}
        onChange={() => props.onChange(code)}
      />
      <span>{label}</span>
    </label>
  ));
}

function DateParts(props: { readonly id: string; readonly draft: Draft; readonly onChange: (draft: Draft) => void }) {
  const words = useWords();
  const { draft, onChange } = props;
  return (
    <div className="date-parts">
      {(["year", "month", "day"] as const).map((part) => (
        <label key={part} className={`date-part ${part}`}>
          <span>{words(`question.${part}`)}</span>
          <input
            id={part === "year" ? props.id : undefined}
            type="text"
            inputMode="numeric"
            autoComplete={part === "year" ? "bday-year" : part === "month" ? "bday-month" : "bday-day"}
            value={draft[part]}
            onChange={(event) => onChange({ ...draft, [part]: event.target.value })}
          />
        </label>
      ))}
    </div>
  );
}

/** One question a page: the question is the heading; the error stands in a summary and at the field. */
export function QuestionPage(props: Props) {
  const { question, today, progress, onAnswer, onUnknown, onBack } = props;
  const words = useWords();
  const text = useText();
  const id = useId();
  const [draft, setDraft] = useState(props.draft);
  const [fault, setFault] = useState<DraftFault>();
  const heading = useRef<HTMLHeadingElement>(null);
  const summary = useRef<HTMLDivElement>(null);

  // A new question: the reader (of eyes or of a screen reader) starts at its heading.
  useEffect(() => heading.current?.focus(), []);
  useEffect(() => {
    if (fault) summary.current?.focus();
  }, [fault]);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    const parsed = parseDraft(draft, question.asked, today);
    if (parsed.ok) onAnswer(parsed.value);
    else setFault(parsed.fault);
  };

  const { type } = question.asked;
  const choices =
    type === "boolean" ? yesNo(words) : question.choices?.map(({ code, label }) => ({ code, label: text(label) }));
  const helpId = `${id}-help`;
  const faultId = `${id}-fault`;
  const described = [question.help ? helpId : "", fault ? faultId : ""].filter(Boolean).join(" ") || undefined;
  const title = (
    <h1 ref={heading} tabIndex={-1}>
      {question.about && <span className="about">{question.about}</span>}
      {text(question.title)}
    </h1>
  );

  return (
    <form onSubmit={submit} noValidate data-fact={question.id.split(" ").at(-1)}>
      {fault && (
        <div className="error-summary" role="alert" tabIndex={-1} ref={summary}>
          <h2>{words("fault.title")}</h2>
          <a href={`#${id}`}>{words(fault.key, fault.values)}</a>
        </div>
      )}
      <p className="hint">{progress}</p>
      {choices && choices.length <= 10 ? (
        <fieldset id={id} aria-describedby={described} tabIndex={-1}>
          <legend>{title}</legend>
          <Help id={helpId} help={question.help} />
          <FaultLine id={faultId} fault={fault} />
          <Choices
            name={id}
            choices={choices}
            value={draft.text}
            onChange={(value) => setDraft({ ...draft, text: value })}
          />
        </fieldset>
      ) : type === "date" ? (
        <fieldset aria-describedby={described}>
          <legend>{title}</legend>
          <Help id={helpId} help={question.help} />
          <FaultLine id={faultId} fault={fault} />
          <DateParts id={id} draft={draft} onChange={setDraft} />
        </fieldset>
      ) : (
        <div className="field">
          <label htmlFor={id}>{title}</label>
          <Help id={helpId} help={question.help} />
          <FaultLine id={faultId} fault={fault} />
          {choices ? (
            <select
              id={id}
              aria-describedby={described}
              value={draft.text}
              onChange={(event) => setDraft({ ...draft, text: event.target.value })}
            >
              <option value="">{words("question.choose")}</option>
              {choices.map(({ code, label }) => (
                <option key={code} value={code}>
                  {label}
                </option>
              ))}
            </select>
          ) : (
            <span className="amount">
              <input
                id={id}
                type="text"
                inputMode={type === "integer" ? "numeric" : "decimal"}
                autoComplete="off"
                aria-describedby={described}
                aria-invalid={fault ? true : undefined}
                value={draft.text}
                onChange={(event) => setDraft({ ...draft, text: event.target.value })}
              />
              {question.unit && <span>{words(`unit.${question.unit}`)}</span>}
            </span>
          )}
        </div>
      )}
      <div className="actions">
        <button type="submit" className="button">
          {words("question.next")}
        </button>
        {onUnknown && (
          <button type="button" className="button quiet" onClick={onUnknown}>
            {words("question.unknown")}
          </button>
        )}
        <button type="button" className="button quiet" onClick={onBack}>
          {words("question.back")}
        </button>
      </div>
    </form>
  );
}

function Help({ id, help }: { readonly id: string; readonly help: Words | undefined }) {
  const text = useText();
  return help ? (
    <p id={id} className="hint">
      {text(help)}
    </p>
  ) : null;
}

function FaultLine({ id, fault }: { readonly id: string; readonly fault: DraftFault | undefined }) {
  const words = useWords();
  return fault ? (
    <p id={id} className="field-error">
      {words(fault.key, fault.values)}
    </p>
  ) : null;
}
