import { useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useId } from "react";
import { keepAnswer } from "../app/keep-answer.ts";
import { useOnce } from "../app/use-once.ts";
import { useWords } from "../ui/words.ts";
import { type BatchPage, paymentsApi } from "./payments-api.ts";

interface Props {
  readonly batch: BatchPage;
  /** Prepared by the one who looks: they discard it; another officer sends it back. */
  readonly own: boolean;
  /** What was refused; undefined once it was done. */
  readonly told: (fault: string | undefined) => void;
}

/** Gives up a batch that is not released, with a reason. */
export function GiveUpBatch({ batch, own, told }: Props) {
  const words = useWords();
  const client = useQueryClient();
  const id = useId();
  const { isBusy, once } = useOnce();
  const giveUp = async (reason: string) => {
    try {
      await keepAnswer(client, ["payment", batch.id], paymentsApi.discard(batch.id, reason));
      told(undefined);
      await client.invalidateQueries({ queryKey: ["payment", batch.id, "lines"] });
    } catch (error) {
      told(error instanceof Error ? error.message : String(error));
    }
  };
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const reason = String(new FormData(event.currentTarget).get("reason"));
    void once(() => giveUp(reason));
  };
  const deed = words(own ? "payments.giveUp.discard" : "payments.giveUp.sendBack");
  return (
    <details>
      <summary>{deed}</summary>
      <form onSubmit={submit}>
        <p className="hint">{words(own ? "payments.giveUp.discardText" : "payments.giveUp.sendBackText")}</p>
        <div className="field">
          <label htmlFor={id}>{words("payments.giveUp.reason")}</label>
          <textarea id={id} name="reason" required maxLength={1000} rows={2} />
        </div>
        <p className="actions">
          <button type="submit" className="button quiet" aria-disabled={isBusy}>
            {deed}
          </button>
        </p>
      </form>
    </details>
  );
}
