import { useQuery } from "@tanstack/react-query";
import { useId } from "react";
import { formatInstant } from "../ui/format-instant.ts";
import { usePreferences } from "../ui/preferences.ts";
import { useWords } from "../ui/words.ts";
import { AccountForm } from "./account-form.tsx";
import { paymentsApi } from "./payments-api.ts";

/** From which account an area pays, and the form that changes it. */
export function PayerPart({ area }: { readonly area: string }) {
  const words = useWords();
  const { language } = usePreferences();
  const query = useQuery({
    queryKey: ["payer", area],
    queryFn: async () => (await paymentsApi.payers(area)).payers.find((one) => one.area === area) ?? null,
    staleTime: 0,
  });
  const payer = query.data;
  return (
    <section aria-labelledby="payer-title">
      <h2 id="payer-title">{words("payments.payFrom.title")}</h2>
      {query.isError && <p role="alert">{query.error.message}</p>}
      {payer === null && <p>{words("payments.payFrom.none")}</p>}
      {payer && (
        <p>
          {words("payments.payFrom.is", { name: payer.name, account: payer.account, bank: payer.bank })}{" "}
          <span className="hint">
            {payer.synthetic
              ? words("payments.payFrom.madeUp")
              : words("payments.payFrom.by", { name: payer.by ?? "", at: formatInstant(payer.at, language) })}
          </span>
        </p>
      )}
      <details>
        <summary>{words("payments.payFrom.change")}</summary>
        <PayerForm area={area} />
      </details>
    </section>
  );
}

function PayerForm({ area }: { readonly area: string }) {
  const words = useWords();
  const id = useId();
  const bank = (
    <label htmlFor={`${id}-bank`}>
      {words("payments.payFrom.bank")}
      <input
        id={`${id}-bank`}
        name="bank"
        type="text"
        required
        pattern="\d{12}|[A-Z0-9]{4}[A-Z]{2}[A-Z0-9]{2}([A-Z0-9]{3})?"
      />
    </label>
  );
  return (
    <AccountForm
      after={bank}
      button={words("payments.payFrom.keep")}
      changed={["account-changes"]}
      empties
      keep={async (field) => {
        await paymentsApi.payer(area, { name: field("name"), account: field("account"), bank: field("bank") });
        return words("payments.payFrom.kept");
      }}
    />
  );
}
