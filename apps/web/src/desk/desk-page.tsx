import { useQuery } from "@tanstack/react-query";
import { useSearchParams } from "react-router";
import { Loaded } from "../app/loaded.tsx";
import { useTitle } from "../app/use-title.ts";
import { caseApi } from "../my/api.ts";
import type { ActorView } from "../sign-in/api.ts";
import { SignedIn, Who } from "../sign-in/signed-in.tsx";
import { useText, useWords } from "../ui/words.ts";
import { CaseClocks } from "./case-clock.tsx";
import { CaseFacts, Decision, Journal, Steps } from "./case-parts.tsx";
import { CaseUploads } from "./case-uploads.tsx";
import { CaseWhy } from "./case-why.tsx";
import { ClawBackPart } from "./claw-back-part.tsx";
import { Deeds } from "./deeds.tsx";
import { PaidPart } from "./paid-part.tsx";
import { QueueColumn } from "./queue-column.tsx";
import "../sign-in/sign-in.css";
import "./case.css";
import "./desk.css";

/** One window for all services: queue left, matter in the middle, clock and law on the right. */
export function DeskPage() {
  const words = useWords();
  useTitle(words("desk.title"));
  return <SignedIn kind="staff">{(actor) => <Desk actor={actor} />}</SignedIn>;
}

function Desk({ actor }: { readonly actor: ActorView }) {
  const words = useWords();
  const [query, setQuery] = useSearchParams();
  const chosen = query.get("case") ?? "";
  const choose = (id: string) => {
    const next = new URLSearchParams(query);
    next.set("case", id);
    setQuery(next);
  };
  return (
    <>
      <Who actor={actor} />
      <h1>{words("desk.title")}</h1>
      {actor.roles.some(({ role }) => role === "finance-officer" || role === "auditor") && (
        <p>
          <a href="/desk/payments">{words("payments.title")}</a>
        </p>
      )}
      <p className="actions">
        {actor.roles.some(({ role }) => role === "clerk") && (
          <>
            <a href="/desk/window">{words("window.title")}</a>
            <a href="/desk/helpers">{words("window.helpers.title")}</a>
          </>
        )}
        <a href="/desk/claw-backs">{words("clawBack.all")}</a>
      </p>
      <div className="desk">
        <QueueColumn actor={actor} chosen={chosen} onChoose={choose} />
        {chosen === "" ? (
          <p className="hint">{words("desk.choose")}</p>
        ) : (
          <Matter key={chosen} id={chosen} actor={actor} />
        )}
      </div>
    </>
  );
}

function Matter({ id, actor }: { readonly id: string; readonly actor: ActorView }) {
  const words = useWords();
  const query = useQuery({ queryKey: ["case", id], queryFn: () => caseApi.one(id), staleTime: 0 });
  return (
    <Loaded query={query}>
      {(matter) => (
        <>
          <section className="matter" aria-labelledby="matter-title">
            <MatterHead matter={matter} />
            <Deeds matter={matter} actor={actor} />
            <Decision matter={matter} />
            <ClawBackPart matter={matter} noticesAt={`/desk/claw-backs/${matter.id}`} sourceAt="/desk?case=" />
            <PaidPart matter={matter} />
            <Steps matter={matter} />
            <Joins matter={matter} />
            <CaseUploads id={matter.id} />
            <CaseFacts matter={matter} />
            <Journal matter={matter} />
          </section>
          <aside className="law" aria-label={words("desk.law")}>
            <CaseClocks matter={matter} />
            <CaseWhy matter={matter} />
          </aside>
        </>
      )}
    </Loaded>
  );
}

type Shown = { readonly matter: Awaited<ReturnType<typeof caseApi.one>> };

function MatterHead({ matter }: Shown) {
  const words = useWords();
  const text = useText();
  const name = text(matter.item.name);
  return (
    <>
      <h2 id="matter-title" tabIndex={-1}>
        {name}
      </h2>
      <p>
        <strong className="stage">{words(`case.stage.${matter.stage}`)}</strong>{" "}
        {words("case.number", { number: matter.number })} · {words("desk.person", { person: matter.person })} ·{" "}
        {words(`channel.${matter.channel}`)}
        {matter.assignee && ` · ${words("desk.assignee", { name: matter.assignee.name })}`}
      </p>
      {matter.supplement && (
        <p className="field-error">
          {words("desk.waitingFor", { papers: matter.supplement.papers.join(", ") })} {matter.supplement.text}
        </p>
      )}
      {matter.secondPerson.needed && <SecondPerson why={matter.secondPerson.why} />}
      {matter.appeals.map((appeal) => (
        <p key={appeal.appeal}>
          <strong>{words(`case.route.${appeal.route}`)}</strong>: {appeal.ground}{" "}
          {appeal.outcome ?? words("desk.appealOpen")}
        </p>
      ))}
      {matter.rating && (
        <p>
          {words("desk.rating", { grade: words(`case.grade.${matter.rating.grade}`), text: matter.rating.text ?? "" })}
        </p>
      )}
    </>
  );
}

function SecondPerson({ why }: { readonly why: { readonly zh: string; readonly en: string } | null }) {
  const words = useWords();
  const text = useText();
  const reason = text(why ?? undefined);
  return (
    <p className="hint">
      {words("desk.secondPerson")} {reason}
    </p>
  );
}

function Joins({ matter }: Shown) {
  const words = useWords();
  if (matter.joins.length === 0) return null;
  return (
    <section aria-labelledby="joins-title">
      <h2 id="joins-title">{words("desk.joins")}</h2>
      <ul>
        {matter.joins.map(({ join, office, question, opinion }) => (
          <li key={join}>
            {office}: {question}
            {opinion
              ? ` · ${words(opinion.agrees ? "desk.agrees" : "desk.disagrees")} ${opinion.text} (${opinion.by.name})`
              : ` · ${words("desk.noOpinion")}`}
          </li>
        ))}
      </ul>
    </section>
  );
}
