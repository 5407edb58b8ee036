import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useNavigate } from "react-router";
import { api, type PersonPage, type RunCard } from "../app/api.ts";
import { Loaded } from "../app/loaded.tsx";
import { useOnce } from "../app/use-once.ts";
import { useTitle } from "../app/use-title.ts";
import type { ActorView } from "../sign-in/api.ts";
import { Explained } from "../ui/explained.tsx";
import { formatDate, formatMoney } from "../ui/format.ts";
import { Outcome } from "../ui/outcome.tsx";
import { usePreferences } from "../ui/preferences.ts";
import { useText, useWords } from "../ui/words.ts";
import { formApi } from "./api.ts";
import { HelpedServices } from "./helped-services.tsx";
import { MyFrame } from "./my-frame.tsx";

/** What I am owed, what I get already, and a way to apply for the rest. */
export function MyPage() {
  const words = useWords();
  useTitle(words("my.title"));
  return (
    <MyFrame>
      {(actor) => (actor.actingFor ? <HelpedServices items={actor.actingFor.items} /> : <Services actor={actor} />)}
    </MyFrame>
  );
}

function Services({ actor }: { readonly actor: ActorView }) {
  const words = useWords();
  const { language } = usePreferences();
  const runs = useQuery({ queryKey: ["runs"], queryFn: api.runs });
  const run = runs.data?.runs[0];
  const person = useQuery({
    queryKey: ["my", "answers", run?.id, actor.person],
    queryFn: () => api.person(run?.id ?? "", actor.person ?? ""),
    enabled: run !== undefined && actor.person !== null,
  });
  return (
    <>
      <h1>{words("my.hello", { name: actor.name })}</h1>
      <Drafts />
      {actor.person === null ? (
        <p>
          {words("my.noPerson")} <a href="/me">{words("my.screen")}</a>
        </p>
      ) : (
        <Loaded query={runs}>
          {({ runs: [run] }) =>
            run === undefined ? (
              <p>{words("state.none")}</p>
            ) : (
              <Loaded query={person}>
                {(page) => (
                  <>
                    <Answers page={page} run={run} />
                    <p className="small hint">
                      {words("my.from", { day: formatDate(run.date, language) })}{" "}
                      <a href="/my/looks">{words("my.looked")}</a>
                    </p>
                  </>
                )}
              </Loaded>
            )
          }
        </Loaded>
      )}
    </>
  );
}

type Answer = PersonPage["answers"][number];

function Answers({ page, run }: { readonly page: PersonPage; readonly run: RunCard }) {
  const words = useWords();
  const owed = page.answers.filter(({ outcome }) => outcome === "entitled");
  const open = page.answers.filter(({ outcome }) => outcome === "undetermined");
  const waiting = owed
    .filter(({ receivedFen, finding }) => finding === "missed" || receivedFen === null)
    .toSorted((a, b) => b.fen - a.fen);
  const got = owed.filter((answer) => !waiting.includes(answer));
  const group = (title: string, answers: readonly Answer[], canApply: boolean) =>
    answers.length > 0 && (
      <section>
        <h2>{words(title, { count: answers.length })}</h2>
        {answers.map((answer) => (
          <Service key={answer.code} answer={answer} list={run.list.code} canApply={canApply} />
        ))}
      </section>
    );
  return (
    <>
      {group("my.waiting", waiting, true)}
      {group("my.open", open, true)}
      {group("my.got", got, false)}
    </>
  );
}

interface ServiceProps {
  readonly answer: Answer;
  readonly list: string;
  readonly canApply: boolean;
}

function Service({ answer, list, canApply }: ServiceProps) {
  const words = useWords();
  const text = useText();
  const { language } = usePreferences();
  const navigate = useNavigate();
  const [fault, setFault] = useState<string>();
  const { isBusy, once } = useOnce();
  const apply = async () => {
    try {
      const form = await formApi.begin({ list, items: [answer.code] });
      navigate(`/my/apply/${form.id}`);
    } catch (error) {
      setFault(error instanceof Error ? error.message : String(error));
    }
  };
  return (
    <article className="answer">
      <h3>{text(answer.name)}</h3>
      <p>
        <Outcome outcome={answer.outcome} />
      </p>
      {answer.fen > 0 && answer.outcome === "entitled" && (
        <p className="due">{formatMoney(answer.fen, answer.per, language)}</p>
      )}
      <p>{text(answer.reason.text)}</p>
      {answer.receivedFen !== null && (
        <p className="hint">
          {words("my.received", { amount: formatMoney(answer.receivedFen, answer.per, language) })}
        </p>
      )}
      {fault && (
        <p className="field-error" role="alert">
          {fault}
        </p>
      )}
      {canApply && (
        <button
          type="button"
          className="button"
          data-item={answer.code}
          aria-disabled={isBusy}
          onClick={() => void once(apply)}
        >
          {words("my.apply", { item: text(answer.name) })}
        </button>
      )}
      <p>
        <a href={`/guide/${encodeURIComponent(list)}/${encodeURIComponent(answer.code)}`}>{words("my.guide")}</a>
      </p>
      <details>
        <summary>{words("my.why")}</summary>
        <Explained explanation={answer.explanation} />
      </details>
    </article>
  );
}

/** Forms that were begun and not submitted. */
function Drafts() {
  const words = useWords();
  const text = useText();
  const { language } = usePreferences();
  const forms = useQuery({ queryKey: ["my", "forms"], queryFn: formApi.mine, staleTime: 0 });
  if (!forms.data || forms.data.forms.length === 0) return null;
  return (
    <section>
      <h2>{words("my.drafts")}</h2>
      <ul>
        {forms.data.forms.map(({ id, items, expiresOn }) => (
          <li key={id}>
            <a href={`/my/apply/${id}`}>{items.map(({ name }) => text(name)).join(", ")}</a>{" "}
            <span className="hint small">{words("my.keptUntil", { day: formatDate(expiresOn, language) })}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
