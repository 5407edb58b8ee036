import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useNavigate } from "react-router";
import { api } from "../app/api.ts";
import { Loaded } from "../app/loaded.tsx";
import { useOnce } from "../app/use-once.ts";
import { useTitle } from "../app/use-title.ts";
import { useText, useWords } from "../ui/words.ts";
import { type BundleView, eventApi, formApi } from "./api.ts";
import { EventProgress } from "./event-page.tsx";
import { MyFrame } from "./my-frame.tsx";

/** Life events (一件事一次办): what happened is chosen, and everything that hangs on it is applied for by one form. */
export function EventsPage() {
  const words = useWords();
  useTitle(words("my.events.title"));
  return <MyFrame>{() => <Events />}</MyFrame>;
}

function Events() {
  const words = useWords();
  const runs = useQuery({ queryKey: ["runs"], queryFn: api.runs });
  const list = runs.data?.runs[0]?.list.code;
  const events = useQuery({
    queryKey: ["events", list],
    queryFn: () => eventApi.all(list ?? ""),
    enabled: list !== undefined,
  });
  const mine = useQuery({ queryKey: ["my", "events"], queryFn: eventApi.mine, staleTime: 0 });
  return (
    <>
      <h1>{words("my.events.title")}</h1>
      <p>{words("my.events.lead")}</p>
      {mine.data && mine.data.bundles.length > 0 && (
        <section>
          <h2>{words("my.events.underWay")}</h2>
          {mine.data.bundles.map((progress) => (
            <EventProgress key={progress.id} progress={progress} />
          ))}
        </section>
      )}
      <Loaded query={runs}>
        {() =>
          list === undefined ? (
            <p>{words("state.none")}</p>
          ) : (
            <Loaded query={events}>
              {({ bundles }) => bundles.map((event) => <Event key={event.code} event={event} list={list} />)}
            </Loaded>
          )
        }
      </Loaded>
    </>
  );
}

function Event({ event, list }: { readonly event: BundleView; readonly list: string }) {
  const words = useWords();
  const text = useText();
  const navigate = useNavigate();
  const [fault, setFault] = useState<string>();
  const { isBusy, once } = useOnce();
  const begin = async () => {
    try {
      const form = await formApi.begin({ list, bundle: event.code });
      navigate(`/my/apply/${form.id}`);
    } catch (error) {
      setFault(error instanceof Error ? error.message : String(error));
    }
  };
  const nameOf = (code: string) => {
    const branch = event.branches.find(({ item }) => item.code === code);
    return branch ? text(branch.item.name) : code;
  };
  return (
    <article className="answer">
      <h2>{text(event.name)}</h2>
      <p>{words("my.events.contains")}</p>
      <ul>
        {event.branches.map(({ item, after }) => (
          <li key={item.code}>
            {text(item.name)}{" "}
            {after.map((code) => (
              <span key={code} className="hint">
                {words("my.events.after", { item: nameOf(code) })}{" "}
              </span>
            ))}
          </li>
        ))}
      </ul>
      {fault && (
        <p className="field-error" role="alert">
          {fault}
        </p>
      )}
      <button
        type="button"
        className="button"
        data-event={event.code}
        aria-disabled={isBusy}
        onClick={() => void once(begin)}
      >
        {words("my.events.begin", { event: text(event.name) })}
      </button>
    </article>
  );
}
