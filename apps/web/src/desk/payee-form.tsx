import { useId } from "react";
import { useWords } from "../ui/words.ts";
import { AccountForm } from "./account-form.tsx";
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
  const asked = (
    <label htmlFor={`${id}-person`}>
      {words("payments.person")}
      <input id={`${id}-person`} name="person" type="text" required />
    </label>
  );
  return (
    <AccountForm
      before={person === undefined && asked}
      name={name}
      button={words("payments.keepPayee")}
      changed={["account-changes"]}
      empties={person === undefined}
      keep={async (field) => {
        const body = { person: person ?? field("person"), name: field("name"), account: field("account") };
        await paymentsApi.payee(body);
        return words("payments.payeeKept", { person: body.person });
      }}
    />
  );
}
