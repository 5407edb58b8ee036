import { shanghaiDay } from "@qingdan/clock";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { formatMoney } from "../ui/format.ts";
import { usePreferences } from "../ui/preferences.ts";
import { useWords } from "../ui/words.ts";
import { paymentsApi } from "./payments-api.ts";

const sums = ["batch", "line", "share", "paid", "returned", "waiting", "withheld", "undone", "paidAgain"] as const;

/** Released money of a month, added up four ways. */
export function ReconciliationPart() {
  const words = useWords();
  const { language } = usePreferences();
  const [month, setMonth] = useState(shanghaiDay(new Date()).slice(0, 7));
  const known = /^\d{4}-(0[1-9]|1[0-2])$/.test(month);
  const query = useQuery({
    queryKey: ["reconciliation", month],
    queryFn: () => paymentsApi.reconciliation(month),
    enabled: known,
    staleTime: 0,
  });
  return (
    <section aria-labelledby="sums-title">
      <h2 id="sums-title">{words("payments.sums")}</h2>
      <p className="filters">
        <label>
          {words("payments.month")}
          <input type="text" value={month} onChange={({ target }) => setMonth(target.value)} aria-invalid={!known} />
        </label>
      </p>
      {query.isError && <p role="alert">{query.error.message}</p>}
      {query.data && (
        <>
          <dl className="figures">
            {sums.map((name) => (
              <div key={name}>
                <dt>{words(`payments.sum.${name}`)}</dt>
                <dd>{formatMoney(query.data[`${name}Fen`], undefined, language)}</dd>
              </div>
            ))}
          </dl>
          <p>{words(query.data.reconciles ? "payments.reconciles" : "payments.doesNotReconcile")}</p>
        </>
      )}
    </section>
  );
}
