import { useQuery } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { useNavigate } from "react-router";
import { newKey } from "../app/ask.ts";
import { useOnce } from "../app/use-once.ts";
import { useWords } from "../ui/words.ts";
import { PayeeForm } from "./payee-form.tsx";
import { type BatchPage, paymentsApi } from "./payments-api.ts";

/** What came back: a new account for each, then a batch that pays it again. */
export function PayAgain({ batch }: { readonly batch: BatchPage }) {
  const words = useWords();
  const navigate = useNavigate();
  const key = useRef(newKey());
  const [fault, setFault] = useState<string>();
  const query = useQuery({
    queryKey: ["payment", batch.id, "lines", "returned", "again"],
    queryFn: () => paymentsApi.lines(batch.id, 0, "returned"),
    staleTime: 0,
  });
  const { isBusy, once } = useOnce();
  const retry = async () => {
    try {
      const made = await paymentsApi.retry(batch.id, key.current);
      navigate(`/desk/payments/${made.id}`);
    } catch (error) {
      key.current = newKey();
      setFault(error instanceof Error ? error.message : String(error));
    }
  };
  const persons = [...new Map((query.data?.lines ?? []).map((line) => [line.person, line])).values()];
  return (
    <section aria-labelledby="again-title">
      <h2 id="again-title">{words("payments.again")}</h2>
      <p className="hint">{words("payments.againText")}</p>
      {fault && (
        <div className="error-summary" role="alert">
          <p>{fault}</p>
        </div>
      )}
      {persons.map(({ person, name, account, reason }) => (
        <article key={person} className="answer">
          <h3>
            {name} · {account} · {words(`payments.returnReason.${reason ?? "closed"}`)}
          </h3>
          <PayeeForm person={person} name={name} />
        </article>
      ))}
      <p className="actions">
        <button type="button" className="button" aria-disabled={isBusy} onClick={() => void once(retry)}>
          {words("payments.retry")}
        </button>
      </p>
    </section>
  );
}
