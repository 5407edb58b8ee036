import { useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useId, useState } from "react";
import { useWords } from "../ui/words.ts";
import { paymentsApi } from "./payments-api.ts";

interface Props {
  /** Whose account it is; undefined: it is asked. */
  readonly person?: string;
  readonly name?: string;
}

/** Where somebody is paid, written down or changed; batches to come pay there. */
export function PayeeForm({ person, name = "" }: Props) {
  const words = useWords();
  const id = useId();
  const client = useQueryClient();
  const [said, setSaid] = useState<{ readonly ok: boolean; readonly text: string }>();
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const written = event.currentTarget;
    const form = new FormData(written);
    const field = (key: string) => String(form.get(key) ?? "").trim();
    const body = { person: person ?? field("person"), name: field("name"), account: field("account") };
    try {
      await paymentsApi.payee(body);
      setSaid({ ok: true, text: words("payments.payeeKept", { person: body.person }) });
      if (person === undefined) written.reset();
      await client.invalidateQueries({ queryKey: ["payees"] });
    } catch (error) {
      setSaid({ ok: false, text: error instanceof Error ? error.message : String(error) });
    }
  };
  return (
    <form className="filters" onSubmit={(event) => void submit(event)}>
      {person === undefined && (
        <label htmlFor={`${id}-person`}>
          {words("payments.person")}
          <input id={`${id}-person`} name="person" type="text" required />
        </label>
      )}
      <label htmlFor={`${id}-name`}>
        {words("payments.name")}
        <input id={`${id}-name`} name="name" type="text" required maxLength={140} defaultValue={name} />
      </label>
      <label htmlFor={`${id}-account`}>
        {words("payments.account")}
        <input id={`${id}-account`} name="account" type="text" required inputMode="numeric" pattern="\d{8,34}" />
      </label>
      <button type="submit" className="button quiet">
        {words("payments.keepPayee")}
      </button>
      {said && (
        <p className={said.ok ? "" : "field-error"} role="status">
          {said.text}
        </p>
      )}
    </form>
  );
}
