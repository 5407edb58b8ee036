import { useQueryClient } from "@tanstack/react-query";
import { type FormEvent, type ReactNode, useId, useState } from "react";
import { useOnce } from "../app/use-once.ts";
import { useWords } from "../ui/words.ts";

interface Props {
  /** What stands before and after name and account; its fields are read by their names. */
  readonly before?: ReactNode;
  readonly after?: ReactNode;
  readonly name?: string;
  readonly button: string;
  /** Keeps what is written and gives what to say of it. */
  readonly keep: (field: (key: string) => string) => Promise<string>;
  /** What is read anew afterwards. */
  readonly changed: readonly string[];
  /** Whether the fields are emptied for the next one. */
  readonly empties: boolean;
}

/** An account at a bank, written down or changed. */
export function AccountForm({ before, after, name = "", button, keep, changed, empties }: Props) {
  const words = useWords();
  const id = useId();
  const client = useQueryClient();
  const [said, setSaid] = useState<{ readonly ok: boolean; readonly text: string }>();
  const { isBusy, once } = useOnce();
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const written = event.currentTarget;
    void once(() => send(written));
  };
  const send = async (written: HTMLFormElement) => {
    const form = new FormData(written);
    try {
      setSaid({ ok: true, text: await keep((key) => String(form.get(key) ?? "").trim()) });
      if (empties) written.reset();
      void client.invalidateQueries({ queryKey: changed });
    } catch (error) {
      setSaid({ ok: false, text: error instanceof Error ? error.message : String(error) });
    }
  };
  return (
    <form className="filters" onSubmit={submit}>
      {before}
      <label htmlFor={`${id}-name`}>
        {words("payments.name")}
        <input id={`${id}-name`} name="name" type="text" required maxLength={140} defaultValue={name} />
      </label>
      <label htmlFor={`${id}-account`}>
        {words("payments.account")}
        <input id={`${id}-account`} name="account" type="text" required inputMode="numeric" pattern="\d{8,34}" />
      </label>
      {after}
      <button type="submit" className="button quiet" aria-disabled={isBusy}>
        {button}
      </button>
      {said && (
        <p className={said.ok ? "" : "field-error"} role="status">
          {said.text}
        </p>
      )}
    </form>
  );
}
