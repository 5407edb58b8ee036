import { useQuery, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useId, useState } from "react";
import { useParams, useSearchParams } from "react-router";
import { newKey } from "../app/ask.ts";
import { keepAnswer } from "../app/keep-answer.ts";
import { Loaded } from "../app/loaded.tsx";
import { useOnce } from "../app/use-once.ts";
import { useTitle } from "../app/use-title.ts";
import { CaseClocks } from "../desk/case-clock.tsx";
import { CaseFacts, Decision, Journal, Steps } from "../desk/case-parts.tsx";
import { CaseUploads } from "../desk/case-uploads.tsx";
import { ClawBackPart } from "../desk/claw-back-part.tsx";
import { formatDate } from "../ui/format.ts";
import { usePreferences } from "../ui/preferences.ts";
import { useText, useWords } from "../ui/words.ts";
import { type CaseDeed, type CasePage, caseApi, type Evidence } from "./api.ts";
import { ClawBackAnswer } from "./claw-back-answer.tsx";
import { MyFrame } from "./my-frame.tsx";
import { OwnPayments } from "./own-payments.tsx";
import { SupplyPart } from "./supply-part.tsx";

/** One of my cases: where it stands, its limits, what was decided and why, and what I can do. */
export function MyCasePage() {
  const { case: id = "" } = useParams();
  const query = useQuery({ queryKey: ["my", "case", id], queryFn: () => caseApi.one(id), staleTime: 0 });
  return <MyFrame>{() => <Loaded query={query}>{(matter) => <Matter matter={matter} />}</Loaded>}</MyFrame>;
}

function Matter({ matter }: { readonly matter: CasePage }) {
  const words = useWords();
  const text = useText();
  const client = useQueryClient();
  const [query] = useSearchParams();
  const [fault, setFault] = useState<string>();
  useTitle(text(matter.item.name));
  const { isBusy, once } = useOnce();
  const act = (deed: CaseDeed, evidence: readonly Evidence[] = []) =>
    once(async () => {
      try {
        const sent = caseApi.act(matter.id, matter.seq, deed, "web", newKey(), evidence);
        await keepAnswer(client, ["my", "case", matter.id], sent);
        setFault(undefined);
      } catch (error) {
        setFault(error instanceof Error ? error.message : String(error));
        await client.invalidateQueries({ queryKey: ["my", "case", matter.id] });
      }
    });
  return (
    <>
      <h1>{text(matter.item.name)}</h1>
      {query.get("new") === "1" && matter.stage === "received" && (
        <div className="done" role="status">
          <p>{words("my.received1", { number: matter.number })}</p>
          <p>{words("my.received2")}</p>
        </div>
      )}
      {fault && (
        <div className="error-summary" role="alert">
          <p>{fault}</p>
        </div>
      )}
      {isBusy && <p role="status">{words("my.sending")}</p>}
      <p>
        <strong className="stage">{words(`case.stage.${matter.stage}`)}</strong>{" "}
        <span className="hint">{words("case.number", { number: matter.number })}</span>
      </p>
      <p>
        <a href={`/guide/${encodeURIComponent(matter.list)}/${encodeURIComponent(matter.item.code)}`}>
          {words("my.guide")}
        </a>
      </p>
      {matter.nextStep && <p>{words("case.next", { step: text(matter.nextStep) })}</p>}
      {matter.supplement && <SupplyPart matter={matter} act={act} />}
      <Decision matter={matter} />
      {matter.decision && (
        <p>
          <a href={`/my/cases/${matter.id}/letter`}>{words("my.letter")}</a>
        </p>
      )}
      <ClawBackPart matter={matter} noticesAt={`/my/cases/${matter.id}`} sourceAt="/my/cases/" />
      <ClawBackAnswer matter={matter} act={act} />
      <OfferAnswer matter={matter} act={act} />
      {matter.decision && <OwnPayments caseId={matter.id} />}
      <CaseClocks matter={matter} />
      <Steps matter={matter} />
      <Appeals matter={matter} act={act} />
      <Rating matter={matter} act={act} />
      <CaseUploads id={matter.id} />
      <CaseFacts matter={matter} />
      <Journal matter={matter} proofs />
      {matter.mayDo.includes("withdraw") && (
        <TextDeed
          title={words("deed.withdraw")}
          label={words("my.withdrawWhy")}
          act={(said) => act({ kind: "withdraw", text: said })}
        />
      )}
    </>
  );
}

interface PartProps {
  readonly matter: CasePage;
  readonly act: (deed: CaseDeed) => Promise<void>;
}

/** What is granted without application can be declined or objected to. */
function OfferAnswer({ matter, act }: PartProps) {
  const words = useWords();
  if (!matter.mayDo.includes("decline") && !matter.mayDo.includes("object")) return null;
  return (
    <section className="answer" aria-labelledby="offer-title">
      <h2 id="offer-title">{words("my.offer")}</h2>
      <p>{words("my.offerText")}</p>
      {matter.mayDo.includes("object") && (
        <TextDeed
          title={words("deed.object")}
          label={words("my.objectWhy")}
          act={(said) => act({ kind: "object", text: said })}
        />
      )}
      {matter.mayDo.includes("decline") && (
        <button type="button" className="button quiet" onClick={() => void act({ kind: "decline" })}>
          {words("deed.decline")}
        </button>
      )}
    </section>
  );
}

const routes = ["re-examination", "complaint", "administrative-review"] as const;

function Appeals({ matter, act }: PartProps) {
  const words = useWords();
  const text = useText();
  const { language } = usePreferences();
  const id = useId();
  const may = matter.mayDo.includes("appeal");
  if (!may && matter.appeals.length === 0) return null;
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const route = routes.find((name) => name === form.get("route")) ?? "re-examination";
    void act({ kind: "appeal", route, ground: String(form.get("ground")) });
  };
  return (
    <section aria-labelledby="appeals-title">
      <h2 id="appeals-title">{words("my.appeals")}</h2>
      {matter.appeals.map((appeal) => (
        <p key={appeal.appeal}>
          <strong>{words(`case.route.${appeal.route}`)}</strong> {formatDate(appeal.filedOn, language)}: {appeal.ground}
          {appeal.due && ` · ${words("case.dueOn", { day: formatDate(appeal.due, language) })}`}
          {appeal.outcome && ` · ${words(`case.appealOutcome.${appeal.outcome}`)} ${appeal.text ?? ""}`}
        </p>
      ))}
      {may && (
        <details>
          <summary>{words("my.appeal")}</summary>
          <ul>
            {matter.appealUntil.map(({ route, until, basis }) => (
              <li key={route}>
                {words(`case.route.${route}`)} {until && words("my.until", { day: formatDate(until, language) })}{" "}
                <span className="hint small">{text(basis)}</span>
              </li>
            ))}
          </ul>
          <form onSubmit={submit}>
            <div className="field">
              <label htmlFor={`${id}-route`}>{words("my.route")}</label>
              <select id={`${id}-route`} name="route">
                {matter.appealUntil.map(({ route }) => (
                  <option key={route} value={route}>
                    {words(`case.route.${route}`)}
                  </option>
                ))}
              </select>
            </div>
            <div className="field">
              <label htmlFor={`${id}-ground`}>{words("my.ground")}</label>
              <textarea id={`${id}-ground`} name="ground" rows={3} required />
            </div>
            <button type="submit" className="button">
              {words("my.sendAppeal")}
            </button>
          </form>
        </details>
      )}
    </section>
  );
}

const grades = [5, 4, 3, 2, 1] as const;

/** 好差评: five grades, once a matter, by the person alone. */
function Rating({ matter, act }: PartProps) {
  const words = useWords();
  const id = useId();
  if (matter.rating) {
    return (
      <p>
        {words("my.rated", { grade: words(`case.grade.${matter.rating.grade}`) })} {matter.rating.answer ?? ""}
      </p>
    );
  }
  if (!matter.mayDo.includes("rate")) return null;
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const text = String(form.get("text")).trim();
    void act({ kind: "rate", grade: Number(form.get("grade")), ...(text && { text }) });
  };
  return (
    <form onSubmit={submit} className="answer">
      <fieldset>
        <legend>
          <h2>{words("my.rate")}</h2>
        </legend>
        <p className="hint">{words("my.rateText")}</p>
        {grades.map((grade) => (
          <label key={grade} className="choice">
            <input type="radio" name="grade" value={grade} required />
            <span>{words(`case.grade.${grade}`)}</span>
          </label>
        ))}
      </fieldset>
      <label htmlFor={`${id}-text`}>{words("my.rateWhy")}</label>
      <textarea id={`${id}-text`} name="text" rows={2} />
      <p className="actions">
        <button type="submit" className="button">
          {words("my.sendRating")}
        </button>
      </p>
    </form>
  );
}

interface TextDeedProps {
  readonly title: string;
  readonly label: string;
  readonly act: (text: string) => Promise<void>;
}

/** A deed that needs a reason: closed until it is wanted. */
function TextDeed({ title, label, act }: TextDeedProps) {
  const id = useId();
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    void act(String(new FormData(event.currentTarget).get("text")));
  };
  return (
    <details>
      <summary>{title}</summary>
      <form onSubmit={submit}>
        <div className="field">
          <label htmlFor={id}>{label}</label>
          <textarea id={id} name="text" rows={2} required />
        </div>
        <button type="submit" className="button quiet">
          {title}
        </button>
      </form>
    </details>
  );
}
