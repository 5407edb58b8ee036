import { useInfiniteQuery } from "@tanstack/react-query";
import { useTitle } from "../app/use-title.ts";
import { identityApi, type LooksPage as Looks } from "../sign-in/api.ts";
import { formatInstant } from "../ui/format-instant.ts";
import { usePreferences } from "../ui/preferences.ts";
import { useWords } from "../ui/words.ts";
import { MyFrame } from "./my-frame.tsx";

/** Who looked at my data: when, who, for what, and which facts. */
export function LooksPage() {
  const words = useWords();
  useTitle(words("my.nav.looks"));
  return <MyFrame>{() => <LooksList />}</MyFrame>;
}

function LooksList() {
  const words = useWords();
  const query = useInfiniteQuery({
    queryKey: ["my", "looks"],
    queryFn: ({ pageParam }) => identityApi.looks(pageParam),
    initialPageParam: undefined as number | undefined,
    getNextPageParam: ({ next }) => next ?? undefined,
    staleTime: 0,
  });
  const looks = query.data?.pages.flatMap((page) => page.looks) ?? [];
  return (
    <>
      <h1>{words("my.nav.looks")}</h1>
      <p>{words("my.looksText")}</p>
      {query.isError && <p role="alert">{query.error.message}</p>}
      {query.isSuccess && looks.length === 0 && <p>{words("my.noLooks")}</p>}
      <ul className="entries">
        {looks.map((look) => (
          <Look key={look.id} look={look} />
        ))}
      </ul>
      {query.hasNextPage && (
        <button type="button" className="button quiet" onClick={() => void query.fetchNextPage()}>
          {words("my.more")}
        </button>
      )}
    </>
  );
}

function Look({ look }: { readonly look: Looks["looks"][number] }) {
  const words = useWords();
  const { language } = usePreferences();
  return (
    <li>
      <strong>{look.own ? words("my.lookedYou") : (look.by ?? words("my.visitor"))}</strong>{" "}
      {formatInstant(look.at, language)}
      <p className="hint small">
        {look.item && `${words("my.forItem", { item: look.item })} · `}
        {look.case && (
          <>
            <a href={`/my/cases/${look.case}`}>{words("my.forCase")}</a> ·{" "}
          </>
        )}
        {words("my.factCount", { count: look.facts.length })}
      </p>
      {look.facts.length > 0 && (
        <details>
          <summary>{words("my.whichFacts")}</summary>
          <p className="small">{look.facts.join(", ")}</p>
        </details>
      )}
    </li>
  );
}
