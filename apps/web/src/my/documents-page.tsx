import { useQuery } from "@tanstack/react-query";
import { Loaded } from "../app/loaded.tsx";
import { useTitle } from "../app/use-title.ts";
import { formatInstant } from "../ui/format-instant.ts";
import { usePreferences } from "../ui/preferences.ts";
import { useText, useWords } from "../ui/words.ts";
import { caseApi } from "./api.ts";
import { MyFrame } from "./my-frame.tsx";

/** Decision letters and receipts, one place for all of them. */
export function DocumentsPage() {
  const words = useWords();
  useTitle(words("my.nav.documents"));
  return <MyFrame>{() => <Documents />}</MyFrame>;
}

function Documents() {
  const words = useWords();
  const text = useText();
  const { language } = usePreferences();
  const query = useQuery({ queryKey: ["my", "cases"], queryFn: caseApi.mine, staleTime: 0 });
  return (
    <>
      <h1>{words("my.nav.documents")}</h1>
      <Loaded query={query}>
        {({ cases, after }) => {
          const decided = cases.filter(({ outcome }) => outcome !== null);
          if (decided.length === 0) return <p>{words("my.noDocuments")}</p>;
          return (
            <>
              <ul className="entries">
                {decided.map((card) => (
                  <li key={card.id}>
                    <a href={`/my/cases/${card.id}/letter`}>{words("my.letterOf", { item: text(card.item.name) })}</a>
                    <p className="hint small">
                      {words("case.number", { number: card.number })} · {formatInstant(card.updatedAt, language)}
                    </p>
                  </li>
                ))}
              </ul>
              {after !== null && <p>{words("my.onlyNewest", { count: cases.length })}</p>}
            </>
          );
        }}
      </Loaded>
    </>
  );
}
