import { useQuery } from "@tanstack/react-query";
import { useId } from "react";
import { useParams, useSearchParams } from "react-router";
import { Loaded } from "../app/loaded.tsx";
import { useTitle } from "../app/use-title.ts";
import { formatDate } from "../ui/format.ts";
import { usePreferences } from "../ui/preferences.ts";
import { useText, useWords } from "../ui/words.ts";
import { type BundleProgress, eventApi } from "./api.ts";
import { MyFrame } from "./my-frame.tsx";

/** How far a life event has come: every branch with where it stands and its own clock. */
export function EventPage() {
  const words = useWords();
  useTitle(words("my.events.title"));
  const { event: id = "" } = useParams();
  const [asked] = useSearchParams();
  const query = useQuery({ queryKey: ["my", "event", id], queryFn: () => eventApi.one(id), staleTime: 0 });
  return (
    <MyFrame>
      {() => (
        <>
          <h1>{words("my.events.title")}</h1>
          {asked.get("new") === "1" && (
            <div className="done" role="status">
              <p>{words("my.events.sent")}</p>
            </div>
          )}
          <Loaded query={query}>{(progress) => <EventProgress progress={progress} />}</Loaded>
        </>
      )}
    </MyFrame>
  );
}

/** The branches of an event under one bar. */
export function EventProgress({ progress }: { readonly progress: BundleProgress }) {
  const words = useWords();
  const text = useText();
  const { language } = usePreferences();
  const id = useId();
  const { bundle, done, of, branches } = progress;
  const nameOf = (code: string) => {
    const branch = branches.find(({ item }) => item.code === code);
    return branch ? text(branch.item.name) : code;
  };
  return (
    <article className="answer">
      <h2>
        <a href={`/my/events/${progress.id}`}>{text(bundle.name)}</a>
      </h2>
      <p id={id}>{words("my.events.progress", { done, of })}</p>
      <progress className="whole" value={done} max={of} aria-labelledby={id} />
      <ol className="steps">
        {branches.map(({ item, after, state, case: caseId, stage, due, outcome }) => (
          <li key={item.code}>
            <strong>{text(item.name)}</strong> {words(`my.events.state.${state}`)}
            {state === "waiting" &&
              after.map((code) => ` · ${words("my.events.waitsFor", { item: nameOf(code) })}`).join("")}
            {stage && state === "open" && ` · ${words(`case.stage.${stage}`)}`}
            {outcome && ` · ${words(`case.outcome.${outcome}`)}`}
            {due && ` · ${words("case.dueOn", { day: formatDate(due, language) })}`}
            {caseId && (
              <>
                {" "}
                <a href={`/my/cases/${caseId}`}>
                  {words("my.events.see")}
                  <span className="visually-hidden"> {text(item.name)}</span>
                </a>
              </>
            )}
          </li>
        ))}
      </ol>
    </article>
  );
}
