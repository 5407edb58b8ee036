import { type FormEvent, type ReactNode, useEffect, useId, useRef, useState } from "react";
import { formatDate, formatMoney } from "../ui/format.ts";
import { Outcome } from "../ui/outcome.tsx";
import { usePreferences } from "../ui/preferences.ts";
import { useText, useWords } from "../ui/words.ts";
import { type FormAnswer, type FormPage, formApi } from "./api.ts";
import { Branches, Declaration } from "./send-form.tsx";

interface Props {
  readonly form: FormPage;
  readonly run: (deed: () => Promise<FormPage>) => Promise<void>;
  /** undefined: everything that the form asks for. */
  readonly onSubmit: (items: readonly string[] | undefined, said: FormData) => Promise<void>;
  /** Asked beside the declaration. */
  readonly sendFields?: ReactNode;
}

/** Everything that will be sent, each value with its source, before it is. */
export function CheckAnswers({ form, run, onSubmit, sendFields }: Props) {
  const words = useWords();
  const { saved, asked } = form.papersSaved;
  const said = form.answers.filter(({ origin }) => origin === "applicant");
  const held = form.answers.filter(({ origin }) => origin === "register");
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  // Of an event one takes what one wants; what is not owed is not applied for unless one asks.
  const [chosen, setChosen] = useState<readonly string[]>(() =>
    form.items.filter(({ outcome }) => outcome !== "not").map(({ code }) => code),
  );
  return (
    <>
      <h1 ref={heading} tabIndex={-1}>
        {words("my.check")}
      </h1>
      <Results form={form} />
      {form.bundle && <Branches form={form} chosen={chosen} onChoose={setChosen} />}
      {said.length > 0 && (
        <section>
          <h2>{words("my.saidByYou")}</h2>
          {said.map((answer) => (
            <Said key={`${answer.of} ${answer.fact}`} form={form} answer={answer} run={run} />
          ))}
        </section>
      )}
      {held.length > 0 && (
        <section>
          <h2>{words("my.held", { count: held.length })}</h2>
          <p>{words("my.heldText")}</p>
          {held.map((answer) => (
            <Held key={`${answer.of} ${answer.fact}`} form={form} answer={answer} run={run} />
          ))}
        </section>
      )}
      <Papers form={form} run={run} />
      <p>{words("my.papersSaved", { saved, asked })}</p>
      <Declaration
        canSend={!form.bundle || chosen.length > 0}
        fields={sendFields}
        onSubmit={(said) => onSubmit(form.bundle ? chosen : undefined, said)}
      />
    </>
  );
}

function Results({ form }: { readonly form: FormPage }) {
  const words = useWords();
  const text = useText();
  const { language } = usePreferences();
  return form.items.map(({ code, name, outcome, fen, per, reasons }) => (
    <article key={code} className="answer">
      <h2>{text(name)}</h2>
      <p>{outcome === "by-hand" ? words("my.byHand") : <Outcome outcome={outcome} />}</p>
      {fen !== null && fen > 0 && <p className="due">{formatMoney(fen, per ?? undefined, language)}</p>}
      {reasons.map((reason) => (
        <p key={reason.code}>{text(reason)}</p>
      ))}
      <p className="hint small">{words("my.notYetDecided")}</p>
    </article>
  ));
}

interface LineProps {
  readonly form: FormPage;
  readonly answer: FormAnswer;
  readonly run: Props["run"];
}

function Said({ form, answer, run }: LineProps) {
  const words = useWords();
  const text = useText();
  return (
    <div className="given-line">
      <span>
        {text(answer.label)} <About form={form} of={answer.of} />: <strong>{text(answer.text)}</strong>
      </span>
      <button
        type="button"
        className="button quiet small"
        onClick={() => void run(() => formApi.answer(form, answer.of, answer.fact, null))}
      >
        {words("my.change")}
        <span className="visually-hidden">{text(answer.label)}</span>
      </button>
    </div>
  );
}

/** A value from a register: whose, of which day, for what, on what law; and a way to say that it is wrong. */
function Held({ form, answer, run }: LineProps) {
  const words = useWords();
  const text = useText();
  const { language } = usePreferences();
  const [isOpen, setIsOpen] = useState(false);
  const { source, dispute } = answer;
  return (
    <div className="given-line">
      <div>
        {text(answer.label)} <About form={form} of={answer.of} />: <strong>{text(answer.text)}</strong>
        {dispute && (
          <p className="field-error">
            {words("my.youDispute", { register: text(dispute.registerText), text: dispute.text })}
          </p>
        )}
        {source && (
          <p className="hint small">
            {words("my.source", {
              unit: source.unit ? text(source.unit) : words("my.register"),
              day: formatDate(source.date, language),
              purpose: source.purpose.map((item) => text(item)).join(", "),
            })}
            {source.basis.map(
              (law) => ` ${law.title} ${law.article ? words("explain.article", { article: law.article }) : ""}`,
            )}
          </p>
        )}
        {isOpen && <DisputeForm form={form} answer={answer} run={run} onDone={() => setIsOpen(false)} />}
      </div>
      {!isOpen && !dispute && (
        <button type="button" className="button quiet small" onClick={() => setIsOpen(true)}>
          {words("my.dispute")}
          <span className="visually-hidden">{text(answer.label)}</span>
        </button>
      )}
    </div>
  );
}

/** Whom of the household a value is about, where there is more than one person. */
function About({ form, of }: { readonly form: FormPage; readonly of: string }) {
  const words = useWords();
  const at = form.members.indexOf(of);
  if (form.members.length < 2 || at < 0) return null;
  const about = of === form.subject ? words("my.you") : words("my.member", { number: at + 1 });
  return <span className="hint small">({about})</span>;
}

function DisputeForm({ form, answer, run, onDone }: LineProps & { readonly onDone: () => void }) {
  const words = useWords();
  const id = useId();
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const entries = new FormData(event.currentTarget);
    const written = String(entries.get("value"));
    const value =
      typeof answer.value === "boolean"
        ? written === "true"
        : typeof answer.value === "number"
          ? Number(written)
          : written;
    void run(() => formApi.dispute(form, answer.of, answer.fact, value, String(entries.get("text")))).then(onDone);
  };
  return (
    <form onSubmit={submit}>
      <label htmlFor={`${id}-value`}>{words("my.rightValue")}</label>
      {typeof answer.value === "boolean" ? (
        <select id={`${id}-value`} name="value" defaultValue={String(!answer.value)}>
          <option value="true">{words("question.yes")}</option>
          <option value="false">{words("question.no")}</option>
        </select>
      ) : (
        <input id={`${id}-value`} name="value" type="text" required defaultValue={String(answer.value)} />
      )}
      <label htmlFor={`${id}-text`}>{words("my.whyWrong")}</label>
      <textarea id={`${id}-text`} name="text" required rows={2} />
      <p className="actions">
        <button type="submit" className="button small">
          {words("my.sendDispute")}
        </button>
        <button type="button" className="button quiet small" onClick={onDone}>
          {words("my.cancel")}
        </button>
      </p>
    </form>
  );
}

/** Papers are asked only where no register holds the fact. */
function Papers({ form, run }: Pick<Props, "form" | "run">) {
  const words = useWords();
  const text = useText();
  const id = useId();
  if (form.papers.length === 0) return null;
  return (
    <section>
      <h2>{words("my.papers")}</h2>
      <p>{words("my.papersText")}</p>
      {form.papers.map((paper) => (
        <div key={paper.id} className="answer">
          <h3>{paper.facts.map(({ label }) => text(label)).join(", ")}</h3>
          <p className="hint">{words("my.paperFrom", { unit: text(paper.unit) })}</p>
          <ul>
            {paper.uploads.map((upload) => (
              <li key={upload.id}>
                <a href={`/api/uploads/${upload.id}`}>{upload.name}</a>
              </li>
            ))}
          </ul>
          <label htmlFor={`${id}-${paper.id}`}>{words("my.addFile")}</label>
          <input
            id={`${id}-${paper.id}`}
            type="file"
            accept="image/jpeg,image/png,application/pdf"
            onChange={(event) => {
              const file = event.currentTarget.files?.[0];
              if (file) void run(() => formApi.upload(form, paper.id, file));
            }}
          />
        </div>
      ))}
    </section>
  );
}
