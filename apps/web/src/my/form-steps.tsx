import { useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useRef, useState } from "react";
import { useNavigate } from "react-router";
import { newKey } from "../app/ask.ts";
import { keepAnswer } from "../app/keep-answer.ts";
import { useOnce } from "../app/use-once.ts";
import { type AskedType, emptyDraft, type FactValue } from "../resident/answer.ts";
import { QuestionPage } from "../resident/question-page.tsx";
import { formatDate } from "../ui/format.ts";
import { formatInstant } from "../ui/format-instant.ts";
import { usePreferences } from "../ui/preferences.ts";
import { useText, useWords } from "../ui/words.ts";
import { type FormPage, type FormQuestion, formApi } from "./api.ts";
import { CheckAnswers } from "./check-answers.tsx";

interface Props {
  readonly form: FormPage;
  /** Sends it: the items that are applied for (undefined: all), and what the fields beside the declaration say. */
  readonly send: (items: readonly string[] | undefined, said: FormData, key: string) => Promise<void>;
  /** Asked beside the declaration. */
  readonly sendFields?: ReactNode;
  /** Where it is left to. */
  readonly home: string;
  /** Where what was sent stands. */
  readonly sent: ReactNode;
}

/** One form: a question a page while one is left, then everything to check, then sent. */
export function FormSteps({ form, send, sendFields, home, sent }: Props) {
  const words = useWords();
  const text = useText();
  const client = useQueryClient();
  const [fault, setFault] = useState<string>();
  const submitKey = useRef(newKey());
  const { language } = usePreferences();

  const { isBusy, once } = useOnce();

  const run = (deed: () => Promise<FormPage>) =>
    once(async () => {
      try {
        await keepAnswer(client, ["my", "form", form.id], deed());
        setFault(undefined);
      } catch (error) {
        setFault(error instanceof Error ? error.message : String(error));
        // Somebody else, or another tab, may have gone on: what stands now is shown.
        await client.invalidateQueries({ queryKey: ["my", "form", form.id] });
      }
    });
  const submit = async (items: readonly string[] | undefined, said: FormData) => {
    try {
      await send(items, said, submitKey.current);
    } catch (error) {
      setFault(error instanceof Error ? error.message : String(error));
    }
  };

  return (
    <>
      {form.bundle && <p>{words("my.events.oneForm", { event: text(form.bundle.name) })}</p>}
      <p className="hint">{form.items.map(({ name }) => text(name)).join(" · ")}</p>
      {fault && (
        <div className="error-summary" role="alert">
          <p>{fault}</p>
        </div>
      )}
      {isBusy && <p role="status">{words("my.sending")}</p>}
      {form.submitted ? (
        <p>
          {words("my.submitted")} {sent}
        </p>
      ) : form.question ? (
        <Asked key={`${form.seq}`} form={form} question={form.question} run={run} home={home} />
      ) : (
        <CheckAnswers form={form} run={run} sendFields={sendFields} onSubmit={submit} />
      )}
      {!form.submitted && <KeepForLater form={form} />}
      {!form.submitted && (
        <p className="small hint">{words("my.keptUntil", { day: formatDate(form.expiresOn, language) })}</p>
      )}
    </>
  );
}

interface AskedProps {
  readonly form: FormPage;
  readonly question: FormQuestion;
  readonly run: (deed: () => Promise<FormPage>) => Promise<void>;
  readonly home: string;
}

const askedTypes = ["boolean", "integer", "decimal", "money", "date", "enum", "area"] as const;

function Asked({ form, question, run, home }: AskedProps) {
  const words = useWords();
  const navigate = useNavigate();
  const type = askedTypes.find((name) => name === question.type) ?? "decimal";
  const asked: AskedType = { type, decimals: question.decimals };
  const { zh, en, helpZh, helpEn } = question.question;
  const member = form.members.indexOf(question.of);
  const about =
    question.entity === "household" || form.members.length < 2
      ? undefined
      : question.of === form.subject
        ? words("my.aboutYou")
        : words("my.aboutMember", { number: member + 1 });
  const last = form.answers.findLast(({ origin }) => origin === "applicant");
  const back = () => {
    if (last) void run(() => formApi.answer(form, last.of, last.fact, null));
    else navigate(home);
  };
  return (
    <QuestionPage
      question={{
        id: `${question.of} ${question.fact}`,
        title: { zh, en },
        ...(helpZh && helpEn && { help: { zh: helpZh, en: helpEn } }),
        ...(about && { about }),
        asked,
        ...(question.unit && { unit: question.unit }),
        ...(question.values.length > 0 && {
          choices: question.values.map((value) => ({ code: value.code, label: value })),
        }),
      }}
      draft={emptyDraft}
      today={form.date}
      progress={words("question.progress", {
        number: form.answers.filter(({ origin }) => origin === "applicant").length + form.skipped.length + 1,
        atMost: question.remaining - 1,
      })}
      onAnswer={(value: FactValue) => void run(() => formApi.answer(form, question.of, question.fact, value))}
      onUnknown={() => void run(() => formApi.skip(form, question.of, question.fact))}
      onBack={back}
    />
  );
}

/** A code to go on with at a window, a station or on another device. */
function KeepForLater({ form }: { readonly form: FormPage }) {
  const words = useWords();
  const { language } = usePreferences();
  const { isBusy, once } = useOnce();
  const [made, setMade] = useState<{ code: string; until: string }>();
  const [fault, setFault] = useState<string>();
  const make = async () => {
    try {
      setMade(await formApi.pickupCode(form));
    } catch (error) {
      setFault(error instanceof Error ? error.message : String(error));
    }
  };
  return (
    <section className="keep no-print">
      <h2>{words("my.later")}</h2>
      <p>{words("my.laterText")}</p>
      {fault && <p role="alert">{fault}</p>}
      {made ? (
        <p role="status">
          <strong className="code">{made.code}</strong>{" "}
          {words("my.codeUntil", { until: formatInstant(made.until, language) })}
        </p>
      ) : (
        <button type="button" className="button quiet" aria-disabled={isBusy} onClick={() => void once(make)}>
          {words("my.makeCode")}
        </button>
      )}
    </section>
  );
}
