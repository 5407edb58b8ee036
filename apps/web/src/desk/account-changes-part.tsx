import { useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { ActorView } from "../sign-in/api.ts";
import { formatInstant } from "../ui/format-instant.ts";
import { usePreferences } from "../ui/preferences.ts";
import { useWords } from "../ui/words.ts";
import { type AccountChange, paymentsApi } from "./payments-api.ts";

/** Accounts that a finance officer asked to use: another one confirms each, or refuses it. */
export function AccountChangesPart({ actor }: { readonly actor: ActorView }) {
  const words = useWords();
  const client = useQueryClient();
  const [said, setSaid] = useState<{ readonly ok: boolean; readonly text: string }>();
  const query = useInfiniteQuery({
    queryKey: ["account-changes"],
    queryFn: ({ pageParam }) => paymentsApi.accountChanges(pageParam),
    initialPageParam: "",
    getNextPageParam: ({ after }) => after ?? undefined,
    staleTime: 0,
  });
  const changes = query.data?.pages.flatMap((page) => page.changes) ?? [];
  const answer = async ({ id, of }: AccountChange, word: "confirm" | "refuse") => {
    try {
      await paymentsApi.answerChange(id, word);
      setSaid({ ok: true, text: words(`payments.changes.${word === "confirm" ? "confirmed" : "refused"}`, { of }) });
    } catch (error) {
      setSaid({ ok: false, text: error instanceof Error ? error.message : String(error) });
    }
    await Promise.all(
      ["account-changes", "payees", "payer"].map((key) => client.invalidateQueries({ queryKey: [key] })),
    );
  };
  return (
    <section aria-labelledby="account-changes-title">
      <h2 id="account-changes-title">{words("payments.changes.title")}</h2>
      <p className="hint">{words("payments.changes.lead")}</p>
      {query.isError && <p role="alert">{query.error.message}</p>}
      {said && (
        <div className={said.ok ? "done" : "error-summary"} role="status">
          <p>{said.text}</p>
        </div>
      )}
      {query.isSuccess && changes.length === 0 && <p>{words("payments.changes.none")}</p>}
      {changes.map((change) => (
        <Change
          key={change.id}
          change={change}
          own={change.askedById === actor.id}
          answer={(word) => void answer(change, word)}
        />
      ))}
      {query.hasNextPage && (
        <button type="button" className="button quiet small" onClick={() => void query.fetchNextPage()}>
          {words("my.more")}
        </button>
      )}
    </section>
  );
}

interface ChangeProps {
  readonly change: AccountChange;
  /** Asked for by the one who looks: another one confirms it. */
  readonly own: boolean;
  readonly answer: (word: "confirm" | "refuse") => void;
}

function Change({ change, own, answer }: ChangeProps) {
  const words = useWords();
  const { language } = usePreferences();
  const { kind, of, name, account, bank, before, askedBy, askedAt } = change;
  const about = words(kind === "payee" ? "payments.changes.payee" : "payments.changes.payer", { of });
  return (
    <article className="answer" data-change={of}>
      <h3>{about}</h3>
      <p>
        <strong>{words("payments.changes.next", { name, account })}</strong>
        {bank !== null && ` · ${words("payments.changes.bank", { bank })}`}
      </p>
      {kind === "payee" && (
        <p>{before ? words("payments.changes.before", { ...before }) : words("payments.changes.first")}</p>
      )}
      <p className="hint small">
        {words("payments.changes.by", { name: askedBy, at: formatInstant(askedAt, language) })}
      </p>
      <p className="actions">
        {!own && (
          <button type="button" className="button" onClick={() => answer("confirm")}>
            {words("payments.changes.confirm")}
            <span className="visually-hidden">{about}</span>
          </button>
        )}
        <button type="button" className="button quiet" onClick={() => answer("refuse")}>
          {words(own ? "payments.changes.takeBack" : "payments.changes.refuse")}
          <span className="visually-hidden">{about}</span>
        </button>
        {own && <span className="hint">{words("payments.changes.another")}</span>}
      </p>
    </article>
  );
}
