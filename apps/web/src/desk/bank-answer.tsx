import { useQueryClient } from "@tanstack/react-query";
import { type ChangeEvent, useId, useRef, useState } from "react";
import { newKey } from "../app/ask.ts";
import { keepAnswer } from "../app/keep-answer.ts";
import { useOnce } from "../app/use-once.ts";
import { useWords } from "../ui/words.ts";
import { readBankResults } from "./bank-results.ts";
import { type BatchPage, paymentsApi } from "./payments-api.ts";

type Read = ReturnType<typeof readBankResults>;

/** What the bank answered, from its file: shown row by row before it is booked, all of it or nothing. */
export function BankAnswer({ batch }: { readonly batch: BatchPage }) {
  const words = useWords();
  const id = useId();
  const client = useQueryClient();
  const key = useRef(newKey());
  const { isBusy, once } = useOnce();
  const [read, setRead] = useState<Read>();
  const [fault, setFault] = useState<string>();
  if (batch.results.waiting === 0) return null;
  const choose = async ({ target }: ChangeEvent<HTMLInputElement>) => {
    const file = target.files?.[0];
    key.current = newKey();
    setFault(undefined);
    setRead(file && readBankResults(await file.text()));
  };
  const book = async () => {
    try {
      const booked = paymentsApi.results(batch.id, read?.results ?? [], key.current);
      await keepAnswer(client, ["payment", batch.id], booked);
      await client.invalidateQueries({ queryKey: ["payment", batch.id, "lines"] });
      setRead(undefined);
    } catch (error) {
      setFault(error instanceof Error ? error.message : String(error));
    }
  };
  const count = (result: "paid" | "returned") => read?.results.filter((one) => one.result === result).length ?? 0;
  return (
    <section aria-labelledby={`${id}-title`}>
      <h2 id={`${id}-title`}>{words("payments.book")}</h2>
      <p className="hint">{words("payments.bookText")}</p>
      {fault && (
        <div className="error-summary" role="alert">
          <p>{fault}</p>
        </div>
      )}
      <div className="field">
        <label htmlFor={id}>{words("payments.bankFile")}</label>
        <input id={id} type="file" accept=".csv,.txt,text/csv" onChange={(event) => void choose(event)} />
      </div>
      {read && (
        <div role="status">
          <p>{words("payments.readRows", { paid: count("paid"), returned: count("returned") })}</p>
          {read.faults.length > 0 && (
            <>
              <p className="field-error">{words("payments.faultyRows", { count: read.faults.length })}</p>
              <ul>
                {read.faults.slice(0, 20).map(({ row, text }) => (
                  <li key={row}>{words("payments.faultyRow", { row, text })}</li>
                ))}
              </ul>
            </>
          )}
          {read.faults.length === 0 && read.results.length > 0 && (
            <button type="button" className="button" aria-disabled={isBusy} onClick={() => void once(book)}>
              {words("payments.bookNow")}
            </button>
          )}
        </div>
      )}
    </section>
  );
}
