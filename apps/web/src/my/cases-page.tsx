import { useQuery } from "@tanstack/react-query";
import { Loaded } from "../app/loaded.tsx";
import { useTitle } from "../app/use-title.ts";
import { formatDate } from "../ui/format.ts";
import { formatInstant } from "../ui/format-instant.ts";
import { usePreferences } from "../ui/preferences.ts";
import { useText, useWords } from "../ui/words.ts";
import { caseApi } from "./api.ts";
import { MyFrame } from "./my-frame.tsx";

/** My cases, newest first, each with where it stands and its next day. */
export function MyCasesPage() {
  const words = useWords();
  useTitle(words("my.nav.cases"));
  return <MyFrame>{() => <MyCases />}</MyFrame>;
}

function MyCases() {
  const words = useWords();
  const text = useText();
  const { language } = usePreferences();
  const query = useQuery({ queryKey: ["my", "cases"], queryFn: caseApi.mine, staleTime: 0 });
  return (
    <>
      <h1>{words("my.nav.cases")}</h1>
      <Loaded query={query}>
        {({ cases, after }) => (
          <>
            {cases.length === 0 && (
              <p>
                {words("my.noCases")} <a href="/my">{words("my.nav.services")}</a>
              </p>
            )}
            {cases.map((card) => (
              <article key={card.id} className="answer">
                <h2>
                  <a href={`/my/cases/${card.id}`}>{text(card.item.name)}</a>
                </h2>
                <p>
                  <strong>{words(`case.stage.${card.stage}`)}</strong>
                  {card.due && ` · ${words("case.dueOn", { day: formatDate(card.due, language) })}`}
                </p>
                <p className="hint small">
                  {words("case.number", { number: card.number })} · {formatInstant(card.openedAt, language)}
                </p>
              </article>
            ))}
            {after !== null && <p>{words("my.onlyNewest", { count: cases.length })}</p>}
          </>
        )}
      </Loaded>
    </>
  );
}
